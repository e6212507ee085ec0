/* How a case is classified, and what it counts as: read from the records, so that it is what the bulletin
 * will say. */
#include "base/words.h"
#include "cases/classing.h"
#include "cases/counted.h"
#include "desk/page_case.h"
#include "desk/work.h"
#include <string.h>

static json_t *number_model(json_int_t number)
{
    return json_pack("{s:I, s:b}", "number", number, "one", number == 1);
}

static json_t *malware_model(const struct call *call, const json_t *months)
{
    json_t *list = json_array(), *month;
    size_t i;
    json_array_foreach(months, i, month)
    {
        const char *kind = json_string_value(json_object_get(month, "kind"));
        bool virus = kind != NULL && strcmp(kind, "virus") == 0;
        json_int_t shared = json_integer_value(json_object_get(month, "shared"));
        json_t *model = json_pack(
            "{s:o, s:b, s:o, s:o, s:b}", "month",
            work_month(call, (int32_t)json_integer_value(json_object_get(month, "month"))), "virus", virus,
            "reports", number_model(json_integer_value(json_object_get(month, "reports"))), "detections",
            number_model(json_integer_value(json_object_get(month, "detections"))), "shared", false);
        if (shared > 0)
            json_object_set_new(model, "shared", json_integer(shared));
        json_array_append_new(list, model);
    }
    return list;
}

static json_t *one_model(const struct call *call, const json_t *counted)
{
    json_t *model = json_deep_copy(counted);
    json_object_set_new(model, "month",
                        work_month(call, (int32_t)json_integer_value(json_object_get(counted, "month"))));
    return model;
}

static json_t *counts_model(const struct call *call, const struct casefile *file, const json_t *counted)
{
    const json_t *malware = json_object_get(counted, "malware"), *access = json_object_get(counted, "access"),
                 *consultation = json_object_get(counted, "consultation");
    /* what is not said is false: a template would else look for it further out */
    json_t *model =
        json_pack("{s:b, s:b, s:b, s:b, s:b, s:b, s:b, s:b, s:b}", "nothing", json_object_size(counted) == 0,
                  "malware", false, "access", false, "consultation", false, "unclassed", false, "merged",
                  false, "rejected", false, "withdrawn", false, "other", false);
    if (malware != NULL)
        json_object_set_new(model, "malware", malware_model(call, malware));
    if (access != NULL)
        json_object_set_new(model, "access", one_model(call, access));
    if (consultation != NULL)
        json_object_set_new(model, "consultation", one_model(call, consultation));
    const char *why = !file->classed                  ? "unclassed"
                      : file->merged_into != 0        ? "merged"
                      : file->state == CASE_REJECTED  ? "rejected"
                      : file->state == CASE_WITHDRAWN ? "withdrawn"
                                                      : "other";
    json_object_set_new(model, why, json_true());
    return model;
}

/* The classification in words; a line of malware stays as it was typed. */
static json_t *class_model(const struct call *call, json_t *classed)
{
    static const struct {
        const char *name;
        const struct field_choice *choices;
    } words[] = {{"category", labels_categories},
                 {"cause", labels_causes},
                 {"topic", labels_topics},
                 {"kind", labels_malware},
                 {"route", labels_routes}};
    json_t *model = json_deep_copy(classed);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        const char *word = json_string_value(json_object_get(classed, words[i].name));
        if (word != NULL)
            json_object_set_new(model, words[i].name,
                                json_string(call_say(call, labels_of(words[i].choices, word))));
    }
    return model;
}

static void add_class(const struct call *call, const json_t *classed)
{
    json_t *lines = json_object_get(classed, "malware"), *line;
    json_t *model = json_pack("{s:b, s:b, s:b, s:b}", "malware", false, "access", false, "consultation",
                              false, "rsit", false);
    size_t i;
    if (lines != NULL) {
        json_t *list = json_array();
        json_array_foreach(lines, i, line) json_array_append_new(list, class_model(call, line));
        json_object_set_new(model, "malware", list);
    }
    for (const char *const *name = (const char *const[]){"access", "consultation", NULL}; *name != NULL;
         name++)
        if (json_object_get(classed, *name) != NULL)
            json_object_set_new(model, *name, class_model(call, json_object_get(classed, *name)));
    const char *rsit = json_string_value(json_object_get(classed, "rsit"));
    if (rsit != NULL && rsit[0] != '\0')
        json_object_set_new(
            model, "rsit",
            json_pack("{s:s, s:s}", "word", rsit, "label", call_say(call, labels_of(labels_rsit, rsit))));
    json_object_set_new(call->model, "class", model);
}

bool page_case_counts(struct call *call, const struct casefile *file, struct fault *fault)
{
    json_t *classed = classing_read(call->ledger, file->id, fault);
    json_t *counted = classed == NULL ? NULL : counted_read(call->ledger, file->id, fault);
    if (counted != NULL) {
        add_class(call, classed);
        json_object_set_new(call->model, "counts", counts_model(call, file, counted));
    }
    json_decref(classed);
    json_decref(counted);
    return counted != NULL;
}
