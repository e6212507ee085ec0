#include "base/cleanup.h"
#include "base/csv.h"
#include "base/memory.h"

#include "unit.h"

enum { LARGE_CELL = 10 * 1000 * 1000 };

OWNED_TYPE(csv_reader_free, struct csv_reader)

struct source {
    char path[64];
    struct csv_reader *reader;
    struct csv_row row;
    struct fault fault;
};

static void write_bytes(struct source *source, const char *bytes, size_t length)
{
    snprintf(source->path, sizeof source->path, "csv-XXXXXX");
    int file = mkstemp(source->path);
    assert_true(file >= 0);
    while (length > 0) {
        ssize_t written = write(file, bytes, length);
        assert_true(written > 0);
        bytes += written;
        length -= (size_t)written;
    }
    close(file);
}

static struct source *read_bytes(const char *bytes, size_t length)
{
    struct source *source = memory_new(1, sizeof *source);
    write_bytes(source, bytes, length);
    source->reader = csv_reader_open(source->path, &source->fault);
    assert_non_null(source->reader);
    return source;
}

static struct source *read_string(const char *string)
{
    return read_bytes(string, strlen(string));
}

static enum csv_next next(struct source *source)
{
    source->fault.text[0] = '\0';
    return csv_reader_next(source->reader, &source->row, &source->fault);
}

/* The next row is whole, began on `line`, and holds `cells` with '|' between them. */
static void expect_row(struct source *source, size_t line, const char *cells)
{
    enum csv_next got = next(source);
    if (got != CSV_NEXT_ROW)
        fail_msg("not a row but %d: %s", (int)got, source->fault.text);
    CLEANUP(text_clear) struct text joined;
    text_init(&joined, 1000);
    for (size_t i = 0; i < source->row.count; i++) {
        if (i > 0)
            text_add_byte(&joined, '|');
        assert_int_equal(strlen(source->row.cells[i]), source->row.lengths[i]);
        text_add_string(&joined, source->row.cells[i]);
    }
    assert_string_equal(joined.bytes, cells);
    assert_int_equal(source->row.line, line);
    assert_string_equal(source->fault.text, "");
}

static void expect_bad(struct source *source, size_t line, const char *why)
{
    char place[100];
    assert_int_equal(next(source), CSV_NEXT_BAD);
    assert_int_equal(source->row.line, line);
    snprintf(place, sizeof place, "%s:%zu: ", source->path, line);
    assert_memory_equal(source->fault.text, place, strlen(place));
    if (strstr(source->fault.text, why) == NULL)
        fail_msg("'%s' does not say '%s'", source->fault.text, why);
}

static void expect_raw(struct source *source, const char *raw)
{
    assert_int_equal(source->row.raw_length, strlen(raw));
    assert_memory_equal(source->row.raw, raw, strlen(raw));
}

static void expect_end(struct source *source)
{
    assert_int_equal(next(source), CSV_NEXT_END);
    assert_int_equal(next(source), CSV_NEXT_END);
    assert_false(csv_reader_failed(source->reader));
    csv_reader_free(source->reader);
    unlink(source->path);
    free(source);
}

static void plain_rows_come_in_order(void **state)
{
    (void)state;
    struct source *source = read_string("a,b,c\n1,,3\n,\n\"\"\n");
    expect_row(source, 1, "a|b|c");
    expect_raw(source, "a,b,c\n");
    expect_row(source, 2, "1||3");
    expect_row(source, 3, "|");
    expect_row(source, 4, "");
    assert_int_equal(source->row.count, 1);
    expect_end(source);
}

static void quoted_cells_hold_commas_quotes_and_line_breaks(void **state)
{
    (void)state;
    struct source *source = read_string("\"a,b\",\"say \"\"yes\"\"\"\n\"two\r\nlines\",\"\n\"\nlast,row\n");
    expect_row(source, 1, "a,b|say \"yes\"");
    expect_row(source, 2, "two\r\nlines|\n");
    expect_raw(source, "\"two\r\nlines\",\"\n\"\n");
    expect_row(source, 5, "last|row");
    expect_end(source);
}

static void every_kind_of_line_end_ends_a_row(void **state)
{
    (void)state;
    struct source *source = read_string("a,b\r\nc,d\re,f\n\"g\"\r\"h\"\r\nlast");
    expect_row(source, 1, "a|b");
    expect_raw(source, "a,b\r\n");
    expect_row(source, 2, "c|d");
    expect_raw(source, "c,d\r");
    expect_row(source, 3, "e|f");
    expect_row(source, 4, "g");
    expect_row(source, 5, "h");
    expect_row(source, 6, "last");
    expect_end(source);
}

