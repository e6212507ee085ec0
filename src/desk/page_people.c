#include "desk/page_people.h"
#include "base/words.h"
#include "cases/staff.h"
#include "desk/labels.h"
#include "desk/work.h"
#include <stdio.h>
#include <string.h>

static const struct field_choice rights[] = {
    {"intake", N_("Intake: takes in cases and adds notes")},
    {"analyst", N_("Analyst: answers and classifies, too")},
    {"editor", N_("Editor: virus names and answer templates")},
    {"administrator", N_("Administrator: staff, record of deeds, state of the desk")},
    {0},
};
static const struct field_choice rights_short[] = {
    {"intake", N_("Intake")}, {"analyst", N_("Analyst")},
    {"editor", N_("Editor")}, {"administrator", N_("Administrator")},
    {"none", N_("None")},     {0},
};
static const struct field_choice states[] = {
    {"invited", N_("Invited")},
    {"active", N_("Active")},
    {"stopped", N_("Stopped")},
    {0},
};
const struct field page_people_new_fields[] = {
    {.name = "user",
     .kind = FIELD_LINE,
     .label = N_("Name to sign in with"),
     .hint = N_("Small letters and digits, a letter first."),
     .required = true,
     .most = 63},
    {.name = "shown", .kind = FIELD_LINE, .label = N_("Shown as"), .most = 40},
    {.name = "language",
     .kind = FIELD_CHOICE,
     .label = N_("Language"),
     .required = true,
     .choices = labels_languages},
    {.name = "rights", .kind = FIELD_CHOICES, .label = N_("Rights"), .choices = rights},
    {0},
};
const struct field page_people_rights_fields[] = {
    {.name = "rights", .kind = FIELD_CHOICES, .label = N_("Rights"), .choices = rights},
    {0},
};

static json_t *rights_labels(const struct call *call, const json_t *words)
{
    json_t *list = json_array(), *word;
    size_t i;
    json_array_foreach(words, i, word) json_array_append_new(
        list, json_string(call_say(call, labels_of(rights_short, json_string_value(word)))));
    return list;
}

void page_people_rights_text(const struct call *call, const char *words, struct text *out)
{
    char word[32];
    while (*words != '\0') {
        size_t length = strcspn(words, ",");
        snprintf(word, sizeof word, "%.*s", (int)length, words);
        text_addf(out, "%s%s", out->length == 0 ? "" : ", ", call_say(call, labels_of(rights_short, word)));
        words += length + (words[length] == ',');
    }
}

json_t *page_people_model(const struct call *call, const json_t *person)
{
    json_t *model = json_deep_copy(person);
    json_object_del(model, "language"); /* a template means the page's */
    const char *state = json_string_value(json_object_get(person, "state"));
    int64_t signed_in_s = json_integer_value(json_object_get(person, "signed_in_s"));
    bool stopped = strcmp(state, "stopped") == 0, active = strcmp(state, "active") == 0;
    json_object_set_new(model, "rights_labels", rights_labels(call, json_object_get(person, "rights")));
    json_object_set_new(model, "state_label", json_string(call_say(call, labels_of(states, state))));
    json_object_set_new(model, "stopped", json_boolean(stopped));
    json_object_set_new(model, "active", json_boolean(active));
    json_object_set_new(model, "invited", json_boolean(!stopped && !active));
    json_object_set_new(model, "signed_in", signed_in_s == 0 ? json_null() : work_time(call, signed_in_s));
    json_object_set_new(
        model, "self",
        json_boolean(json_integer_value(json_object_get(person, "id")) == call->session->staff));
    return model;
}

static bool show_list(struct call *call, const struct form *form, struct fault *fault)
{
    json_t *people = staff_list(call->ledger, call->now_s, fault), *person, *list = json_array();
    size_t i;
    json_array_foreach(people, i, person) json_array_append_new(list, page_people_model(call, person));
    json_object_set_new(call->model, "people", list);
    json_decref(people);
    call_form(call, form);
    return people != NULL && call_show(call, "people", N_("Staff"), fault);
}

bool page_people(struct call *call, struct fault *fault)
{
    struct form blank;
    form_blank(&blank, page_people_new_fields);
    form_set(&blank, "language", call->ledger->settings.language);
    bool shown = show_list(call, &blank, fault);
    form_clear(&blank);
    return shown;
}

/* A code that is shown this once. */
static bool show_code(struct call *call, const struct receipt *code, const char *name, struct fault *fault)
{
    char text[RECEIPT_TEXT], link[256];
    receipt_text(code, text);
    const char *desk = call->ledger->settings.desk_address;
    snprintf(link, sizeof link, "%s/%s/staff/enrol", desk != NULL ? desk : "", call->language);
    json_object_set_new(call->model, "code", json_string(text));
    if (name == NULL)
        return call_show(call, "people_recovery", N_("The recovery code"), fault);
    json_object_set_new(call->model, "name", json_string(name));
    json_object_set_new(call->model, "link", json_string(link));
    return call_show(call, "people_invited", N_("An invitation"), fault);
}

