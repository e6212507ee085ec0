/* The rule on packets made by hand; test/golden/observe holds it against whole captures. */
#include "unit.h"
#include "base/memory.h"
#include "observe/unasked.h"

#define SECOND INT64_C(1000000000)
static const int64_t noon = 1320721200 * SECOND; /* 2011-11-08 in Tokyo */
enum { TODAY = 15286 };

static struct point_watch watch = {.point = 3, .since = TODAY, .until = TODAY};
static struct points points = {.watches = &watch, .watch_count = 1};
static struct zone zone;
static struct days days;
static struct unasked unasked;

static int set_up(void **state)
{
    (void)state;
    struct fault fault;
    assert_true(network_parse("192.0.2.0/28", &watch.network));
    assert_true(zone_open(&zone, "Asia/Tokyo", &fault));
    days_init(&days, &zone);
    unasked = (struct unasked){point_map_new(&points), &days, asked_new()};
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    point_map_free((struct point_map *)unasked.points);
    asked_free(unasked.asked);
    return 0;
}

static struct packet packet(const char *source, const char *destination, uint8_t protocol)
{
    static const uint8_t numbers[] = {6, 17, 1, 58, 47};
    struct packet made = {.time_ns = noon,
                          .addressed = true,
                          .protocol = protocol,
                          .number = numbers[protocol],
                          .source_port = 53,
                          .destination_port = 5000,
                          .identified = true};
    assert_true(address_parse(source, &made.source) && address_parse(destination, &made.destination));
    return made;
}

static enum verdict judge(const struct packet *one)
{
    struct unasked_at at = {.point = -7};
    enum verdict verdict = unasked_judge(&unasked, one, &at);
    if (verdict == VERDICT_ACCESS || verdict == VERDICT_BACKSCATTER) {
        assert_int_equal(at.point, 3);
        assert_int_equal(at.day, TODAY);
    }
    return verdict;
}

static void ask(void)
{
    struct packet question = packet("192.0.2.1", "198.51.100.7", PACKET_UDP);
    question.source_port = 5000;
    question.destination_port = 53;
    assert_int_equal(judge(&question), VERDICT_SENT);
}

static void an_answer_is_no_access_for_exactly_120_seconds(void **state)
{
    (void)state;
    ask();
    struct packet answer = packet("198.51.100.7", "192.0.2.1", PACKET_UDP);
    answer.time_ns = noon + 120 * SECOND;
    assert_int_equal(judge(&answer), VERDICT_ANSWERED);
    answer.time_ns++;
    assert_int_equal(judge(&answer), VERDICT_ACCESS);
    answer.time_ns = noon - 1;
    assert_int_equal(judge(&answer), VERDICT_ACCESS);
}

static void what_answers_another_port_or_address_is_an_access(void **state)
{
    (void)state;
    ask();
    struct packet answer = packet("198.51.100.7", "192.0.2.1", PACKET_UDP);
    answer.destination_port = 5001;
    assert_int_equal(judge(&answer), VERDICT_ACCESS);
    answer = packet("198.51.100.7", "192.0.2.1", PACKET_UDP);
    answer.source_port = 54;
    assert_int_equal(judge(&answer), VERDICT_ACCESS);
    answer = packet("198.51.100.8", "192.0.2.1", PACKET_UDP);
    assert_int_equal(judge(&answer), VERDICT_ACCESS);
    answer = packet("198.51.100.7", "192.0.2.2", PACKET_UDP);
    assert_int_equal(judge(&answer), VERDICT_ACCESS);
    answer = packet("198.51.100.7", "192.0.2.1", PACKET_TCP);
    assert_int_equal(judge(&answer), VERDICT_ACCESS);
}

static void an_echo_reply_answers_its_identifier(void **state)
{
    (void)state;
    struct packet request = packet("192.0.2.1", "198.51.100.7", PACKET_ICMP);
    request.source_port = request.destination_port = 0;
    request.icmp_type = 8;
    request.icmp_identifier = 9;
    assert_int_equal(judge(&request), VERDICT_SENT);
    struct packet reply = packet("198.51.100.7", "192.0.2.1", PACKET_ICMP);
    reply.icmp_identifier = 9;
    assert_int_equal(judge(&reply), VERDICT_ANSWERED);
    reply.icmp_identifier = 10;
    assert_int_equal(judge(&reply), VERDICT_BACKSCATTER);
}

