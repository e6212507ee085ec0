#include "base/command.h"

#include "base/cleanup.h"
#include "base/memory.h"
#include "base/text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { HELP_COLUMNS = 78, OPTION_COLUMNS = 24 };

static bool kept;

struct parsed {
    char **words;
    int count;
    bool help;
};

/* What a file or a stranger wrote must not steer the terminal. */
static void say(const char *sentence)
{
    CLEANUP(text_clear) struct text safe;
    text_init(&safe, 64 * 1024);
    text_add_tame(&safe, sentence);
    fflush(stdout); /* so that the two streams keep their order */
    fprintf(stderr, "mimamori: %s\n", safe.bytes);
}

void command_kept(void)
{
    kept = true;
}

void command_say(const char *format, ...)
{
    CLEANUP(text_clear) struct text sentence;
    char short_one[4096];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(short_one, sizeof short_one, format, arguments);
    va_end(arguments);
    text_init(&sentence, sizeof short_one);
    text_add_string(&sentence, short_one);
    say(sentence.bytes);
}

const char *command_ledger(const char *option)
{
    const char *environment = getenv("MIMAMORI_LEDGER");
    if (option != NULL)
        return option;
    return environment != NULL && environment[0] != '\0' ? environment : "./ledger";
}

/* How many of the command's words stand first among the arguments: all (then that many) or 0. */
static int words_matched(const struct command *command, int argc, char **argv)
{
    const char *name = command->name;
    for (int i = 1; i < argc; i++) {
        size_t length = strcspn(name, " ");
        if (strlen(argv[i]) != length || strncmp(argv[i], name, length) != 0)
            return 0;
        if (name[length] == '\0')
            return i;
        name += length + 1;
    }
    return 0;
}

static const struct command *find(const struct command *table, int argc, char **argv, int *words)
{
    const struct command *found = NULL;
    *words = 0;
    for (; table->name != NULL; table++) {
        int matched = words_matched(table, argc, argv);
        if (matched > *words) {
            *words = matched;
            found = table;
        }
    }
    return found;
}

static void print_wrapped(const char *paragraph)
{
    size_t column = 0;
    while (*paragraph != '\0') {
        size_t length = strcspn(paragraph, " ");
        if (column > 0 && column + 1 + length > HELP_COLUMNS) {
            putchar('\n');
            column = 0;
        }
        printf("%s%.*s", column > 0 ? " " : "", (int)length, paragraph);
        column += length + (column > 0);
        paragraph += length + (paragraph[length] == ' ');
    }
    putchar('\n');
}

static void print_help(const struct command *command)
{
    const char *usage = command->usage != NULL ? command->usage : "";
    printf("usage: mimamori %s%s%s\n\n", command->name, usage[0] != '\0' ? " " : "", usage);
    if (command->help != NULL)
        print_wrapped(command->help);
    printf("\noptions:\n");
    for (const struct command_option *option = command->options; option != NULL && option->name != NULL;
         option++) {
        char left[128];
        snprintf(left, sizeof left, "%s%s%s", option->name, option->argument != NULL ? " " : "",
                 option->argument != NULL ? option->argument : "");
        printf("  %-*s%s%s\n", OPTION_COLUMNS, left, strlen(left) < OPTION_COLUMNS ? "" : "  ", option->help);
    }
    printf("  %-*s%s\n", OPTION_COLUMNS, "--help", "show this");
}

/* The commands that begin with `word`, or all where none does or there is no word. */
static void print_table(const struct command *table, const char *word, FILE *out)
{
    size_t length = word != NULL ? strlen(word) : 0, matching = 0;
    fprintf(out, "usage:\n");
    for (const struct command *at = table; at->name != NULL; at++) {
        if (word == NULL || strcspn(at->name, " ") != length || strncmp(at->name, word, length) != 0)
            continue;
        matching++;
        fprintf(out, "  mimamori %s %s\n", at->name, at->usage != NULL ? at->usage : "");
    }
    for (const struct command *at = table; matching == 0 && at->name != NULL; at++)
        fprintf(out, "  mimamori %s %s\n", at->name, at->usage != NULL ? at->usage : "");
}

static const struct command_option *find_option(const struct command *command, const char *name,
                                                size_t length)
{
    const struct command_option *option = command->options;
    for (; option != NULL && option->name != NULL; option++) {
        if (strlen(option->name) == length && strncmp(option->name, name, length) == 0)
            return option;
    }
    return NULL;
}

