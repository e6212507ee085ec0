/* What the staff write in a case: an answer, which the reporter reads with the receipt and gets by mail where
 * the case came by mail; a note, which stays here. Both stand in one form, and whichever is sent, nothing
 * typed in the other is lost. */
#include "base/words.h"
#include "cases/change.h"
#include "cases/outbox.h"
#include "cases/templates.h"
#include "desk/page_case.h"
#include "desk/sending.h"
#include "desk/work.h"
#include <sodium.h>
#include <string.h>

enum { TEXT_MOST = 20000, TEXT_BYTES = TEXT_MOST * 4 };

/* How the case stands after an answer. */
static const struct field_choice then[] = {
    {"answered", N_("Answered")},
    {"waiting", N_("Waiting for the reporter")},
    {"working", N_("Being worked on")},
    {"closed", N_("Closed")},
    {0},
};
const struct field page_case_write_fields[] = {
    {.name = "text", .kind = FIELD_TEXT, .label = N_("Answer"), .most = TEXT_MOST},
    {.name = "note", .kind = FIELD_TEXT, .label = N_("Note"), .most = TEXT_MOST},
    {.name = "then", .kind = FIELD_CHOICE, .label = N_("State after it"), .choices = then},
    {.name = "template", .kind = FIELD_NUMBER, .label = N_("Template"), .most_number = INT64_MAX},
    {.name = "once", .kind = FIELD_HIDDEN, .most = 64},
    {.name = "press", .kind = FIELD_HIDDEN, .most = 16},
    {0},
};

json_t *page_answer_thens(const struct call *call)
{
    bool typed = call->form.fields == page_case_write_fields;
    return work_choose(call, then, typed ? form_value(&call->form, "then") : then[0].word);
}

static bool pressed(const struct call *call, const char *button)
{
    return strcmp(form_value(&call->form, "press"), button) == 0;
}

/* The case again, with what was typed. */
static bool show_typed(struct call *call, const struct casefile *file, const char *text, struct fault *fault)
{
    json_object_set_new(call->model, "typed",
                        json_pack("{s:s, s:s}", "text", text, "note", form_value(&call->form, "note")));
    call_form(call, &call->form);
    return page_case_show(call, file, fault);
}

/* The template goes below what is there already. */
static bool use_template(struct call *call, const struct casefile *file, struct fault *fault)
{
    CLEANUP(text_clear) struct text text;
    text_init(&text, TEXT_BYTES + TEMPLATES_BODY_MOST * 4 + 2);
    text_add_string(&text, form_value(&call->form, "text"));
    json_t *templates = templates_list(call->ledger, file->language, fault), *template;
    if (templates == NULL)
        return false;
    size_t i;
    json_array_foreach(templates, i, template) if (json_integer_value(json_object_get(template, "id")) ==
                                                   form_number(&call->form, "template"))
    {
        text_add_string(&text, text.length > 0 ? "\n\n" : "");
        text_add_string(&text, json_string_value(json_object_get(template, "body")));
    }
    json_decref(templates);
    return show_typed(call, file, text.length > 0 ? text.bytes : "", fault);
}

static bool add(struct call *call, const struct casefile *file, enum case_told what, const char *text,
                enum case_taken *taken, struct fault *fault)
{
    unsigned char once[16];
    struct seal_key key;
    if (!work_once(call, case_tolds[what], text, once) || !casefile_key(file, &call->session->desk, &key))
        return fault_set(fault, "case %lld cannot be written to: its key does not open", (long long)file->id);
    json_t *fields = json_pack("{s:s}", "text", text);
    const struct case_add part = {
        .what = what, .fields = fields, .staff = call->session->staff, .once = once, .at_s = call->now_s};
    bool well = what == CASE_ANSWER
                    ? casefile_answer(call->ledger, file, &call->session->desk, &part, taken, fault)
                    : casefile_add(call->ledger, file, &key, &part, taken, fault);
    sodium_memzero(&key, sizeof key);
    json_decref(fields);
    return well;
}

static void copy_field(json_t *mail, const char *name, const json_t *fields, const char *from)
{
    const char *value = json_string_value(json_object_get(fields, from));
    if (value != NULL && value[0] != '\0')
        json_object_set_new(mail, name, json_string(value));
}