static void an_error_answers_what_it_quotes(void **state)
{
    (void)state;
    ask();
    struct packet error = packet("203.0.113.9", "192.0.2.1", PACKET_ICMP);
    error.icmp_type = 3;
    assert_int_equal(judge(&error), VERDICT_BACKSCATTER);
    struct packet quoted = packet("192.0.2.1", "198.51.100.7", PACKET_UDP);
    error.quote = (struct packet_quote){true, PACKET_UDP, 17, 0, quoted.source, quoted.destination, 5000, 53};
    assert_int_equal(judge(&error), VERDICT_ANSWERED);
    error.quote.source_port = 5001;
    assert_int_equal(judge(&error), VERDICT_BACKSCATTER);
    error.quote.source_port = 5000;
    error.destination =
        packet("203.0.113.9", "192.0.2.2", PACKET_ICMP).destination; /* quotes another's packet */
    assert_int_equal(judge(&error), VERDICT_BACKSCATTER);
}

static void only_watched_days_count(void **state)
{
    (void)state;
    struct packet one = packet("198.51.100.7", "192.0.2.1", PACKET_UDP);
    one.time_ns = noon + 12 * 3600 * SECOND - 1;
    assert_int_equal(judge(&one), VERDICT_ACCESS);
    one.time_ns = noon + 12 * 3600 * SECOND;
    assert_int_equal(judge(&one), VERDICT_NOT_OURS);
    one.time_ns = noon - 12 * 3600 * SECOND;
    assert_int_equal(judge(&one), VERDICT_ACCESS);
    one.time_ns = noon - 12 * 3600 * SECOND - 1;
    assert_int_equal(judge(&one), VERDICT_NOT_OURS);
}

/* A point that asked just before its first day is answered on it. */
static void what_a_point_sent_before_it_watched_is_remembered(void **state)
{
    (void)state;
    struct packet question = packet("192.0.2.1", "198.51.100.7", PACKET_UDP);
    question.source_port = 5000;
    question.destination_port = 53;
    question.time_ns = noon - 12 * 3600 * SECOND - 1;
    assert_int_equal(judge(&question), VERDICT_SENT);
    struct packet answer = packet("198.51.100.7", "192.0.2.1", PACKET_UDP);
    answer.time_ns = noon - 12 * 3600 * SECOND;
    assert_int_equal(judge(&answer), VERDICT_ANSWERED);
}

static void a_packet_forged_with_its_own_destination_is_no_question(void **state)
{
    (void)state;
    struct packet forged = packet("192.0.2.1", "192.0.2.1", PACKET_UDP);
    forged.source_port = forged.destination_port = 7;
    assert_int_equal(judge(&forged), VERDICT_ACCESS);
    assert_int_equal(judge(&forged), VERDICT_ACCESS);
}

static void reasons_for_leaving_out_are_told_apart(void **state)
{
    (void)state;
    static const struct {
        uint8_t state, verdict;
    } cases[] = {
        {PACKET_CUT, VERDICT_CUT},
        {PACKET_MALFORMED, VERDICT_MALFORMED},
        {PACKET_LATER_FRAGMENT, VERDICT_LATER_FRAGMENT},
        {PACKET_NOT_IP, VERDICT_NOT_IP},
        {PACKET_NO_TIME, VERDICT_NO_TIME},
        {PACKET_LINK_UNKNOWN, VERDICT_LINK_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct packet ours = packet("198.51.100.7", "192.0.2.1", PACKET_UDP);
        ours.state = cases[i].state;
        assert_int_equal(judge(&ours), cases[i].verdict);
        ours.addressed = false;
        if (cases[i].state != PACKET_LATER_FRAGMENT)
            assert_int_equal(judge(&ours), cases[i].verdict);
    }
    struct packet cut = packet("198.51.100.7", "192.0.2.99", PACKET_UDP);
    cut.state = PACKET_CUT;
    assert_int_equal(judge(&cut), VERDICT_NOT_OURS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_answer_is_no_access_for_exactly_120_seconds, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_answers_another_port_or_address_is_an_access, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_echo_reply_answers_its_identifier, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_error_answers_what_it_quotes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(only_watched_days_count, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_a_point_sent_before_it_watched_is_remembered, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_packet_forged_with_its_own_destination_is_no_question, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(reasons_for_leaving_out_are_told_apart, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