static void blank_lines_are_passed_over_and_counted(void **state)
{
    (void)state;
    struct source *source = read_string("\n\r\na\n\n\r\rb\n\n");
    expect_row(source, 3, "a");
    expect_row(source, 7, "b");
    expect_end(source);
    expect_end(read_string(""));
    expect_end(read_string("\n\n"));
    expect_end(read_string("\r"));
}

static void a_byte_order_mark_is_no_part_of_the_first_cell(void **state)
{
    (void)state;
    struct source *source = read_string("\xef\xbb\xbf\"a\",b\n");
    expect_row(source, 1, "a|b");
    expect_raw(source, "\"a\",b\n");
    expect_end(source);
    expect_end(read_string("\xef\xbb\xbf"));
    source = read_string("a\n\xef\xbb\xbf"
                         "b\n");
    expect_row(source, 1, "a");
    expect_row(source, 2,
               "\xef\xbb\xbf"
               "b");
    expect_end(source);
    source = read_string("\xef\xbb\xbd\n"); /* begins like a mark, is U+FEFD */
    expect_row(source, 1, "\xef\xbb\xbd");
    expect_end(source);
    source = read_string("\xef\xbb");
    expect_bad(source, 1, "UTF-8");
    expect_end(source);
}

static void spaces_belong_to_their_cell(void **state)
{
    (void)state;
    struct source *source = read_string(" a , b\t\n");
    expect_row(source, 1, " a | b\t");
    expect_end(source);
}

static void a_nul_byte_makes_its_row_bad_and_no_other(void **state)
{
    (void)state;
    static const char bytes[] = "a,b\nc\0,d\ne,f\n";
    struct source *source = read_bytes(bytes, sizeof bytes - 1);
    expect_row(source, 1, "a|b");
    expect_bad(source, 2, "NUL");
    assert_int_equal(source->row.raw_length, 5);
    expect_row(source, 3, "e|f");
    expect_end(source);
}

static void what_is_not_utf8_makes_its_row_bad_and_no_other(void **state)
{
    (void)state;
    static const char *const wrong[] = {"\xff",     "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                                        "\xe3\x81", "\x93\x66"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char bytes[64];
        snprintf(bytes, sizeof bytes, "見,守\nx,%s\nok\n", wrong[i]);
        struct source *source = read_string(bytes);
        expect_row(source, 1, "見|守");
        expect_bad(source, 2, "UTF-8");
        expect_row(source, 3, "ok");
        expect_end(source);
    }
}

static void a_misplaced_quote_makes_its_row_bad_and_no_other(void **state)
{
    (void)state;
    struct source *source = read_string("a\nb\"c,d\n\"e\"f,g\n\"two\nlines\"x\nok,1\n");
    expect_row(source, 1, "a");
    expect_bad(source, 2, "quote");
    expect_raw(source, "b\"c,d\n");
    expect_bad(source, 3, "quote");
    expect_bad(source, 4, "quote");
    expect_raw(source, "\"two\nlines\"x\n");
    expect_row(source, 6, "ok|1");
    expect_end(source);
}

static void a_quote_never_closed_names_the_line_it_began_on(void **state)
{
    (void)state;
    struct source *source = read_string("a\nb,\"c\nd\ne\n");
    expect_row(source, 1, "a");
    expect_bad(source, 2, "not closed");
    expect_raw(source, "b,\"c\nd\ne\n");
    expect_end(source);
    source = read_string("\"");
    expect_bad(source, 1, "not closed");
    expect_end(source);
}

static void lines_are_right_after_cells_of_several_lines(void **state)
{
    (void)state;
    struct source *source = read_string("h\n\"1\n2\r\n3\r4\"\r\n\n\"x\n\"y\nz\n");
    expect_row(source, 1, "h");
    expect_row(source, 2, "1\n2\r\n3\r4");
    expect_bad(source, 7, "quote");
    expect_row(source, 9, "z");
    expect_end(source);
}

static void too_many_cells_make_a_row_bad(void **state)
{
    (void)state;
    CLEANUP(text_clear) struct text bytes;
    text_init(&bytes, 4096);
    for (int i = 0; i < CSV_COLUMNS_MOST - 1; i++)
        text_add_string(&bytes, "x,");
    text_add_string(&bytes, "x\n");
    for (int i = 0; i < CSV_COLUMNS_MOST; i++)
        text_add_string(&bytes, ",");
    text_add_string(&bytes, "\nok\n");
    struct source *source = read_string(bytes.bytes);
    assert_int_equal(next(source), CSV_NEXT_ROW);
    assert_int_equal(source->row.count, CSV_COLUMNS_MOST);
    expect_bad(source, 2, "too many cells");
    expect_row(source, 3, "ok");
    expect_end(source);
}

