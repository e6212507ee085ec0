#include "office.h"
#include "base/memory.h"

enum { CASES = 1500, TODAY = 15300, MOST = 25 };

static struct office office;

static const int64_t staff_numbers[] = {0, 0, 1, 2};

/* Cases of every kind and state, some given to somebody, due, merged; written as they are, for no text
 * matters. */
static int setup(void **state)
{
    (void)state;
    office_open(&office);
    office_run(
        &office,
        "INSERT INTO staff (id, name, shown, rights, language, state, salt, wrapped, code_step, made_s)"
        " VALUES (1, 'taro', '太郎', 3, 'ja', 'active', x'', x'', 0, 0),"
        " (2, 'jiro', '次郎', 3, 'ja', 'active', x'', x'', 0, 0); BEGIN");
    for (int i = 1; i <= CASES; i++) {
        char sql[512], due[16] = "NULL", merged[16] = "NULL";
        if (office_random(&office, 3) == 0)
            snprintf(due, sizeof due, "%d", TODAY - 20 + (int)office_random(&office, 40));
        if (i > 1 && office_random(&office, 10) == 0)
            snprintf(merged, sizeof merged, "%d", i - 1);
        snprintf(
            sql, sizeof sql,
            "INSERT INTO casefile (kind, channel, language, state, received_s, received_on, changed_s, "
            "due_on,"
            " assigned, once, merged_into) VALUES ('%s', 'web', 'ja', '%s', %d, 15000, 0, %s, nullif(%d, 0),"
            " randomblob(16), %s)",
            case_kinds[office_random(&office, CASE_KINDS)], case_states[office_random(&office, CASE_STATES)],
            i, due, (int)staff_numbers[office_random(&office, 4)], merged);
        office_run(&office, sql);
    }
    office_run(&office, "COMMIT");
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    office_close(&office);
    return 0;
}

static bool is_open(enum case_state state)
{
    return state == CASE_NEW || state == CASE_WORKING || state == CASE_WAITING;
}

/* The rule of casefile.h, said the long way. */
static bool belongs(const struct casefile *file, const struct case_filter *filter)
{
    return file->merged_into == 0 && (filter->kind < 0 || file->kind == (enum case_kind)filter->kind) &&
           (filter->state < 0 || file->state == (enum case_state)filter->state) &&
           (filter->open != 1 || is_open(file->state)) &&
           (filter->assigned < 0 || file->assigned == filter->assigned) &&
           (filter->overdue_on == 0 ||
            (is_open(file->state) && file->due_on != INT32_MIN && file->due_on < filter->overdue_on)) &&
           (filter->before == 0 || file->id < filter->before);
}

static struct casefile all[CASES];

static void read_all(void)
{
    struct fault fault;
    enum case_found found;
    for (int i = 0; i < CASES; i++)
        OFFICE_OK(casefile_read(office.ledger, i + 1, &all[i], &found, &fault));
}

static unsigned assert_listed(const struct case_filter *filter)
{
    struct fault fault;
    CLEANUP(case_list_clear) struct case_list list = {0};
    OFFICE_OK(casefile_list(office.ledger, filter, &list, &fault));
    size_t count = 0;
    bool more = false;
    for (int i = CASES; i-- > 0 && !more;) {
        if (!belongs(&all[i], filter))
            continue;
        more = count == filter->most;
        if (!more && (count >= list.count || list.files[count].id != all[i].id))
            fail_msg("case %lld is missing", (long long)all[i].id);
        count += !more;
    }
    assert_int_equal(list.count, count);
    assert_int_equal(list.more, more);
    return (unsigned)count;
}

static void the_queue_is_what_each_filter_says_newest_first(void **state)
{
    (void)state;
    unsigned shown = 0;
    read_all();
    for (int kind = -1; kind < CASE_KINDS; kind++)
        for (int which = -1; which < CASE_STATES; which++)
            for (int assigned = -1; assigned <= 2; assigned++)
                for (int more = 0; more < 12; more++)
                    shown += assert_listed(&(struct case_filter){.kind = kind,
                                                                 .state = which,
                                                                 .open = more % 2,
                                                                 .assigned = assigned,
                                                                 .overdue_on = more % 4 < 2 ? 0 : TODAY,
                                                                 .before = more < 4   ? 0
                                                                           : more < 8 ? 700
                                                                                      : 3,
                                                                 .most = more % 3 == 0 ? MOST : 2000});
    assert_true(shown > 10000);
}

