#include "ledger/program.h"
#include "base/text.h"
#include "ledger/ledger.h"
#include "ledger/query.h"
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *init_ledger, *init_zone, *init_language, *init_json;

static const struct command_option init_options[] = {
    {"--ledger", "DIR", "the folder to make (else $MIMAMORI_LEDGER, else ./ledger)", &init_ledger},
    {"--zone", "ZONE", "the time zone in which a day begins (Asia/Tokyo)", &init_zone},
    {"--lang", "LANG", "the language of bulletins: ja or en (ja)", &init_language},
    {"--json", NULL, "tell what was made as JSON", &init_json},
    {0},
};

static enum command_exit init(int count, char **words, struct fault *fault)
{
    (void)count;
    (void)words;
    const char *path = command_ledger(init_ledger);
    const char *zone = init_zone == NULL ? "Asia/Tokyo" : init_zone;
    const char *language = init_language == NULL ? "ja" : init_language;
    if (!ledger_make(path, zone, language, fault))
        return COMMAND_NOT;
    command_kept();
    if (init_json == NULL) {
        printf("made the ledger '%s' (zone %s, language %s)\n", path, zone, language);
        return COMMAND_DONE;
    }
    json_t *object =
        json_pack("{s:s?, s:s, s:s}", "ledger", text_or_null(path), "zone", zone, "language", language);
    json_dumpf(object, stdout, JSON_COMPACT | JSON_PRESERVE_ORDER);
    json_decref(object);
    printf("\n");
    return COMMAND_DONE;
}

static const struct command program_commands[] = {
    {"init", "[--ledger DIR] [--zone ZONE] [--lang ja|en]",
     "Makes a ledger: the folder that holds all that one watch desk takes in. Where something stands already "
     "it refuses. The"
     " file reporter.key in it makes pseudonyms of reporters: keep it from others, and with the backups.",
     init_options, 0, 0, init},
    {"point add", "NAME CIDR... [--since DATE] [--until DATE]",
     "Adds addresses to an observation point, which is made where it is new. It watches them from --since to "
     "--until, both"
     " included; without them, always. Two points never watch the same address on the same day.",
     program_point_add_options, 2, -1, program_point_add},
    {"point list", "", "Lists the observation points, their addresses and the days they watch.",
     program_point_list_options, 0, 0, program_point_list},
    {"point end", "NAME --until DATE", "Ends an observation point: DATE is the last day it watches.",
     program_point_end_options, 1, 1, program_point_end},
    {"import", "malware|access|consultations|history FILE.csv [--skip-bad]",
     "Takes in a CSV of records, all its rows or none. With --skip-bad bad rows are left in "
     "FILE.csv.rejected and the others"
     " are taken in. The same file again changes nothing. '-' is standard input.",
     program_import_options, 2, 2, program_import},
    {"ledger check", "[--json]",
     "Looks at all that the ledger keeps of captures: that every file is there, byte for byte as it was "
     "written, sorted and"
     " of its day; that the summaries are the sums of the sightings; that what the ledger says of captures "
     "adds up; that"
     " nothing lies there that it does not know. It changes nothing and waits for nobody. Exits 1 where "
     "something is wrong.",
     program_check_options, 0, 0, program_check},
    {"ledger repair", "[--json]",
     "Mends what 'ledger check' finds: makes summaries again, corrects counts, removes strays, makes one "
     "file of a day that"
     " is over. Sightings that are lost it cannot make: it tells which capture to observe again, which then "
     "brings back just"
     " those. A damaged file is put aside in the ledger's folder damaged/. Exits 1 where something stays "
     "wrong.",
     program_repair_options, 0, 0, program_repair},
    {"ledger retain", "[--apply]",
     "Tells which days' sightings are older than 'keep-sightings' of ledger.conf, or beyond its "
     "'keep-sightings-size', and with"
     " --apply lets them go, oldest first. Their summaries stay, so that every bulletin gives the same "
     "figures; queries find"
     " no sighting of those days any more, and late packets of them are left out.",
     program_retain_options, 0, 0, program_retain},
    {"query", "'SQL' [--format table|csv|json|parquet]", query_help, query_options, 1, 1, query_run},
    {0},
};

int main(int argc, char **argv)
{
    return command_main(program_commands, argc, argv);
}
