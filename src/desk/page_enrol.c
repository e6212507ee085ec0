#include "desk/page_enrol.h"
#include "base/words.h"
#include "desk/page_sign_in.h"
#include "desk/qr.h"
#include <sodium.h>
#include <string.h>

enum { ADDRESS_MOST = 2048, GROUP = 4 };

static const char not_invited[] =
    N_("This name and this invitation do not fit together, or the invitation was used "
       "already, or it is more than seven days old.");

#define PASSWORD_HINT                                                                                        \
    N_("12 characters or more. Several words that do not belong together are good, and easy to keep in "     \
       "mind.")

const struct field page_enrol_fields[] = {
    {.name = "user", .kind = FIELD_LINE, .label = N_("User name"), .required = true, .most = 100},
    {.name = "invitation",
     .kind = FIELD_LINE,
     .label = N_("Invitation"),
     .hint = N_("Seven groups of four letters and digits. An administrator of the desk gave it to you."),
     .required = true,
     .most = 100},
    {0},
};
const struct field page_enrol_finish_fields[] = {
    {.name = "user", .kind = FIELD_HIDDEN, .label = N_("User name"), .required = true, .most = 100},
    {.name = "invitation", .kind = FIELD_HIDDEN, .label = N_("Invitation"), .required = true, .most = 100},
    {.name = "secret", .kind = FIELD_HIDDEN, .label = N_("Key"), .required = true, .most = 40},
    {.name = "new_password",
     .kind = FIELD_PASSWORD,
     .label = N_("New password"),
     .hint = PASSWORD_HINT,
     .required = true,
     .most = 512},
    {.name = "again",
     .kind = FIELD_PASSWORD,
     .label = N_("The new password once more"),
     .required = true,
     .most = 512},
    {.name = "code",
     .kind = FIELD_LINE,
     .label = N_("One-time code"),
     .hint = N_("The six digits that your telephone shows now."),
     .required = true,
     .most = 40},
    {0},
};

const char *page_enrol_weak(const char *password, const char *name)
{
    switch (password_judge(password, name)) {
    case PASSWORD_GOOD:
        break;
    case PASSWORD_SHORT:
        return N_("This password is too short: please use 12 characters or more.");
    case PASSWORD_LONG:
        return N_("This password is too long.");
    case PASSWORD_NAME:
        return N_("This password is little more than your name. Please choose another.");
    case PASSWORD_SIMPLE:
        return N_("This password is easily guessed. Please choose another.");
    }
    return NULL;
}

/* "ABCD EFGH ...", as one reads it off a screen. */
static json_t *groups_of(const char *secret)
{
    json_t *groups = json_array();
    for (; *secret != '\0'; secret += strnlen(secret, GROUP))
        json_array_append_new(groups, json_stringn(secret, strnlen(secret, GROUP)));
    return groups;
}

bool page_enrol_secret(struct call *call, const char *name, const struct totp *totp, struct fault *fault)
{
    char secret[TOTP_TEXT];
    const char *desk = call->ledger->settings.desk_name;
    CLEANUP(text_clear) struct text address, picture;
    text_init(&address, ADDRESS_MOST);
    text_init(&picture, 2 * QR_MOST);
    totp_address(totp, desk[0] != '\0' && strlen(desk) < 100 ? desk : "mimamori", name, &address);
    totp_text(totp, secret);
    if (!text_whole(&address) || !qr_address(address.bytes, &picture))
        return fault_set(fault, "a one-time code's secret does not fit into a QR code");
    json_object_set_new(call->model, "qr", json_string(picture.bytes));
    json_object_set_new(call->model, "secret", groups_of(secret));
    sodium_memzero(secret, sizeof secret);
    return true;
}

bool page_enrol_offer(struct call *call, struct form *form,
                      bool (*show)(struct call *, struct form *, const struct totp *, struct fault *),
                      struct fault *fault)
{
    struct totp totp;
    char secret[TOTP_TEXT];
    totp_make(&totp);
    totp_text(&totp, secret);
    form_set(form, "secret", secret);
    bool shown = show(call, form, &totp, fault);
    form_clear(form);
    sodium_memzero(&totp, sizeof totp);
    sodium_memzero(secret, sizeof secret);
    return shown;
}

