#include "desk/page_new.h"
#include "base/words.h"
#include "cases/change.h"
#include "cases/receipt.h"
#include "cases/reporter.h"
#include "desk/sending.h"
#include "desk/typed.h"
#include "desk/work.h"
#include "ledger/codes.h"
#include <sodium.h>
#include <string.h>

enum { REPORTER_MOST = 4096, NOON_S = 12 * 3600 };

bool page_new(struct call *call, struct fault *fault)
{
    static const enum case_channel ways[] = {CASE_PHONE, CASE_POST, CASE_FAX, CASE_COUNTER};
    json_t *kinds = json_array();
    for (int kind = 0; kind < CASE_KINDS; kind++) {
        json_t *list = json_array();
        for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++)
            json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "kind", case_kinds[kind], "channel",
                                                  case_channels[ways[i]], "label",
                                                  call_say(call, labels_channels[ways[i]].label)));
        json_array_append_new(
            kinds, json_pack("{s:s, s:o}", "label", call_say(call, labels_kinds[kind].label), "ways", list));
    }
    json_object_set_new(call->model, "kinds", kinds);
    return call_show(call, "new", N_("Take in a case"), fault);
}

static bool show(struct call *call, const struct typed *typed, const struct form *form, struct fault *fault)
{
    json_object_set_new(call->model, "channel",
                        json_string(call_say(call, labels_channels[typed->channel].label)));
    json_object_set_new(call->model, "action", json_string(call->path));
    call_form(call, form);
    if (form->well)
        json_object_set_new(json_array_get(json_object_get(call->model, "fields"), 0), "autofocus",
                            json_true());
    return call_show(call, "new_case", labels_kinds[typed->kind].label, fault);
}

bool page_new_ask(struct call *call, struct fault *fault)
{
    struct typed typed;
    char once[SENDING_ONCE_TEXT], today[CALENDAR_DAY_SIZE];
    CLEANUP(form_clear) struct form form = {0};
    if (!typed_read(call, &typed, fault))
        return false;
    sending_once(once);
    calendar_day_text(today, work_today(call));
    form_blank(&form, typed.fields);
    form_set(&form, "once", once);
    form_set(&form, "received_on", today);
    form_set(&form, "language", call->language);
    if (typed.kind == CASE_CONSULTATION)
        form_set(&form, "about_access", "no");
    return show(call, &typed, &form, fault);
}

static const char *value_of(const void *form, const char *name)
{
    return form_value(form, name);
}

/* What one field alone cannot say. */
static void check(struct call *call, const struct typed *typed)
{
    struct form *form = &call->form;
    int32_t received_on = INT32_MIN, detected_on = INT32_MIN;
    unsigned char once[16];
    const char *missing = forms_missing(typed->forms, value_of, form);
    calendar_parse_day(form_value(form, "received_on"), &received_on);
    calendar_parse_day(form_value(form, "detected_on"), &detected_on);
    if (missing != NULL)
        form_problem(form, missing, N_("Please give a name, or tell what happened."));
    if (received_on > work_today(call))
        form_problem(form, "received_on", N_("This day is still to come."));
    if (received_on != INT32_MIN && detected_on > received_on)
        form_problem(form, "detected_on", N_("It cannot be found after the day it was received."));
    if (!work_once(call, "typed", "", once)) {
        char fresh[SENDING_ONCE_TEXT];
        sending_once(fresh);
        form_set(form, "once", fresh);
        form_problem(form, "received_on", N_("This page was too old. Please send it once more."));
    }
    const char *category = form_value(form, "category"), *harm = form_value(form, "harm");
    bool said = strcmp(harm, "yes") == 0 || strcmp(harm, "no") == 0;
    if (typed->kind == CASE_ACCESS && said && codes_has(codes_categories, category) &&
        codes_category_harms(category) != (strcmp(harm, "yes") == 0))
        form_problem(form, "category", N_("Harm and what comes nearest do not fit together."));
}

