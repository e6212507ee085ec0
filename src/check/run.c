#include "base/calendar.h"
#include "base/cleanup.h"
#include "base/confine.h"
#include "base/file.h"
#include "base/words.h"
#include "check/check.h"
#include "check/ignore.h"
#include "check/output.h"
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct check_options check_options;

int32_t check_today(void)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    int64_t now_s = epoch != NULL && epoch[0] != '\0' ? strtoll(epoch, NULL, 10) : (int64_t)time(NULL);
    return (int32_t)(now_s / 86400);
}

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value != NULL ? value : "";
}

/* As locale(7) has it: the first of the three that is set rules. */
static const char *users_language(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (variable(names[i])[0] != '\0')
            return strncmp(variable(names[i]), "ja", 2) == 0 ? "ja" : "en";
    return "en";
}

static bool choose(struct fault *fault)
{
    const char *language = check_options.language;
    if (check_options.json != NULL && check_options.sarif != NULL)
        return fault_set(fault, "'--json' and '--sarif' cannot be had at once (expected one of them)");
    return words_open(language != NULL ? language : users_language()) ||
           fault_set(fault, "'--lang' is '%s' (expected ja or en)", language);
}

/* The user's own list, and how it is called: without the name of anybody's home. */
static const char *users_ignore(char path[PATH_MAX])
{
    const char *settings = variable("XDG_CONFIG_HOME"), *home = variable("HOME");
    bool own =
        settings[0] == '/'; /* the XDG Base Directory Specification: a relative path is to be ignored */
    if (!own && home[0] == '\0')
        return NULL;
    snprintf(path, PATH_MAX, "%s%s/mimamori/ignore.csv", own ? settings : home, own ? "" : "/.config");
    if (!file_exists(path))
        return NULL;
    return own ? "$XDG_CONFIG_HOME/mimamori/ignore.csv" : "~/.config/mimamori/ignore.csv";
}

/* What a check is told to look at cannot make it send anything, then. */
static bool stay_here(const struct check *check, struct fault *fault)
{
    return (check->reaches_out != NULL && check->reaches_out()) || confine_network(fault);
}

/* Read before anything is looked at: a slip in it is heard of at once. False with an empty list: there is
 * none. */
static bool open_ignore(struct ignore *ignore, const char **name, struct fault *fault)
{
    char path[PATH_MAX];
    *ignore = (struct ignore){0};
    *name = check_options.ignore != NULL ? check_options.ignore : users_ignore(path);
    return *name == NULL || ignore_open(ignore, check_options.ignore != NULL ? *name : path, fault);
}

enum command_exit check_run(const struct check *check, int count, char **words, struct fault *fault)
{
    static const enum command_exit exits[] = {[CHECK_FAIL] = COMMAND_PART,
                                              [CHECK_UNKNOWN] = COMMAND_UNKNOWN,
                                              [CHECK_SKIPPED] = COMMAND_DONE,
                                              [CHECK_PASS] = COMMAND_DONE};
    CLEANUP(findings_clear) struct findings findings;
    CLEANUP(ignore_clear) struct ignore ignore = {0};
    const char *ignore_name;
    findings_init(&findings);
    if (!choose(fault) || !stay_here(check, fault) || !open_ignore(&ignore, &ignore_name, fault) ||
        !check->look(count, words, &findings, fault))
        return COMMAND_NOT;
    if (ignore_name != NULL)
        ignore_apply(&ignore, ignore_name, check, &findings);
    if (findings.full)
        findings_say(&findings, _("There was more than can be shown: what is missing here was not judged."));
    findings_sort(&findings, check->ids);
    if (!output_write(check, &findings, fault))
        return COMMAND_NOT;
    return exits[findings_result(&findings)];
}