bool page_enrol(struct call *call, struct fault *fault)
{
    struct form blank;
    form_blank(&blank, page_enrol_fields);
    call_form(call, &blank);
    form_clear(&blank);
    return call_show(call, "enrol", N_("Your invitation"), fault);
}

/* The second page, empty or with what was not right. */
static bool show_finish(struct call *call, struct form *form, const struct totp *totp, struct fault *fault)
{
    char name[64] = "";
    form_set(form, "code", "");
    call_form(call, form);
    staff_fold_name(form_value(form, "user"), name);
    json_object_set_new(call->model, "user", json_string(name));
    return page_enrol_secret(call, name, totp, fault) &&
           call_show(call, "enrol_finish", N_("Your password and your telephone"), fault);
}

static bool refuse_invitation(struct call *call, struct fault *fault)
{
    struct form form;
    form_blank(&form, page_enrol_fields);
    form_set(&form, "user", form_value(&call->form, "user"));
    form_set(&form, "invitation", form_value(&call->form, "invitation"));
    form_problem(&form, "invitation", not_invited);
    call_form(call, &form);
    form_clear(&form);
    call->reply->status = 403;
    return call_show(call, "enrol", N_("Your invitation"), fault);
}

static bool begin_finish(struct call *call, struct fault *fault)
{
    struct form form;
    form_blank(&form, page_enrol_finish_fields);
    form_set(&form, "user", form_value(&call->form, "user"));
    form_set(&form, "invitation", form_value(&call->form, "invitation"));
    return page_enrol_offer(call, &form, show_finish, fault);
}

bool page_enrol_begin(struct call *call, struct fault *fault)
{
    bool invited = false;
    if (!call->form.well) {
        call_form(call, &call->form);
        return call_show(call, "enrol", N_("Your invitation"), fault);
    }
    if (!enrol_invited(call->ledger, form_value(&call->form, "user"), form_value(&call->form, "invitation"),
                       call->now_s, &invited, fault))
        return false;
    return invited ? begin_finish(call, fault) : refuse_invitation(call, fault);
}

static void add_problem(struct call *call, enum enrol_outcome outcome, const char *password, const char *name)
{
    switch (outcome) {
    case ENROL_WEAK:
        form_problem(&call->form, "new_password", page_enrol_weak(password, name));
        return;
    case ENROL_CODE:
        form_problem(
            &call->form, "code",
            N_("This is not the code of now. Please wait for the next one, and see that your telephone's "
               "clock is right."));
        return;
    default:
        form_problem(&call->form, "code",
                     N_("Many people are signing in just now. Please try again in a moment."));
    }
}

static bool finish(struct call *call, const struct totp *totp, struct fault *fault)
{
    enum enrol_outcome outcome;
    struct sign_in_welcome welcome;
    char name[64] = "";
    const struct enrol enrol = {form_value(&call->form, "user"),
                                form_value(&call->form, "invitation"),
                                form_value(&call->form, "new_password"),
                                form_value(&call->form, "code"),
                                call->request->cookies[REQUEST_BROWSER],
                                *totp,
                                call->now_s};
    if (!enrol_finish(call->ledger, &enrol, &outcome, &welcome, fault))
        return false;
    if (outcome == ENROL_NOT_INVITED)
        return refuse_invitation(call, fault);
    if (outcome == ENROL_DONE)
        return page_sign_in_go(call, &welcome);
    staff_fold_name(enrol.name, name);
    add_problem(call, outcome, enrol.password, name);
    return show_finish(call, &call->form, totp, fault);
}

bool page_enrol_finish(struct call *call, struct fault *fault)
{
    struct totp totp;
    if (!totp_parse(form_value(&call->form, "secret"), &totp))
        return refuse_invitation(call, fault);
    if (call->form.well &&
        strcmp(form_value(&call->form, "new_password"), form_value(&call->form, "again")) != 0)
        form_problem(&call->form, "again", N_("The two passwords are not the same."));
    bool done = call->form.well ? finish(call, &totp, fault) : show_finish(call, &call->form, &totp, fault);
    sodium_memzero(&totp, sizeof totp);
    return done;
}
