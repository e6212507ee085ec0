#include "desk/page_inspect.h"
#include "base/words.h"
#include "cases/deeds.h"
#include "cases/state.h"
#include "desk/inspect.h"
#include <string.h>

enum { SEEN_MOST = 1024 };

static const char *const results[INSPECT_RESULTS] = {
    [INSPECT_WELL] = N_("Well"), [INSPECT_ATTENTION] = N_("Attention"), [INSPECT_UNKNOWN] = N_("Not known")};

static json_t *seen_model(const struct call *call, const struct inspect_line *line)
{
    CLEANUP(text_clear) struct text text;
    text_init(&text, SEEN_MOST);
    const char *message = line->seen[0] == '\0' ? "" : call_say(call, line->seen),
               *place = strstr(message, "{}");
    if (place == NULL)
        return json_string(message);
    text_add(&text, message, (size_t)(place - message));
    text_add_string(&text, line->value);
    text_add_string(&text, place + 2);
    return json_string(text.bytes);
}

static json_t *line_model(const struct call *call, const struct inspect_line *line)
{
    return json_pack("{s:s, s:s, s:s, s:b, s:o, s:s}", "id", line->id, "title", call_say(call, line->title),
                     "result", call_say(call, results[line->result]), "well", line->result == INSPECT_WELL,
                     "seen", seen_model(call, line), "advice",
                     line->advice == NULL ? "" : call_say(call, line->advice));
}

bool page_inspect(struct call *call, struct fault *fault)
{
    struct inspect_line lines[INSPECT_LINES_MOST];
    size_t count;
    if (!inspect_all(call->ledger, call->now_s, lines, &count, fault))
        return false;
    json_t *bad = json_array(), *good = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(lines[i].result == INSPECT_WELL ? good : bad, line_model(call, &lines[i]));
    json_object_set_new(call->model, "all_well", json_boolean(json_array_size(bad) == 0));
    json_object_set_new(call->model, "attention", json_integer((json_int_t)json_array_size(bad)));
    json_object_set_new(call->model, "bad", bad);
    json_object_set_new(call->model, "good", good);
    return call_show(call, "inspect", N_("State of the desk"), fault);
}

bool page_inspect_chain(struct call *call, struct fault *fault)
{
    struct deeds_proof proof;
    if (!deeds_verify(call->ledger, NULL, &proof, fault))
        return false;
    bool whole = proof.found == DEEDS_WHOLE;
    if (!state_set(call->ledger, "deeds.checked", whole ? "whole" : "broken", fault))
        return false;
    call->message = whole ? N_("The record of deeds is whole.") : N_("The record of deeds is broken.");
    return page_inspect(call, fault);
}
