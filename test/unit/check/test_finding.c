#include "../unit.h"
#include "base/cleanup.h"
#include "check/check.h"

enum { PACKED_MOST = 1 << 20 };

static void results_are_as_the_contract_has_them(void **state)
{
    (void)state;
    CLEANUP(findings_clear) struct findings findings;
    findings_init(&findings);
    assert_int_equal(CHECK_PASS, findings_result(&findings));
    finding_add(&findings, &(struct finding){.id = "not-latest", .result = CHECK_SKIPPED, .subject = "a"});
    assert_int_equal(CHECK_PASS, findings_result(&findings));
    finding_add(&findings, &(struct finding){.id = "not-latest", .result = CHECK_UNKNOWN, .subject = "a"});
    assert_int_equal(CHECK_UNKNOWN, findings_result(&findings));
    finding_add(&findings, &(struct finding){.id = "not-latest", .result = CHECK_FAIL, .subject = "a"});
    assert_int_equal(CHECK_FAIL, findings_result(&findings));
}

static void what_was_left_out_is_no_good_news(void **state)
{
    (void)state;
    CLEANUP(findings_clear) struct findings findings;
    findings_init(&findings);
    findings.full = true;
    finding_add(&findings, &(struct finding){.id = "not-latest", .result = CHECK_FAIL, .subject = "a"});
    assert_int_equal(0, findings.count);
    assert_int_equal(CHECK_UNKNOWN, findings_result(&findings));
}

static void findings_stand_in_the_order_of_the_table(void **state)
{
    (void)state;
    static const struct check_id ids[] = {{.id = "z"}, {.id = "a"}, {0}};
    static const struct finding given[] = {
        {.id = "a", .result = CHECK_PASS, .subject = "1"},
        {.id = "a", .result = CHECK_FAIL, .subject = "2"},
        {.id = "a", .result = CHECK_FAIL, .subject = "1"},
        {.id = "z", .result = CHECK_SKIPPED, .subject = "3"},
        {.id = "z", .result = CHECK_FAIL, .subject = "9"},
        {.id = "z", .result = CHECK_UNKNOWN, .subject = "4"},
    };
    static const size_t order[] = {4, 2, 1, 5, 3, 0};
    CLEANUP(findings_clear) struct findings findings;
    findings_init(&findings);
    for (size_t i = 0; i < 6; i++)
        finding_add(&findings, &given[i]);
    findings_sort(&findings, ids);
    for (size_t i = 0; i < 6; i++) {
        assert_string_equal(given[order[i]].id, findings.items[i].id);
        assert_string_equal(given[order[i]].subject, findings.items[i].subject);
    }
}

static void a_long_string_is_cut_between_characters(void **state)
{
    (void)state;
    CLEANUP(findings_clear) struct findings findings;
    char given[FINDING_STRING_MOST + 16];
    findings_init(&findings);
    for (size_t i = 0; i + 3 < sizeof given; i += 3)
        memcpy(given + i, "あ", 4);
    const char *kept = findings_string(&findings, given);
    assert_int_equal(FINDING_STRING_MOST / 3 * 3, strlen(kept));
    assert_true(text_is_utf8(kept, strlen(kept)));
    const char *said = findings_format(&findings, "%s", given);
    assert_string_equal(kept, said);
    given[FINDING_STRING_MOST] = '\0'; /* as long as may be, with the first byte of a character at its end */
    assert_true(text_is_utf8(findings_string(&findings, given), strlen(findings_string(&findings, given))));
}

static void findings_survive_the_way_from_one_process_to_another(void **state)
{
    (void)state;
    static const char *const columns[] = {"Service", "User"};
    CLEANUP(findings_clear) struct findings given;
    CLEANUP(findings_clear) struct findings taken;
    CLEANUP(text_clear) struct text bytes;
    struct fault fault = {""};
    text_init(&bytes, PACKED_MOST);
    findings_init(&given);
    findings_init(&taken);
    finding_add(&given, &(struct finding){.id = "not-latest",
                                          .result = CHECK_UNKNOWN,
                                          .subject = "一太郎 \xff",
                                          .seen = "1",
                                          .source_age_days = FINDING_NO_AGE,
                                          .file = "f",
                                          .line = 3});
    findings_say(&given, "100%% read");
    findings_list(&given, "All", columns, 2);
    findings_list_row(&given, (const char *const[]){"example.jp", "hanako"});
    given.looked_at = 12;
    findings_pack(&given, &bytes);
    assert_true(findings_unpack(bytes.bytes, bytes.length, check_versions.ids, &taken, &fault));
    assert_int_equal(1, taken.count);
    assert_string_equal("not-latest", taken.items[0].id);
    assert_int_equal(CHECK_UNKNOWN, taken.items[0].result);
    assert_string_equal("一太郎 \xef\xbf\xbd", taken.items[0].subject);
    assert_null(taken.items[0].expected);
    assert_int_equal(FINDING_NO_AGE, taken.items[0].source_age_days);
    assert_int_equal(3, taken.items[0].line);
    assert_string_equal("100% read", taken.summary[0]);
    assert_string_equal("hanako", taken.list->cells[1]);
    assert_int_equal(12, taken.looked_at);
}

static void what_another_process_says_is_not_believed(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "[]",
        "{}",
        "{\"items\":[],\"summary\":[],\"list\":null,\"looked_at\":1}",
        "{\"items\":[],\"summary\":[1],\"list\":null,\"looked_at\":1,\"full\":false}",
        "{\"items\":[],\"summary\":[],\"list\":null,\"looked_at\":-1,\"full\":false}",
        "{\"items\":[[\"no-such\",0,\"a\",null,null,null,null,0,null,0]],\"summary\":[],\"list\":null,"
        "\"looked_at\":1,"
        "\"full\":false}",
        "{\"items\":[[\"not-latest\",9,\"a\",null,null,null,null,0,null,0]],\"summary\":[],\"list\":null,"
        "\"looked_at\":1,"
        "\"full\":false}",
        "{\"items\":[[\"not-latest\",0,null,null,null,null,null,0,null,0]],\"summary\":[],\"list\":null,"
        "\"looked_at\":1,"
        "\"full\":false}",
        "{\"items\":[],\"summary\":[],\"list\":{\"title\":\"a\",\"columns\":[],\"cells\":[\"1\"]},\"looked_"
        "at\":1,"
        "\"full\":false}",
        "{\"items\":[],\"summary\":[],\"list\":{\"title\":\"a\",\"columns\":[\"b\",\"c\"],\"cells\":[\"1\"]},"
        "\"looked_at\":1,\"full\":false}",
        "{\"items\":[],\"summary\":[],\"list\":{\"title\":\"a\",\"columns\":[\"b\"],\"cells\":[1]},\"looked_"
        "at\":1,"
        "\"full\":false}",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        CLEANUP(findings_clear) struct findings findings;
        struct fault fault = {""};
        findings_init(&findings);
        if (findings_unpack(wrong[i], strlen(wrong[i]), check_versions.ids, &findings, &fault))
            fail_msg("was believed: %s", wrong[i]);
        assert_string_not_equal("", fault.text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_are_as_the_contract_has_them),
        cmocka_unit_test(what_was_left_out_is_no_good_news),
        cmocka_unit_test(findings_stand_in_the_order_of_the_table),
        cmocka_unit_test(a_long_string_is_cut_between_characters),
        cmocka_unit_test(findings_survive_the_way_from_one_process_to_another),
        cmocka_unit_test(what_another_process_says_is_not_believed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
