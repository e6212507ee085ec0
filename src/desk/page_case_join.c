/* Cases that belong together: the same told twice is merged, and can be parted again; a consultation that is
 * also a report is linked with the report made from it, and each is counted on its own. */
#include "base/words.h"
#include "cases/change.h"
#include "cases/counted.h"
#include "cases/reporter.h"
#include "desk/page_case.h"
#include "desk/work.h"
#include <string.h>

static const struct field_choice reports[] = {
    {"malware", N_("Virus report")},
    {"access", N_("Report of unauthorised access")},
    {0},
};
#define OTHER_CASE                                                                                           \
    {                                                                                                        \
        .name = "case", .kind = FIELD_NUMBER, .label = N_("Number of the other case"),                       \
        .most_number = INT64_MAX                                                                             \
    }
const struct field page_case_merge_fields[] = {OTHER_CASE, {0}};
const struct field page_case_link_fields[] = {OTHER_CASE, {0}};
const struct field page_case_report_fields[] = {
    {.name = "kind", .kind = FIELD_CHOICE, .label = N_("Kind"), .required = true, .choices = reports},
    {0},
};

/* The case of the path, in a change that is begun; *found is WORK_ANSWERED where the page has answered. */
static bool begin(struct call *call, struct change *change, struct casefile *file, enum work_found *found,
                  struct fault *fault)
{
    return change_begin(change, call->ledger, fault) && work_case(call, file, found, fault);
}

static bool refuse(struct call *call, const struct casefile *file, const char *name, const char *why,
                   struct fault *fault)
{
    form_problem(&call->form, name, why);
    call_form(call, &call->form);
    return page_case_show(call, file, fault);
}

static bool finish(struct call *call, struct change *change, const char *done, struct fault *fault)
{
    return change_commit(change, fault) &&
           call_go(call, "/staff/case/%lld?done=%s", (long long)call->number, done);
}

/* Why two cases cannot be merged; NULL: they can. */
static const char *against_merge(const struct casefile *file, const struct casefile *into)
{
    if (into->id == file->id)
        return N_("This is the same case.");
    if (into->kind != file->kind)
        return N_("Only cases of the same kind can be merged. You can link them instead.");
    if (into->merged_into != 0)
        return N_("That case is merged into another itself. Please give the number of that one.");
    if (file->merged_into != 0)
        return N_("This case is merged already.");
    return NULL;
}

bool page_case_merge(struct call *call, struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    struct casefile file, into = {0};
    enum work_found found = WORK_CASE;
    enum case_found there;
    int64_t number = form_number(&call->form, "case");
    if (!begin(call, &change, &file, &found, fault) || found == WORK_ANSWERED)
        return found == WORK_ANSWERED;
    if (!casefile_read(call->ledger, number, &into, &there, fault))
        return false;
    const char *why =
        there == CASE_NONE ? N_("There is no case of this number.") : against_merge(&file, &into);
    if (why != NULL)
        return refuse(call, &file, "case", why, fault);
    return casefile_merge(call->ledger, file.id, number, call->session->staff, fault) &&
           finish(call, &change, "merged", fault);
}

bool page_case_unmerge(struct call *call, struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    struct casefile file;
    enum work_found found = WORK_CASE;
    bool fits;
    if (!begin(call, &change, &file, &found, fault) || found == WORK_ANSWERED)
        return found == WORK_ANSWERED;
    if (!counted_fits(call->ledger, file.id, &fits, fault))
        return false;
    if (!fits)
        return call_refuse(
            call, 409,
            N_("As it is classified it cannot be counted: the same reporter's report of that day and "
               "name counts as the other kind. Please change one of the two classifications first."),
            fault);
    return (file.merged_into == 0 || casefile_unmerge(call->ledger, file.id, call->session->staff, fault)) &&
           finish(call, &change, "unmerged", fault);
}

bool page_case_link(struct call *call, struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    struct casefile file, to = {0};
    enum work_found found = WORK_CASE;
    enum case_found there = CASE_FOUND;
    int64_t number = form_number(&call->form, "case");
    if (!begin(call, &change, &file, &found, fault) || found == WORK_ANSWERED)
        return found == WORK_ANSWERED;
    if (number != 0 && !casefile_read(call->ledger, number, &to, &there, fault))
        return false;
    if (there == CASE_NONE || form_value(&call->form, "case")[0] == '\0')
        return refuse(call, &file, "case", N_("There is no case of this number."), fault);
    if (number == file.id)
        return refuse(call, &file, "case", N_("This is the same case."), fault);
    return casefile_link(call->ledger, file.id, number, call->session->staff, fault) &&
           finish(call, &change, number == 0 ? "unlinked" : "linked", fault);
}

/* What a consultation told, as a report of `kind` tells it: the fields have the same names where they mean
 * the same; the rest stays in the consultation. */
static json_t *told_again(const json_t *told, enum case_kind kind)
{
    static const char *const same[] = {"reporter_class", "prefecture", "organisation", "name", "email",
                                       "phone",          "fax",        "system",       NULL};
    static const struct {
        const char *from, *to[CASE_KINDS];
    } texts[] = {{"what", {"symptoms", "what", NULL}},
                 {"text", {"symptoms", "what", NULL}},
                 {"happened_on", {"detected_on", "detected_on", NULL}},
                 {"done", {"measures", "measures", NULL}}};
    json_t *again = json_object();
    for (const char *const *name = same; *name != NULL; name++)
        json_object_set(again, *name, json_object_get(told, *name));
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        json_object_set(again, texts[i].to[kind], json_object_get(told, texts[i].from));
    return again;
}

static bool take_report(struct call *call, const struct casefile *file, enum case_kind kind, int64_t *id,
                        struct fault *fault)
{
    CLEANUP(text_clear) struct text reporter, name;
    text_init(&reporter, 4096);
    text_init(&name, 64);
    json_t *parts = casefile_told(call->ledger, file, &call->session->desk, true, fault);
    if (parts == NULL)
        return false;
    json_t *told = told_again(json_object_get(json_array_get(parts, 0), "fields"), kind);
    struct case_intake intake = {.kind = kind,
                                 .channel = file->channel,
                                 .language = file->language,
                                 .reporter = reporter_of(told, &reporter) ? reporter.bytes : NULL,
                                 .told = told,
                                 .staff = call->session->staff,
                                 .at_s = file->received_s};
    enum case_taken taken;
    text_addf(&name, "report %lld %s", (long long)file->id, case_kinds[kind]);
    casefile_once(call->ledger, name.bytes, name.length, intake.once);
    bool well = casefile_take(call->ledger, &intake, &taken, id, fault);
    json_decref(parts);
    json_decref(told);
    return well;
}

bool page_case_report(struct call *call, struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    struct casefile file;
    enum work_found found = WORK_CASE;
    int64_t id;
    if (!begin(call, &change, &file, &found, fault) || found == WORK_ANSWERED)
        return found == WORK_ANSWERED;
    if (file.kind != CASE_CONSULTATION || file.erased_s != 0)
        return call_refuse(call, 409, N_("Only a consultation whose text is still there becomes a report."),
                           fault);
    if (!call->form.well)
        return refuse(call, &file, "kind", N_("Please choose one."), fault);
    bool malware = strcmp(form_value(&call->form, "kind"), "malware") == 0;
    return take_report(call, &file, malware ? CASE_MALWARE : CASE_ACCESS, &id, fault) &&
           casefile_link(call->ledger, file.id, id, call->session->staff, fault) &&
           change_commit(&change, fault) && call_go(call, "/staff/case/%lld?done=reported", (long long)id);
}
