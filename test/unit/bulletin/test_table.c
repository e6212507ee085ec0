#include "base/cleanup.h"
#include "bulletin/table.h"
#include "month.h"

#include "unit.h"

static json_t *hostile_table(void)
{
    static const uint64_t cells[] = {1234, 0};
    json_t *table = table_new("t", "caption", "=corner");
    table_column(table, "+6月");
    table_column(table, "a \"quote\", and");
    table_row(table, "=cmd|' /C calc'!A0", "", cells, 2);
    table_row(table, "@SUM(1)", "total", cells, 2);
    table_row(table, "-1+1", "", cells, 2);
    table_row(table, "two\nlines", "", cells, 2);
    table_row_text(table, "W32/Netsky", "=evil");
    return table;
}

static void formulas_are_defused_in_csv(void **state)
{
    (void)state;
    json_t *table = hostile_table();
    CLEANUP(text_clear) struct text csv;
    text_init(&csv, 1 << 16);
    table_csv(table, &csv);
    json_decref(table);
    assert_string_equal(csv.bytes, "\xef\xbb\xbf"
                                   "'=corner,'+6月,\"a \"\"quote\"\", and\"\r\n"
                                   "'=cmd|' /C calc'!A0,1234,0\r\n"
                                   "'@SUM(1),1234,0\r\n"
                                   "'-1+1,1234,0\r\n"
                                   "\"two\nlines\",1234,0\r\n"
                                   "W32/Netsky,'=evil\r\n");
}

static void numbers_are_grouped_on_the_page_and_plain_in_csv(void **state)
{
    (void)state;
    OWNED(month_free) struct month *month = month_new("ja");
    json_t *table = hostile_table(), *view = table_view(&month->issue, table);
    json_t *cells = json_object_get(json_array_get(json_object_get(view, "rows"), 0), "cells");
    assert_string_equal(json_string_value(json_array_get(cells, 0)), "1,234");
    assert_true(json_is_false(json_object_get(view, "long")));
    json_decref(view);
    json_decref(table);
}

static void a_turned_table_has_its_rows_as_columns(void **state)
{
    (void)state;
    static const uint64_t first[] = {1, 2, 3}, second[] = {4, 5, 6};
    json_t *table = table_new("t", "caption", "corner");
    table_column(table, "x");
    table_column(table, "y");
    table_column(table, "z");
    table_row(table, "a", "", first, 3);
    table_row(table, "b", "", second, 3);
    table = table_turned(table);
    CLEANUP(text_clear) struct text csv;
    text_init(&csv, 1 << 16);
    table_csv(table, &csv);
    json_decref(table);
    assert_string_equal(csv.bytes + 3, "corner,a,b\r\nx,1,4\r\ny,2,5\r\nz,3,6\r\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formulas_are_defused_in_csv),
        cmocka_unit_test(numbers_are_grouped_on_the_page_and_plain_in_csv),
        cmocka_unit_test(a_turned_table_has_its_rows_as_columns),
    };
    return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
