/* check: a self-check as one row of a table (checks.c) and one file that looks.
 *
 * A check changes nothing, sends nothing and never shows a secret. It opens what it is told to look at, adds
 * findings (finding.h) and comes back; the frame (run.h) takes what is ignored aside, shows the findings in
 * the form that was asked for and makes the exit code. */
#pragma once
#include "base/command.h"
#include "check/finding.h"

enum check_level { CHECK_ERROR, CHECK_WARNING, CHECK_NOTE }; /* SARIF's level of a fail */

struct check_id {
    const char *id;      /* "not-latest": users script against it */
    const char *title;   /* N_(): "Not the latest version", a few words for a person */
    const char *meaning; /* N_(): one or two sentences: what is looked for, by which rule, why it matters */
    enum check_level level;
};

struct check {
    struct command command;     /* "check versions": usage, help, options with CHECK_OPTIONS, run */
    const char *title;          /* N_(): "Versions" */
    const struct check_id *ids; /* ends with {0}; findings are shown in this order */
    /* COMMAND_NOT, where it could not look at all: fault says why. Else what is found decides. */
    bool (*look)(int count, char **words, struct findings *findings, struct fault *fault);
    /* Was it given an address, by its options? If not it has no network. NULL: never. */
    bool (*reaches_out)(void);
};

extern const struct check *const checks[]; /* ends with NULL */
/* "versions" */
static inline const char *check_name(const struct check *check)
{
    return check->command.name + sizeof "check " - 1;
}
extern const struct check check_versions, check_passwords;

/* The options that every check has. */
struct check_options {
    const char *json, *sarif, *language, *html, *ignore, *all;
};
extern struct check_options check_options;
#define CHECK_OPTIONS                                                                                        \
    {"--json", NULL, "print the result as JSON", &check_options.json, NULL},                                 \
        {"--sarif", NULL, "print the result as SARIF 2.1.0", &check_options.sarif, NULL},                    \
        {"--html", "FILE", "write the result as a page", &check_options.html, NULL},                         \
        {"--lang", "ja|en", "in this language (else the one of $LANG)", &check_options.language, NULL},      \
        {"--ignore", "FILE", "entries to pass over: check,id,subject,until,reason as CSV",                   \
         &check_options.ignore, NULL},                                                                       \
    {                                                                                                        \
        "--all", NULL, "tell also what is well", &check_options.all, NULL                                    \
    }

/* A check's command.run is one line: `return check_run(&check_versions, count, words, fault);` */
enum command_exit check_run(const struct check *check, int count, char **words, struct fault *fault);

/* Today (UTC) as base/calendar.h counts days; by $SOURCE_DATE_EPOCH where that is set, so that a test or a
 * report can be made again. */
int32_t check_today(void);
