#include "desk/receipt_view.h"
#include "base/number.h"
#include "base/words.h"
#include "desk/forms.h"
#include "desk/many.h"
#include <string.h>
#include <time.h>

static const char *const states[CASE_STATES] = {
    [CASE_NEW] = N_("It is here. Nobody has looked at it yet."),
    [CASE_WORKING] = N_("Somebody is working on it."),
    [CASE_WAITING] =
        N_("We are waiting for an answer. Please look below whether we have asked you something."),
    [CASE_ANSWERED] = N_("We have answered. Our answer stands below."),
    [CASE_CLOSED] = N_("It is finished. You can still add something."),
    [CASE_REJECTED] = N_("We have put it aside, because we can do nothing with it. It is not counted."),
    [CASE_WITHDRAWN] = N_("You have taken it back. It is not counted."),
};

static json_t *time_of(int64_t at_s)
{
    char text[32];
    struct tm civil;
    time_t at = (time_t)at_s;
    localtime_r(&at, &civil);
    strftime(text, sizeof text, "%Y-%m-%d %H:%M", &civil);
    return json_string(text);
}

static void add_row(const struct call *call, const struct field *field, const char *value, json_t *rows)
{
    CLEANUP(text_clear) struct text shown;
    text_init(&shown, REQUEST_FIELD_LONG);
    forms_shown(field, value, call->language, &shown);
    json_array_append_new(
        rows, json_pack("{s:s, s:s}", "label", call_say(call, field->label), "value", shown.bytes));
}

/* The fields of a form, in the form's order; a table of many is told by its number of rows. */
static json_t *rows_of(const struct call *call, const struct casefile *file, json_t *fields)
{
    json_t *rows = json_array();
    for (const struct field *field = forms_of(file->kind)->all; field->name != NULL; field++) {
        const char *value = json_string_value(json_object_get(fields, field->name));
        if (value != NULL)
            add_row(call, field, value, rows);
    }
    const char *table = json_string_value(json_object_get(fields, "rows"));
    if (table != NULL) {
        char count[NUMBER_GROUPED_SIZE];
        number_grouped(count, many_rows(table));
        json_array_append_new(
            rows, json_pack("{s:s, s:s}", "label", call_say(call, N_("Rows of the table")), "value", count));
    }
    return rows;
}

static json_t *attachments_of(json_t *told)
{
    size_t i;
    json_t *one, *list = json_array();
    json_array_foreach(told, i, one)
    {
        char size[NUMBER_GROUPED_SIZE];
        number_grouped(size, ((uint64_t)json_integer_value(json_object_get(one, "bytes")) + 1023) / 1024);
        json_array_append_new(list, json_pack("{s:O, s:O, s:s}", "id", json_object_get(one, "id"), "name",
                                              json_object_get(one, "name"), "size", size));
    }
    return list;
}

static json_t *part_of(const struct call *call, const struct casefile *file, json_t *told)
{
    json_t *fields = json_object_get(told, "fields");
    const char *what = json_string_value(json_object_get(told, "what"));
    const char *text = json_string_value(json_object_get(fields, "text"));
    const char *subject = json_string_value(json_object_get(fields, "subject")); /* of a mail */
    bool answer = what != NULL && strcmp(what, case_tolds[CASE_ANSWER]) == 0;
    json_t *rows = rows_of(call, file, fields), *files = attachments_of(json_object_get(told, "attachments"));
    return json_pack("{s:b, s:o, s:o, s:o, s:b, s:o, s:b, s:o}", "by_desk", answer, "at",
                     time_of(json_integer_value(json_object_get(told, "at_s"))), "subject",
                     subject != NULL ? json_string(subject) : json_false(), "text",
                     text != NULL ? json_string(text) : json_false(), "has_rows", json_array_size(rows) > 0,
                     "rows", rows, "has_attachments", json_array_size(files) > 0, "attachments", files);
}

bool receipt_view(struct call *call, const struct casefile *file, const struct seal_pair *pair,
                  struct fault *fault)
{
    size_t i;
    json_t *one, *parts = json_array(), *told = casefile_told(call->ledger, file, pair, true, fault);
    if (told == NULL) {
        json_decref(parts);
        return false;
    }
    json_array_foreach(told, i, one) json_array_append_new(parts, part_of(call, file, one));
    json_decref(told);
    bool erased = file->erased_s != 0;
    json_object_set_new(call->model, "parts", parts);
    json_object_set_new(call->model, "state", json_string(call_say(call, states[file->state])));
    json_object_set_new(call->model, "erased", json_boolean(erased));
    json_object_set_new(call->model, "kind", json_string(call_say(call, forms_of(file->kind)->title)));
    json_object_set_new(call->model, "number", json_integer(file->id));
    json_object_set_new(call->model, "received", time_of(file->received_s));
    json_object_set_new(call->model, "may_add", json_boolean(!erased));
    json_object_set_new(call->model, "may_withdraw", json_boolean(!erased));
    return true;
}
