#include "desk/xlsx.h"
#include "base/cleanup.h"
#include "base/memory.h"
#include "base/words.h"
#include "desk/sheet_parts.h"
#include <expat.h>
#include <string.h>

enum { RUN = 64 * 1024 };
static const char damaged[] = N_("This XLSX file is damaged, or it is none.");
static const char too_large[] = N_("The table is too large. Please send it in parts, or as CSV.");

/* What expat hands to each of its callbacks. */
struct parse {
    struct xlsx *xlsx;
    const struct xlsx_reader *reader;
    XML_Parser parser;
};

const char *xlsx_local(const char *name)
{
    const char *bar = strrchr(name, '|');
    return bar == NULL ? name : bar + 1;
}

const char *xlsx_attribute(const char **attributes, const char *name)
{
    for (size_t i = 0; attributes[i] != NULL; i += 2)
        if (strcmp(xlsx_local(attributes[i]), name) == 0)
            return attributes[i + 1];
    return NULL;
}

static void on_begin(void *context, const char *name, const char **attributes)
{
    struct parse *parse = context;
    if (parse->xlsx->problem == NULL)
        parse->reader->begin(parse->reader->context, xlsx_local(name), attributes);
    if (parse->xlsx->problem != NULL)
        XML_StopParser(parse->parser, XML_FALSE);
}

static void on_end(void *context, const char *name)
{
    struct parse *parse = context;
    if (parse->xlsx->problem == NULL && parse->reader->end != NULL)
        parse->reader->end(parse->reader->context, xlsx_local(name));
    if (parse->xlsx->problem != NULL)
        XML_StopParser(parse->parser, XML_FALSE);
}

static void on_text(void *context, const char *bytes, int length)
{
    struct parse *parse = context;
    if (parse->xlsx->problem == NULL && parse->reader->text != NULL)
        parse->reader->text(parse->reader->context, bytes, (size_t)length);
}

/* Where entities would be made: no spreadsheet writes one, and ECMA-376 part 2 (section 9.1.7) forbids it. */
static void on_doctype(void *context, const char *name, const char *system, const char *public,
                       int has_subset)
{
    struct parse *parse = context;
    (void)name, (void)system, (void)public, (void)has_subset;
    parse->xlsx->problem = damaged;
    XML_StopParser(parse->parser, XML_FALSE);
}

static void cleanup_parser(XML_Parser *parser)
{
    if (*parser != NULL)
        XML_ParserFree(*parser);
}

static void cleanup_entry(zip_file_t **entry)
{
    if (*entry != NULL)
        zip_fclose(*entry);
}

static void feed(struct xlsx *xlsx, zip_file_t *entry, struct parse *parse)
{
    OWNED_MEMORY char *run = memory_new(1, RUN);
    zip_int64_t got;
    uint64_t part = 0;
    while (xlsx->problem == NULL && (got = zip_fread(entry, run, RUN)) != 0) {
        if (got < 0) {
            xlsx->problem = damaged;
            return;
        }
        part += (uint64_t)got;
        xlsx->read += (uint64_t)got;
        if (part > XLSX_PART_MOST || xlsx->read > XLSX_ALL_MOST)
            xlsx->problem = too_large;
        else if (XML_Parse(parse->parser, run, (int)got, 0) != XML_STATUS_OK && xlsx->problem == NULL)
            xlsx->problem = damaged;
    }
    if (xlsx->problem == NULL && XML_Parse(parse->parser, run, 0, 1) != XML_STATUS_OK &&
        xlsx->problem == NULL)
        xlsx->problem = damaged;
}

/* What the archive says of an entry's size, before a byte of it is unpacked; what it says may be a lie, so
 * feed() counts, too. */
static const char *look_over(struct xlsx *xlsx, zip_uint64_t index)
{
    zip_stat_t stat;
    const zip_uint64_t needed = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_ENCRYPTION_METHOD;
    if (zip_stat_index(xlsx->archive, index, 0, &stat) != 0 || (stat.valid & needed) != needed)
        return damaged;
    if (stat.encryption_method != ZIP_EM_NONE)
        return N_("This file has a password. Please save it without one.");
    if (stat.size > XLSX_PART_MOST)
        return too_large;
    return stat.size > 1 << 20 && stat.size / XLSX_PACKED_MOST > stat.comp_size ? too_large : NULL;
}

enum xlsx_part xlsx_read(struct xlsx *xlsx, const char *part, const struct xlsx_reader *reader)
{
    if (xlsx->problem != NULL)
        return XLSX_BAD;
    zip_int64_t index = zip_name_locate(xlsx->archive, part, ZIP_FL_NOCASE);
    if (index < 0)
        return XLSX_NONE;
    xlsx->problem = look_over(xlsx, (zip_uint64_t)index);
    if (xlsx->problem != NULL)
        return XLSX_BAD;
    CLEANUP(cleanup_entry) zip_file_t *entry = zip_fopen_index(xlsx->archive, (zip_uint64_t)index, 0);
    CLEANUP(cleanup_parser) XML_Parser parser = XML_ParserCreateNS(NULL, '|');
    struct parse parse = {xlsx, reader, parser};
    if (entry == NULL || parser == NULL) {
        xlsx->problem = damaged;
        return XLSX_BAD;
    }
    XML_SetUserData(parser, &parse);
    XML_SetElementHandler(parser, on_begin, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    XML_SetStartDoctypeDeclHandler(parser, on_doctype);
    feed(xlsx, entry, &parse);
    return xlsx->problem == NULL ? XLSX_READ : XLSX_BAD;
}

static void read_all(struct xlsx *xlsx, struct sheet *sheet)
{
    struct xlsx_book book = {0};
    struct xlsx_strings strings = {0};
    OWNED_MEMORY struct xlsx_styles *styles = memory_new(1, sizeof *styles);
    xlsx_book_read(xlsx, &book);
    xlsx_styles_read(xlsx, book.styles, styles);
    xlsx_strings_read(xlsx, book.strings, &sheet->arena, &strings);
    xlsx_rows_read(xlsx, &(struct xlsx_rows){&book, styles, &strings}, sheet);
    free(strings.strings);
}

const char *sheet_read_xlsx(struct sheet *sheet, const char *bytes, size_t length)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(bytes, length, 0, &error);
    struct xlsx xlsx = {.archive = source != NULL ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL};
    zip_error_fini(&error);
    if (xlsx.archive == NULL) {
        zip_source_free(source);
        return damaged;
    }
    if (zip_get_num_entries(xlsx.archive, 0) > XLSX_ENTRIES_MOST)
        xlsx.problem = damaged;
    else
        read_all(&xlsx, sheet);
    zip_discard(xlsx.archive);
    return xlsx.problem;
}