static void cells_of_ten_megabytes_are_read_whole(void **state)
{
    (void)state;
    OWNED_MEMORY char *bytes = memory_new(2 * LARGE_CELL + 100, 1);
    size_t length = 0;
    for (int cell = 0; cell < 2; cell++) {
        bytes[length++] = '"';
        for (int i = 0; i < LARGE_CELL; i++)
            bytes[length++] = i % 100 == 99 ? '\n' : (char)('a' + i % 7 + cell);
        memcpy(bytes + length, cell == 0 ? "\"," : "\"\nok\n", cell == 0 ? 2 : 5);
        length += cell == 0 ? 2 : 5;
    }
    struct source *source = read_bytes(bytes, length);
    assert_int_equal(next(source), CSV_NEXT_ROW);
    assert_int_equal(source->row.count, 2);
    assert_int_equal(source->row.lengths[0], LARGE_CELL);
    assert_memory_equal(source->row.cells[0], bytes + 1, LARGE_CELL);
    assert_memory_equal(source->row.cells[1], bytes + LARGE_CELL + 4, LARGE_CELL);
    expect_row(source, 2 * (LARGE_CELL / 100) + 2, "ok");
    expect_end(source);
}

static void a_row_past_the_limit_is_bad_and_the_next_is_read(void **state)
{
    (void)state;
    size_t length = (size_t)CSV_ROW_MOST + 10;
    OWNED_MEMORY char *bytes = memory_new(length + 10, 1);
    memset(bytes, 'x', length);
    memcpy(bytes + length, "\nok\n", 4);
    struct source *source = read_bytes(bytes, length + 4);
    expect_bad(source, 1, "too long");
    expect_row(source, 2, "ok");
    expect_end(source);
}

/* Line ends that lie across the edge between two reads. */
static void rows_do_not_depend_on_how_they_are_read(void **state)
{
    (void)state;
    OWNED_MEMORY char *bytes = memory_new(200000, 1);
    size_t length = 65536 - 3; /* the read's own size, less what is put across its edge */
    memset(bytes, 'y', length);
    static const char *const across[] = {"\r\nb\n", "\n\r\nb\n", "y\r\rb\n", "yyy\r\nb\n", "yy\r\nb\n"};
    for (size_t i = 0; i < sizeof across / sizeof across[0]; i++) {
        memcpy(bytes + length, across[i], strlen(across[i]));
        struct source *source = read_bytes(bytes, length + strlen(across[i]));
        assert_int_equal(next(source), CSV_NEXT_ROW);
        expect_row(source, i == 0 || i > 2 ? 2 : 3, "b");
        expect_end(source);
    }
}

static void add_seen(void *context, const void *bytes, size_t length)
{
    text_add(context, bytes, length);
}

static void the_watcher_sees_every_byte_of_the_file(void **state)
{
    (void)state;
    CLEANUP(text_clear) struct text seen;
    text_init(&seen, 100);
    struct source *source = read_string("\xef\xbb\xbf"
                                        "a\r\n\n\"b\"x\nc");
    csv_reader_watch(source->reader, add_seen, &seen);
    expect_row(source, 1, "a");
    expect_bad(source, 3, "quote");
    expect_row(source, 4, "c");
    expect_end(source);
    assert_string_equal(seen.bytes, "\xef\xbb\xbf"
                                    "a\r\n\n\"b\"x\nc");
}

static void a_file_that_cannot_be_read_says_so_once(void **state)
{
    (void)state;
    struct fault fault = {""};
    struct csv_row row;
    OWNED(csv_reader_free) struct csv_reader *reader = csv_reader_open(".", &fault);
    assert_non_null(reader);
    assert_int_equal(csv_reader_next(reader, &row, &fault), CSV_NEXT_BAD);
    assert_string_equal(fault.text, ".:1: cannot read: Is a directory");
    assert_true(csv_reader_failed(reader));
    assert_int_equal(csv_reader_next(reader, &row, &fault), CSV_NEXT_END);
    assert_null(csv_reader_open("no/such/file.csv", &fault));
    assert_string_equal(fault.text, "'no/such/file.csv': cannot open: No such file or directory");
}

static void bytes_in_memory_read_as_those_of_a_file(void **state)
{
    (void)state;
    static char bytes[200001]; /* more than one run */
    for (size_t i = 0; i < 100000; i++)
        memcpy(bytes + 2 * i, i % 50000 == 49999 ? "x\n" : "ab", 2);
    struct fault fault = {""};
    struct csv_row row;
    OWNED(csv_reader_free) struct csv_reader *reader = csv_reader_over("a table", bytes, 200000);
    for (size_t line = 1; line <= 2; line++) {
        assert_int_equal(csv_reader_next(reader, &row, &fault), CSV_NEXT_ROW);
        assert_int_equal(row.line, line);
        assert_int_equal(row.lengths[0], 99999);
    }
    assert_int_equal(csv_reader_next(reader, &row, &fault), CSV_NEXT_END);
    OWNED(csv_reader_free) struct csv_reader *bad = csv_reader_over("a table", "\"", 1);
    assert_int_equal(csv_reader_next(bad, &row, &fault), CSV_NEXT_BAD);
    assert_memory_equal(fault.text, "a table:1: ", 11);
    OWNED(csv_reader_free) struct csv_reader *empty = csv_reader_over("a table", NULL, 0);
    assert_int_equal(csv_reader_next(empty, &row, &fault), CSV_NEXT_END);
}

