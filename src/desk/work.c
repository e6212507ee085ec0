#include "desk/work.h"
#include "base/text.h"
#include "base/words.h"
#include "desk/sending.h"
#include <string.h>
#include <time.h>

bool work_case(struct call *call, struct casefile *file, enum work_found *found, struct fault *fault)
{
    enum case_found there;
    if (!casefile_read(call->ledger, call->number, file, &there, fault))
        return false;
    bool closed = there == CASE_FOUND && file->erased_s != 0 && call->request->method == REQUEST_POST;
    if (there == CASE_NONE && !call_refuse(call, 404, N_("There is no case of this number."), fault))
        return false;
    if (closed && !call_refuse(call, 409, N_("This case has been erased, and stays as it is."), fault))
        return false;
    *found = there == CASE_FOUND && !closed ? WORK_CASE : WORK_ANSWERED;
    return true;
}

bool work_may(const struct call *call, unsigned rights)
{
    return call->session != NULL && (call->session->rights & rights) != 0;
}

json_t *work_time(const struct call *call, int64_t at_s)
{
    enum { MINUTE_S = 60, HOUR_S = 3600, DAY_S = 86400, DAYS_MOST = 30 };
    int64_t ago_s = call->now_s - at_s;
    char text[32];
    struct tm civil;
    time_t at = (time_t)at_s;
    localtime_r(&at, &civil);
    strftime(text, sizeof text, "%Y-%m-%d %H:%M", &civil);
    json_t *time = json_pack("{s:s}", "text", text);
    if (ago_s < MINUTE_S)
        json_object_set_new(time, "now", json_true());
    else if (ago_s < HOUR_S)
        json_object_set_new(time, ago_s < 2 * MINUTE_S ? "minute" : "minutes",
                            json_integer(ago_s / MINUTE_S));
    else if (ago_s < DAY_S)
        json_object_set_new(time, ago_s < 2 * HOUR_S ? "hour" : "hours", json_integer(ago_s / HOUR_S));
    else if (ago_s < DAYS_MOST * DAY_S)
        json_object_set_new(time, ago_s < 2 * DAY_S ? "day" : "days", json_integer(ago_s / DAY_S));
    else
        json_object_set_new(time, "long", json_stringn(text, strlen("2026-11-03")));
    return time;
}

int32_t work_today(const struct call *call)
{
    return zone_day(&call->ledger->zone, call->now_s);
}

json_t *work_due(const struct call *call, const struct casefile *file)
{
    if (file->due_on == INT32_MIN)
        return json_null();
    bool open = file->state == CASE_NEW || file->state == CASE_WORKING || file->state == CASE_WAITING;
    char text[CALENDAR_DAY_SIZE];
    calendar_day_text(text, file->due_on);
    return json_pack("{s:s, s:b}", "text", text, "past", open && file->due_on < work_today(call));
}

json_t *work_month(const struct call *call, int32_t month)
{
    static const char *const names[] = {N_("January"),   N_("February"), N_("March"),    N_("April"),
                                        N_("month|May"), N_("June"),     N_("July"),     N_("August"),
                                        N_("September"), N_("October"),  N_("November"), N_("December")};
    const char *name = call_say(call, names[calendar_month_number(month) - 1]), *bar = strchr(name, '|');
    return json_pack("{s:s, s:i}", "name", bar == NULL ? name : bar + 1, "year", calendar_month_year(month));
}

json_t *work_people(const struct call *call, struct fault *fault)
{
    return staff_list(call->ledger, call->now_s, fault);
}

const char *work_person(const json_t *people, int64_t id)
{
    size_t i;
    json_t *person;
    json_array_foreach(people, i, person) if (json_integer_value(json_object_get(person, "id")) ==
                                              id) return json_string_value(json_object_get(person, "shown"));
    return "";
}

json_t *work_choose_person(const json_t *people, int64_t chosen)
{
    json_t *choices = json_array();
    size_t i;
    json_t *person;
    json_array_foreach(people, i, person)
    {
        json_int_t id = json_integer_value(json_object_get(person, "id"));
        const char *state = json_string_value(json_object_get(person, "state"));
        if (id == chosen || (state != NULL && strcmp(state, "active") == 0))
            json_array_append_new(choices,
                                  json_pack("{s:I, s:O, s:b}", "word", id, "label",
                                            json_object_get(person, "shown"), "chosen", id == chosen));
    }
    return choices;
}

json_t *work_choose(const struct call *call, const struct field_choice *choices, const char *chosen)
{
    json_t *list = json_array();
    for (; choices->word != NULL; choices++)
        json_array_append_new(list, json_pack("{s:s, s:s, s:b}", "word", choices->word, "label",
                                              call_say(call, choices->label), "chosen",
                                              strcmp(choices->word, chosen) == 0));
    return list;
}

bool work_once(const struct call *call, const char *what, const char *text, unsigned char once[16])
{
    enum { WHOLE_MOST = 1 << 20 };
    const char *hex = form_value(&call->form, "once");
    if (strlen(hex) != SENDING_ONCE_TEXT - 1 || strspn(hex, "0123456789abcdef") != strlen(hex))
        return false;
    CLEANUP(text_clear) struct text whole;
    text_init(&whole, WHOLE_MOST);
    text_addf(&whole, "%s %lld %s ", what, (long long)call->number, hex);
    text_add_string(&whole, text);
    casefile_once(call->ledger, whole.bytes, whole.length, once);
    return true;
}

void work_fill(struct text *out, const char *message, int64_t number)
{
    enum { TITLE_MOST = 512 };
    const char *place = strstr(message, "{n}");
    text_init(out, TITLE_MOST);
    if (place == NULL)
        text_add_string(out, message);
    else
        text_addf(out, "%.*s%lld%s", (int)(place - message), message, (long long)number, place + 3);
}
