#include "desk/page_account.h"
#include "base/words.h"
#include "cases/enrol.h"
#include "desk/page_enrol.h"
#include "desk/page_people.h"
#include <sodium.h>
#include <string.h>

#define OLD_PASSWORD                                                                                         \
    {                                                                                                        \
        .name = "password", .kind = FIELD_PASSWORD, .label = N_("The password you have now"),                \
        .required = true, .most = 512                                                                        \
    }
const struct field page_account_password_fields[] = {
    OLD_PASSWORD,
    {.name = "new_password",
     .kind = FIELD_PASSWORD,
     .label = N_("New password"),
     .hint =
         N_("12 characters or more. Several words that do not belong together are good, and easy to keep in "
            "mind."),
     .required = true,
     .most = 512},
    {.name = "again",
     .kind = FIELD_PASSWORD,
     .label = N_("The new password once more"),
     .required = true,
     .most = 512},
    {0},
};
const struct field page_account_code_fields[] = {
    {.name = "secret", .kind = FIELD_HIDDEN, .label = N_("Key"), .required = true, .most = 40},
    OLD_PASSWORD,
    {.name = "code",
     .kind = FIELD_LINE,
     .label = N_("One-time code"),
     .hint = N_("The six digits that your telephone shows now, for the new key."),
     .required = true,
     .most = 40},
    {0},
};

static bool show_account(struct call *call, struct fault *fault)
{
    json_t *people = staff_list(call->ledger, call->now_s, fault), *person;
    size_t i;
    if (people == NULL)
        return false;
    json_array_foreach(people, i,
                       person) if (json_integer_value(json_object_get(person, "id")) == call->session->staff)
    {
        json_int_t sessions = json_integer_value(json_object_get(person, "sessions"));
        json_object_set_new(call->model, "person", page_people_model(call, person));
        json_object_set_new(call->model, "others", json_boolean(sessions > 1));
    }
    json_decref(people);
    return call_show(call, "account", N_("My account"), fault);
}

bool page_account(struct call *call, struct fault *fault)
{
    return show_account(call, fault);
}

bool page_account_sessions(struct call *call, struct fault *fault)
{
    if (!session_end_others(call->ledger, call->session, fault))
        return false;
    call->message = N_("You are now signed in here only.");
    return show_account(call, fault);
}

static bool show_password(struct call *call, const struct form *form, struct fault *fault)
{
    call_form(call, form);
    return call_show(call, "account_password", N_("A new password"), fault);
}

bool page_account_password(struct call *call, struct fault *fault)
{
    struct form blank;
    form_blank(&blank, page_account_password_fields);
    bool shown = show_password(call, &blank, fault);
    form_clear(&blank);
    return shown;
}

/* What was not right, at its field. */
static void add_problem(struct call *call, enum enrol_outcome outcome)
{
    switch (outcome) {
    case ENROL_WEAK:
        form_problem(&call->form, "new_password",
                     page_enrol_weak(form_value(&call->form, "new_password"), call->session->name));
        return;
    case ENROL_CODE:
        form_problem(
            &call->form, "code",
            N_("This is not the code of now. Please wait for the next one, and see that your telephone's "
               "clock is right."));
        return;
    case ENROL_WAIT:
        form_problem(&call->form, "password",
                     N_("There were many tries that failed. Please wait a little before you try again."));
        return;
    case ENROL_BUSY:
        form_problem(&call->form, "password",
                     N_("Many people are signing in just now. Please try again in a moment."));
        return;
    default:
        form_problem(&call->form, "password", N_("This is not the password you have now."));
    }
}

bool page_account_password_send(struct call *call, struct fault *fault)
{
    enum enrol_outcome outcome = ENROL_DONE;
    const char *new_password = form_value(&call->form, "new_password");
    const struct enrol_change change = {.password = form_value(&call->form, "password"),
                                        .new_password = new_password,
                                        .source = call->request->source,
                                        .now_s = call->now_s};
    if (call->form.well && strcmp(new_password, form_value(&call->form, "again")) != 0)
        form_problem(&call->form, "again", N_("The two passwords are not the same."));
    if (call->form.well && !enrol_change(call->ledger, call->session, &change, &outcome, fault))
        return false;
    if (outcome != ENROL_DONE)
        add_problem(call, outcome);
    if (!call->form.well)
        return show_password(call, &call->form, fault);
    call->message = N_("Your password is changed. Everywhere else you are signed out.");
    return show_account(call, fault);
}

static bool show_code(struct call *call, struct form *form, const struct totp *totp, struct fault *fault)
{
    form_set(form, "code", "");
    call_form(call, form);
    return page_enrol_secret(call, call->session->name, totp, fault) &&
           call_show(call, "account_code", N_("A new telephone"), fault);
}

bool page_account_code(struct call *call, struct fault *fault)
{
    struct form form;
    form_blank(&form, page_account_code_fields);
    return page_enrol_offer(call, &form, show_code, fault);
}

bool page_account_code_send(struct call *call, struct fault *fault)
{
    struct totp totp;
    enum enrol_outcome outcome = ENROL_DONE;
    if (!totp_parse(form_value(&call->form, "secret"), &totp))
        return page_account_code(call, fault);
    const struct enrol_change change = {.password = form_value(&call->form, "password"),
                                        .totp = &totp,
                                        .code = form_value(&call->form, "code"),
                                        .source = call->request->source,
                                        .now_s = call->now_s};
    if (call->form.well && !enrol_change(call->ledger, call->session, &change, &outcome, fault))
        return false;
    if (outcome != ENROL_DONE)
        add_problem(call, outcome);
    if (!call->form.well)
        return show_code(call, &call->form, &totp, fault);
    sodium_memzero(&totp, sizeof totp);
    call->message = N_("Your new telephone is known. The old key does not work any more.");
    return show_account(call, fault);
}
