#include "desk/many.h"
#include "base/calendar.h"
#include "base/cleanup.h"
#include "base/csv.h"
#include "base/words.h"
#include "desk/forms.h"
#include <string.h>

enum { BYTES_MOST = 8 << 20 /* of all cells, however often a sheet shares one */, FOLDED_MOST = 64 << 10 };

static const struct field_choice kinds[] = {
    {"virus", N_("A virus"), "ウイルス|コンピュータウイルス|virus"},
    {"program", N_("Another harmful program"), "不正プログラム|プログラム|program"},
    {0},
};
/* Where the table differs from the form: what counts must be there. */
static const struct field own[] = {
    {.name = "name",
     .kind = FIELD_LINE,
     .label = N_("Name of the virus"),
     .required = true,
     .most = 200,
     .marks = "virus_name|ウイルス名称|ウイルス名|ウイルスの名称|ウイルスの名前|名前|名称|virus name|name of "
              "virus"},
    {.name = "kind",
     .kind = FIELD_CHOICE,
     .label = N_("Virus or program"),
     .choices = kinds,
     .marks = "種別|種類|kind"},
    {0},
};
static const char *const names[] = {"detected_on",
                                    "name",
                                    "kind",
                                    "detections",
                                    "route",
                                    "found",
                                    "symptoms",
                                    "place",
                                    "connected",
                                    "system",
                                    "system_version",
                                    "found_how",
                                    "software_maker",
                                    "software_name",
                                    "damage",
                                    "infected_count",
                                    "measures",
                                    "remarks",
                                    NULL};
/* The desk says these itself; a file that has been exported may hold them. */
static const char left_out[] = "accepted_on|受理日|受理年月日";

const struct field *many_column(size_t index)
{
    if (names[index] == NULL)
        return NULL;
    for (const struct field *field = own; field->name != NULL; field++)
        if (strcmp(field->name, names[index]) == 0)
            return field;
    return forms_field(&forms_malware, names[index]);
}

void many_clear(struct many *many)
{
    arena_clear(&many->arena);
    *many = (struct many){0};
}

/* Which column of the sheet holds each of ours; SIZE_MAX: none. */
struct places {
    size_t of[MANY_COLUMNS_MOST];
};

static bool fail(struct many *many, const char *problem, const char *about)
{
    CLEANUP(text_clear) struct text tame;
    text_init(&tame, sizeof many->about - 1);
    text_add_tame(&tame, about);
    many->problem = problem;
    snprintf(many->about, sizeof many->about, "%s", tame.length > 0 ? tame.bytes : "");
    return false;
}

static size_t column_named(const char *cell)
{
    const struct field *field;
    for (size_t i = 0; (field = many_column(i)) != NULL; i++)
        if (forms_is_named(field, cell))
            return i;
    return SIZE_MAX;
}

static bool read_header(const struct sheet_row *header, struct many *many, struct places *places)
{
    memset(places, 0xff, sizeof *places);
    for (size_t i = 0; i < header->count; i++) {
        size_t column = column_named(header->cells[i]);
        if (header->cells[i][0] == '\0' || forms_is_one_of(left_out, header->cells[i]))
            continue;
        if (column == SIZE_MAX)
            return fail(many, N_("The first row names a column that we do not know."), header->cells[i]);
        if (places->of[column] != SIZE_MAX)
            return fail(many, N_("The first row names a column twice."), header->cells[i]);
        places->of[column] = i;
    }
    for (size_t i = 0; i < 2; i++)
        if (places->of[i] == SIZE_MAX)
            return fail(many, N_("The first row does not name a column that must be there."), names[i]);
    for (size_t i = 0; names[i] != NULL; i++)
        if (places->of[i] != SIZE_MAX)
            many->columns[many->columns_count++] = many_column(i);
    return true;
}

