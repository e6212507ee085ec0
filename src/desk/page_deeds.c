#include "desk/page_deeds.h"
#include "base/text.h"
#include "base/words.h"
#include "cases/history.h"
#include "desk/labels.h"
#include "desk/page_people.h"
#include "desk/work.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_MOST = 50, GROUP = 8, DETAIL_MOST = 4096 };

const struct field page_deeds_fields[] = {
    {.name = "case", .kind = FIELD_NUMBER, .label = N_("Case"), .most_number = INT64_MAX},
    {.name = "person", .kind = FIELD_NUMBER, .label = N_("Person"), .most_number = INT64_MAX},
    {.name = "before", .kind = FIELD_NUMBER, .most_number = INT64_MAX},
    {0},
};

/* "3 intake,analyst" of the staff's own deeds begins with whom it is about. */
static json_t *whom(const json_t *people, const char *what, const char *detail)
{
    bool about = strncmp(what, "staff.", strlen("staff.")) == 0 && detail[0] != '\0';
    about = about || strcmp(what, "case.assigned") == 0;
    return json_string(about ? work_person(people, strtoll(detail, NULL, 10)) : "");
}

static void add_detail(const struct call *call, const char *what, const char *detail, struct text *out)
{
    const char *rights = detail + strcspn(detail, " ");
    if (strcmp(what, "case.taken") == 0)
        text_add_string(out, call_say(call, labels_of(labels_channels, detail)));
    else if (strcmp(what, "case.state") == 0)
        text_add_string(out, call_say(call, labels_of(labels_states, detail)));
    else if (strncmp(what, "staff.", strlen("staff.")) == 0)
        page_people_rights_text(call, rights + (*rights == ' '), out);
    else if (strcmp(what, "case.assigned") != 0 && strcmp(what, "case.classed") != 0)
        text_add_tame(out, detail);
}

static json_t *row_model(const struct call *call, const json_t *people, const json_t *entry)
{
    json_int_t staff = json_integer_value(json_object_get(entry, "staff"));
    json_int_t casefile = json_integer_value(json_object_get(entry, "casefile"));
    const char *what = json_string_value(json_object_get(entry, "what"));
    const char *detail = json_string_value(json_object_get(entry, "detail"));
    CLEANUP(text_clear) struct text words;
    text_init(&words, DETAIL_MOST);
    add_detail(call, what, detail, &words);
    json_t *model = json_pack("{s:o, s:o, s:s, s:b, s:b, s:s, s:o, s:s}", "number",
                              json_incref(json_object_get(entry, "id")), "at",
                              work_time(call, json_integer_value(json_object_get(entry, "at_s"))), "who",
                              staff > 0 ? work_person(people, staff) : "", "by_reporter", staff < 0,
                              "by_desk", staff == 0, "what", call_say(call, labels_of(labels_deeds, what)),
                              "whom", whom(people, what, detail), "detail", words.bytes);
    if (casefile != 0)
        json_object_set_new(model, "casefile", json_integer(casefile));
    return model;
}

static json_t *groups_of(const char *head)
{
    json_t *groups = json_array();
    for (; *head != '\0'; head += strnlen(head, GROUP))
        json_array_append_new(groups, json_stringn(head, strnlen(head, GROUP)));
    return groups;
}

static bool add_head(struct call *call, struct fault *fault)
{
    int64_t entries;
    char head[HISTORY_HEAD];
    if (!history_head(call->ledger, &entries, head, fault))
        return false;
    json_object_set_new(call->model, "entries", json_integer(entries));
    json_object_set_new(call->model, "head", json_string(head));
    json_object_set_new(call->model, "head_groups", groups_of(head));
    return true;
}

static bool add_rows(struct call *call, const struct history_filter *filter, const json_t *people,
                     struct fault *fault)
{
    json_t *entries = history_list(call->ledger, filter, fault), *entry, *rows = json_array();
    size_t i, count = json_array_size(entries);
    bool more = count == filter->most;
    json_array_foreach(entries, i, entry)
    {
        json_array_append_new(rows, row_model(call, people, entry));
        if (more && i + 1 == count)
            json_object_set(call->model, "before", json_object_get(entry, "id"));
    }
    json_object_set_new(call->model, "rows", rows);
    json_object_set_new(call->model, "empty", json_boolean(count == 0));
    json_decref(entries);
    return entries != NULL;
}

bool page_deeds(struct call *call, struct fault *fault)
{
    const struct history_filter filter = {.casefile = form_number(&call->form, "case"),
                                          .staff = form_number(&call->form, "person"),
                                          .before = form_number(&call->form, "before"),
                                          .most = ROWS_MOST};
    json_t *people = work_people(call, fault);
    bool well = people != NULL && add_head(call, fault) && add_rows(call, &filter, people, fault);
    if (well) {
        json_t *chosen = json_array(), *person;
        size_t i;
        json_array_foreach(people, i, person)
        {
            json_t *id = json_object_get(person, "id");
            json_array_append_new(chosen, json_pack("{s:O, s:O, s:b}", "word", id, "label",
                                                    json_object_get(person, "shown"), "chosen",
                                                    json_integer_value(id) == filter.staff));
        }
        json_object_set_new(call->model, "persons", chosen);
        json_object_set_new(call->model, "case", json_string(form_value(&call->form, "case")));
        json_object_set_new(call->model, "person", json_string(form_value(&call->form, "person")));
        json_object_set_new(call->model, "chosen", json_boolean(filter.casefile != 0 || filter.staff != 0));
    }
    json_decref(people);
    return well && call_show(call, "deeds", N_("Record of deeds"), fault);
}
