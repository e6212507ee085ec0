#include "desk/page_queue.h"
#include "base/words.h"
#include "cases/queue.h"
#include "desk/work.h"
#include <string.h>

enum { ROWS_MOST = 30, TITLE_MOST = 1024, COUNT_MOST = 1000 };

/* The open ones together come first: they are what is to be done. */
static const struct field_choice tabs[] = {
    {"open", N_("To do")},
    {"new", N_("New")},
    {"working", N_("Being worked on")},
    {"waiting", N_("Waiting for the reporter")},
    {"answered", N_("Answered")},
    {"closed", N_("Closed")},
    {"rejected", N_("Not accepted")},
    {"withdrawn", N_("Withdrawn by the reporter")},
    {0},
};
static const struct field_choice whose[] = {
    {"", N_("Everybody's")},
    {"mine", N_("Mine")},
    {"nobody", N_("Nobody's")},
    {0},
};
static const struct field_choice any_kind[] = {
    {"", N_("Every kind")},
    {"malware", N_("Virus report")},
    {"access", N_("Report of unauthorised access")},
    {"consultation", N_("Consultation")},
    {0},
};
const struct field page_queue_fields[] = {
    {.name = "state", .kind = FIELD_CHOICE, .label = N_("State"), .choices = tabs},
    {.name = "kind", .kind = FIELD_CHOICE, .label = N_("Kind"), .choices = any_kind},
    {.name = "whose", .kind = FIELD_CHOICE, .label = N_("Whose"), .choices = whose},
    {.name = "overdue", .kind = FIELD_CHECK, .label = N_("Only overdue")},
    {.name = "before", .kind = FIELD_NUMBER, .least_number = 1, .most_number = INT64_MAX},
    {0},
};

static const char *tab_here(const struct call *call)
{
    const char *state = form_value(&call->form, "state");
    return state[0] == '\0' ? "open" : state;
}

static int word_at(const char *const *words, const char *word)
{
    for (int i = 0; words[i] != NULL; i++)
        if (strcmp(words[i], word) == 0)
            return i;
    return -1;
}

static struct case_filter filter_of(const struct call *call)
{
    const char *state = tab_here(call), *mine = form_value(&call->form, "whose");
    return (struct case_filter){
        .kind = word_at(case_kinds, form_value(&call->form, "kind")),
        .state = word_at(case_states, state),
        .open = strcmp(state, "open") == 0,
        .assigned = mine[0] == '\0'             ? -1
                    : strcmp(mine, "mine") == 0 ? call->session->staff
                                                : 0,
        .overdue_on = form_value(&call->form, "overdue")[0] != '\0' ? work_today(call) : 0,
        .before = form_number(&call->form, "before"),
        .most = ROWS_MOST,
    };
}

bool page_queue_tabs(struct call *call, const char *here, struct fault *fault)
{
    unsigned counts[CASE_STATES];
    if (!queue_count(call->ledger, COUNT_MOST, counts, fault))
        return false;
    json_t *list = json_array();
    for (const struct field_choice *tab = tabs; tab->word != NULL; tab++) {
        int state = word_at(case_states, tab->word);
        unsigned open = counts[CASE_NEW] + counts[CASE_WORKING] + counts[CASE_WAITING];
        unsigned count = state < 0 ? open : counts[state];
        bool waits = state < CASE_ANSWERED; /* what is done needs no number */
        json_t *model = json_pack("{s:s, s:s, s:b}", "word", tab->word, "label", call_say(call, tab->label),
                                  "here", here != NULL && strcmp(here, tab->word) == 0);
        if (waits)
            json_object_set_new(model, "count",
                                json_pack("{s:i, s:b}", "number", (int)count, "more", count >= COUNT_MOST));
        json_array_append_new(list, model);
    }
    json_object_set_new(call->model, "tabs", list);
    return true;
}

static json_t *row_model(struct call *call, const struct casefile *file, const json_t *people,
                         struct fault *fault)
{
    CLEANUP(text_clear) struct text title;
    text_init(&title, TITLE_MOST);
    if (!casefile_title(call->ledger, file, &call->session->desk, &title, fault))
        return NULL;
    json_t *kind = json_pack("{s:b, s:s}", case_kinds[file->kind], true, "label",
                             call_say(call, labels_kinds[file->kind].label));
    json_t *state = json_pack("{s:b, s:s}", case_states[file->state], true, "label",
                              call_say(call, labels_states[file->state].label));
    const char *who = work_person(people, file->assigned);
    return json_pack("{s:I, s:o, s:o, s:s, s:s, s:o, s:o, s:s, s:b, s:b, s:b}", "number",
                     (json_int_t)file->id, "kind", kind, "state", state, "channel",
                     call_say(call, labels_channels[file->channel].label), "title",
                     title.length > 0 ? title.bytes : "", "age", work_time(call, file->received_s), "due",
                     work_due(call, file), "who", who, "mine", file->assigned == call->session->staff,
                     "erased", file->erased_s != 0, "merged", file->merged_into != 0);
}

bool page_queue_rows(struct call *call, const struct case_list *list, struct fault *fault)
{
    json_t *people = work_people(call, fault), *rows = json_array();
    bool well = people != NULL;
    for (size_t i = 0; well && i < list->count; i++) {
        json_t *row = row_model(call, &list->files[i], people, fault);
        well = row != NULL;
        json_array_append_new(rows, row);
    }
    json_decref(people);
    json_object_set_new(call->model, "rows", rows);
    json_object_set_new(call->model, "empty", json_boolean(list->count == 0));
    if (list->more)
        json_object_set_new(call->model, "before", json_integer(list->files[list->count - 1].id));
    return well;
}

bool page_queue(struct call *call, struct fault *fault)
{
    CLEANUP(case_list_clear) struct case_list list = {0};
    const struct case_filter filter = filter_of(call);
    const char *kind = form_value(&call->form, "kind"), *mine = form_value(&call->form, "whose");
    if (!casefile_list(call->ledger, &filter, &list, fault) || !page_queue_rows(call, &list, fault) ||
        !page_queue_tabs(call, tab_here(call), fault))
        return false;
    json_t *chosen = json_pack("{s:s, s:s, s:s, s:b, s:b}", "state", tab_here(call), "kind", kind, "whose",
                               mine, "overdue", filter.overdue_on != 0, "any",
                               filter.kind >= 0 || mine[0] != '\0' || filter.overdue_on != 0);
    json_object_set_new(call->model, "chosen", chosen);
    json_object_set_new(call->model, "kinds", work_choose(call, any_kind, kind));
    json_object_set_new(call->model, "whose", work_choose(call, whose, mine));
    json_object_set_new(call->model, "later", json_boolean(filter.before != 0));
    return call_show(call, "queue", N_("Cases"), fault);
}
