#include "desk/page_case.h"
#include "base/words.h"
#include "cases/history.h"
#include "cases/templates.h"
#include "desk/sending.h"
#include "desk/work.h"
#include <string.h>

enum { TITLE_MOST = 1024, NAME_MOST = 4096, HISTORY_MOST = 200 };

/* What was done just now, said once at the top. */
static const struct field_choice done[] = {
    {"saved", N_("Saved.")},
    {"answered", N_("The answer is kept. The reporter reads it with the receipt.")},
    {"mailed", N_("The answer is kept, and on its way by mail.")},
    {"noted", N_("The note is kept.")},
    {"classed", N_("The classification is saved, and the case is counted.")},
    {"merged", N_("The cases are merged.")},
    {"unmerged", N_("The cases are apart again.")},
    {"linked", N_("The cases are linked.")},
    {"unlinked", N_("The cases are no longer linked.")},
    {"reported",
     N_("This is the report made from the consultation. It is linked with it and counted on its own.")},
    {"taken", N_("The case is taken in.")},
    {"erased", N_("The person is erased. What was counted stays.")},
    {0},
};
const struct field page_case_fields[] = {
    {.name = "done", .kind = FIELD_CHOICE, .choices = done},
    {0},
};

/* Details are words of ours (cases/casefile_change.c): "new > working", "staff 3", "into 12", "none". */
static const char *deed_detail(const struct call *call, const json_t *people, const char *what,
                               const char *detail)
{
    const char *blank = strrchr(detail, ' '), *last = blank == NULL ? detail : blank + 1;
    if (strcmp(last, "none") == 0)
        return "–";
    if (strcmp(last, "nobody") == 0)
        return call_say(call, N_("Nobody"));
    if (strcmp(what, "case.taken") == 0)
        return call_say(call, labels_of(labels_channels, last));
    if (strcmp(what, "case.state") == 0)
        return call_say(call, labels_of(labels_states, last));
    if (strcmp(what, "case.assigned") == 0)
        return work_person(people, strtoll(last, NULL, 10));
    return strcmp(what, "case.classed") == 0 ? "" : last;
}

bool page_case_history(struct call *call, const struct casefile *file, const json_t *people,
                       struct fault *fault)
{
    json_t *entries = history_read(call->ledger, file->id, HISTORY_MOST, fault), *entry;
    if (entries == NULL)
        return false;
    json_t *list = json_array();
    size_t i;
    json_array_foreach(entries, i, entry)
    {
        const char *what = json_string_value(json_object_get(entry, "what"));
        json_int_t staff = json_integer_value(json_object_get(entry, "staff"));
        const char *detail = json_string_value(json_object_get(entry, "detail"));
        json_array_append_new(list,
                              json_pack("{s:o, s:s, s:b, s:s, s:s}", "at",
                                        work_time(call, json_integer_value(json_object_get(entry, "at_s"))),
                                        "who", work_person(people, staff), "reporter", staff < 0, "what",
                                        call_say(call, labels_of(labels_deeds, what)), "detail",
                                        deed_detail(call, people, what, detail)));
    }
    json_object_set_new(call->model, "history", list);
    json_decref(entries);
    return true;
}

/* Of staff's states, and the one it has. */
static json_t *states_model(const struct call *call, enum case_state state)
{
    json_t *list = json_array();
    for (int i = 0; i < CASE_STATES; i++)
        if (i != CASE_WITHDRAWN || state == CASE_WITHDRAWN)
            json_array_append_new(list, json_pack("{s:s, s:s, s:b}", "word", labels_states[i].word, "label",
                                                  call_say(call, labels_states[i].label), "chosen",
                                                  (enum case_state)i == state));
    return list;
}