static bool keep_value(const struct command_option *option, const char *value, struct fault *fault)
{
    struct command_values *values = option->values;
    if (values == NULL && *option->value != NULL)
        return fault_set(fault, "'%s' is given twice", option->name);
    if (values == NULL)
        *option->value = value;
    else if (values->count == COMMAND_VALUES_MOST)
        return fault_set(fault, "'%s' is given too often (expected at most %d times)", option->name,
                         COMMAND_VALUES_MOST);
    else
        values->values[values->count++] = value;
    return true;
}

/* Takes the option at argv[*at], and the argument behind it, where it has one there. */
static bool take_option(const struct command *command, char **argv, int *at, struct fault *fault)
{
    const char *word = argv[*at];
    size_t length = strcspn(word, "=");
    const char *inside = word[length] == '=' ? word + length + 1 : NULL;
    const struct command_option *option = find_option(command, word, length);
    if (option == NULL)
        return fault_set(fault, "'%.*s' is no option of 'mimamori %s' (see 'mimamori %s --help')",
                         (int)length, word, command->name, command->name);
    if (option->argument == NULL && inside != NULL)
        return fault_set(fault, "'%s' takes no value", option->name);
    if (option->argument == NULL)
        return keep_value(option, option->name, fault);
    if (inside != NULL)
        return keep_value(option, inside, fault);
    if (argv[*at + 1] == NULL)
        return fault_set(fault, "'%s' has no value (expected %s)", option->name, option->argument);
    return keep_value(option, argv[++*at], fault);
}

static bool parse(const struct command *command, char **argv, struct parsed *parsed, struct fault *fault)
{
    bool options = true;
    for (int at = 0; argv[at] != NULL; at++) {
        bool dashed = options && argv[at][0] == '-' && argv[at][1] != '\0';
        if (!dashed)
            parsed->words[parsed->count++] = argv[at];
        else if (strcmp(argv[at], "--") == 0)
            options = false;
        else if (strcmp(argv[at], "--help") == 0)
            parsed->help = true;
        else if (!take_option(command, argv, &at, fault))
            return false;
    }
    return true;
}

static bool check_count(const struct command *command, int count, struct fault *fault)
{
    bool few = count < command->words_least;
    if (!few && (command->words_most < 0 || count <= command->words_most))
        return true;
    return fault_set(fault, "'mimamori %s' has too %s words (expected mimamori %s %s)", command->name,
                     few ? "few" : "many", command->name, command->usage != NULL ? command->usage : "");
}

static enum command_exit run(const struct command *command, char **argv)
{
    struct fault fault = {""};
    int most = 1;
    while (argv[most - 1] != NULL)
        most++;
    OWNED_MEMORY char **words = memory_new((size_t)most, sizeof *words);
    struct parsed parsed = {words, 0, false};
    enum command_exit result = COMMAND_NOT;
    if (parse(command, argv, &parsed, &fault)) {
        if (parsed.help) {
            print_help(command);
            return COMMAND_DONE;
        }
        if (check_count(command, parsed.count, &fault))
            result = command->run(parsed.count, parsed.words, &fault);
    }
    if (result == COMMAND_NOT && fault.text[0] != '\0')
        say(fault.text);
    return result;
}

static enum command_exit choose(const struct command *table, int argc, char **argv)
{
    int words;
    const struct command *command = find(table, argc, argv, &words);
    if (command != NULL)
        return run(command, argv + 1 + words);
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0) {
            print_table(table, argv[1], stdout);
            return COMMAND_DONE;
        }
    }
    if (argc < 2)
        command_say("no command given (expected one of those below)");
    else
        command_say("'%s%s%s' is no command (expected one of those below)", argv[1], argc > 2 ? " " : "",
                    argc > 2 ? argv[2] : "");
    print_table(table, argc > 1 ? argv[1] : NULL, stderr);
    return COMMAND_NOT;
}

int command_main(const struct command *table, int argc, char **argv)
{
    enum command_exit result = choose(table, argc, argv);
    if (fflush(stdout) == 0 && !ferror(stdout))
        return result;
    command_say("standard output: cannot write: %s%s", strerrordesc_np(errno),
                kept ? " (what was done is kept)" : "");
    return kept ? COMMAND_PART : COMMAND_NOT;
}
