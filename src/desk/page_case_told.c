/* What was told in a case, with the labels of its form. */
#include "base/words.h"
#include "desk/forms.h"
#include "desk/page_case.h"
#include "desk/work.h"
#include <string.h>

enum { VALUE_MOST = 1 << 20, NAME_MOST = 1024 };

/* What comes by mail and in answers, which no form asks. */
static const struct field others[] = {
    {.name = "subject", .label = N_("Subject")},
    {.name = "text", .label = N_("Text")},
    {.name = "from", .label = N_("Sender")},
    {.name = "rows", .label = N_("Many at once")},
    {0},
};

static const struct field *find_field(const struct forms *forms, const char *name)
{
    const struct field *field = forms_field(forms, name);
    for (const struct field *other = others; field == NULL && other->name != NULL; other++)
        if (strcmp(other->name, name) == 0)
            field = other;
    return field;
}

static json_t *value_text(const struct call *call, const struct field *field, const char *value)
{
    CLEANUP(text_clear) struct text text;
    text_init(&text, VALUE_MOST);
    if (field == NULL)
        return json_string(value);
    forms_shown(field, value, call->language, &text);
    return json_string(text.length == 0 ? "" : text.bytes);
}

/* What the case page shows of a part's fields: never a key or an identifier of a mail. */
static json_t *fields_model(const struct call *call, const struct casefile *file, const json_t *fields)
{
    static const char *const hidden[] = {"message_id", "references", "receipt", NULL};
    json_t *list = json_array(), *value;
    const char *name;
    json_object_foreach((json_t *)(uintptr_t)fields, name, value)
    {
        const char *string = json_string_value(value);
        const char *const *skip = hidden;
        while (*skip != NULL && strcmp(*skip, name) != 0)
            skip++;
        if (*skip != NULL || string == NULL || string[0] == '\0')
            continue;
        const struct field *field = find_field(forms_of(file->kind), name);
        const char *label = field == NULL ? name : call_say(call, field->label);
        json_t *table = strcmp(name, "rows") == 0 ? page_case_rows(call, string) : json_false();
        json_array_append_new(list, json_pack("{s:s, s:o, s:b, s:o}", "label", label, "value",
                                              value_text(call, field, string), "plain",
                                              strcmp(name, "text") == 0, "table", table));
    }
    return list;
}

static json_t *attachments_model(json_t *attachments)
{
    json_t *list = json_array(), *attachment;
    size_t i;
    json_array_foreach(attachments, i, attachment)
    {
        const char *name = json_string_value(json_object_get(attachment, "name"));
        json_int_t bytes = json_integer_value(json_object_get(attachment, "bytes"));
        CLEANUP(text_clear) struct text tame, size;
        text_init(&tame, NAME_MOST);
        text_init(&size, 32);
        text_add_tame(&tame, name == NULL ? "" : name);
        if (bytes < 1024)
            text_addf(&size, "%lld B", (long long)bytes);
        else if (bytes < 1 << 20)
            text_addf(&size, "%lld KB", (long long)bytes / 1024);
        else
            text_addf(&size, "%lld.%lld MB", (long long)bytes >> 20, ((long long)bytes * 10 >> 20) % 10);
        json_array_append_new(list,
                              json_pack("{s:O, s:s, s:b, s:s}", "id", json_object_get(attachment, "id"),
                                        "name", name == NULL ? "?" : name, "tamed",
                                        name != NULL && tame.length > 0 && strcmp(tame.bytes, name) != 0,
                                        "size", size.bytes));
    }
    return list;
}

static json_t *part_model(const struct call *call, const struct casefile *file, const json_t *people,
                          json_t *part)
{
    const char *what = json_string_value(json_object_get(part, "what"));
    json_int_t staff = json_integer_value(json_object_get(part, "staff"));
    json_t *attachments = attachments_model(json_object_get(part, "attachments"));
    json_t *model = json_pack("{s:o, s:s, s:b, s:o, s:b, s:o, s:b}", "at",
                              work_time(call, json_integer_value(json_object_get(part, "at_s"))), "who",
                              work_person(people, staff), "by_staff", staff > 0, "fields",
                              fields_model(call, file, json_object_get(part, "fields")), "has_attachments",
                              json_array_size(attachments) > 0, "attachments", attachments, "of_case", false);
    for (const char *const *word = case_tolds; *word != NULL; word++)
        json_object_set_new(model, *word, json_boolean(what != NULL && strcmp(*word, what) == 0));
    json_int_t other = json_integer_value(json_object_get(part, "casefile"));
    if (other != 0 && other != file->id)
        json_object_set_new(model, "of_case", json_integer(other));
    return model;
}

bool page_case_told(struct call *call, const struct casefile *file, const json_t *people, struct fault *fault)
{
    json_t *parts = casefile_told(call->ledger, file, &call->session->desk, false, fault), *part;
    if (parts == NULL)
        return false;
    json_t *list = json_array();
    size_t i;
    json_array_foreach(parts, i, part) json_array_append_new(list, part_model(call, file, people, part));
    json_object_set_new(call->model, "parts", list);
    json_decref(parts);
    return true;
}
