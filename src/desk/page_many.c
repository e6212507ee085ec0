#include "desk/page_many.h"
#include "base/number.h"
#include "base/words.h"
#include "desk/forms_parts.h"
#include "desk/many.h"
#include "desk/sending.h"
#include "ledger/ledger.h"
#include <string.h>

/* How many rows a page shows; where some are bad, only of those. */
enum { SHOWN_MOST = 500, BAD_SHOWN_MOST = 100, TEMPLATE_MOST = 256 << 10 };

const struct field page_many_fields[] = {
    {.name = "once", .kind = FIELD_HIDDEN, .most = 64},
    {.name = "table",
     .kind = FIELD_FILES,
     .label = N_("Your table (CSV or XLSX)"),
     .hint = N_("At most 5,000 rows and 10 MB. We show you first what we read; nothing is sent yet."),
     .required = true},
    FORMS_WHO,
    {0},
};
const struct field page_many_send_fields[] = {
    {.name = "once", .kind = FIELD_HIDDEN, .most = 64},
    {.name = "rows", .kind = FIELD_LONG, .label = N_("Your table (CSV or XLSX)"), .required = true},
    {.name = "go", .kind = FIELD_HIDDEN, .most = 16},
    FORMS_WHO,
    {0},
};
static const struct field who[] = {FORMS_WHO, {0}};

static void add_columns(struct call *call)
{
    json_t *columns = json_array();
    const struct field *field;
    for (size_t i = 0; (field = many_column(i)) != NULL; i++) {
        CLEANUP(text_clear) struct text words;
        text_init(&words, REQUEST_FIELD_MOST);
        for (const struct field_choice *choice = field->choices; choice != NULL && choice->word != NULL;
             choice++)
            text_addf(&words, "%s%s", choice == field->choices ? "" : " / ", call_say(call, choice->label));
        json_array_append_new(columns,
                              json_pack("{s:s, s:s, s:b, s:s, s:b, s:b}", "name", field->name, "label",
                                        call_say(call, field->label), "required", field->required, "words",
                                        words.length > 0 ? words.bytes : "", "day", field->kind == FIELD_DAY,
                                        "number", field->kind == FIELD_NUMBER));
    }
    json_object_set_new(call->model, "columns", columns);
}

/* The page that asks for the file, with what was typed and what is wrong. */
static bool ask(struct call *call, const char *table_problem, const char *about, struct fault *fault)
{
    struct form form;
    char once[SENDING_ONCE_TEXT];
    sending_once(once);
    form_blank(&form, page_many_fields);
    form_set(&form, "once",
             form_value(&call->form, "once")[0] != '\0' ? form_value(&call->form, "once") : once);
    for (const struct field *field = who; field->name != NULL && call->request->method == REQUEST_POST;
         field++) {
        form_set(&form, field->name, form_value(&call->form, field->name));
        const char *problem = forms_problem_of(&call->form, field->name);
        if (problem != NULL)
            form_problem(&form, field->name, problem);
    }
    if (table_problem != NULL)
        form_problem(&form, "table", table_problem);
    json_object_set_new(call->model, "about", about[0] != '\0' ? json_string(about) : json_false());
    call_form(call, &form);
    form_clear(&form);
    add_columns(call);
    return call_show(call, "many", N_("Report many viruses at once"), fault);
}

bool page_many_ask(struct call *call, struct fault *fault)
{
    return ask(call, NULL, "", fault);
}

static json_t *cells_of(const struct call *call, const struct many *many, const struct many_row *row)
{
    json_t *cells = json_array();
    for (size_t i = 0; i < many->columns_count; i++) {
        const struct many_cell *cell = &row->cells[i];
        CLEANUP(text_clear) struct text shown;
        text_init(&shown, REQUEST_FIELD_MOST);
        if (cell->problem == NULL)
            forms_shown(many->columns[i], cell->value, call->language, &shown);
        else
            text_add_tame(&shown, cell->value);
        json_t *problem = cell->problem != NULL ? json_string(call_say(call, cell->problem)) : json_false();
        json_array_append_new(cells,
                              json_pack("{s:s, s:s, s:o}", "label", call_say(call, many->columns[i]->label),
                                        "value", shown.length > 0 ? shown.bytes : "", "problem", problem));
    }
    return cells;
}

static void add_row(const struct call *call, const struct many *many, const struct many_row *row,
                    json_t *rows)
{
    json_array_append_new(rows, json_pack("{s:I, s:b, s:o}", "line", (json_int_t)row->line, "bad", !row->well,
                                          "cells", cells_of(call, many, row)));
}

static json_t *grouped(size_t count)
{
    char text[NUMBER_GROUPED_SIZE];
    number_grouped(text, count);
    return json_string(text);
}

static void add_table(struct call *call, const struct many *many)
{
    json_t *head = json_array(), *rows = json_array();
    const size_t most = many->bad_count > 0 ? BAD_SHOWN_MOST : SHOWN_MOST;
    for (size_t i = 0; i < many->columns_count; i++)
        json_array_append_new(head, json_string(call_say(call, many->columns[i]->label)));
    for (size_t i = 0; i < many->rows_count && json_array_size(rows) < most; i++)
        if (!many->rows[i].well || many->bad_count == 0)
            add_row(call, many, &many->rows[i], rows);
    size_t shown = json_array_size(rows), due = many->bad_count > 0 ? many->bad_count : many->rows_count;
    json_object_set_new(call->model, "head", head);
    json_object_set_new(call->model, "rows", rows);
    json_object_set_new(call->model, "more", shown < due ? grouped(due - shown) : json_false());
    json_object_set_new(call->model, "rows_count", grouped(many->rows_count));
    json_object_set_new(call->model, "bad_count", grouped(many->bad_count));
    json_object_set_new(call->model, "well_count", grouped(many->rows_count - many->bad_count));
    json_object_set_new(call->model, "bad", json_boolean(many->bad_count > 0));
}