/* By mail too, where the case came by mail and says from where. */
static bool send_mail(struct call *call, const struct casefile *file, const char *text, bool *sent,
                      struct fault *fault)
{
    *sent = false;
    if (file->channel != CASE_MAIL)
        return true;
    json_t *told = casefile_told(call->ledger, file, &call->session->desk, true, fault);
    if (told == NULL)
        return false;
    const json_t *fields = json_object_get(json_array_get(told, 0), "fields");
    json_t *mail = json_pack("{s:s, s:s}", "language", file->language, "text", text);
    CLEANUP(text_clear) struct text subject;
    text_init(&subject, 1000);
    const char *theirs = json_string_value(json_object_get(fields, "subject"));
    const char *about = words_in(file->language, N_("What you told us"));
    text_addf(&subject, "Re: %.400s", theirs != NULL && theirs[0] != '\0' ? theirs : about);
    json_object_set_new(mail, "subject",
                        json_string(text_is_utf8(subject.bytes, subject.length) ? subject.bytes : about));
    copy_field(mail, "to", fields, "email");
    copy_field(mail, "in_reply_to", fields, "message_id");
    copy_field(mail, "references", fields, "references");
    copy_field(mail, "receipt", fields, "receipt");
    bool address = json_object_get(mail, "to") != NULL;
    bool well = !address || outbox_add(call->ledger, file->id, mail, fault);
    json_decref(mail);
    json_decref(told);
    *sent = address;
    return well;
}

static enum case_state state_after(const struct call *call)
{
    const char *word = form_value(&call->form, "then");
    for (int state = 0; word[0] != '\0' && state < CASE_STATES; state++)
        if (strcmp(case_states[state], word) == 0)
            return (enum case_state)state;
    return CASE_ANSWERED;
}

static bool answer(struct call *call, const struct casefile *file, bool *mailed, struct fault *fault)
{
    const char *text = form_value(&call->form, "text");
    enum case_taken taken;
    enum case_state after = state_after(call);
    if (!add(call, file, CASE_ANSWER, text, &taken, fault))
        return false;
    if (taken == CASE_KNOWN)
        return true;
    return send_mail(call, file, text, mailed, fault) &&
           (file->state == after ||
            casefile_set_state(call->ledger, file->id, after, call->session->staff, fault));
}

/* What the pressed button needs and does not have. */
static void check(struct call *call)
{
    bool answers = pressed(call, "answer");
    const char *name = answers ? "text" : "note";
    unsigned char once[16];
    if (form_value(&call->form, name)[0] == '\0')
        form_problem(&call->form, name, answers ? N_("Please write an answer.") : N_("Please write a note."));
    else if (answers && !work_may(call, STAFF_ANALYST))
        form_problem(&call->form, name,
                     N_("Answers are written by analysts. You can leave a note for them."));
    else if (!work_once(call, "", "", once)) {
        form_set(&call->form, "once", "");
        form_problem(&call->form, name, N_("This page was too old. Please send it once more."));
    }
}

static bool keep(struct call *call, const struct casefile *file, bool *mailed, struct fault *fault)
{
    const char *note = form_value(&call->form, "note");
    enum case_taken taken;
    if (pressed(call, "answer") && !answer(call, file, mailed, fault))
        return false;
    return note[0] == '\0' || add(call, file, CASE_NOTE, note, &taken, fault);
}

bool page_case_write(struct call *call, struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    struct casefile file;
    enum work_found found = WORK_CASE;
    bool mailed = false;
    const char *text = form_value(&call->form, "text");
    if (!change_begin(&change, call->ledger, fault) || !work_case(call, &file, &found, fault) ||
        found == WORK_ANSWERED)
        return found == WORK_ANSWERED;
    if (pressed(call, "use"))
        return use_template(call, &file, fault);
    check(call);
    if (!call->form.well)
        return show_typed(call, &file, text, fault);
    if (!keep(call, &file, &mailed, fault) || !change_commit(&change, fault)) {
        if (!sending_is_full(fault))
            return false;
        change_undo(&change); /* what was typed is not lost by it */
        call->reply->status = sending_sorry(call, SENDING_FULL, NULL);
        return show_typed(call, &file, text, fault);
    }
    if (!pressed(call, "answer") && text[0] != '\0') { /* the answer that is still being written */
        form_set(&call->form, "note", "");
        form_set(&call->form, "once", "");
        return show_typed(call, &file, text, fault);
    }
    const char *done = mailed ? "mailed" : pressed(call, "answer") ? "answered" : "noted";
    return call_go(call, "/staff/case/%lld?done=%s", (long long)file.id, done);
}
