#include "desk/page_templates.h"
#include "base/words.h"
#include "cases/templates.h"
#include "desk/labels.h"
#include "desk/work.h"
#include <string.h>

const struct field page_templates_fields[] = {
    {.name = "title",
     .kind = FIELD_LINE,
     .label = N_("Title"),
     .hint = N_("By this it is chosen. The reporter does not see it."),
     .required = true,
     .most = TEMPLATES_TITLE_MOST},
    {.name = "language",
     .kind = FIELD_CHOICE,
     .label = N_("Language"),
     .hint = N_("It is offered for reporters who wrote in this language."),
     .required = true,
     .choices = labels_languages},
    {.name = "body", .kind = FIELD_TEXT, .label = N_("Text"), .required = true, .most = TEMPLATES_BODY_MOST},
    {0},
};

static bool show_list(struct call *call, const struct form *form, struct fault *fault)
{
    json_t *templates = templates_list(call->ledger, NULL, fault), *template;
    if (templates == NULL)
        return false;
    size_t i;
    json_array_foreach(templates, i, template)
    {
        const char *language = json_string_value(json_object_get(template, "language"));
        json_object_set_new(template, "language_label",
                            json_string(call_say(call, labels_of(labels_languages, language))));
    }
    json_object_set_new(call->model, "has_templates", json_boolean(json_array_size(templates) > 0));
    json_object_set_new(call->model, "templates", templates);
    json_object_set_new(call->model, "may_write", json_boolean(work_may(call, STAFF_ANALYST | STAFF_EDITOR)));
    json_object_set_new(call->model, "page_language", json_string(call->language));
    call_form(call, form);
    return call_show(call, "templates", N_("Answer templates"), fault);
}

bool page_templates(struct call *call, struct fault *fault)
{
    CLEANUP(form_clear) struct form form = {0};
    form_blank(&form, page_templates_fields);
    form_set(&form, "language", call->language);
    return show_list(call, &form, fault);
}

static bool set(struct call *call, int64_t id, enum templates_set *outcome, struct fault *fault)
{
    const struct template template = {.id = id,
                                      .title = form_value(&call->form, "title"),
                                      .language = form_value(&call->form, "language"),
                                      .body = form_value(&call->form, "body")};
    return templates_set(call->ledger, &template, call->session->staff, outcome, fault);
}

bool page_templates_add(struct call *call, struct fault *fault)
{
    enum templates_set outcome;
    if (!call->form.well)
        return show_list(call, &call->form, fault);
    return set(call, 0, &outcome, fault) && call_go(call, "/staff/templates");
}

static bool show_one(struct call *call, const struct form *form, struct fault *fault)
{
    json_object_set_new(call->model, "id", json_integer(call->number));
    call_form(call, form);
    return call_show(call, "template", N_("Answer template"), fault);
}

static bool gone(struct call *call, struct fault *fault)
{
    return call_refuse(call, 404, N_("There is no such template. Perhaps somebody took it away."), fault);
}

bool page_template(struct call *call, struct fault *fault)
{
    static const char *const names[] = {"title", "language", "body", NULL};
    CLEANUP(form_clear) struct form form = {0};
    json_t *templates = templates_list(call->ledger, NULL, fault), *template;
    if (templates == NULL)
        return false;
    bool found = false;
    size_t i;
    form_blank(&form, page_templates_fields);
    json_array_foreach(templates, i, template)
    {
        if (json_integer_value(json_object_get(template, "id")) != call->number)
            continue;
        found = true;
        for (const char *const *name = names; *name != NULL; name++)
            form_set(&form, *name, json_string_value(json_object_get(template, *name)));
    }
    json_decref(templates);
    return found ? show_one(call, &form, fault) : gone(call, fault);
}

bool page_template_save(struct call *call, struct fault *fault)
{
    enum templates_set outcome;
    if (!call->form.well)
        return show_one(call, &call->form, fault);
    if (!set(call, call->number, &outcome, fault))
        return false;
    return outcome == TEMPLATES_GONE ? gone(call, fault) : call_go(call, "/staff/templates");
}

bool page_template_remove(struct call *call, struct fault *fault)
{
    return templates_remove(call->ledger, call->number, call->session->staff, fault) &&
           call_go(call, "/staff/templates");
}
