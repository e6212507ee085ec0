/* Tables as they come: CSV in the ways of Japanese spreadsheets, XLSX as several programs write it, and files
 * that want to do harm. */
#include "unit.h"

#include "base/cleanup.h"
#include "base/memory.h"
#include "base/text.h"
#include "desk/sheet.h"
#include "desk/xlsx.h"

#include <zip.h>

enum { FILE_MOST = 32 << 20 };

struct part {
    const char *name, *bytes;
};

/* An archive of these parts, packed. */
static void pack(const struct part *parts, struct text *out)
{
    char run[4096];
    zip_int64_t got;
    zip_source_t *packed = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *archive = zip_open_from_source(packed, ZIP_TRUNCATE, NULL);
    assert_non_null(archive);
    zip_source_keep(packed);
    for (; parts->name != NULL; parts++) {
        zip_source_t *source = zip_source_buffer(archive, parts->bytes, strlen(parts->bytes), 0);
        assert_true(zip_file_add(archive, parts->name, source, ZIP_FL_ENC_UTF_8) >= 0);
    }
    assert_int_equal(zip_close(archive), 0);
    assert_int_equal(zip_source_open(packed), 0);
    while ((got = zip_source_read(packed, run, sizeof run)) > 0)
        text_add(out, run, (size_t)got);
    zip_source_close(packed);
    zip_source_free(packed);
    assert_true(text_whole(out));
}

#define MAIN      "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define RELATIONS "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
#define OFFICE    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
static const char package[] = RELATIONS "<Relationship Id=\"rId1\" Type=\"" OFFICE
                                        "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
static const char relations[] =
    RELATIONS "<Relationship Id=\"rId1\" Type=\"" OFFICE "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
              "<Relationship Id=\"rId2\" Type=\"" OFFICE "/worksheet\" Target=\"/xl/worksheets/sheet2.xml\"/>"
              "<Relationship Id=\"rId3\" Type=\"" OFFICE "/styles\" Target=\"styles.xml\"/>"
              "<Relationship Id=\"rId4\" Type=\"" OFFICE "/sharedStrings\" Target=\"sharedStrings.xml\"/>"
              "<Relationship Id=\"rId9\" Type=\"" OFFICE "/worksheet\" TargetMode=\"External\" "
              "Target=\"http://192.0.2.1/sheet.xml\"/></Relationships>";
static const char workbook[] = "<workbook " MAIN " xmlns:r=\"" OFFICE "\"><workbookPr/><sheets>"
                               "<sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
static const char styles[] =
    "<styleSheet " MAIN "><numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"[$-411]ge\\.m\\.d\"/>"
    "<numFmt numFmtId=\"165\" formatCode=\"0.00E+00\"/></numFmts><cellStyleXfs><xf "
    "numFmtId=\"14\"/></cellStyleXfs>"
    "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf "
    "numFmtId=\"165\"/></cellXfs></styleSheet>";
static const char strings[] =
    "<sst " MAIN "><si><t>発見日</t></si><si><r><t>W32</t></r><r><t>/Klez</t></r></si>"
    "<si><t>感染</t><rPh sb=\"0\" eb=\"2\"><t>カンセン</t></rPh></si>"
    "<si><t xml:space=\"preserve\"> a_x000D_\nb_x0041__x005F_ </t></si></sst>";

/* A workbook whose sheet has these rows. */
static const char *read_with(const char *book, const char *rows, struct sheet *sheet)
{
    CLEANUP(text_clear) struct text file, data;
    text_init(&file, FILE_MOST);
    text_init(&data, FILE_MOST);
    text_addf(&data, "<?xml version=\"1.0\"?><worksheet " MAIN "><sheetData>%s</sheetData></worksheet>",
              rows);
    const struct part parts[] = {{"_rels/.rels", package},
                                 {"xl/_rels/workbook.xml.rels", relations},
                                 {"xl/workbook.xml", book},
                                 {"xl/styles.xml", styles},
                                 {"xl/sharedStrings.xml", strings},
                                 {"xl/worksheets/sheet1.xml", data.bytes},
                                 {NULL, NULL}};
    pack(parts, &file);
    OWNED_MEMORY char *exact = memory_new(1, file.length); /* of just its length, for the sanitizer */
    memcpy(exact, file.bytes, file.length);
    return sheet_read(sheet, exact, file.length);
}

static void expect_row(const struct sheet *sheet, size_t row, size_t line, const char *cells)
{
    CLEANUP(text_clear) struct text joined;
    text_init(&joined, FILE_MOST);
    assert_true(row < sheet->count);
    for (size_t i = 0; i < sheet->rows[row].count; i++)
        text_addf(&joined, "%s%s", i > 0 ? "|" : "", sheet->rows[row].cells[i]);
    assert_string_equal(joined.bytes, cells);
    assert_int_equal(sheet->rows[row].line, line);
}