static unsigned chosen_rights(const struct call *call)
{
    unsigned bits = 0;
    staff_parse_rights(form_value(&call->form, "rights"), &bits); /* words of our own table */
    return bits;
}

bool page_people_invite(struct call *call, struct fault *fault)
{
    struct receipt invitation;
    enum staff_change change;
    const struct staff_new new = {form_value(&call->form, "user"), form_value(&call->form, "shown"),
                                  form_value(&call->form, "language"), chosen_rights(call)};
    if (!call->form.well)
        return show_list(call, &call->form, fault);
    if (!staff_invite(call->ledger, &new, &call->session->desk, call->session->staff, &invitation, &change,
                      fault))
        return false;
    if (change == STAFF_CHANGED)
        return show_code(call, &invitation, new.name, fault);
    form_problem(&call->form, "user",
                 change == STAFF_TAKEN
                     ? N_("Somebody has this name already.")
                     : N_("This cannot be a name to sign in with: a letter from a to z, then "
                          "letters, digits, dots, lines."));
    return show_list(call, &call->form, fault);
}

/* The person of the number in the path; NULL: there is none, or a fault (*well is false). New reference. */
static json_t *find_person(struct call *call, bool *well, struct fault *fault)
{
    json_t *people = staff_list(call->ledger, call->now_s, fault), *person, *found = NULL;
    size_t i;
    *well = people != NULL;
    json_array_foreach(people, i, person) if (json_integer_value(json_object_get(person, "id")) ==
                                              call->number) found = json_incref(person);
    json_decref(people);
    return found;
}

static void set_rights(struct form *form, const json_t *words)
{
    char joined[128] = "";
    size_t i;
    json_t *word;
    json_array_foreach(words, i, word)
    {
        size_t length = strlen(joined);
        snprintf(joined + length, sizeof joined - length, "%s%s", length == 0 ? "" : ",",
                 json_string_value(word));
    }
    form_set(form, "rights", joined);
}

static bool show_one(struct call *call, const char *problem, struct fault *fault)
{
    bool well;
    struct form form;
    json_t *person = find_person(call, &well, fault);
    if (person == NULL)
        return well && call_refuse(call, 404, N_("Nobody here has this number."), fault);
    form_blank(&form, page_people_rights_fields);
    set_rights(&form, json_object_get(person, "rights"));
    if (problem != NULL) {
        call->reply->status = 409;
        form_problem(&form, "rights", problem);
    }
    call_form(call, &form);
    form_clear(&form);
    json_object_set_new(call->model, "person", page_people_model(call, person));
    json_decref(person);
    return call_show(call, "people_one", N_("One of the staff"), fault);
}

bool page_people_one(struct call *call, struct fault *fault)
{
    return show_one(call, NULL, fault);
}

/* After a change that gives no code: the person's page, which says what is so now. */
static bool show_change(struct call *call, enum staff_change change, const char *message, struct fault *fault)
{
    if (change == STAFF_CHANGED)
        call->message = message;
    return show_one(call,
                    change == STAFF_LAST
                        ? N_("This is the only administrator. Please make somebody else one first.")
                        : NULL,
                    fault);
}

bool page_people_rights(struct call *call, struct fault *fault)
{
    enum staff_change change;
    if (!call->form.well)
        return show_one(call, NULL, fault);
    return staff_set_rights(call->ledger, call->number, chosen_rights(call), call->session->staff, &change,
                            fault) &&
           show_change(call, change, N_("The rights are changed."), fault);
}

bool page_people_stop(struct call *call, struct fault *fault)
{
    enum staff_change change;
    return staff_stop(call->ledger, call->number, call->session->staff, &change, fault) &&
           show_change(call, change, N_("This person cannot sign in any more."), fault);
}

bool page_people_again(struct call *call, struct fault *fault)
{
    bool well;
    struct receipt invitation;
    enum staff_change change;
    json_t *person = find_person(call, &well, fault);
    if (person == NULL)
        return well && call_refuse(call, 404, N_("Nobody here has this number."), fault);
    well = staff_invite_again(call->ledger, call->number, &call->session->desk, call->session->staff,
                              &invitation, &change, fault);
    if (well && change == STAFF_CHANGED)
        well = show_code(call, &invitation, json_string_value(json_object_get(person, "name")), fault);
    else if (well)
        well = show_change(call, change, NULL, fault);
    json_decref(person);
    return well;
}

bool page_people_recovery(struct call *call, struct fault *fault)
{
    struct receipt code;
    return staff_key_renew(call->ledger, &call->session->desk, call->session->staff, &code, fault) &&
           show_code(call, &code, NULL, fault);
}
