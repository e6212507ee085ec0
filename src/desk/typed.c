#include "desk/typed.h"
#include "cases/classing.h"
#include "cases/counted.h"
#include "desk/page_class.h"
#include "desk/work.h"
#include "ledger/codes.h"
#include <string.h>

static int word_in(const char *const *words, const char *at, size_t length)
{
    for (int i = 0; words[i] != NULL; i++)
        if (strlen(words[i]) == length && strncmp(words[i], at, length) == 0)
            return i;
    return -1;
}

bool typed_read(const struct call *call, struct typed *typed, struct fault *fault)
{
    static const struct field *const fields[CASE_KINDS] = {forms_malware_typed, forms_access_typed,
                                                           forms_consultation_typed};
    static const char before[] = "/staff/new/";
    const char *at = call->path + sizeof before - 1;
    size_t length = strcspn(at, "/");
    int kind = word_in(case_kinds, at, length), channel = -1;
    if (at[length] == '/')
        channel = word_in(case_channels, at + length + 1, strlen(at + length + 1));
    if (kind < 0 || channel < 0)
        return fault_set(fault, "the page '%s' names no kind and way", call->path);
    *typed = (struct typed){(enum case_kind)kind, (enum case_channel)channel, forms_of((enum case_kind)kind),
                            fields[kind]};
    return true;
}

json_t *typed_told(const struct call *call, const struct typed *typed)
{
    json_t *told = json_object();
    for (const struct field *field = typed->forms->all; field->name != NULL; field++) {
        const char *value = form_value(&call->form, field->name);
        if (field->kind != FIELD_FILES && value[0] != '\0')
            json_object_set_new(told, field->name, json_string(value));
    }
    return told;
}

static bool class_access(struct call *call, int64_t id, int32_t day, struct fault *fault)
{
    const char *category = form_value(&call->form, "category"), *cause = form_value(&call->form, "cause");
    const struct classed_access classed = {day, codes_category_harms(category), category, cause};
    return !codes_has(codes_categories, category) ||
           classing_access(call->ledger, id, &classed, NULL, call->session->staff, fault);
}

static bool class_malware(struct call *call, int64_t id, int32_t day, struct fault *fault)
{
    const struct form *form = &call->form;
    int64_t detections = form_number(form, "detections");
    struct classed_malware line = {.accepted_on = day,
                                   .name = form_value(form, "virus_name"),
                                   .kind = form_value(form, "class_kind"),
                                   .route = form_value(form, "route"),
                                   .detections = detections > 0 ? detections : 1};
    if (line.name[0] == '\0' || line.kind[0] == '\0' ||
        !calendar_parse_day(form_value(form, "detected_on"), &line.detected_on))
        return true;
    size_t against; /* whoever works on it decides what it is then */
    return counted_against(call->ledger, id, &line, 1, &against, fault) &&
           (against == 0 || classing_malware(call->ledger, id, &line, 1, NULL, call->session->staff, fault));
}

static bool class_consultation(struct call *call, const struct typed *typed, int64_t id, int32_t day,
                               struct fault *fault)
{
    const char *topic = class_topic(form_value(&call->form, "topic"));
    const char *about = form_value(&call->form, "about_access");
    const struct classed_consultation classed = {.received_on = day,
                                                 .channel = classing_channel(typed->channel),
                                                 .topic = topic,
                                                 .access = strcmp(about, "no") != 0,
                                                 .harm = strcmp(about, "harm") == 0};
    return topic[0] == '\0' || about[0] == '\0' ||
           classing_consultation(call->ledger, id, &classed, NULL, call->session->staff, fault);
}

bool typed_class(struct call *call, const struct typed *typed, int64_t id, struct fault *fault)
{
    int32_t day = work_today(call);
    calendar_parse_day(form_value(&call->form, "received_on"), &day);
    if (typed->kind == CASE_MALWARE)
        return class_malware(call, id, day, fault);
    if (typed->kind == CASE_ACCESS)
        return class_access(call, id, day, fault);
    return class_consultation(call, typed, id, day, fault);
}
