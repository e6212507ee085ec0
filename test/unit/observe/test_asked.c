#include "unit.h"
#include "observe/asked.h"

#define SECOND INT64_C(1000000000)
static const int64_t noon = 1320721200 * SECOND;

static struct asked_key key_number(uint32_t number)
{
    return (struct asked_key){address_from_ipv4(0xc0000201), address_from_ipv4(0xc6336400 + number), 5000, 53,
                              17};
}

static void an_answer_comes_within_120_seconds(void **state)
{
    (void)state;
    OWNED(asked_free) struct asked *asked = asked_new();
    struct asked_key key = key_number(1);
    asked_sent(asked, &key, noon);
    assert_false(asked_answers(asked, &key, noon - 1));
    assert_true(asked_answers(asked, &key, noon));
    assert_true(asked_answers(asked, &key, noon + 120 * SECOND));
    assert_false(asked_answers(asked, &key, noon + 120 * SECOND + 1));
}

static void every_part_of_the_key_counts(void **state)
{
    (void)state;
    OWNED(asked_free) struct asked *asked = asked_new();
    struct asked_key key = key_number(1), other;
    asked_sent(asked, &key, noon);
    other = key;
    other.point = address_from_ipv4(0xc0000202);
    assert_false(asked_answers(asked, &other, noon));
    other = key;
    other.remote = address_from_ipv4(0xc6336402);
    assert_false(asked_answers(asked, &other, noon));
    other = key;
    other.point_port = 5001;
    assert_false(asked_answers(asked, &other, noon));
    other = key;
    other.remote_port = 54;
    assert_false(asked_answers(asked, &other, noon));
    other = key;
    other.number = 6;
    assert_false(asked_answers(asked, &other, noon));
}

static void packets_out_of_order_make_one_span(void **state)
{
    (void)state;
    OWNED(asked_free) struct asked *asked = asked_new();
    struct asked_key key = key_number(1);
    asked_sent(asked, &key, noon + 100 * SECOND);
    asked_sent(asked, &key, noon);
    asked_sent(asked, &key, noon + 50 * SECOND);
    assert_false(asked_answers(asked, &key, noon - 1));
    assert_true(asked_answers(asked, &key, noon + 1));
    assert_true(asked_answers(asked, &key, noon + 220 * SECOND));
    assert_false(asked_answers(asked, &key, noon + 220 * SECOND + 1));
}

static void what_has_expired_leaves(void **state)
{
    (void)state;
    OWNED(asked_free) struct asked *asked = asked_new();
    /* Four million conversations at 5,000 a second: 600,000 live at a time, less than would fit but for
     * expiry. */
    for (uint32_t i = 0; i < 4000000; i++) {
        struct asked_key key = key_number(i);
        asked_sent(asked, &key, noon + i * (SECOND / 5000));
    }
    assert_int_equal(asked_forgotten(asked), 0);
    struct asked_key first = key_number(0), live = key_number(4000000 - 600000),
                     last = key_number(4000000 - 1);
    int64_t now = noon + INT64_C(3999999) * (SECOND / 5000);
    assert_false(asked_answers(asked, &first, now));
    assert_true(asked_answers(asked, &live, now));
    assert_true(asked_answers(asked, &last, now));
}

static void what_does_not_fit_is_told(void **state)
{
    (void)state;
    OWNED(asked_free) struct asked *asked = asked_new();
    for (uint32_t i = 0; i < 3500000; i++) {
        struct asked_key key = key_number(i);
        asked_sent(asked, &key, noon);
    }
    assert_true(asked_forgotten(asked) > 0);
    struct asked_key first = key_number(0), later = key_number(4000000);
    assert_true(asked_answers(asked, &first, noon));
    asked_sent(asked, &later, noon + 300 * SECOND);
    assert_true(asked_answers(asked, &later, noon + 300 * SECOND));
}

static void absurd_times_are_not_remembered(void **state)
{
    (void)state;
    OWNED(asked_free) struct asked *asked = asked_new();
    struct asked_key key = key_number(1);
    asked_sent(asked, &key, INT64_MIN);
    asked_sent(asked, &key, INT64_MAX);
    assert_false(asked_answers(asked, &key, INT64_MAX));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_comes_within_120_seconds),
        cmocka_unit_test(every_part_of_the_key_counts),
        cmocka_unit_test(packets_out_of_order_make_one_span),
        cmocka_unit_test(what_has_expired_leaves),
        cmocka_unit_test(what_does_not_fit_is_told),
        cmocka_unit_test(absurd_times_are_not_remembered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
