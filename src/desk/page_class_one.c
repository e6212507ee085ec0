/* Classifying a report of unauthorised access and a consultation: one record each. */
#include "base/words.h"
#include "cases/change.h"
#include "cases/classing.h"
#include "cases/rsit.h"
#include "desk/labels.h"
#include "desk/page_class.h"
#include "ledger/codes.h"
#include <string.h>

#define RECEIVED_ON                                                                                          \
    {                                                                                                        \
        .name = "received_on", .kind = FIELD_DAY, .label = N_("Day it was received"),                        \
        .hint = N_("It is counted in the month of this day."), .required = true                              \
    }
#define RSIT                                                                                                 \
    {                                                                                                        \
        .name = "rsit", .kind = FIELD_CHOICE, .label = N_("Class of RSIT, for exchange with other desks"),   \
        .choices = labels_rsit                                                                               \
    }

const struct field page_class_access_fields[] = {
    {.name = "harm", .kind = FIELD_CHOICE, .label = N_("Harm"), .required = true, .choices = labels_harm},
    {.name = "category",
     .kind = FIELD_CHOICE,
     .label = N_("Category"),
     .required = true,
     .choices = labels_categories},
    {.name = "cause", .kind = FIELD_CHOICE, .label = N_("Cause"), .choices = labels_causes},
    RECEIVED_ON,
    RSIT,
    {0},
};
const struct field page_class_consultation_fields[] = {
    {.name = "topic", .kind = FIELD_CHOICE, .label = N_("Topic"), .required = true, .choices = labels_topics},
    {.name = "about_access",
     .kind = FIELD_CHOICE,
     .label = N_("Is it about unauthorised access?"),
     .hint = N_("Then it is counted among the consultations about unauthorised access, too."),
     .required = true,
     .choices = labels_about_access},
    RECEIVED_ON,
    RSIT,
    {0},
};

static const char *told_of(const struct class_from *from, const char *name)
{
    const char *value = json_string_value(json_object_get(from->told, name));
    return value == NULL ? "" : value;
}

/* The day, and RSIT as it was said, or what ours suggests. */
static void begin_common(const struct class_from *from, const json_t *classed, const char *suggests,
                         struct form *form)
{
    char day[CALENDAR_DAY_SIZE];
    const char *rsit = json_string_value(json_object_get(from->classed, "rsit"));
    calendar_day_text(day, from->file->received_on);
    const char *said = json_string_value(json_object_get(classed, "received_on"));
    form_set(form, "received_on", said == NULL ? day : said);
    form_set(form, "rsit", rsit != NULL ? rsit : rsit_suggest(suggests));
}

void class_access_begin(const struct class_from *from, struct form *form)
{
    const json_t *classed = json_object_get(from->classed, "access");
    const char *category = told_of(from, "category"), *cause = told_of(from, "cause"),
               *harm = told_of(from, "harm");
    form_blank(form, page_class_access_fields);
    if (classed != NULL) {
        category = json_string_value(json_object_get(classed, "category"));
        cause = json_string_value(json_object_get(classed, "cause"));
        form_set(form, "harm", json_is_true(json_object_get(classed, "harm")) ? "yes" : "no");
    } else if (codes_has(codes_categories, category)) {
        form_set(form, "harm", codes_category_harms(category) ? "yes" : "no");
    } else {
        form_set(form, "harm", strcmp(harm, "unknown") == 0 ? "" : harm);
    }
    form_set(form, "category", codes_has(codes_categories, category) ? category : "");
    form_set(form, "cause", cause);
    begin_common(from, classed, category, form);
}

const char *class_topic(const char *told)
{
    static const struct {
        const char *told, *topic;
    } topics[] = {{"virus", "virus-infection"}, {"access", "unauthorised-access"}, {"phone", "other"}};
    for (size_t i = 0; i < sizeof topics / sizeof topics[0]; i++)
        if (strcmp(topics[i].told, told) == 0)
            return topics[i].topic;
    for (const struct field_choice *topic = labels_topics; topic->word != NULL; topic++)
        if (strcmp(topic->word, told) == 0)
            return topic->word;
    return "";
}

void class_consultation_begin(const struct class_from *from, struct form *form)
{
    const json_t *classed = json_object_get(from->classed, "consultation");
    const char *topic = class_topic(told_of(from, "topic"));
    form_blank(form, page_class_consultation_fields);
    if (classed != NULL) {
        topic = json_string_value(json_object_get(classed, "topic"));
        const char *about = json_is_true(json_object_get(classed, "harm")) ? "harm" : "no-harm";
        form_set(form, "about_access", json_is_true(json_object_get(classed, "access")) ? about : "no");
    } else if (topic[0] != '\0' && strcmp(topic, "unauthorised-access") != 0) {
        form_set(form, "about_access", "no");
    }
    form_set(form, "topic", topic);
    begin_common(from, classed, topic, form);
}

static bool is(const struct form *form, const char *name, const char *word)
{
    return strcmp(form_value(form, name), word) == 0;
}

bool class_access_read(struct form *form, struct classed_access *classed)
{
    *classed = (struct classed_access){.harm = is(form, "harm", "yes"),
                                       .category = form_value(form, "category"),
                                       .cause = form_value(form, "cause")};
    if (!form->well || !calendar_parse_day(form_value(form, "received_on"), &classed->received_on))
        return false;
    if (classed->harm && !codes_category_harms(classed->category))
        form_problem(form, "category",
                     N_("This category is without harm. Please choose another, or no harm."));
    if (!classed->harm && codes_category_harms(classed->category))
        form_problem(form, "category", N_("This category is with harm. Please choose another, or harm."));
    return form->well;
}

bool class_consultation_read(struct form *form, struct classed_consultation *classed)
{
    *classed = (struct classed_consultation){.topic = form_value(form, "topic"),
                                             .access = !is(form, "about_access", "no"),
                                             .harm = is(form, "about_access", "harm")};
    return form->well && calendar_parse_day(form_value(form, "received_on"), &classed->received_on);
}

bool page_class_access(struct call *call, struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    struct casefile file;
    struct classed_access classed;
    enum class_found found = CLASS_CASE;
    if (!change_begin(&change, call->ledger, fault) || !class_case(call, CASE_ACCESS, &file, &found, fault) ||
        found == CLASS_ANSWERED)
        return found == CLASS_ANSWERED;
    if (!class_access_read(&call->form, &classed))
        return class_show(call, &file, &call->form, fault);
    return classing_access(call->ledger, file.id, &classed, form_value(&call->form, "rsit"),
                           call->session->staff, fault) &&
           change_commit(&change, fault) &&
           call_go(call, "/staff/case/%lld?done=classed", (long long)file.id);
}

bool page_class_consultation(struct call *call, struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    struct casefile file;
    struct classed_consultation classed;
    enum class_found found = CLASS_CASE;
    if (!change_begin(&change, call->ledger, fault) ||
        !class_case(call, CASE_CONSULTATION, &file, &found, fault) || found == CLASS_ANSWERED)
        return found == CLASS_ANSWERED;
    if (!class_consultation_read(&call->form, &classed))
        return class_show(call, &file, &call->form, fault);
    classed.channel = classing_channel(file.channel);
    return classing_consultation(call->ledger, file.id, &classed, form_value(&call->form, "rsit"),
                                 call->session->staff, fault) &&
           change_commit(&change, fault) &&
           call_go(call, "/staff/case/%lld?done=classed", (long long)file.id);
}