static void expect_written(const char *cell, bool defuse, const char *written)
{
    CLEANUP(text_clear) struct text out;
    text_init(&out, 1000);
    csv_write_cell(&out, cell, defuse);
    assert_string_equal(out.bytes, written);
}

static void cells_are_quoted_where_they_must_be(void **state)
{
    (void)state;
    expect_written("", true, "");
    expect_written("見守り", true, "見守り");
    expect_written("a,b", true, "\"a,b\"");
    expect_written("say \"yes\"", true, "\"say \"\"yes\"\"\"");
    expect_written("two\nlines", true, "\"two\nlines\"");
    expect_written(" edge", true, "\" edge\"");
}

static void formulas_are_defused_and_numbers_are_not(void **state)
{
    (void)state;
    expect_written("=1+2", true, "'=1+2");
    expect_written("=1+2", false, "=1+2");
    expect_written("@SUM(A1)", true, "'@SUM(A1)");
    expect_written("+81-3", true, "'+81-3");
    expect_written("-", true, "'-");
    expect_written("\tx", true, "'\tx");
    expect_written("\rx", true, "\"'\rx\"");
    expect_written("=HYPERLINK(\"x\",1)", true, "\"'=HYPERLINK(\"\"x\"\",1)\"");
    expect_written("-12.3", true, "-12.3");
    expect_written("+40", true, "+40");
    expect_written("-1.", true, "'-1.");
    expect_written("-12.3.4", true, "'-12.3.4");
    expect_written("12=3", true, "12=3");
    expect_written("\nx", true, "\"'\nx\"");
    expect_written("＝1+2", true, "'＝1+2");
    expect_written("＠SUM", true, "'＠SUM");
    expect_written("－", false, "－");
    expect_written("１＝", true, "１＝");
}

static void what_is_written_is_read_back(void **state)
{
    (void)state;
    static const char *const cells[] = {"a", "", "b,c", "\"", "\"\"", "x\r\ny", " z ", "見\n守"};
    CLEANUP(text_clear) struct text out;
    text_init(&out, 1000);
    for (size_t i = 0; i < 8; i++) {
        csv_write_cell(&out, cells[i], false);
        text_add_byte(&out, i < 7 ? ',' : '\n');
    }
    struct source *source = read_string(out.bytes);
    assert_int_equal(next(source), CSV_NEXT_ROW);
    assert_int_equal(source->row.count, 8);
    for (size_t i = 0; i < 8; i++)
        assert_string_equal(source->row.cells[i], cells[i]);
    expect_end(source);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_rows_come_in_order),
        cmocka_unit_test(quoted_cells_hold_commas_quotes_and_line_breaks),
        cmocka_unit_test(every_kind_of_line_end_ends_a_row),
        cmocka_unit_test(blank_lines_are_passed_over_and_counted),
        cmocka_unit_test(a_byte_order_mark_is_no_part_of_the_first_cell),
        cmocka_unit_test(spaces_belong_to_their_cell),
        cmocka_unit_test(a_nul_byte_makes_its_row_bad_and_no_other),
        cmocka_unit_test(what_is_not_utf8_makes_its_row_bad_and_no_other),
        cmocka_unit_test(a_misplaced_quote_makes_its_row_bad_and_no_other),
        cmocka_unit_test(a_quote_never_closed_names_the_line_it_began_on),
        cmocka_unit_test(lines_are_right_after_cells_of_several_lines),
        cmocka_unit_test(too_many_cells_make_a_row_bad),
        cmocka_unit_test(cells_of_ten_megabytes_are_read_whole),
        cmocka_unit_test(a_row_past_the_limit_is_bad_and_the_next_is_read),
        cmocka_unit_test(rows_do_not_depend_on_how_they_are_read),
        cmocka_unit_test(the_watcher_sees_every_byte_of_the_file),
        cmocka_unit_test(a_file_that_cannot_be_read_says_so_once),
        cmocka_unit_test(bytes_in_memory_read_as_those_of_a_file),
        cmocka_unit_test(cells_are_quoted_where_they_must_be),
        cmocka_unit_test(formulas_are_defused_and_numbers_are_not),
        cmocka_unit_test(what_is_written_is_read_back),
    };
    return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
