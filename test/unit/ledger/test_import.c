#include "made.h"
#include "ledger/import_kind.h"

#define HEAD "reporter,accepted_on,detected_on,name,kind,detections,route\n"

/* Takes `csv` in as a file of its own; true where import_run() did its work. */
static bool take(struct made *made, const char *kind, const char *csv, struct import_account *account)
{
    struct fault fault;
    char path[160];
    snprintf(path, sizeof path, "%s/file.csv", made->folder);
    assert_true(file_write(path, csv, strlen(csv), &fault));
    struct import_order order = {import_kind_find(kind), path, false};
    assert_non_null(order.kind);
    return import_run(made->ledger, &order, account, &fault);
}

static void takes(struct made *made, const char *kind, const char *csv)
{
    struct import_account account;
    assert_true(take(made, kind, csv, &account));
    if (account.outcome != IMPORT_TAKEN)
        fail_msg("not taken: %s%s", csv, account.told.bytes);
    import_account_clear(&account);
}

/* All malware reports, less whose they are, as lines in one order; in memory the caller frees. */
static char *reports(struct made *made)
{
    struct fault fault;
    bool row;
    struct text lines;
    text_init(&lines, 1 << 20);
    OWNED(sqlite3_finalize)
    sqlite3_stmt *read = records_prepare(made->ledger->records,
                                         "SELECT name || ' ' || month || ' ' || detected_on || ' ' || "
                                         "accepted_on || ' ' || kind || ' ' || detections || ' ' || route"
                                         " AS line FROM malware_report ORDER BY line",
                                         &fault);
    assert_non_null(read);
    for (assert_true(records_step(read, &row, &fault)); row; assert_true(records_step(read, &row, &fault)))
        text_addf(&lines, "%s\n", (const char *)sqlite3_column_text(read, 0));
    return lines.bytes;
}

static void the_order_of_rows_and_files_does_not_matter(void **state)
{
    (void)state;
    struct made one, two;
    made_open(&one, "ledger");
    made_open(&two, "ledger");
    takes(&one, "malware",
          HEAD "r,2011-11-05,2011-11-04,A,virus,3,mail\nr,2011-11-03,2011-11-02,A,virus,1,\n"
               "r,2011-11-04,2011-11-04,A,virus,4,mail\nr,2011-11-09,2011-11-02,A,virus,1,web\n");
    takes(&two, "malware",
          HEAD "r,2011-11-09,2011-11-02,A,virus,1,web\nr,2011-11-04,2011-11-04,A,virus,4,mail\n");
    takes(&two, "malware",
          HEAD "r,2011-11-05,2011-11-04,A,virus,3,mail\nr,2011-11-03,2011-11-02,A,virus,1,\n");
    OWNED_MEMORY char *first = reports(&one), *second = reports(&two);
    assert_string_equal(first, second);
    assert_string_equal(first, "A 24142 15280 15281 virus 2 unknown\nA 24142 15282 15282 virus 7 mail\n");
    made_close(&one);
    made_close(&two);
}

static void a_reporter_is_the_same_with_blanks_around(void **state)
{
    (void)state;
    struct made made;
    made_open(&made, "ledger");
    takes(&made, "malware",
          HEAD "山田,2011-11-05,2011-11-04,A,virus,1,\n　山田 ,2011-11-05,2011-11-04, A\t,virus,1,\n");
    OWNED_MEMORY char *found = reports(&made);
    assert_string_equal(found, "A 24142 15282 15283 virus 2 \n");
    made_close(&made);
}

static void rows_of_one_report_in_two_files_may_not_differ_in_kind(void **state)
{
    (void)state;
    struct made made;
    struct import_account account;
    made_open(&made, "ledger");
    takes(&made, "malware", HEAD "r,2011-11-05,2011-11-04,A,virus,1,\n");
    assert_true(take(&made, "malware",
                     HEAD "q,2011-11-05,2011-11-04,A,virus,1,\nr,2011-11-05,2011-11-04,A,program,1,\n",
                     &account));
    assert_int_equal(account.outcome, IMPORT_REFUSED);
    assert_int_equal(account.bad, 1);
    assert_non_null(strstr(account.told.bytes, "file.csv:3: "));
    import_account_clear(&account);
    OWNED_MEMORY char *found = reports(&made);
    assert_string_equal(found, "A 24142 15282 15283 virus 1 \n");
    made_close(&made);
}

static void a_row_is_told_by_the_line_it_begins_on(void **state)
{
    (void)state;
    struct made made;
    struct import_account account;
    made_open(&made, "ledger");
    assert_true(take(&made, "consultations",
                     "received_on,channel,topic,access,harm\r\n\r\n2011-11-01,auto,\" a\",,\r\n"
                     "2011-11-01,\"au\r\nto\",b,,\r\n2011-11-01,fax,b,,",
                     &account));
    assert_int_equal(account.outcome, IMPORT_REFUSED);
    assert_int_equal(account.rows, 3);
    assert_int_equal(account.bad, 2);
    assert_non_null(strstr(account.told.bytes, "file.csv:4: "));
    assert_non_null(strstr(account.told.bytes, "file.csv:6: 'channel' is 'fax'"));
    import_account_clear(&account);
    made_close(&made);
}

static void a_cell_is_cut_of_its_blanks_and_nothing_else(void **state)
{
    (void)state;
    static const char *const cells[][2] = {
        {"a", "a"},
        {" \t\r\na\n", "a"},
        {"\xe3\x80\x80\xc2\xa0 a b \xe3\x80\x80", "a b"},
        {"", ""},
        {" \xe3\x80\x80 ", ""},
        {"\xe3\x81\x80", "\xe3\x81\x80"}, /* shares its last byte with the ideographic space */
        {"\xe3\x80\x81", "\xe3\x80\x81"}, /* and this its first two */
    };
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        const char *bytes = cells[i][0];
        size_t length = strlen(bytes);
        import_trim(&bytes, &length);
        assert_int_equal(length, strlen(cells[i][1]));
        assert_memory_equal(bytes, cells[i][1], length);
    }
}

static void a_name_holds_no_control_character(void **state)
{
    (void)state;
    static const struct import_column name = {"name", IMPORT_NAME, NULL, 0, 0};
    static const char *const bad[] = {"a\x1b[2J",      "a\x7f", "a\xc2\x85",    "a\xe2\x80\xaegpj.exe",
                                      "a\xe2\x81\xa6", "a\nb",  "a\xe2\x80\xa8"};
    static const char *const good[] = {"a\xc2\xb0", "W32/A\xe2\x80\xa6", "\xe2\x81\xaf", "a b", "=1+1"};
    struct import_value value;
    struct fault fault;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(import_cell(&name, true, bad[i], strlen(bad[i]), &value, &fault));
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(import_cell(&name, true, good[i], strlen(good[i]), &value, &fault));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_of_rows_and_files_does_not_matter),
        cmocka_unit_test(a_reporter_is_the_same_with_blanks_around),
        cmocka_unit_test(rows_of_one_report_in_two_files_may_not_differ_in_kind),
        cmocka_unit_test(a_row_is_told_by_the_line_it_begins_on),
        cmocka_unit_test(a_cell_is_cut_of_its_blanks_and_nothing_else),
        cmocka_unit_test(a_name_holds_no_control_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