static void pages_of_the_queue_follow_each_other(void **state)
{
    (void)state;
    struct fault fault;
    struct case_filter filter = {.kind = -1, .state = -1, .open = 1, .assigned = -1, .most = MOST};
    size_t seen = 0;
    int64_t last = INT64_MAX;
    bool more = true;
    while (more) {
        CLEANUP(case_list_clear) struct case_list list = {0};
        OFFICE_OK(casefile_list(office.ledger, &filter, &list, &fault));
        for (size_t i = 0; i < list.count; i++) {
            assert_true(list.files[i].id < last);
            last = list.files[i].id;
        }
        seen += list.count;
        more = list.more;
        filter.before = last;
    }
    assert_int_equal(
        seen, office_number(&office, "SELECT count(*) FROM casefile WHERE merged_into IS NULL AND state IN"
                                     " ('new', 'working', 'waiting')"));
}

static void open_ones_are_counted_by_state_and_kind(void **state)
{
    (void)state;
    struct fault fault;
    uint64_t counts[CASE_STATES][CASE_KINDS], expected[CASE_STATES][CASE_KINDS] = {0}, overdue, late = 0;
    read_all();
    for (int i = 0; i < CASES; i++)
        if (is_open(all[i].state) && all[i].merged_into == 0) {
            expected[all[i].state][all[i].kind]++;
            late += all[i].due_on != INT32_MIN && all[i].due_on < TODAY;
        }
    OFFICE_OK(casefile_open_counts(office.ledger, counts, &overdue, TODAY, &fault));
    assert_memory_equal(counts, expected, sizeof counts);
    assert_int_equal(overdue, late);
    assert_true(late > 0);
}

/* Every statement that runs is kept, to be asked how SQLite goes about it. */
static char *statements[4096];
static size_t statements_count;

static int keep_statement(unsigned event, void *context, void *statement, void *text)
{
    (void)event;
    (void)context;
    (void)text;
    const char *sql = sqlite3_sql(statement);
    for (size_t i = 0; i < statements_count; i++)
        if (strcmp(statements[i], sql) == 0)
            return 0;
    assert_true(statements_count < sizeof statements / sizeof *statements);
    statements[statements_count++] = memory_string(sql);
    return 0;
}

static void assert_no_scan(const char *sql)
{
    struct text explained;
    text_init(&explained, 65536);
    text_addf(&explained, "EXPLAIN QUERY PLAN %s", sql);
    char *lines = office_lines(&office, explained.bytes);
    /* "rowid<?" is all cases before one */
    if (strstr(lines, "SCAN") != NULL || strstr(lines, "rowid<?") != NULL ||
        (strstr(sql, "ORDER BY") != NULL && strstr(sql, "due_on") == NULL &&
         strstr(lines, "USE TEMP B-TREE") != NULL))
        fail_msg("%s\n%s", sql, lines);
    free(lines);
    text_clear(&explained);
}

static void no_query_of_the_queue_walks_through_all_cases(void **state)
{
    (void)state;
    struct fault fault;
    uint64_t counts[CASE_STATES][CASE_KINDS], overdue;
    read_all();
    sqlite3_trace_v2(office.ledger->records, SQLITE_TRACE_STMT, keep_statement, NULL);
    for (int kind = -1; kind < CASE_KINDS; kind++)
        for (int more = 0; more < 8; more++)
            assert_listed(&(struct case_filter){.kind = kind,
                                                .state = more & 1 ? CASE_CLOSED : -1,
                                                .open = 0,
                                                .assigned = more & 2 ? 0 : -1,
                                                .overdue_on = more & 4 ? TODAY : 0,
                                                .before = 500,
                                                .most = MOST});
    OFFICE_OK(casefile_open_counts(office.ledger, counts, &overdue, TODAY, &fault));
    const struct receipt receipt = {{0}};
    struct casefile file;
    enum case_found found;
    OFFICE_OK(casefile_by_receipt(office.ledger, &receipt, &file, &found, &fault));
    json_t *told = casefile_told(office.ledger, &all[0], &office.desk, false, &fault);
    OFFICE_OK(told != NULL);
    json_decref(told);
    sqlite3_trace_v2(office.ledger->records, 0, NULL, NULL);
    assert_true(statements_count >= 8);
    office_run(&office, "ANALYZE"); /* the same where SQLite knows how the states are spread */
    for (size_t i = 0; i < statements_count; i++) {
        assert_no_scan(statements[i]);
        free(statements[i]);
    }
    statements_count = 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_queue_is_what_each_filter_says_newest_first),
        cmocka_unit_test(pages_of_the_queue_follow_each_other),
        cmocka_unit_test(open_ones_are_counted_by_state_and_kind),
        cmocka_unit_test(no_query_of_the_queue_walks_through_all_cases),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
