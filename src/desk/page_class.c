#include "desk/page_class.h"
#include "base/words.h"
#include "cases/classing.h"
#include "desk/page_case.h"
#include "desk/work.h"

bool class_case(struct call *call, enum case_kind kind, struct casefile *file, enum class_found *found,
                struct fault *fault)
{
    enum work_found there = WORK_CASE;
    if (!work_case(call, file, &there, fault))
        return false;
    bool fits = there == WORK_CASE && file->kind == kind;
    if (there == WORK_CASE && !fits &&
        !call_refuse(call, 404, N_("A case of another kind has this number."), fault))
        return false;
    *found = fits ? CLASS_CASE : CLASS_ANSWERED;
    return true;
}

bool class_show(struct call *call, const struct casefile *file, const struct form *form, struct fault *fault)
{
    json_t *people = work_people(call, fault);
    bool well = people != NULL && page_case_told(call, file, people, fault) &&
                page_case_counts(call, file, fault) &&
                (file->kind != CASE_MALWARE || class_malware_model(call, form, fault));
    json_decref(people);
    json_object_set_new(call->model, "number", json_integer(file->id));
    json_object_set_new(call->model, "case", json_pack("{s:I}", "number", (json_int_t)file->id));
    json_object_set_new(call->model, "kind", json_string(case_kinds[file->kind]));
    call_form(call, form);
    CLEANUP(text_clear) struct text title;
    work_fill(&title, call_say(call, N_("Classify case {n}")), file->id);
    return well && call_show(call, "class", title.bytes, fault);
}

static bool begin(struct call *call, const struct class_from *from, struct form *form, struct fault *fault)
{
    switch (from->file->kind) {
    case CASE_MALWARE:
        return class_malware_begin(call, from, form, fault);
    case CASE_ACCESS:
        class_access_begin(from, form);
        return true;
    case CASE_CONSULTATION:
    case CASE_KINDS:
        break;
    }
    class_consultation_begin(from, form);
    return true;
}

bool page_class(struct call *call, struct fault *fault)
{
    CLEANUP(form_clear) struct form form = {0};
    struct casefile file;
    enum work_found found = WORK_CASE;
    if (!work_case(call, &file, &found, fault) || found == WORK_ANSWERED)
        return found == WORK_ANSWERED;
    json_t *told = casefile_told(call->ledger, &file, &call->session->desk, true, fault);
    json_t *classed = told == NULL ? NULL : classing_read(call->ledger, file.id, fault);
    const struct class_from from = {&file, classed, json_object_get(json_array_get(told, 0), "fields")};
    bool well = classed != NULL && begin(call, &from, &form, fault);
    json_decref(told);
    json_decref(classed);
    return well && class_show(call, &file, &form, fault);
}
