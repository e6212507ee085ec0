#include "../unit.h"
#include "base/cleanup.h"
#include "cases/totp.h"

static const struct totp rfc = {"12345678901234567890"};

/* RFC 6238, appendix B, for SHA-1, the last six digits of its eight. */
static void test_codes_are_those_of_the_standard(void **state)
{
    static const struct {
        int64_t at_s;
        const char *code;
    } rows[] = {{59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
                {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char code[TOTP_CODE];
        int64_t step = 0;
        totp_code(&rfc, rows[i].at_s / TOTP_STEP_S, code);
        assert_string_equal(code, rows[i].code);
        assert_true(totp_step(&rfc, code, rows[i].at_s, 0, &step));
        assert_int_equal(step, rows[i].at_s / TOTP_STEP_S);
    }
}

static void test_a_clock_may_be_one_step_off_and_no_more(void **state)
{
    char code[TOTP_CODE];
    int64_t step;
    (void)state;
    totp_code(&rfc, 1000, code);
    for (int64_t now = 998; now <= 1002; now++)
        assert_int_equal(totp_step(&rfc, code, now * TOTP_STEP_S, 0, &step), now >= 999 && now <= 1001);
}

static void test_no_step_that_is_not_later_than_the_last(void **state)
{
    char code[TOTP_CODE];
    int64_t step;
    (void)state;
    totp_code(&rfc, 1000, code);
    assert_true(totp_step(&rfc, code, 1000 * TOTP_STEP_S, 999, &step));
    assert_false(totp_step(&rfc, code, 1000 * TOTP_STEP_S, 1000, &step));
    assert_false(totp_step(&rfc, code, 1000 * TOTP_STEP_S, 1001, &step));
}

static void test_what_is_typed_may_be_wide_or_apart(void **state)
{
    static const char *const right[] = {"287082", " 287 082 ", "287-082", "２８７０８２", "２８７　０８２"};
    static const char *const wrong[] = {"",        "28708",  "2870822", "287O82",
                                        "287082x", "+28708", "0x1234",  "２８７"};
    int64_t step;
    (void)state;
    for (size_t i = 0; i < sizeof right / sizeof *right; i++)
        assert_true(totp_step(&rfc, right[i], 59, 0, &step));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(totp_step(&rfc, wrong[i], 59, 0, &step));
}

static void test_a_secret_is_base_32_both_ways(void **state)
{
    char text[TOTP_TEXT];
    struct totp read, made;
    (void)state;
    totp_text(&rfc, text);
    assert_string_equal(text, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"); /* as other programs write it */
    for (int i = 0; i < 100; i++) {
        totp_make(&made);
        totp_text(&made, text);
        assert_true(totp_parse(text, &read));
        assert_memory_equal(&made, &read, sizeof made);
    }
    assert_false(totp_parse("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1", &read));
    assert_false(totp_parse("GEZDGNBVGY3TQOJQ", &read));
    assert_false(totp_parse("", &read));
}

static void test_an_address_names_desk_and_person(void **state)
{
    CLEANUP(text_clear) struct text address;
    (void)state;
    text_init(&address, 4096);
    totp_address(&rfc, "見守り & Co", "hanako", &address);
    assert_string_equal(
        address.bytes,
        "otpauth://totp/%E8%A6%8B%E5%AE%88%E3%82%8A%20%26%20Co:hanako"
        "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%E8%A6%8B%E5%AE%88%E3%82%8A%20%26%20Co");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes_are_those_of_the_standard),
        cmocka_unit_test(test_a_clock_may_be_one_step_off_and_no_more),
        cmocka_unit_test(test_no_step_that_is_not_later_than_the_last),
        cmocka_unit_test(test_what_is_typed_may_be_wide_or_apart),
        cmocka_unit_test(test_a_secret_is_base_32_both_ways),
        cmocka_unit_test(test_an_address_names_desk_and_person),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