static void expect_rows(const char *rows, const char *first)
{
    struct sheet sheet;
    const char *problem = read_with(workbook, rows, &sheet);
    if (problem != NULL)
        fail_msg("%s", problem);
    expect_row(&sheet, 0, 1, first);
    sheet_clear(&sheet);
}

static void expect_problem(const char *problem, const char *part)
{
    if (problem == NULL || strstr(problem, part) == NULL)
        fail_msg("'%s', not '...%s...'", problem == NULL ? "(well)" : problem, part);
}

static void expect_bad(const char *rows, const char *part)
{
    struct sheet sheet;
    expect_problem(read_with(workbook, rows, &sheet), part);
    sheet_clear(&sheet);
}

static void csv_is_read_with_and_without_a_mark(void **state)
{
    (void)state;
    static const char *const files[] = {"発見日,名前\n2026-11-03,\"a,\nb\"\n\n,\n",
                                        "\xef\xbb\xbf発見日,名前\r\n2026-11-03,\"a,\nb\"\r\n"};
    for (size_t i = 0; i < 2; i++) {
        struct sheet sheet;
        assert_null(sheet_read(&sheet, files[i], strlen(files[i])));
        assert_int_equal(sheet.count, 2);
        expect_row(&sheet, 0, 1, "発見日|名前");
        expect_row(&sheet, 1, 2, "2026-11-03|a,\nb");
        sheet_clear(&sheet);
    }
}

static void csv_in_shift_jis_is_read_with_its_rare_letters(void **state)
{
    (void)state;
    struct sheet sheet;
    /* 発見日,① ㈱ ｶﾅ 表示 (the second byte of 表 is a backslash) */
    static const char bytes[] = "\x94\xad\x8c\xa9\x93\xfa,\x87\x40 \x87\x8a \xb6\xc5 \x95\x5c\x8e\xa6\r\n";
    assert_null(sheet_read(&sheet, bytes, sizeof bytes - 1));
    expect_row(&sheet, 0, 1, "発見日|① ㈱ ｶﾅ 表示");
    sheet_clear(&sheet);
}

static void what_is_no_table_is_said_so(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t length;
        const char *said;
    } files[] = {
        {"", 0, "empty"},
        {"\n\n,,\n", 5, "empty"},
        {"\x89PNG\r\n\x1a\n\0\0", 10, "neither CSV"},
        {"発見日\xff,名前\n", 18, "neither CSV"}, /* UTF-8, damaged */
        {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, "old Excel file"},
        {"PK\x03\x04 but no archive", 18, "damaged"},
        {"a,b\n\"c\n", 7, "not CSV"},
    };
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        struct sheet sheet;
        expect_problem(sheet_read(&sheet, files[i].bytes, files[i].length), files[i].said);
        sheet_clear(&sheet);
    }
}

static void a_table_that_is_too_long_or_too_wide_is_refused_with_its_line(void **state)
{
    (void)state;
    CLEANUP(text_clear) struct text csv;
    struct sheet sheet;
    text_init(&csv, FILE_MOST);
    for (int i = 0; i < SHEET_ROWS_MOST; i++)
        text_add_string(&csv, "a\n");
    assert_null(sheet_read(&sheet, csv.bytes, csv.length));
    assert_int_equal(sheet.count, SHEET_ROWS_MOST);
    sheet_clear(&sheet);
    text_add_string(&csv, "\n,\na\n");
    expect_problem(sheet_read(&sheet, csv.bytes, csv.length), "too many rows");
    assert_int_equal(sheet.line, SHEET_ROWS_MOST + 3);
    sheet_clear(&sheet);
    text_empty(&csv);
    text_add_string(&csv, "a\n");
    for (int i = 0; i < SHEET_COLUMNS_MOST; i++)
        text_add_string(&csv, ",");
    text_add_string(&csv, "\n"); /* empty cells are no columns */
    assert_null(sheet_read(&sheet, csv.bytes, csv.length));
    sheet_clear(&sheet);
    text_add_string(&csv, csv.bytes + 2);
    csv.bytes[csv.length - 1] = 'x';
    expect_problem(sheet_read(&sheet, csv.bytes, csv.length), "too many columns");
    assert_int_equal(sheet.line, 3);
    sheet_clear(&sheet);
}