static struct many_cell check_cell(struct many *many, const struct field *field, const char *written,
                                   int32_t today)
{
    CLEANUP(text_clear) struct text folded;
    int32_t day;
    text_init(&folded, FOLDED_MOST);
    const char *word = field->choices != NULL ? forms_word(field, written) : NULL;
    const char *value = word != NULL ? word : written;
    if (strcmp(field->name, "detections") == 0 && value[strspn(value, " ")] == '\0')
        value = "1"; /* a row is at least one */
    const char *problem = field_check(field, value, strlen(value), &folded);
    const char *kept = problem != NULL ? written : folded.length > 0 ? folded.bytes : "";
    if (problem == NULL && field->kind == FIELD_DAY && calendar_parse_day(kept, &day) && day > today)
        problem = N_("This day has not come yet.");
    return (struct many_cell){arena_string(&many->arena, kept, strlen(kept)), problem};
}

static void check_row(const struct sheet_row *from, const struct places *places, int32_t today,
                      struct many *many)
{
    struct many_row *row = &many->rows[many->rows_count++];
    size_t at = 0;
    *row =
        (struct many_row){from->line, true, arena_new(&many->arena, many->columns_count, sizeof *row->cells)};
    for (size_t i = 0; names[i] != NULL; i++) {
        size_t place = places->of[i];
        if (place == SIZE_MAX)
            continue;
        const char *written = place < from->count ? from->cells[place] : "";
        row->cells[at] = check_cell(many, many->columns[at], written, today);
        row->well = row->cells[at].problem == NULL && row->well;
        at++;
    }
    many->bad_count += !row->well;
}

static size_t bytes_of(const struct sheet_row *row)
{
    size_t bytes = 0;
    for (size_t i = 0; i < row->count; i++)
        bytes += strlen(row->cells[i]);
    return bytes;
}

void many_read(const struct sheet *sheet, int32_t today, struct many *many)
{
    struct places places;
    size_t bytes = 0;
    *many = (struct many){0};
    arena_init(&many->arena);
    if (!read_header(&sheet->rows[0], many, &places))
        return;
    if (sheet->count == 1) {
        fail(many, N_("The table has a first row, and nothing below it."), "");
        return;
    }
    for (size_t i = 1; i < sheet->count; i++)
        bytes += bytes_of(&sheet->rows[i]);
    if (bytes > BYTES_MOST) {
        fail(many, N_("The table is too large. Please send it in parts, or as CSV."), "");
        return;
    }
    many->rows = arena_new(&many->arena, sheet->count - 1, sizeof *many->rows);
    for (size_t i = 1; i < sheet->count; i++)
        check_row(&sheet->rows[i], &places, today, many);
    CLEANUP(text_clear) struct text csv;
    text_init(&csv, REQUEST_FIELD_LONG);
    many_write(many, &csv);
    if (!text_whole(&csv))
        fail(many, N_("The table is too large. Please send it in parts, or as CSV."), "");
}

void many_write(const struct many *many, struct text *csv)
{
    for (size_t i = 0; i < many->columns_count; i++) {
        text_add_string(csv, i > 0 ? "," : "");
        text_add_string(csv, many->columns[i]->name);
    }
    text_add_byte(csv, '\n');
    for (size_t row = 0; row < many->rows_count; row++) {
        for (size_t i = 0; i < many->columns_count; i++) {
            text_add_string(csv, i > 0 ? "," : "");
            csv_write_cell(csv, many->rows[row].cells[i].value, false);
        }
        text_add_byte(csv, '\n');
    }
}

static json_t *row_told(const struct sheet_row *header, const struct sheet_row *row)
{
    json_t *told = json_object();
    for (size_t i = 0; i < header->count; i++)
        json_object_set_new(told, header->cells[i], json_string(i < row->count ? row->cells[i] : ""));
    return told;
}

json_t *many_told(const char *csv)
{
    struct sheet sheet;
    json_t *told = json_array();
    if (sheet_read(&sheet, csv, strlen(csv)) == NULL)
        for (size_t i = 1; i < sheet.count; i++)
            json_array_append_new(told, row_told(&sheet.rows[0], &sheet.rows[i]));
    sheet_clear(&sheet);
    return told;
}

size_t many_rows(const char *csv)
{
    struct sheet sheet;
    size_t rows = sheet_read(&sheet, csv, strlen(csv)) == NULL ? sheet.count - 1 : 0;
    sheet_clear(&sheet);
    return rows;
}
