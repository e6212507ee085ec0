/* What the staff said of each thing that was found, checked by the counting rules and kept. */
#include "base/memory.h"
#include "base/words.h"
#include "cases/change.h"
#include "cases/counted.h"
#include "cases/names.h"
#include "desk/class_malware.h"
#include "desk/many.h"
#include "desk/work.h"
#include <string.h>

const char *class_of_line(char name[CLASS_FIELD_NAME], const char *field, size_t line)
{
    snprintf(name, CLASS_FIELD_NAME, "%s_%zu", field, line);
    return name;
}

const char *class_line_value(const struct form *form, const char *field, size_t line)
{
    char name[CLASS_FIELD_NAME];
    return form_value(form, class_of_line(name, field, line));
}

void class_line_set(struct form *form, const char *field, size_t line, const char *value)
{
    char name[CLASS_FIELD_NAME];
    form_set(form, class_of_line(name, field, line), value == NULL ? "" : value);
}

bool class_line_empty(const struct form *form, size_t line)
{
    return class_line_value(form, "name", line)[0] == '\0' &&
           class_line_value(form, "detected_on", line)[0] == '\0' &&
           class_line_value(form, "kind", line)[0] == '\0' &&
           class_line_value(form, "detections", line)[0] == '\0';
}

static void problem(struct form *form, const char *field, size_t line, const char *message)
{
    char name[CLASS_FIELD_NAME];
    form_problem(form, class_of_line(name, field, line), message);
}

static void check_line(struct form *form, size_t line, struct classed_malware *classed)
{
    char name[CLASS_FIELD_NAME];
    classed->name = class_line_value(form, "name", line);
    classed->kind = class_line_value(form, "kind", line);
    classed->route = class_line_value(form, "route", line);
    classed->detections = form_number(form, class_of_line(name, "detections", line));
    if (classed->name[0] == '\0')
        problem(form, "name", line, N_("Please give a name, or one that says what it did."));
    if (classed->kind[0] == '\0')
        problem(form, "kind", line, N_("Please choose."));
    if (classed->detections == 0)
        problem(form, "detections", line, N_("Please say how many were found: 1 or more."));
    if (!calendar_parse_day(class_line_value(form, "detected_on", line), &classed->detected_on))
        problem(form, "detected_on", line, N_("Please give the day, as 2026-11-03."));
    else if (classed->detected_on > classed->accepted_on)
        problem(form, "detected_on", line, N_("It cannot be found after the day it was accepted."));
}

/* Returns how many lines there are; `lines` has room for CLASS_LINES_MOST. */
static size_t read_lines(struct form *form, struct classed_malware *lines)
{
    int32_t accepted_on;
    size_t count = 0;
    if (!calendar_parse_day(form_value(form, "accepted_on"), &accepted_on))
        return 0;
    for (size_t line = 1; line <= CLASS_LINES_MOST; line++) {
        if (class_line_empty(form, line))
            continue;
        lines[count] = (struct classed_malware){.accepted_on = accepted_on};
        check_line(form, line, &lines[count++]);
    }
    if (count == 0)
        form_problem(form, "name_1", N_("Please give a name, or one that says what it did."));
    return count;
}

/* What the rows of a table say; each problem names its row. */
struct rows {
    json_t *told; /* array, owned */
    struct classed_malware *lines;
    json_t *problems; /* [{"row", "message"}], owned */
};

static void rows_clear(struct rows *rows)
{
    json_decref(rows->told);
    json_decref(rows->problems);
    free(rows->lines);
}

static void row_problem(const struct call *call, const struct rows *rows, size_t row, const char *message)
{
    json_array_append_new(rows->problems,
                          json_pack("{s:i, s:s}", "row", (int)row + 1, "message", call_say(call, message)));
}

static const char *word_of(const json_t *row, const char *name)
{
    const char *value = json_string_value(json_object_get(row, name));
    return value == NULL ? "" : value;
}

static void read_row(const struct call *call, struct rows *rows, size_t at, int32_t accepted_on)
{
    const json_t *row = json_array_get(rows->told, at);
    const char *detections = word_of(row, "detections");
    struct classed_malware *line = &rows->lines[at];
    *line = (struct classed_malware){.accepted_on = accepted_on,
                                     .name = word_of(row, "name"),
                                     .kind = word_of(row, "kind"),
                                     .route = word_of(row, "route"),
                                     .detections = detections[0] == '\0' ? 1 : strtoll(detections, NULL, 10)};
    if (line->name[0] == '\0')
        row_problem(call, rows, at, N_("Please give a name, or one that says what it did."));
    if (line->kind[0] == '\0')
        row_problem(call, rows, at, N_("Please say virus or program."));
    if (!calendar_parse_day(word_of(row, "detected_on"), &line->detected_on))
        row_problem(call, rows, at, N_("Please give the day, as 2026-11-03."));
    else if (line->detected_on > accepted_on)
        row_problem(call, rows, at, N_("It cannot be found after the day it was accepted."));
}

static bool name_rows(struct ledger *ledger, json_t *told, struct fault *fault)
{
    size_t i;
    json_t *row;
    json_array_foreach(told, i, row) if (!class_name_line(ledger, row, fault)) return false;
    return true;
}

/* The table as it was sent back, read as any table is. NULL, or what is wrong with it as a whole (a msgid).
 */
