#include "desk/page_sign_in.h"
#include "base/words.h"
#include <sodium.h>
#include <stdio.h>

const struct field page_sign_in_fields[] = {
    {.name = "user", .kind = FIELD_LINE, .label = N_("User name"), .required = true, .most = 100},
    {.name = "password", .kind = FIELD_PASSWORD, .label = N_("Password"), .required = true, .most = 512},
    {.name = "code",
     .kind = FIELD_LINE,
     .label = N_("One-time code"),
     .hint = N_("The six digits that your telephone shows now."),
     .required = true,
     .most = 40},
    {0},
};

static bool show(struct call *call, const struct form *form, const char *trouble, struct fault *fault)
{
    call_form(call, form);
    if (trouble != NULL)
        json_object_set_new(call->model, "trouble", json_string(call_say(call, trouble)));
    return call_show(call, "sign_in", N_("Sign in"), fault);
}

/* The first page that is open to them. */
static const char *first_page(unsigned rights)
{
    if ((rights & (STAFF_INTAKE | STAFF_ANALYST)) != 0)
        return "/staff";
    if ((rights & STAFF_EDITOR) != 0)
        return "/staff/templates";
    if ((rights & STAFF_ADMINISTRATOR) != 0)
        return "/staff/people";
    return "/staff/account";
}

bool page_sign_in(struct call *call, struct fault *fault)
{
    struct form blank;
    if (call->session != NULL)
        return call_go(call, "%s", first_page(call->session->rights));
    form_blank(&blank, page_sign_in_fields);
    bool shown = show(call, &blank, NULL, fault);
    form_clear(&blank);
    return shown;
}

bool page_sign_in_go(struct call *call, const struct sign_in_welcome *welcome)
{
    struct reply *reply = call->reply;
    snprintf(reply->cookies[REQUEST_SESSION], sizeof reply->cookies[REQUEST_SESSION], "%s", welcome->session);
    snprintf(reply->cookies[REQUEST_BROWSER], sizeof reply->cookies[REQUEST_BROWSER], "%s", welcome->browser);
    return call_go(call, "%s", first_page(welcome->rights));
}

/* One sentence for everything that may have been wrong. */
static const struct {
    unsigned status;
    const char *trouble;
} answers[] = {
    [SIGN_IN_WELCOME] = {303, NULL},
    [SIGN_IN_REFUSED] = {403,
                         N_("That did not fit. Please check the name, the password and the code; each code "
                            "works only once, so wait for the next one.")},
    [SIGN_IN_WAIT] = {429,
                      N_("There were many tries that failed. Please wait a little before you try again. In a "
                         "browser in which you have signed in before you need not wait for others.")},
    [SIGN_IN_BUSY] = {503, N_("Many people are signing in just now. Please try again in a moment.")},
};

bool page_sign_in_send(struct call *call, struct fault *fault)
{
    enum sign_in_answer answer;
    struct sign_in_welcome welcome;
    if (!call->form.well)
        return show(call, &call->form, NULL, fault);
    const struct sign_in claim = {
        .name = form_value(&call->form, "user"),
        .password = form_value(&call->form, "password"),
        .code = form_value(&call->form, "code"),
        .browser = call->request->cookies[REQUEST_BROWSER],
        .source = call->request->source,
        .now_s = call->now_s,
    };
    if (!sign_in_try(call->ledger, &claim, &answer, &welcome, fault))
        return false;
    if (answer == SIGN_IN_WELCOME) {
        bool gone = page_sign_in_go(call, &welcome);
        sodium_memzero(&welcome, sizeof welcome);
        return gone;
    }
    call->reply->status = answers[answer].status;
    form_set(&call->form, "code", "");
    return show(call, &call->form, answers[answer].trouble, fault);
}

bool page_sign_out(struct call *call, struct fault *fault)
{
    if (!session_end(call->ledger, call->session, fault))
        return false;
    snprintf(call->reply->cookies[REQUEST_SESSION], sizeof call->reply->cookies[REQUEST_SESSION], "-");
    return call_go(call, "/staff/sign-in");
}
