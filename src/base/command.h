/* command: the words of a command line, by a table; --help from the same table.
 *
 * Every program of mimamori is `mimamori-PART` and knows some commands; `mimamori COMMAND ...` finds the
 * program. Exit codes are the contract's: 0 done, 1 done in part, 2 not done. */
#pragma once
#include "base/fault.h"
#include <stdbool.h>
#include <stddef.h>

enum command_exit {
    COMMAND_DONE = 0,
    COMMAND_PART = 1,
    COMMAND_NOT = 2,
    COMMAND_UNKNOWN = 3 /* of a check: nothing wrong was found, but something could not be judged */
};

enum { COMMAND_VALUES_MOST = 16 };
/* The arguments of an option that may be given again and again, in their order. */
struct command_values {
    const char *values[COMMAND_VALUES_MOST];
    size_t count;
};

struct command_option {
    const char *name;              /* "--zone" */
    const char *argument;          /* "ZONE", NULL for a flag */
    const char *help;              /* one line */
    const char **value;            /* where the argument goes (a flag: points at its own name) */
    struct command_values *values; /* instead of `value`: may be given more than once */
};

struct command {
    const char *name;  /* "point add": one or two words */
    const char *usage; /* "NAME CIDR... [--since DATE]" */
    const char *help;  /* a paragraph */
    const struct command_option
        *options;                /* ends with {0}; --ledger, --help, --json are listed by who takes them */
    int words_least, words_most; /* positional words; -1: no limit */
    enum command_exit (*run)(int count, char **words,
                             struct fault *fault); /* COMMAND_NOT with fault set prints it */
};

/* Finds the command in a table that ends with {0}, parses its options (anywhere among the words, `--name
 * value` or
 * `--name=value`, `--` ends them), runs it, prints a fault as "mimamori: ..." on standard error, and returns
 * the exit code. argv[1] is the command's first word. --help prints to standard output and is COMMAND_DONE; a
 * usage error says what was expected and is COMMAND_NOT. Standard output is flushed and checked: a full disk
 * there is COMMAND_NOT, or COMMAND_PART once the command has called command_kept(). */
int command_main(const struct command *table, int argc, char **argv);

/* The command has changed what is on the disk: whatever goes wrong with telling of it, that is not "nothing
 * was changed". */
void command_kept(void);

/* "mimamori: " and the sentence to standard error. */
void command_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* --ledger's value, else $MIMAMORI_LEDGER, else "./ledger". */
const char *command_ledger(const char *option);
