#include "ledger/program.h"
#include "ledger/retain.h"
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>

static const char *retain_ledger, *retain_apply_now, *retain_json;

const struct command_option program_retain_options[] = {
    {"--ledger", "DIR", "the ledger (else $MIMAMORI_LEDGER, else ./ledger)", &retain_ledger},
    {"--apply", NULL, "do it (without it, tell what would be done)", &retain_apply_now},
    {"--json", NULL, "tell it as JSON", &retain_json},
    {0},
};

static const char *const why_names[] = {"age", "size"};

static void print_text(const struct retain_plan *plan)
{
    char sightings[NUMBER_GROUPED_SIZE], bytes[NUMBER_GROUPED_SIZE], day[CALENDAR_DAY_SIZE];
    for (size_t i = 0; i < plan->count; i++) {
        calendar_day_text(day, plan->days[i].day);
        number_grouped(sightings, plan->days[i].sightings);
        number_grouped(bytes, plan->days[i].bytes);
        printf("%s  %15s sightings  %17s bytes  (%s)\n", day, sightings, bytes, why_names[plan->days[i].why]);
    }
    number_grouped(sightings, plan->sightings);
    number_grouped(bytes, plan->bytes);
    if (plan->count == 0)
        printf("nothing to let go: all %zu days are kept\n", plan->all_days);
    else
        printf("%zu of %zu days, %s sightings, %s bytes, %s; their counts stay\n", plan->count,
               plan->all_days, sightings, bytes,
               retain_apply_now != NULL ? "let go" : "would be let go (--apply does it)");
}

static json_t *day_object(const struct retain_day *retained)
{
    char day[CALENDAR_DAY_SIZE];
    calendar_day_text(day, retained->day);
    return json_pack("{s:s, s:s, s:I, s:I}", "day", day, "why", why_names[retained->why], "sightings",
                     (json_int_t)retained->sightings, "bytes", (json_int_t)retained->bytes);
}

static void print_json(const struct retain_plan *plan)
{
    json_t *days = json_array();
    for (size_t i = 0; i < plan->count; i++)
        json_array_append_new(days, day_object(&plan->days[i]));
    json_t *object =
        json_pack("{s:b, s:I, s:I, s:I, s:I, s:o}", "applied", retain_apply_now != NULL, "sightings",
                  (json_int_t)plan->sightings, "bytes", (json_int_t)plan->bytes, "all_days",
                  (json_int_t)plan->all_days, "all_bytes", (json_int_t)plan->all_bytes, "days", days);
    json_dumpf(object, stdout, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
    json_decref(object);
    printf("\n");
}

enum command_exit program_retain(int count, char **words, struct fault *fault)
{
    (void)count;
    (void)words;
    bool apply = retain_apply_now != NULL;
    OWNED(ledger_free)
    struct ledger *ledger =
        ledger_open(command_ledger(retain_ledger), apply ? LEDGER_WRITE : LEDGER_READ, fault);
    CLEANUP(retain_plan_clear) struct retain_plan plan = {0};
    if (ledger == NULL || !retain_plan(ledger, &plan, fault) ||
        (apply && !retain_apply(ledger, &plan, fault)))
        return COMMAND_NOT;
    if (apply && plan.count != 0)
        command_kept();
    if (retain_json != NULL)
        print_json(&plan);
    else
        print_text(&plan);
    return COMMAND_DONE;
}
