/* Where a case stands, whose it is, and until when. Only what was changed on the page is changed in the case:
 * who saves an old page does not undo what another did meanwhile. */
#include "base/words.h"
#include "cases/change.h"
#include "cases/counted.h"
#include "desk/page_case.h"
#include "desk/work.h"
#include <string.h>

const struct field page_case_work_fields[] = {
    {.name = "state", .kind = FIELD_CHOICE, .label = N_("State"), .choices = labels_states},
    {.name = "state_was", .kind = FIELD_HIDDEN, .most = 32},
    {.name = "person", .kind = FIELD_NUMBER, .label = N_("Whose"), .most_number = INT64_MAX},
    {.name = "person_was", .kind = FIELD_HIDDEN, .most = 32},
    {.name = "due", .kind = FIELD_DAY, .label = N_("Due")},
    {.name = "due_was", .kind = FIELD_HIDDEN, .most = 32},
    {.name = "press", .kind = FIELD_HIDDEN, .most = 16},
    {0},
};

static bool is_new(const struct call *call, const char *name, const char *was)
{
    return strcmp(form_value(&call->form, name), form_value(&call->form, was)) != 0;
}

static bool set_state(struct call *call, const struct casefile *file, const char *word, struct fault *fault)
{
    enum case_state state = CASE_NEW;
    while (state < CASE_STATES && strcmp(case_states[state], word) != 0)
        state++;
    /* only the reporter withdraws */
    if (state == CASE_STATES || state == file->state || state == CASE_WITHDRAWN)
        return true;
    return casefile_set_state(call->ledger, file->id, state, call->session->staff, fault);
}

static bool set_person(struct call *call, const struct casefile *file, int64_t person, struct fault *fault)
{
    return person == file->assigned ||
           casefile_assign(call->ledger, file->id, person, call->session->staff, fault);
}

/* One press: it is mine now, and no longer new. */
static bool take(struct call *call, const struct casefile *file, struct fault *fault)
{
    return set_person(call, file, call->session->staff, fault) &&
           (file->state != CASE_NEW || set_state(call, file, case_states[CASE_WORKING], fault));
}

static bool set_due(struct call *call, const struct casefile *file, struct fault *fault)
{
    int32_t day = INT32_MIN;
    calendar_parse_day(form_value(&call->form, "due"), &day); /* "" is none */
    return day == file->due_on || casefile_set_due(call->ledger, file->id, day, call->session->staff, fault);
}

static bool save(struct call *call, const struct casefile *file, struct fault *fault)
{
    if (strcmp(form_value(&call->form, "press"), "take") == 0)
        return take(call, file, fault);
    if (is_new(call, "state", "state_was") && !set_state(call, file, form_value(&call->form, "state"), fault))
        return false;
    if (is_new(call, "person", "person_was") &&
        !set_person(call, file, form_number(&call->form, "person"), fault))
        return false;
    return !is_new(call, "due", "due_was") || set_due(call, file, fault);
}

/* Somebody who works here, or nobody. */
static bool check_person(struct call *call, struct fault *fault)
{
    int64_t person = form_number(&call->form, "person");
    json_t *people = work_people(call, fault);
    if (people == NULL)
        return false;
    if (person != 0 && work_person(people, person)[0] == '\0')
        form_problem(&call->form, "person", N_("Nobody of this number works here."));
    json_decref(people);
    return true;
}

/* A case that did not count may count again, unless another says otherwise meanwhile. */
static bool check_count(struct call *call, const struct casefile *file, struct fault *fault)
{
    bool fits = true, idle = file->state == CASE_REJECTED || file->state == CASE_WITHDRAWN;
    if (idle && is_new(call, "state", "state_was") && !counted_fits(call->ledger, file->id, &fits, fault))
        return false;
    if (!fits)
        form_problem(
            &call->form, "state",
            N_("As it is classified it cannot be counted: the same reporter's report of that day and "
               "name counts as the other kind. Please change one of the two classifications first."));
    return true;
}

bool page_case_work(struct call *call, struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    struct casefile file;
    enum work_found found = WORK_CASE;
    if (!change_begin(&change, call->ledger, fault) || !work_case(call, &file, &found, fault) ||
        found == WORK_ANSWERED)
        return found == WORK_ANSWERED;
    if (!check_person(call, fault) || !check_count(call, &file, fault))
        return false;
    if (!call->form.well) {
        call_form(call, &call->form);
        return page_case_show(call, &file, fault);
    }
    return save(call, &file, fault) && change_commit(&change, fault) &&
           call_go(call, "/staff/case/%lld?done=saved", (long long)file.id);
}
