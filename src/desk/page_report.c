#include "desk/page_report.h"
#include "base/number.h"
#include "base/words.h"
#include "desk/forms.h"
#include "desk/sending.h"
#include "ledger/ledger.h"
#include <string.h>

/* One guided form on its way: steps are counted from 0, the summary is the one after the last. */
struct guide {
    struct call *call;
    const struct forms *forms;
    size_t steps;
    size_t at;      /* the step that was sent */
    size_t reached; /* the furthest step that was shown */
};

static const char *typed(const void *form, const char *name)
{
    return form_value(form, name);
}

/* What a field says that its kind alone cannot know to be wrong. */
static const char *judge(const struct guide *guide, const struct field *field, const char *missing)
{
    const struct form *all = &guide->call->form;
    const char *problem = forms_problem_of(all, field->name);
    int32_t day;
    if (missing != NULL && strcmp(missing, field->name) == 0)
        return N_("Please fill in the name of the virus, or what happened.");
    if (problem == NULL && field->kind == FIELD_DAY &&
        calendar_parse_day(form_value(all, field->name), &day) &&
        day > zone_day(&guide->call->ledger->zone, guide->call->now_s))
        return N_("This day has not come yet.");
    return problem;
}

/* The step's own part of what was typed, with its problems where they are to be told. */
static void step_form(const struct guide *guide, size_t at, bool tell, struct form *form)
{
    const struct form *all = &guide->call->form;
    const char *missing = forms_missing(guide->forms, typed, all);
    form_blank(form, guide->forms->steps[at].fields);
    for (const struct field *field = form->fields; field->name != NULL; field++) {
        form_set(form, field->name, form_value(all, field->name));
        const char *problem = judge(guide, field, missing);
        if (tell && problem != NULL)
            form_problem(form, field->name, problem);
    }
}

static bool step_is_well(const struct guide *guide, size_t at)
{
    struct form form;
    step_form(guide, at, true, &form);
    bool well = form.well;
    form_clear(&form);
    return well;
}

static bool is_of_step(const struct guide *guide, size_t at, const char *name)
{
    if (at == guide->steps)
        return false;
    for (const struct field *field = guide->forms->steps[at].fields; field->name != NULL; field++)
        if (strcmp(field->name, name) == 0)
            return true;
    return false;
}

/* What the other pages were told travels along, hidden, well or not. */
static void add_carried(const struct guide *guide, size_t at)
{
    json_t *carried = json_array();
    for (const struct field *field = guide->forms->all; field->name != NULL; field++) {
        const char *value = form_value(&guide->call->form, field->name);
        if (value[0] != '\0' && !is_of_step(guide, at, field->name))
            json_array_append_new(carried, json_pack("{s:s, s:s}", "name", field->name, "value", value));
    }
    json_object_set_new(guide->call->model, "carried", carried);
}

static void add_steps(const struct guide *guide, size_t at)
{
    json_t *steps = json_array();
    for (size_t i = 0; i <= guide->steps; i++) {
        const char *title = i < guide->steps ? guide->forms->steps[i].title : N_("Check and send");
        json_array_append_new(steps,
                              json_pack("{s:i, s:s, s:b, s:b}", "number", (int)i + 1, "title",
                                        call_say(guide->call, title), "current", i == at, "done", i < at));
    }
    json_object_set_new(guide->call->model, "steps", steps);
    json_object_set_new(guide->call->model, "step", json_integer((json_int_t)at + 1));
    json_object_set_new(guide->call->model, "steps_count", json_integer((json_int_t)guide->steps + 1));
    json_object_set_new(guide->call->model, "first", json_boolean(at == 0));
    json_object_set_new(guide->call->model, "reached",
                        json_integer((json_int_t)(at > guide->reached ? at : guide->reached) + 1));
    json_object_set_new(guide->call->model, "summary_seen", json_boolean(guide->reached == guide->steps));
}

/* What every page of the form has. */
static void add_common(const struct guide *guide, size_t at)
{
    json_t *model = guide->call->model;
    char once[SENDING_ONCE_TEXT];
    const char *came = form_value(&guide->call->form, "once");
    if (came[0] == '\0')
        sending_once(once);
    json_object_set_new(model, "once", json_string(came[0] == '\0' ? once : came));
    json_object_set_new(model, "is_malware", json_boolean(guide->forms->kind == CASE_MALWARE));
    json_object_set_new(model, "form_title", json_string(call_say(guide->call, guide->forms->title)));
    json_object_set_new(model, guide->forms->kind == CASE_CONSULTATION ? "is_consultation" : "is_report",
                        json_true());
    json_object_set_new(model, "tongue", json_true()); /* the form itself goes to the other language */
    add_steps(guide, at);
    add_carried(guide, at);
}

static bool show_step(const struct guide *guide, size_t at, bool tell, struct fault *fault)
{
    struct form form;
    add_common(guide, at);
    step_form(guide, at, tell, &form);
    call_form(guide->call, &form);
    form_clear(&form);
    json_object_set_new(guide->call->model, "step_title",
                        json_string(call_say(guide->call, guide->forms->steps[at].title)));
    return call_show(guide->call, "report", guide->forms->title, fault);
}