static void cells_are_found_by_their_names(void **state)
{
    (void)state;
    expect_rows(
        "<row r=\"1\"><c r=\"C1\"><v>3</v></c><c r=\"A1\" t=\"inlineStr\"><is><t>x</t></is></c></row>",
        "x||3");
    expect_rows("<row><c><v>1</v></c><c t=\"str\"><f>1+1</f><v>two</v></c></row>", "1|two");
    struct sheet sheet;
    assert_null(read_with(
        workbook,
        "<row r=\"2\"><c r=\"A2\"><v>1</v></c></row><row r=\"7\"/><row r=\"9\"><c r=\"B9\" t=\"b\"><v>1</v>"
        "</c></row><row><c t=\"b\"><v>0</v></c></row>",
        &sheet));
    assert_int_equal(sheet.count, 3);
    expect_row(&sheet, 0, 2, "1");
    expect_row(&sheet, 1, 9, "|yes");
    expect_row(&sheet, 2, 10, "no");
    sheet_clear(&sheet);
}

static void shared_strings_are_what_is_seen(void **state)
{
    (void)state;
    expect_rows("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"
                "<c r=\"C1\" t=\"s\"><v>2</v></c><c r=\"D1\" t=\"s\"><v>3</v></c></row>",
                "発見日|W32/Klez|感染| a\nbA_ ");
    expect_bad("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>4</v></c></row>", "damaged");
    expect_bad("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>-1</v></c></row>", "damaged");
}

static void a_number_is_a_day_where_its_style_says_so(void **state)
{
    (void)state;
    expect_rows("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>46329</v></c><c r=\"B1\" s=\"2\"><v>46329.75</v></c>"
                "<c r=\"C1\"><v>46329</v></c><c r=\"D1\" s=\"3\"><v>1.5E+3</v></c><c r=\"E1\" "
                "s=\"99999\"><v>7</v></c>"
                "<c r=\"F1\" s=\"1\" t=\"s\"><v>0</v></c></row>",
                "2026-11-03|2026-11-03|46329|1500|7|発見日");
}

static void expect_number(const char *written, bool since_1904, const char *shown)
{
    char out[XLSX_NUMBER];
    xlsx_number(written, true, since_1904, out);
    assert_string_equal(out, shown);
}

static void both_date_systems_and_the_day_that_never_was(void **state)
{
    (void)state;
    expect_number("1", false, "1900-01-01");
    expect_number("59", false, "1900-02-28");
    expect_number("60", false, "60"); /* 29 February 1900 */
    expect_number("61", false, "1900-03-01");
    expect_number("46329", false, "2026-11-03");
    expect_number("44867", true, "2026-11-03");
    expect_number("0", true, "1904-01-01");
    expect_number("2958465", false, "9999-12-31");
    expect_number("2958466", false, "2958466");
    expect_number("2958465", true, "2958465");
    expect_number("-1", false, "-1");
    expect_number("1e999", false, "1e999");
    expect_number("nan", false, "nan");
    expect_number("0x10", false, "0x10");
}

static void a_workbook_may_count_from_1904(void **state)
{
    (void)state;
    struct sheet sheet;
    assert_null(read_with("<workbook " MAIN " xmlns:r=\"" OFFICE "\"><workbookPr date1904=\"1\"/><sheets>"
                          "<sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
                          "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>44867</v></c></row>", &sheet));
    expect_row(&sheet, 0, 1, "2026-11-03");
    sheet_clear(&sheet);
}

static void number_formats_of_days_are_told_from_others(void **state)
{
    (void)state;
    static const char *const days[] = {"yyyy\\-mm\\-dd", "m\"月\"d\"日\"", "[$-411]ge.m.d",
                                       "[Red]yyyy",      "ggge\"年\"",     "d-mmm;@"};
    static const char *const others[] = {"General", "0.00E+00",     "#,##0\"yd\"", "[h]:mm:ss",
                                         "0;yyyy",  "\\d0",         "_d0",         "@",
                                         "",        "\"unclosed d", "[unclosed d"};
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++)
        if (!xlsx_shows_day(days[i]))
            fail_msg("'%s' is a day", days[i]);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (xlsx_shows_day(others[i]))
            fail_msg("'%s' is none", others[i]);
}

static void the_first_sheet_that_can_be_seen_is_read(void **state)
{
    (void)state;
    struct sheet sheet;
    expect_problem(read_with("<workbook " MAIN " xmlns:r=\"" OFFICE
                             "\"><sheets><sheet name=\"a\" sheetId=\"1\" state=\"hidden\" "
                             "r:id=\"rId1\"/></sheets></workbook>",
                             "<row r=\"1\"><c><v>1</v></c></row>", &sheet),
                   "damaged");
    sheet_clear(&sheet);
    assert_null(read_with("<workbook " MAIN " xmlns:r=\"" OFFICE "\"><sheets><sheet name=\"a\" sheetId=\"1\" "
                          "state=\"veryHidden\" r:id=\"rId2\"/><sheet name=\"b\" sheetId=\"2\" "
                          "r:id=\"rId1\"/></sheets></workbook>",
                          "<row r=\"1\"><c><v>1</v></c></row>", &sheet));
    sheet_clear(&sheet);
}