/* When it came: now, or at noon of the day that was said. */
static int64_t received_s(const struct call *call)
{
    int32_t day = work_today(call);
    calendar_parse_day(form_value(&call->form, "received_on"), &day);
    return day == work_today(call) ? call->now_s : zone_day_begins_s(&call->ledger->zone, day) + NOON_S;
}

static bool take(struct call *call, const struct typed *typed, const struct receipt *receipt, int64_t *id,
                 enum case_taken *taken, struct fault *fault)
{
    struct case_attachment attachments[REQUEST_FILES_MOST];
    CLEANUP(text_clear) struct text reporter;
    text_init(&reporter, REPORTER_MOST);
    json_t *told = typed_told(call, typed);
    struct case_intake intake = {.kind = typed->kind,
                                 .channel = typed->channel,
                                 .language = form_value(&call->form, "language"),
                                 .receipt = receipt,
                                 .reporter = reporter_of(told, &reporter) ? reporter.bytes : NULL,
                                 .told = told,
                                 .attachments = attachments,
                                 .attachments_count = sending_attachments(call, attachments),
                                 .staff = call->session->staff,
                                 .at_s = received_s(call)};
    work_once(call, "typed", "", intake.once);
    bool well = casefile_take(call->ledger, &intake, taken, id, fault);
    json_decref(told);
    return well;
}

static bool show_taken(struct call *call, const struct typed *typed, const struct receipt *receipt,
                       int64_t id, struct fault *fault)
{
    struct casefile file;
    enum case_found found;
    char secret[RECEIPT_TEXT];
    receipt_text(receipt, secret);
    if (!casefile_read(call->ledger, id, &file, &found, fault))
        return false;
    json_object_set_new(call->model, "number", json_integer(id));
    json_object_set_new(call->model, "receipt", json_string(secret));
    json_object_set_new(call->model, "counted", json_boolean(found == CASE_FOUND && file.classed));
    json_object_set_new(call->model, "again", json_string(call->path));
    json_object_set_new(call->model, "channel",
                        json_string(call_say(call, labels_channels[typed->channel].label)));
    return call_show(call, "new_taken", N_("Case taken in"), fault);
}

/* Whether a case that was taken in before tells what this page tells. */
static bool is_same(struct call *call, const struct typed *typed, int64_t id, bool *same, struct fault *fault)
{
    struct casefile file;
    enum case_found found;
    if (!casefile_read(call->ledger, id, &file, &found, fault))
        return false;
    json_t *parts = casefile_told(call->ledger, &file, &call->session->desk, true, fault);
    json_t *told = typed_told(call, typed);
    if (parts != NULL)
        *same = json_equal(json_object_get(json_array_get(parts, 0), "fields"), told);
    json_decref(told);
    json_decref(parts);
    return parts != NULL;
}

bool page_new_take(struct call *call, struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    struct typed typed;
    unsigned char once[32];
    enum case_taken taken;
    int64_t id;
    bool same = true;
    if (!typed_read(call, &typed, fault))
        return false;
    check(call, &typed);
    if (!call->form.well)
        return show(call, &typed, &call->form, fault);
    const char *hex = form_value(&call->form, "once");
    sodium_hex2bin(once, sizeof once, hex, strlen(hex), NULL, NULL, NULL);
    struct receipt receipt = receipt_make(call->ledger, once);
    if (!change_begin(&change, call->ledger, fault) || !take(call, &typed, &receipt, &id, &taken, fault) ||
        (taken == CASE_TAKEN && !typed_class(call, &typed, id, fault)) || !change_commit(&change, fault)) {
        if (!sending_is_full(fault))
            return false;
        change_undo(&change);
        call->reply->status = sending_sorry(call, SENDING_FULL, NULL);
        return show(call, &typed, &call->form, fault);
    }
    if (taken == CASE_KNOWN && !is_same(call, &typed, id, &same, fault))
        return false;
    if (!same) {
        call->reply->status = sending_sorry(call, SENDING_OTHER, &receipt);
        return show(call, &typed, &call->form, fault);
    }
    return show_taken(call, &typed, &receipt, id, fault);
}
