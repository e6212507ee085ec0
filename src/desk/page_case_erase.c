/* Erasing a person: what is sealed of the case goes, what was counted stays. It is asked once more. */
#include "base/words.h"
#include "cases/change.h"
#include "desk/page_case.h"
#include "desk/work.h"

const struct field page_case_erase_fields[] = {
    {.name = "sure",
     .kind = FIELD_CHECK,
     .label = N_("Yes, erase what is sealed in this case"),
     .required = true},
    {0},
};

static bool ask(struct call *call, const struct casefile *file, const struct form *form, struct fault *fault)
{
    json_object_set_new(call->model, "number", json_integer(file->id));
    json_object_set_new(call->model, "gone", json_boolean(file->erased_s != 0));
    call_form(call, form);
    return page_case_counts(call, file, fault) &&
           call_show(call, "case_erase", N_("Erase the person"), fault);
}

bool page_case_erasing(struct call *call, struct fault *fault)
{
    CLEANUP(form_clear) struct form blank = {0};
    struct casefile file;
    enum work_found found = WORK_CASE;
    if (!work_case(call, &file, &found, fault) || found == WORK_ANSWERED)
        return found == WORK_ANSWERED;
    form_blank(&blank, page_case_erase_fields);
    return ask(call, &file, &blank, fault);
}

bool page_case_erase(struct call *call, struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    struct casefile file;
    enum work_found found = WORK_CASE;
    if (!change_begin(&change, call->ledger, fault) || !work_case(call, &file, &found, fault) ||
        found == WORK_ANSWERED)
        return found == WORK_ANSWERED;
    if (!call->form.well)
        return ask(call, &file, &call->form, fault);
    return casefile_erase(call->ledger, file.id, call->session->staff, fault) &&
           change_commit(&change, fault) && call_go(call, "/staff/case/%lld?done=erased", (long long)file.id);
}
