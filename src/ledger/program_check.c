#include "ledger/program.h"
#include "ledger/repair.h"
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

static const char *check_ledger, *check_json, *repair_ledger, *repair_json;

const struct command_option program_check_options[] = {
    {"--ledger", "DIR", "the ledger (else $MIMAMORI_LEDGER, else ./ledger)", &check_ledger},
    {"--json", NULL, "tell what was found as JSON", &check_json},
    {0},
};
const struct command_option program_repair_options[] = {
    {"--ledger", "DIR", "the ledger (else $MIMAMORI_LEDGER, else ./ledger)", &repair_ledger},
    {"--json", NULL, "tell what was mended, and what was not, as JSON", &repair_json},
    {0},
};

static void print_finding(const struct examine_finding *finding, const char *before)
{
    CLEANUP(text_clear) struct text line;
    text_init(&line, 1 << 16);
    text_addf(&line, "%s'", before);
    text_add_tame(&line, finding->subject);
    text_add_string(&line, "': ");
    text_add_tame(&line, finding->seen);
    if (finding->expected != NULL)
        text_addf(&line, " (expected %s)", finding->expected);
    printf("%s\n", line.bytes);
}

static void print_looked_at(const struct examination *examination)
{
    char files[NUMBER_GROUPED_SIZE], days[NUMBER_GROUPED_SIZE], sightings[NUMBER_GROUPED_SIZE];
    number_grouped(files, examination->files);
    number_grouped(days, examination->days);
    number_grouped(sightings, examination->sightings);
    printf("%s days, %s files, %s sightings: ", days, files, sightings);
    if (examination->count == 0)
        printf("all is well\n");
    else
        printf(examination->count == 1 ? "%zu thing is wrong\n" : "%zu things are wrong\n",
               examination->count);
}

static const char *advice_of(const struct examine_finding *finding)
{
    switch (finding->id) {
    case EXAMINE_LOST:
        return "observe the capture again";
    case EXAMINE_RECORDS:
    case EXAMINE_UNCLAIMED:
        return "bring the ledger back from a backup";
    case EXAMINE_UNFIT:
        return "see to the zone in ledger.conf, and to the points";
    case EXAMINE_UNREADABLE:
        return "see to the disk and the rights of the file";
    case EXAMINE_MISSING:
    case EXAMINE_DAMAGED:
        return "bring the file back from a backup, or run mimamori ledger repair";
    default:
        return "run mimamori ledger repair";
    }
}

/* What nobody could look at is not known to be wrong. */
static const char *result_of(const struct examine_finding *finding)
{
    return finding->id == EXAMINE_UNREADABLE ? "unknown" : "fail";
}

static enum command_exit exit_of(const struct examination *examination)
{
    enum command_exit result = COMMAND_DONE;
    for (size_t i = 0; i < examination->count; i++)
        if (examination->findings[i].id != EXAMINE_UNREADABLE)
            return COMMAND_PART;
        else
            result = COMMAND_UNKNOWN;
    return result;
}

static json_t *findings_of(const struct examination *examination)
{
    json_t *array = json_array();
    for (size_t i = 0; i < examination->count; i++) {
        const struct examine_finding *finding = &examination->findings[i];
        json_array_append_new(array,
                              json_pack("{s:s, s:s, s:s?, s:s?, s:s?, s:s}", "id", examine_name(finding->id),
                                        "result", result_of(finding), "subject",
                                        text_or_null(finding->subject), "seen", text_or_null(finding->seen),
                                        "expected", finding->expected, "advice", advice_of(finding)));
    }
    return array;
}

static json_t *check_object(const struct examination *examination)
{
    static const char *const results[] = {
        [COMMAND_DONE] = "pass", [COMMAND_PART] = "fail", [COMMAND_UNKNOWN] = "unknown"};
    return json_pack("{s:s, s:s, s:o, s:I, s:I, s:I}", "check", "ledger", "result",
                     results[exit_of(examination)], "findings", findings_of(examination), "looked_at",
                     (json_int_t)examination->files, "days", (json_int_t)examination->days, "sightings",
                     (json_int_t)examination->sightings);
}

static void print_object(json_t *object)
{
    json_dumpf(object, stdout, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
    json_decref(object);
    printf("\n");
}

enum command_exit program_check(int count, char **words, struct fault *fault)
{
    (void)count;
    (void)words;
    OWNED(ledger_free) struct ledger *ledger = ledger_open(command_ledger(check_ledger), LEDGER_READ, fault);
    CLEANUP(examination_clear) struct examination found = {0};
    if (ledger == NULL || !examine(ledger, &found, fault))
        return COMMAND_NOT;
    if (check_json != NULL)
        print_object(check_object(&found));
    for (size_t i = 0; check_json == NULL && i < found.count; i++)
        print_finding(&found.findings[i], "");
    if (check_json == NULL)
        print_looked_at(&found);
    return exit_of(&found);
}

/* It is wrong before and after. */
static bool stayed(const struct examination *left, const struct examine_finding *finding)
{
    for (size_t i = 0; i < left->count; i++)
        if (left->findings[i].id == finding->id && strcmp(left->findings[i].subject, finding->subject) == 0 &&
            strcmp(left->findings[i].seen, finding->seen) == 0)
            return true;
    return false;
}

static void print_repair(const struct examination *found, const struct examination *left)
{
    for (size_t i = 0; i < found->count; i++)
        if (!stayed(left, &found->findings[i]))
            print_finding(&found->findings[i], "seen to: ");
    for (size_t i = 0; i < left->count; i++)
        print_finding(&left->findings[i], "still wrong: ");
    print_looked_at(left);
}

enum command_exit program_repair(int count, char **words, struct fault *fault)
{
    (void)count;
    (void)words;
    OWNED(ledger_free) struct ledger *ledger = ledger_open(command_ledger(repair_ledger), LEDGER_MEND, fault);
    CLEANUP(examination_clear) struct examination found = {0};
    CLEANUP(examination_clear) struct examination left = {0};
    if (ledger == NULL)
        return COMMAND_NOT;
    bool repaired = repair(ledger, &found, &left, fault);
    if (!repaired && found.count == 0)
        return COMMAND_NOT;
    if (!repaired)
        command_say("%s", fault->text);
    if (found.count != 0)
        command_kept();
    if (repair_json != NULL)
        print_object(json_pack("{s:o, s:o}", "before", check_object(&found), "after", check_object(&left)));
    else
        print_repair(&found, &left);
    return repaired ? exit_of(&left) : COMMAND_PART;
}
