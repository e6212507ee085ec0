/* Tables of many reports: what their first row may say, each cell's check, and the one form in which they are
 * kept. */
#include "unit.h"

#include "base/calendar.h"
#include "base/cleanup.h"
#include "desk/many.h"
#include "desk/request.h"
#include <time.h>

/* A table read on 2026-11-23; many_clear() it. */
static void read_csv(const char *csv, struct many *many)
{
    struct sheet sheet;
    const char *problem = sheet_read(&sheet, csv, strlen(csv));
    if (problem != NULL)
        fail_msg("%s", problem);
    many_read(&sheet, calendar_day(2026, 11, 23), many);
    sheet_clear(&sheet);
}

static void expect_written(const char *csv, const char *written)
{
    struct many many;
    CLEANUP(text_clear) struct text out;
    text_init(&out, REQUEST_FIELD_LONG);
    read_csv(csv, &many);
    if (many.problem != NULL)
        fail_msg("%s (%s)", many.problem, many.about);
    assert_int_equal(many.bad_count, 0);
    many_write(&many, &out);
    assert_string_equal(out.bytes, written);
    many_clear(&many);
}

static void expect_refused(const char *csv, const char *problem, const char *about)
{
    struct many many;
    read_csv(csv, &many);
    if (many.problem == NULL || strstr(many.problem, problem) == NULL)
        fail_msg("'%s', not '...%s...'", many.problem == NULL ? "(well)" : many.problem, problem);
    assert_string_equal(many.about, about);
    many_clear(&many);
}

static void the_columns_of_import_are_taken_without_who_and_when_accepted(void **state)
{
    (void)state;
    expect_written("accepted_on,detected_on,name,kind,detections,route\n"
                   "2026-11-05,2026-11-03,W32/Klez,virus,12,mail\n",
                   "detected_on,name,kind,detections,route\n"
                   "2026-11-03,W32/Klez,virus,12,mail\n");
    expect_refused("reporter,detected_on,name\nx,2026-11-03,y\n", "do not know", "reporter");
}

static void columns_have_names_in_both_languages_in_any_order(void **state)
{
    (void)state;
    static const char canonical[] = "detected_on,name,kind,detections,route,place\n"
                                    "2026-11-03,W32/Klez,program,1204,web,\"pc,server\"\n";
    expect_written("ウイルスの名前,発見した日,検出数,種別,感染経路,発見場所（機器）\n"
                   "W32/Klez,2026年11月3日,\"１,２０４\",不正プログラム,Web閲覧,\"pc,server\"\n",
                   canonical);
    expect_written("Name of the virus,Day it was found,How many pieces were found that day,Virus or program,"
                   "How do you think it came in?,Where was it found?\n"
                   " W32/Klez ,2026/11/3,1204,Another harmful program,Looking at a web page,\"Personal "
                   "computer,Server\"\n",
                   canonical);
    expect_written("virus_name,detected_on,detections,kind,route,place,\n"
                   "W32/Klez,R8.11.3,1204,program,web,\"server,pc\",\n",
                   canonical);
}

static void a_row_is_one_where_it_does_not_say_how_many(void **state)
{
    (void)state;
    expect_written("detected_on,name,detections\n2026-11-03,a,\n2026-11-03,b, \n",
                   "detected_on,name,detections\n2026-11-03,a,1\n2026-11-03,b,1\n");
    expect_written("detected_on,name\n2026-11-03,a\n", "detected_on,name\n2026-11-03,a\n");
}

static void a_first_row_that_does_not_fit_is_refused_by_name(void **state)
{
    (void)state;
    expect_refused("2026-11-03,W32/Klez\n2026-11-03,b\n", "do not know", "2026-11-03");
    expect_refused("detected_on,detections\n2026-11-03,1\n", "must be there", "name");
    expect_refused("detected_on,name,発見日\n2026-11-03,a,2026-11-03\n", "twice", "発見日");
    expect_refused("detected_on,name\n", "nothing below", "");
    expect_refused("detected_on,name,a\xe2\x80\xae"
                   "b\n2026-11-03,a,c\n",
                   "do not know", "a?b");
}

static void each_bad_cell_is_named_and_shown_as_it_was(void **state)
{
    (void)state;
    struct many many;
    read_csv("detected_on,name,kind,detections,route,connected\n"
             "2026-11-03,a,virus,1,mail,はい\n"
             "2026-02-30,,virsu,0,どこか,\n"
             "2026-11-24,b,,many,,maybe\n",
             &many);
    assert_null(many.problem);
    assert_int_equal(many.rows_count, 3);
    assert_int_equal(many.bad_count, 2);
    assert_true(many.rows[0].well);
    static const bool bad[2][6] = {{true, true, true, true, true, false},
                                   {true, false, false, true, false, true}};
    for (size_t row = 0; row < 2; row++)
        for (size_t i = 0; i < 6; i++)
            if ((many.rows[row + 1].cells[i].problem != NULL) != bad[row][i])
                fail_msg("row %zu, %s: %s", row + 2, many.columns[i]->name,
                         many.rows[row + 1].cells[i].value);
    assert_int_equal(many.rows[1].line, 3);
    assert_string_equal(many.rows[1].cells[0].value, "2026-02-30");
    assert_string_equal(many.rows[1].cells[4].value, "どこか");
    many_clear(&many);
}

