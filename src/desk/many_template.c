/* An empty table to fill in: CSV with a byte-order mark, without which spreadsheets take it for Shift_JIS,
 * and XLSX (ECMA-376) with days in the first column and lists to choose from. No example row: it would be
 * reported. */
#include "base/cleanup.h"
#include "base/csv.h"
#include "base/words.h"
#include "desk/many.h"
#include <stdio.h>
#include <string.h>
#include <zip.h>

enum { PART_MOST = 64 << 10, LISTED_ROWS = 5001, TEMPLATE_COLUMNS = 9 };

/* The first columns are what most tables need; any other of many_column() may be added. */
static const struct field *column(size_t index)
{
    return index < TEMPLATE_COLUMNS ? many_column(index) : NULL;
}

void many_template_csv(const char *language, struct text *csv)
{
    const struct field *field;
    text_add_string(csv, "\xef\xbb\xbf");
    for (size_t i = 0; (field = column(i)) != NULL; i++) {
        text_add_string(csv, i > 0 ? "," : "");
        csv_write_cell(csv, words_in(language, field->label), true);
    }
    text_add_string(csv, "\r\n");
}

static void add_xml(struct text *out, const char *string)
{
    for (; *string != '\0'; string++) {
        if (*string == '<' || *string == '>' || *string == '&' || *string == '"')
            text_addf(out, "&#%d;", *string);
        else
            text_add_byte(out, *string);
    }
}

/* A list of labels in one formula, where it fits: 255 characters are the most (ECMA-376 part 1,
 * section 18.3.1.32). */
static void add_list(struct text *out, const struct field *field, size_t place, const char *language)
{
    CLEANUP(text_clear) struct text list;
    text_init(&list, 250);
    for (const struct field_choice *choice = field->choices; choice->word != NULL; choice++) {
        const char *label = words_in(language, choice->label);
        text_add_string(&list, choice == field->choices ? "" : ",");
        text_add_string(&list, strchr(label, ',') == NULL ? label : choice->word);
    }
    if (!text_whole(&list))
        return;
    text_addf(out, "<dataValidation type=\"list\" allowBlank=\"1\" sqref=\"%c2:%c%d\"><formula1>",
              (int)('A' + place), (int)('A' + place), LISTED_ROWS);
    text_add_string(out, "&#34;");
    add_xml(out, list.bytes);
    text_add_string(out, "&#34;</formula1></dataValidation>");
}

static void add_sheet(struct text *out, const char *language)
{
    const struct field *field;
    size_t lists = 0;
    text_add_string(out, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><worksheet "
                         "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><cols>"
                         "<col min=\"1\" max=\"1\" width=\"18\" style=\"1\" customWidth=\"1\"/>");
    text_addf(out,
              "<col min=\"2\" max=\"%d\" width=\"28\" customWidth=\"1\"/></cols><sheetData><row r=\"1\">",
              TEMPLATE_COLUMNS);
    for (size_t i = 0; (field = column(i)) != NULL; i++) {
        text_addf(out, "<c r=\"%c1\" s=\"2\" t=\"inlineStr\"><is><t>", (int)('A' + i));
        add_xml(out, words_in(language, field->label));
        text_add_string(out, "</t></is></c>");
        lists += field->kind == FIELD_CHOICE;
    }
    text_addf(out, "</row></sheetData><dataValidations count=\"%zu\">", lists);
    for (size_t i = 0; (field = column(i)) != NULL; i++)
        if (field->kind == FIELD_CHOICE)
            add_list(out, field, i, language);
    text_add_string(out, "</dataValidations></worksheet>");
}

#define XML      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"
#define PACKAGE  "http://schemas.openxmlformats.org/package/2006/"
#define OFFICE   "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define MAIN     "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define SPREAD   "application/vnd.openxmlformats-officedocument.spreadsheetml."
#define RELATION "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"rId1\" Type=\"" OFFICE

static const struct part {
    const char *name, *bytes;
} parts[] = {
    {"[Content_Types].xml", XML
     "<Types xmlns=\"" PACKAGE "content-types\"><Default Extension=\"rels\" "
     "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" "
     "ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"" SPREAD
     "sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"" SPREAD
     "worksheet+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"" SPREAD "styles+xml\"/></Types>"},
    {"_rels/.rels", XML RELATION "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
    {"xl/_rels/workbook.xml.rels",
     XML RELATION "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"" OFFICE
                  "/styles\" Target=\"styles.xml\"/></Relationships>"},
    {"xl/workbook.xml", XML "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE
                            "\"><sheets><sheet name=\"1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"},
    {"xl/styles.xml", XML
     "<styleSheet xmlns=\"" MAIN "\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" "
     "formatCode=\"yyyy\\-mm\\-dd\"/></numFmts><fonts count=\"2\">"
     "<font><sz val=\"11\"/></font><font><b/><sz val=\"11\"/></font></fonts><fills "
     "count=\"2\"><fill><patternFill "
     "patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills><borders "
     "count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"3\"><xf "
     "numFmtId=\"0\" fontId=\"0\"/><xf numFmtId=\"164\" fontId=\"0\" applyNumberFormat=\"1\"/><xf "
     "numFmtId=\"0\" "
     "fontId=\"1\" applyFont=\"1\"/></cellXfs></styleSheet>"},
};

static bool add_part(zip_t *archive, const char *name, const char *bytes, size_t length)
{
    zip_source_t *source = zip_source_buffer(archive, bytes, length, 0);
    zip_int64_t index = source != NULL ? zip_file_add(archive, name, source, ZIP_FL_ENC_UTF_8) : -1;
    if (index < 0)
        zip_source_free(source);
    /* the same bytes whenever it is made */
    return index >= 0 && zip_file_set_dostime(archive, (zip_uint64_t)index, 0, 33 /* 1980-01-01 */, 0) == 0;
}

static bool read_back(zip_source_t *packed, struct text *xlsx)
{
    char run[4096];
    zip_int64_t got;
    if (zip_source_open(packed) != 0)
        return false;
    while ((got = zip_source_read(packed, run, sizeof run)) > 0)
        text_add(xlsx, run, (size_t)got);
    zip_source_close(packed);
    return got == 0 && text_whole(xlsx);
}

static bool pack(zip_source_t *packed, const struct text *sheet, struct text *xlsx)
{
    zip_t *archive = zip_open_from_source(packed, ZIP_TRUNCATE, NULL);
    if (archive == NULL)
        return false;
    zip_source_keep(packed);
    bool well = true;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        well = well && add_part(archive, parts[i].name, parts[i].bytes, strlen(parts[i].bytes));
    well = well && add_part(archive, "xl/worksheets/sheet1.xml", sheet->bytes, sheet->length);
    if (!well || zip_close(archive) != 0) {
        zip_discard(archive);
        return false;
    }
    return read_back(packed, xlsx);
}

bool many_template_xlsx(const char *language, struct text *xlsx, struct fault *fault)
{
    CLEANUP(text_clear) struct text sheet;
    text_init(&sheet, PART_MOST);
    add_sheet(&sheet, language);
    zip_source_t *packed = zip_source_buffer_create(NULL, 0, 0, NULL);
    bool well = packed != NULL && text_whole(&sheet) && pack(packed, &sheet, xlsx);
    zip_source_free(packed);
    return well || fault_set(fault, "the XLSX template could not be packed");
}
