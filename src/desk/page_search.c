/* The search over what was told. What was told since the last search is indexed first, a part at a time, so
 * that whoever searches never waits long; how much is still to come is said on the page. */
#include "base/words.h"
#include "cases/search.h"
#include "desk/page_queue.h"
#include "desk/work.h"

enum { INDEX_MOST = 500, FOUND_MOST = 30 };

const struct field page_search_fields[] = {
    {.name = "words", .kind = FIELD_LINE, .label = N_("Words"), .required = true, .most = 200},
    {.name = "before", .kind = FIELD_NUMBER, .least_number = 1, .most_number = INT64_MAX},
    {0},
};

static bool find(struct call *call, const char *words, struct fault *fault)
{
    const struct seal_pair *desk = &call->session->desk;
    const struct case_filter all = {.kind = -1,
                                    .state = -1,
                                    .assigned = -1,
                                    .before = form_number(&call->form, "before"),
                                    .most = FOUND_MOST};
    CLEANUP(case_list_clear) struct case_list list = {0};
    uint64_t left;
    if (!search_index(call->ledger, desk, INDEX_MOST, &left, fault) ||
        !search_find(call->ledger, desk, words, &all, &list, fault) || !page_queue_rows(call, &list, fault))
        return false;
    if (left > 0)
        json_object_set_new(call->model, "left", json_integer((json_int_t)left));
    json_object_set_new(call->model, "later", json_boolean(all.before != 0));
    return true;
}

bool page_search(struct call *call, struct fault *fault)
{
    const char *words = form_value(&call->form, "words");
    json_object_set_new(call->model, "words", json_string(words));
    if ((call->form.well && !find(call, words, fault)) || !page_queue_tabs(call, NULL, fault))
        return false;
    call_form(call, &call->form);
    return call_show(call, "search", N_("Search"), fault);
}