static void what_is_written_reads_the_same_again(void **state)
{
    (void)state;
    expect_written("detected_on,name,remarks\n2026-11-03,\"a,\"\"b\",\"two\nlines\"\n2026-11-03,=1+1,\n",
                   "detected_on,name,remarks\n2026-11-03,\"a,\"\"b\",\"two\nlines\"\n2026-11-03,=1+1,\n");
}

static void who_classifies_gets_the_rows_by_name(void **state)
{
    (void)state;
    static const char csv[] = "detected_on,name,detections\n2026-11-03,\"a,b\",3\n2026-11-04,c,1\n";
    json_t *told = many_told(csv);
    assert_int_equal(json_array_size(told), 2);
    assert_string_equal(json_string_value(json_object_get(json_array_get(told, 0), "name")), "a,b");
    assert_string_equal(json_string_value(json_object_get(json_array_get(told, 1), "detected_on")),
                        "2026-11-04");
    json_decref(told);
    assert_int_equal(many_rows(csv), 2);
    assert_int_equal(many_rows(""), 0);
    told = many_told("\"");
    assert_int_equal(json_array_size(told), 0);
    json_decref(told);
}

static void a_table_that_shares_a_long_cell_a_thousand_times_is_too_large(void **state)
{
    (void)state;
    CLEANUP(text_clear) struct text csv;
    text_init(&csv, 64 << 20);
    text_add_string(&csv, "detected_on,name,remarks\n");
    for (int row = 0; row < 1000; row++) {
        text_add_string(&csv, "2026-11-03,a,");
        for (int i = 0; i < 9000; i++)
            text_add_byte(&csv, 'x');
        text_add_byte(&csv, '\n');
    }
    expect_refused(csv.bytes, "too large", "");
    csv.bytes[csv.length / 5] = '\0'; /* less than that, but more than a page can carry */
    expect_refused(csv.bytes, "too large", "");
}

static void both_templates_are_tables_that_lack_only_rows(void **state)
{
    (void)state;
    static const char *const languages[] = {"ja", "en"};
    struct fault fault;
    for (size_t i = 0; i < 2; i++) {
        CLEANUP(text_clear) struct text csv, xlsx, again;
        struct sheet sheet;
        struct many many;
        text_init(&csv, 1 << 20);
        text_init(&xlsx, 1 << 20);
        text_init(&again, 1 << 20);
        many_template_csv(languages[i], &csv);
        expect_refused(csv.bytes, "nothing below", "");
        assert_true(many_template_xlsx(languages[i], &xlsx, &fault));
        assert_true(many_template_xlsx(languages[i], &again, &fault));
        assert_int_equal(xlsx.length, again.length);
        assert_memory_equal(xlsx.bytes, again.bytes, xlsx.length);
        assert_null(sheet_read(&sheet, xlsx.bytes, xlsx.length));
        many_read(&sheet, 0, &many);
        assert_non_null(strstr(many.problem, "nothing below"));
        assert_int_equal(many.columns_count, 9);
        many_clear(&many);
        sheet_clear(&sheet);
    }
}

static void a_whole_table_is_checked_in_little_time(void **state)
{
    (void)state;
    struct many many;
    CLEANUP(text_clear) struct text csv;
    text_init(&csv, 64 << 20);
    text_add_string(&csv, "発見日,名前,種別,検出数,感染経路,発見場所\n");
    for (int i = 0; i < SHEET_ROWS_MOST - 1; i++)
        text_addf(&csv, "2026年11月3日,W32/Netsky.%d,ウイルス,%d,電子メール,パソコン\n", i % 100, i + 1);
    clock_t begin = clock();
    read_csv(csv.bytes, &many);
    assert_int_equal(many.rows_count, SHEET_ROWS_MOST - 1);
    assert_int_equal(many.bad_count, 0);
    double took_s = (double)(clock() - begin) / CLOCKS_PER_SEC;
    if (took_s > 5)
        fail_msg("%g s", took_s);
    many_clear(&many);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_columns_of_import_are_taken_without_who_and_when_accepted),
        cmocka_unit_test(columns_have_names_in_both_languages_in_any_order),
        cmocka_unit_test(a_row_is_one_where_it_does_not_say_how_many),
        cmocka_unit_test(a_first_row_that_does_not_fit_is_refused_by_name),
        cmocka_unit_test(each_bad_cell_is_named_and_shown_as_it_was),
        cmocka_unit_test(what_is_written_reads_the_same_again),
        cmocka_unit_test(who_classifies_gets_the_rows_by_name),
        cmocka_unit_test(a_table_that_shares_a_long_cell_a_thousand_times_is_too_large),
        cmocka_unit_test(both_templates_are_tables_that_lack_only_rows),
        cmocka_unit_test(a_whole_table_is_checked_in_little_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