static bool add_head(struct call *call, const struct casefile *file, struct fault *fault)
{
    CLEANUP(text_clear) struct text title;
    text_init(&title, TITLE_MOST);
    if (!casefile_title(call->ledger, file, &call->session->desk, &title, fault))
        return false;
    json_t *kind = json_pack("{s:b, s:s, s:s}", case_kinds[file->kind], true, "word", case_kinds[file->kind],
                             "label", call_say(call, labels_kinds[file->kind].label));
    json_t *state =
        json_pack("{s:b, s:s, s:s}", case_states[file->state], true, "word", case_states[file->state],
                  "label", call_say(call, labels_states[file->state].label));
    json_t *head = json_pack(
        "{s:I, s:o, s:o, s:s, s:s, s:s, s:o, s:o, s:b, s:b, s:I, s:b}", "number", (json_int_t)file->id,
        "kind", kind, "state", state, "channel", call_say(call, labels_channels[file->channel].label),
        "title", title.length > 0 ? title.bytes : "", "written_in",
        call_say(call, labels_of(labels_languages, file->language)), "received",
        work_time(call, file->received_s), "due", work_due(call, file), "has_receipt", file->has_receipt,
        "is_mine", file->assigned == call->session->staff, "assigned", (json_int_t)file->assigned, "may_join",
        file->erased_s == 0 && file->merged_into == 0);
    if (file->merged_into != 0)
        json_object_set_new(head, "merged_into", json_integer(file->merged_into));
    if (file->linked != 0)
        json_object_set_new(head, "linked", json_integer(file->linked));
    if (file->erased_s != 0)
        json_object_set_new(head, "erased", work_time(call, file->erased_s));
    json_object_set_new(call->model, "case", head);
    return true;
}

static bool add_tools(struct call *call, const struct casefile *file, const json_t *people,
                      struct fault *fault)
{
    char once[SENDING_ONCE_TEXT];
    const char *kept = call->request->method == REQUEST_POST ? form_value(&call->form, "once") : "";
    json_t *templates = templates_list(call->ledger, file->language, fault);
    if (templates == NULL)
        return false;
    sending_once(once);
    json_object_set_new(call->model, "once", json_string(kept[0] == '\0' ? once : kept));
    json_object_set_new(call->model, "has_templates", json_boolean(json_array_size(templates) > 0));
    json_object_set_new(call->model, "templates", templates);
    json_object_set_new(call->model, "states", states_model(call, file->state));
    json_object_set_new(call->model, "thens", page_answer_thens(call));
    json_object_set_new(call->model, "by_mail", json_boolean(file->channel == CASE_MAIL));
    json_object_set_new(call->model, "may_report",
                        json_boolean(file->kind == CASE_CONSULTATION && file->erased_s == 0 &&
                                     file->merged_into == 0 && file->linked == 0));
    json_object_set_new(call->model, "people", work_choose_person(people, file->assigned));
    json_object_set_new(call->model, "may_class",
                        json_boolean(work_may(call, STAFF_ANALYST) && file->erased_s == 0));
    json_object_set_new(call->model, "analyst", json_boolean(work_may(call, STAFF_ANALYST)));
    return true;
}

bool page_case_show(struct call *call, const struct casefile *file, struct fault *fault)
{
    json_t *people = work_people(call, fault);
    bool well = people != NULL && add_head(call, file, fault) && add_tools(call, file, people, fault) &&
                page_case_told(call, file, people, fault) && page_case_counts(call, file, fault) &&
                page_case_history(call, file, people, fault);
    json_decref(people);
    CLEANUP(text_clear) struct text title;
    work_fill(&title, call_say(call, N_("Case {n}")), file->id);
    return well && call_show(call, "case", title.bytes, fault);
}

bool page_case(struct call *call, struct fault *fault)
{
    struct casefile file;
    enum work_found found = WORK_CASE;
    const char *word = form_value(&call->form, "done");
    if (!work_case(call, &file, &found, fault) || found == WORK_ANSWERED)
        return found == WORK_ANSWERED;
    if (word[0] != '\0')
        call->message = labels_of(done, word);
    return page_case_show(call, &file, fault);
}

bool page_case_attachment(struct call *call, struct fault *fault)
{
    struct casefile file;
    enum work_found found = WORK_CASE;
    enum case_found there;
    CLEANUP(text_clear) struct text name, bytes;
    text_init(&name, NAME_MOST);
    text_init(&bytes, REPLY_MOST);
    if (!work_case(call, &file, &found, fault) || found == WORK_ANSWERED)
        return found == WORK_ANSWERED;
    if (!casefile_attachment(call->ledger, &file, &call->session->desk, call->second, &name, &bytes, &there,
                             fault))
        return false;
    if (there == CASE_NONE)
        return call_refuse(call, 404, N_("There is no such attachment in this case."), fault);
    return call_file(call, name.length > 0 ? name.bytes : "attachment", bytes.length > 0 ? bytes.bytes : "",
                     bytes.length);
}