static void nothing_is_fetched_and_no_entity_is_made(void **state)
{
    (void)state;
    struct sheet sheet;
    expect_problem(read_with("<workbook " MAIN " xmlns:r=\"" OFFICE
                             "\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"rId9\"/>"
                             "</sheets></workbook>",
                             "<row r=\"1\"><c><v>1</v></c></row>", &sheet),
                   "damaged");
    sheet_clear(&sheet);
    static const char *const books[] = {
        "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><workbook/>",
        "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;\">]><workbook>&b;</workbook>",
        "<workbook",
        "",
        "<a></b>",
        "\x01"};
    for (size_t i = 0; i < sizeof books / sizeof books[0]; i++) {
        expect_problem(read_with(books[i], "<row r=\"1\"><c><v>1</v></c></row>", &sheet), "damaged");
        sheet_clear(&sheet);
    }
}

/* A sheet with `count` spaces in a cell, which packs a thousand times smaller. */
static const char *read_bomb(size_t count)
{
    struct sheet sheet;
    OWNED_MEMORY char *rows = memory_new(count + 100, 1);
    memset(rows, ' ', count);
    memcpy(rows + count, "<row><c><v>1</v></c></row>", 27);
    const char *problem = read_with(workbook, rows, &sheet);
    sheet_clear(&sheet);
    return problem;
}

static void what_was_packed_too_much_is_not_unpacked(void **state)
{
    (void)state;
    assert_null(read_bomb(1000000));
    expect_problem(read_bomb(8 << 20), "too large");
}

static void an_archive_that_lies_about_its_sizes_is_damaged_not_believed(void **state)
{
    (void)state;
    CLEANUP(text_clear) struct text file;
    struct sheet sheet;
    text_init(&file, FILE_MOST);
    const struct part parts[] = {{"_rels/.rels", package}, {NULL, NULL}};
    pack(parts, &file);
    for (size_t cut = 4; cut < file.length; cut++) { /* cut off anywhere */
        OWNED_MEMORY char *exact = memory_new(1, cut);
        memcpy(exact, file.bytes, cut);
        expect_problem(sheet_read(&sheet, exact, cut), "damaged");
        sheet_clear(&sheet);
    }
    for (size_t at = 4; at < file.length; at++) { /* and changed anywhere */
        OWNED_MEMORY char *changed = memory_new(1, file.length);
        memcpy(changed, file.bytes, file.length);
        changed[at] = (char)~changed[at];
        assert_non_null(sheet_read(&sheet, changed, file.length));
        sheet_clear(&sheet);
    }
}

static void long_cells_and_far_columns_are_refused_with_their_line(void **state)
{
    (void)state;
    struct sheet sheet;
    CLEANUP(text_clear) struct text rows;
    text_init(&rows, FILE_MOST);
    text_add_string(&rows, "<row r=\"12\"><c r=\"A12\" t=\"inlineStr\"><is><t>");
    for (int i = 0; i <= SHEET_CELL_MOST; i++)
        text_add_byte(&rows, 'x');
    text_add_string(&rows, "</t></is></c></row>");
    expect_problem(read_with(workbook, rows.bytes, &sheet), "too long");
    assert_int_equal(sheet.line, 12);
    sheet_clear(&sheet);
    expect_problem(read_with(workbook, "<row r=\"3\"><c r=\"ZZZ3\"><v>1</v></c></row>", &sheet),
                   "too many columns");
    assert_int_equal(sheet.line, 3);
    sheet_clear(&sheet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_is_read_with_and_without_a_mark),
        cmocka_unit_test(csv_in_shift_jis_is_read_with_its_rare_letters),
        cmocka_unit_test(what_is_no_table_is_said_so),
        cmocka_unit_test(a_table_that_is_too_long_or_too_wide_is_refused_with_its_line),
        cmocka_unit_test(cells_are_found_by_their_names),
        cmocka_unit_test(shared_strings_are_what_is_seen),
        cmocka_unit_test(a_number_is_a_day_where_its_style_says_so),
        cmocka_unit_test(both_date_systems_and_the_day_that_never_was),
        cmocka_unit_test(a_workbook_may_count_from_1904),
        cmocka_unit_test(number_formats_of_days_are_told_from_others),
        cmocka_unit_test(the_first_sheet_that_can_be_seen_is_read),
        cmocka_unit_test(nothing_is_fetched_and_no_entity_is_made),
        cmocka_unit_test(what_was_packed_too_much_is_not_unpacked),
        cmocka_unit_test(an_archive_that_lies_about_its_sizes_is_damaged_not_believed),
        cmocka_unit_test(long_cells_and_far_columns_are_refused_with_their_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
