#include "desk/page_names.h"
#include "base/words.h"
#include "cases/names.h"
#include "desk/labels.h"
#include "desk/work.h"
#include <string.h>

enum { NAME_MOST = 200, NAME_BYTES = 4096 };

const struct field page_names_fields[] = {
    {.name = "name", .kind = FIELD_LINE, .label = N_("Name"), .required = true, .most = NAME_MOST},
    {.name = "kind", .kind = FIELD_CHOICE, .label = N_("Kind"), .required = true, .choices = labels_malware},
    {0},
};
const struct field page_names_alias_fields[] = {
    {.name = "alias",
     .kind = FIELD_LINE,
     .label = N_("What others call it"),
     .required = true,
     .most = NAME_MOST},
    {.name = "of", .kind = FIELD_LINE, .label = N_("What we call it"), .required = true, .most = NAME_MOST},
    {0},
};
const struct field page_names_take_fields[] = {
    {.name = "alias", .kind = FIELD_HIDDEN, .most = NAME_MOST},
    {.name = "name", .kind = FIELD_HIDDEN, .most = NAME_MOST},
    {0},
};

/* Both forms stand on the page; `form` is the one that came, or NULL. */
static bool show(struct call *call, const struct form *form, struct fault *fault)
{
    CLEANUP(form_clear) struct form name = {0}, alias = {0};
    json_t *names = names_list(call->ledger, fault), *entry;
    if (names == NULL)
        return false;
    size_t i;
    json_array_foreach(names, i, entry)
    {
        const char *kind = json_string_value(json_object_get(entry, "kind"));
        json_object_set_new(entry, "virus", json_boolean(kind != NULL && strcmp(kind, "virus") == 0));
        json_object_set_new(entry, "kind_label",
                            json_string(call_say(call, labels_of(labels_malware, kind == NULL ? "" : kind))));
    }
    form_blank(&name, page_names_fields);
    form_blank(&alias, page_names_alias_fields);
    if (form != NULL)
        call_form(call, form); /* for the problems at the top */
    bool names_came = form != NULL && form->fields == page_names_fields;
    bool alias_came = form != NULL && form->fields == page_names_alias_fields;
    json_object_set_new(call->model, "name_form",
                        json_pack("{s:o}", "fields", form_model(names_came ? form : &name, call->language)));
    json_object_set_new(call->model, "alias_form",
                        json_pack("{s:o}", "fields", form_model(alias_came ? form : &alias, call->language)));
    json_object_set_new(call->model, "has_names", json_boolean(json_array_size(names) > 0));
    json_object_set_new(call->model, "names", names);
    json_object_set_new(call->model, "may_write", json_boolean(work_may(call, STAFF_ANALYST | STAFF_EDITOR)));
    return call_show(call, "names", N_("Virus names"), fault);
}

bool page_names(struct call *call, struct fault *fault)
{
    return show(call, NULL, fault);
}

/* Whose name this is already; *known is false where it is nobody's. */
static bool look_up(struct call *call, const char *written, struct text *name, bool *known,
                    struct fault *fault)
{
    const char *kind;
    text_init(name, NAME_BYTES);
    return names_canonical(call->ledger, written, name, &kind, known, fault);
}

bool page_names_set(struct call *call, struct fault *fault)
{
    CLEANUP(text_clear) struct text is = {0};
    const char *name = form_value(&call->form, "name");
    bool known = false;
    if (call->form.well && !look_up(call, name, &is, &known, fault))
        return false;
    if (known && strcmp(is.bytes, name) != 0)
        form_problem(&call->form, "name", N_("We know this by another name already. It is in the list."));
    if (!call->form.well)
        return show(call, &call->form, fault);
    return names_set(call->ledger, name, form_value(&call->form, "kind"), call->session->staff, fault) &&
           call_go(call, "/staff/names");
}

bool page_names_alias(struct call *call, struct fault *fault)
{
    CLEANUP(text_clear) struct text is = {0}, other = {0};
    const char *alias = form_value(&call->form, "alias"), *of = form_value(&call->form, "of");
    bool known = false, taken = false;
    if (call->form.well &&
        (!look_up(call, of, &is, &known, fault) || !look_up(call, alias, &other, &taken, fault)))
        return false;
    if (call->form.well && !known)
        form_problem(&call->form, "of", N_("This name is not in the list yet. Please add it first."));
    else if (call->form.well && taken && strcmp(other.bytes, is.bytes) != 0)
        form_problem(&call->form, "alias", N_("This leads to another name already. It is in the list."));
    if (!call->form.well)
        return show(call, &call->form, fault);
    return (taken || names_alias(call->ledger, alias, is.bytes, call->session->staff, fault)) &&
           call_go(call, "/staff/names");
}

bool page_names_take(struct call *call, struct fault *fault)
{
    CLEANUP(text_clear) struct text is = {0};
    const char *alias = form_value(&call->form, "alias"), *name = form_value(&call->form, "name");
    bool known = false, said = call->form.well && (alias[0] != '\0' || name[0] != '\0');
    if (said && !look_up(call, alias[0] != '\0' ? alias : name, &is, &known, fault))
        return false;
    bool well = true;
    if (known && alias[0] != '\0' && strcmp(alias, is.bytes) != 0)
        well = names_unalias(call->ledger, alias, call->session->staff, fault);
    else if (known && alias[0] == '\0' && strcmp(name, is.bytes) == 0)
        well = names_remove(call->ledger, name, call->session->staff, fault);
    return well && call_go(call, "/staff/names");
}
