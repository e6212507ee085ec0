/* mimamori bulletin YYYY-MM: the month's bulletin. */
#include "base/cleanup.h"
#include "base/command.h"
#include "base/text.h"
#include "base/words.h"
#include "bulletin/bulletin.h"
#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

static const char *ledger_option, *out_option, *language_option, *json_option;

static const struct command_option options[] = {
    {"--ledger", "DIR", "the ledger (else $MIMAMORI_LEDGER, else ./ledger)", &ledger_option},
    {"--out", "DIR", "where the bulletin is put", &out_option},
    {"--lang", "ja|en", "its language; the ledger's own where it is not said", &language_option},
    {"--json", NULL, "tell where it is as JSON", &json_option},
    {0},
};

static void tell(const char *month, const char *language, const char *path)
{
    if (json_option == NULL) {
        printf("%s\n", path);
        return;
    }
    json_t *told =
        json_pack("{s:s, s:s, s:s?}", "month", month, "language", language, "folder", text_or_null(path));
    json_dumpf(told, stdout, JSON_PRESERVE_ORDER);
    json_decref(told);
    printf("\n");
}

static enum command_exit run(int count, char **words, struct fault *fault)
{
    (void)count;
    int32_t month;
    char path[PATH_MAX];
    if (!calendar_parse_month(words[0], &month)) {
        fault_set(fault, "'%s' is no month (expected YYYY-MM)", words[0]);
        return COMMAND_NOT;
    }
    OWNED(ledger_free) struct ledger *ledger = ledger_open(command_ledger(ledger_option), LEDGER_READ, fault);
    if (ledger == NULL)
        return COMMAND_NOT;
    const char *language = language_option != NULL ? language_option : ledger->settings.language;
    if (!words_open(language)) {
        fault_set(fault, "'%s' is no language that is spoken here (expected ja or en)", language);
        return COMMAND_NOT;
    }
    OWNED(figures_free) struct figures *figures = figures_of_month(ledger, month, fault);
    struct bulletin_order order = {language, out_option};
    if (figures == NULL || !bulletin_write(ledger, figures, order, path, fault))
        return COMMAND_NOT;
    command_kept();
    tell(words[0], language, path);
    return COMMAND_DONE;
}

static const struct command commands[] = {
    {"bulletin", "YYYY-MM [--out DIR] [--lang ja|en]",
     "Writes the month's bulletin: index.html, bulletin.pdf, figures.json, tables/*.csv and figures/*.svg. "
     "The folder appears "
     "whole or not at all, and the same ledger gives the same bytes.",
     options, 1, 1, run},
    {0},
};

int main(int argc, char **argv)
{
    return command_main(commands, argc, argv);
}