/* What was typed about the reporter, to be seen and sent along. */
static void add_who(struct call *call)
{
    json_t *carried = json_array(), *shown = json_array();
    for (const struct field *field = who; field->name != NULL; field++) {
        const char *value = form_value(&call->form, field->name);
        CLEANUP(text_clear) struct text text;
        text_init(&text, REQUEST_FIELD_MOST);
        if (value[0] == '\0')
            continue;
        forms_shown(field, value, call->language, &text);
        json_array_append_new(carried, json_pack("{s:s, s:s}", "name", field->name, "value", value));
        json_array_append_new(
            shown, json_pack("{s:s, s:s}", "label", call_say(call, field->label), "value", text.bytes));
    }
    json_object_set_new(call->model, "carried", carried);
    json_object_set_new(call->model, "who", shown);
    json_object_set_new(call->model, "who_said", json_boolean(json_array_size(shown) > 0));
    json_object_set_new(call->model, "once", json_string(form_value(&call->form, "once")));
}

static bool show_table(struct call *call, const struct many *many, struct fault *fault)
{
    CLEANUP(text_clear) struct text csv;
    text_init(&csv, REQUEST_FIELD_LONG);
    add_table(call, many);
    add_who(call);
    if (many->bad_count == 0) {
        many_write(many, &csv);
        json_object_set_new(call->model, "csv", json_string(csv.bytes));
    }
    return call_show(call, "many_check", N_("Report many viruses at once"), fault);
}

static bool check(struct call *call, const struct sheet *sheet, struct many *many, struct fault *fault)
{
    many_read(sheet, zone_day(&call->ledger->zone, call->now_s), many);
    if (many->problem != NULL)
        return ask(call, many->problem, many->about, fault);
    return show_table(call, many, fault);
}

bool page_many_check(struct call *call, struct fault *fault)
{
    struct sheet sheet;
    struct many many = {0};
    const char *problem = forms_problem_of(&call->form, "table");
    if (problem == NULL && call->form.files_count != 1)
        problem = N_("Please choose one file.");
    if (problem != NULL || !call->form.well)
        return ask(call, problem, "", fault);
    const struct request_field *file = call->form.files[0];
    char line[NUMBER_GROUPED_SIZE] = "";
    problem = sheet_read(&sheet, file->value, file->length);
    if (problem != NULL && sheet.line > 0)
        number_grouped(line, sheet.line);
    bool well = problem != NULL ? ask(call, problem, line, fault) : check(call, &sheet, &many, fault);
    many_clear(&many);
    sheet_clear(&sheet);
    return well;
}

static json_t *told_of(const struct call *call, const struct many *many)
{
    CLEANUP(text_clear) struct text csv;
    json_t *told = json_object();
    for (const struct field *field = who; field->name != NULL; field++)
        if (form_value(&call->form, field->name)[0] != '\0')
            json_object_set_new(told, field->name, json_string(form_value(&call->form, field->name)));
    text_init(&csv, REQUEST_FIELD_LONG);
    many_write(many, &csv);
    json_object_set_new(told, "rows", json_string(csv.bytes));
    return told;
}

static bool send(struct call *call, const struct many *many, struct fault *fault)
{
    struct receipt receipt;
    json_t *told = told_of(call, many);
    enum sending sent = sending_take(call, CASE_MALWARE, told, &receipt, fault);
    json_decref(told);
    if (sent == SENDING_TAKEN || sent == SENDING_KNOWN)
        return sending_show(call, CASE_MALWARE, sent, &receipt, fault);
    struct fault why = *fault;
    unsigned status = sending_sorry(call, sent, &receipt);
    if (!show_table(call, many, fault))
        return false;
    call->reply->status = status;
    *fault = why;
    return sent == SENDING_FORGED || sent == SENDING_OTHER;
}

bool page_many_send(struct call *call, struct fault *fault)
{
    struct sheet sheet;
    struct many many = {0};
    const char *csv = form_value(&call->form, "rows");
    if (strcmp(form_value(&call->form, "go"), "back") == 0 || !call->form.well)
        return ask(call, NULL, "", fault);
    const char *problem = sheet_read(&sheet, csv, strlen(csv));
    if (problem == NULL)
        many_read(&sheet, zone_day(&call->ledger->zone, call->now_s), &many);
    bool well;
    if (problem != NULL || many.problem != NULL)
        well = ask(call, problem != NULL ? problem : many.problem, many.about, fault);
    else
        well = many.bad_count > 0 ? show_table(call, &many, fault) : send(call, &many, fault);
    many_clear(&many);
    sheet_clear(&sheet);
    return well;
}

bool page_many_csv(struct call *call, struct fault *fault)
{
    CLEANUP(text_clear) struct text csv;
    (void)fault;
    text_init(&csv, TEMPLATE_MOST);
    many_template_csv(call->language, &csv);
    return call_file(call, call_say(call, N_("viruses.csv")), csv.bytes, csv.length);
}

bool page_many_xlsx(struct call *call, struct fault *fault)
{
    CLEANUP(text_clear) struct text xlsx;
    text_init(&xlsx, TEMPLATE_MOST);
    return many_template_xlsx(call->language, &xlsx, fault) &&
           call_file(call, call_say(call, N_("viruses.xlsx")), xlsx.bytes, xlsx.length);
}