static json_t *summary_of(const struct guide *guide, size_t at)
{
    json_t *rows = json_array();
    for (const struct field *field = guide->forms->steps[at].fields; field->name != NULL; field++) {
        CLEANUP(text_clear) struct text shown;
        const char *value = form_value(&guide->call->form, field->name);
        text_init(&shown, REQUEST_FIELD_MOST);
        if (value[0] == '\0')
            continue;
        forms_shown(field, value, guide->call->language, &shown);
        json_array_append_new(rows, json_pack("{s:s, s:s}", "label", call_say(guide->call, field->label),
                                              "value", shown.bytes));
    }
    return json_pack("{s:i, s:s, s:b, s:o}", "number", (int)at + 1, "title",
                     call_say(guide->call, guide->forms->steps[at].title), "empty",
                     json_array_size(rows) == 0, "rows", rows);
}

static bool show_summary(const struct guide *guide, struct fault *fault)
{
    json_t *summary = json_array();
    add_common(guide, guide->steps);
    for (size_t i = 0; i < guide->steps; i++)
        json_array_append_new(summary, summary_of(guide, i));
    json_object_set_new(guide->call->model, "summary", summary);
    const char *files = forms_problem_of(&guide->call->form, "attachments");
    if (files != NULL)
        json_object_set_new(guide->call->model, "files_problem", json_string(call_say(guide->call, files)));
    return call_show(guide->call, "report_summary", guide->forms->title, fault);
}

static json_t *told_of(const struct guide *guide)
{
    json_t *told = json_object();
    for (const struct field *field = guide->forms->all; field->name != NULL; field++) {
        const char *value = form_value(&guide->call->form, field->name);
        if (value[0] != '\0')
            json_object_set_new(told, field->name, json_string(value));
    }
    return told;
}

static bool send(const struct guide *guide, struct fault *fault)
{
    struct call *call = guide->call;
    struct receipt receipt;
    json_t *told = told_of(guide);
    enum sending sent = sending_take(call, guide->forms->kind, told, &receipt, fault);
    json_decref(told);
    if (sent == SENDING_TAKEN || sent == SENDING_KNOWN)
        return sending_show(call, guide->forms->kind, sent, &receipt, fault);
    struct fault why = *fault;
    unsigned status = sending_sorry(call, sent, &receipt);
    if (!show_summary(guide, fault))
        return false;
    call->reply->status = status;
    *fault = why;
    return sent == SENDING_FORGED || sent == SENDING_OTHER;
}

/* The first step that does not hold, at most `before`; `before` where all do. */
static size_t first_unwell(const struct guide *guide, size_t before)
{
    size_t at = 0;
    while (at < before && step_is_well(guide, at))
        at++;
    return at;
}

static bool go_on(const struct guide *guide, const char *go, struct fault *fault)
{
    uint64_t asked;
    if (strcmp(go, "back") == 0)
        return show_step(guide, guide->at > 0 ? guide->at - 1 : 0, false, fault);
    if (number_parse(go, strlen(go), guide->steps, &asked) && asked > 0)
        return show_step(guide, (size_t)asked - 1, false, fault);
    if (strcmp(go, "summary") != 0 && strcmp(go, "send") != 0 && guide->at < guide->steps) {
        bool well = step_is_well(guide, guide->at);
        if (!well || guide->at + 1 < guide->steps)
            return show_step(guide, guide->at + well, !well, fault);
    }
    size_t unwell = first_unwell(guide, guide->steps);
    if (unwell < guide->steps)
        return show_step(guide, unwell, true, fault);
    return strcmp(go, "send") == 0 && forms_problem_of(&guide->call->form, "attachments") == NULL
               ? send(guide, fault)
               : show_summary(guide, fault);
}

/* A page's number as it was sent, from 1; the first where nothing of the kind came. */
static size_t number_of(const struct guide *guide, const char *name)
{
    int64_t sent = form_number(&guide->call->form, name);
    return sent < 1 ? 0 : (uint64_t)sent > guide->steps + 1 ? guide->steps : (size_t)sent - 1;
}

static bool page_report(struct call *call, const struct forms *forms, struct fault *fault)
{
    struct guide guide = {.call = call, .forms = forms};
    while (guide.steps < FORMS_STEPS_MOST && forms->steps[guide.steps].fields != NULL)
        guide.steps++;
    if (call->request->method == REQUEST_GET) {
        struct form form;
        form_blank(&form, forms->all);
        form_clear(&call->form);
        call->form = form;
        return show_step(&guide, 0, false, fault);
    }
    guide.at = number_of(&guide, "step");
    guide.reached = number_of(&guide, "reached");
    return go_on(&guide, form_value(&call->form, "go"), fault);
}

bool page_report_malware(struct call *call, struct fault *fault)
{
    return page_report(call, &forms_malware, fault);
}

bool page_report_access(struct call *call, struct fault *fault)
{
    return page_report(call, &forms_access, fault);
}

bool page_report_consultation(struct call *call, struct fault *fault)
{
    return page_report(call, &forms_consultation, fault);
}