static const char *read_table(const struct call *call, struct rows *rows)
{
    CLEANUP(sheet_clear) struct sheet sheet = {0};
    CLEANUP(many_clear) struct many many = {0};
    CLEANUP(text_clear) struct text csv;
    text_init(&csv, REQUEST_FIELD_LONG);
    const char *table = form_value(&call->form, "table"), *wrong = sheet_read(&sheet, table, strlen(table));
    if (wrong != NULL)
        return wrong;
    many_read(&sheet, work_today(call), &many);
    if (many.problem != NULL)
        return many.problem;
    for (size_t i = 0; i < many.rows_count; i++)
        for (size_t j = 0; !many.rows[i].well && j < many.columns_count; j++)
            if (many.rows[i].cells[j].problem != NULL)
                row_problem(call, rows, i, many.rows[i].cells[j].problem);
    if (many.bad_count > 0)
        return N_("Some rows do not hold.");
    many_write(&many, &csv);
    rows->told = text_whole(&csv) && csv.length > 0 ? many_told(csv.bytes) : NULL;
    return json_array_size(rows->told) == 0 ? N_("The table is empty, or too long for one case.") : NULL;
}

static bool check_table(struct call *call, struct rows *rows, struct fault *fault)
{
    int32_t accepted_on;
    const char *wrong = read_table(call, rows);
    if (wrong == NULL && calendar_parse_day(form_value(&call->form, "accepted_on"), &accepted_on)) {
        size_t count = json_array_size(rows->told);
        rows->lines = memory_new(count + 1, sizeof *rows->lines);
        if (!name_rows(call->ledger, rows->told, fault))
            return false;
        for (size_t i = 0; i < count; i++)
            read_row(call, rows, i, accepted_on);
        wrong = json_array_size(rows->problems) > 0 ? N_("Some rows do not hold.") : NULL;
    }
    if (wrong != NULL)
        form_problem(&call->form, "table", wrong);
    json_object_set(call->model, "row_problems", rows->problems);
    return true;
}

/* Names that nobody knew join the list with the kind that was said. */
static bool learn(struct call *call, const struct classed_malware *lines, size_t count, struct fault *fault)
{
    CLEANUP(text_clear) struct text name;
    text_init(&name, 4096);
    for (size_t i = 0; i < count; i++) {
        const char *kind;
        bool known;
        if (!names_canonical(call->ledger, lines[i].name, &name, &kind, &known, fault))
            return false;
        if (!known && !names_set(call->ledger, name.bytes, lines[i].kind, call->session->staff, fault))
            return false;
    }
    return true;
}

/* What the counting rule cannot hold: one report as two kinds. Said at its line, or its row. */
static bool check_kinds(struct call *call, int64_t casefile, const struct rows *rows,
                        const struct classed_malware *lines, size_t count, struct fault *fault)
{
    size_t first = 0, line = 1;
    if (!counted_against(call->ledger, casefile, lines, count, &first, fault))
        return false;
    if (first == count)
        return true;
    const char *message =
        N_("The same reporter's report of this day and name is counted as the other kind already.");
    if (lines == rows->lines) {
        row_problem(call, rows, first, message);
        form_problem(&call->form, "table", N_("Some rows do not hold."));
        return true;
    }
    for (size_t i = 0; line < CLASS_LINES_MOST && (class_line_empty(&call->form, line) || i++ < first);
         line++)
        ;
    problem(&call->form, "kind", line, message);
    return true;
}

static bool keep(struct call *call, const struct casefile *file, const struct classed_malware *lines,
                 size_t count, struct fault *fault)
{
    if (form_value(&call->form, "learn")[0] != '\0' && !learn(call, lines, count, fault))
        return false;
    return classing_malware(call->ledger, file->id, lines, count, form_value(&call->form, "rsit"),
                            call->session->staff, fault);
}

/* One line more, with all that was typed. */
static bool show_more(struct call *call, const struct casefile *file, struct fault *fault)
{
    char text[32];
    int64_t shown = form_number(&call->form, "lines");
    snprintf(text, sizeof text, "%lld", (long long)(shown < CLASS_LINES_MOST ? shown + 1 : shown));
    form_set(&call->form, "lines", text);
    return class_show(call, file, &call->form, fault);
}

bool page_class_malware(struct call *call, struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    CLEANUP(rows_clear) struct rows rows = {.problems = json_array()};
    struct classed_malware lines[CLASS_LINES_MOST];
    struct casefile file;
    enum class_found found = CLASS_CASE;
    size_t count;
    if (!change_begin(&change, call->ledger, fault) ||
        !class_case(call, CASE_MALWARE, &file, &found, fault) || found == CLASS_ANSWERED)
        return found == CLASS_ANSWERED;
    if (strcmp(form_value(&call->form, "press"), "more") == 0)
        return show_more(call, &file, fault);
    bool table = form_value(&call->form, "table")[0] != '\0';
    if (table && !check_table(call, &rows, fault))
        return false;
    count = table ? json_array_size(rows.told) : read_lines(&call->form, lines);
    const struct classed_malware *said = table ? rows.lines : lines;
    if (call->form.well && !check_kinds(call, file.id, &rows, said, count, fault))
        return false;
    if (!call->form.well)
        return class_show(call, &file, &call->form, fault);
    return keep(call, &file, said, count, fault) && change_commit(&change, fault) &&
           call_go(call, "/staff/case/%lld?done=classed", (long long)file.id);
}
