/* mimamori: the face. It finds the program of a command and becomes it, so that a sensor carries no web
 * server and a citizen's check carries neither. */
#include "base/command.h"
#include "base/fault.h"

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct face_command {
    const char *name, *program, *what;
};

static const struct face_command commands[] = {
    {"init", "mimamori-ledger", "make a ledger, the folder that keeps what a watch desk takes in"},
    {"point", "mimamori-ledger", "name the observation points and the days they watch"},
    {"observe", "mimamori-observe", "take the packets that nobody asked for out of captures"},
    {"import", "mimamori-ledger", "take in reports, consultations and history from CSV"},
    {"bulletin", "mimamori-bulletin", "write a month's bulletin: HTML, PDF, CSV, JSON, figures"},
    {"query", "mimamori-ledger", "ask the ledger in SQL, reading only"},
    {"desk", "mimamori-desk", "serve the desk: reporters tell and ask, staff answer"},
    {"check", "mimamori-check", "look after yourself: versions, passwords"},
    {"ledger", "mimamori-ledger", "check and mend what is kept, let go of old sightings"},
};
enum { COMMANDS = sizeof commands / sizeof commands[0], NEAR = 2, WORD_MOST = 32 };

static const struct face_command *find(const char *name)
{
    for (size_t i = 0; i < COMMANDS; i++) {
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    }
    return NULL;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Letters to add, leave out or change to make one word the other (Levenshtein's distance). */
static size_t distance(const char *a, const char *b)
{
    size_t row[WORD_MOST + 1];
    size_t columns = strlen(b);
    if (strlen(a) > WORD_MOST || columns > WORD_MOST)
        return SIZE_MAX;
    for (size_t i = 0; i <= columns; i++)
        row[i] = i;
    for (size_t line = 1; *a != '\0'; a++, line++) {
        size_t diagonal = row[0];
        row[0] = line;
        for (size_t i = 1; i <= columns; i++) {
            size_t above = row[i];
            row[i] = least(least(above, row[i - 1]) + 1, diagonal + (*a != b[i - 1]));
            diagonal = above;
        }
    }
    return row[columns];
}

static int unknown(const char *name)
{
    const struct face_command *nearest = NULL;
    size_t nearest_distance = NEAR + 1;
    for (size_t i = 0; i < COMMANDS; i++) {
        size_t this_distance = distance(name, commands[i].name);
        if (this_distance < nearest_distance) {
            nearest = &commands[i];
            nearest_distance = this_distance;
        }
    }
    if (nearest != NULL)
        command_say("'%s' is no command (did you mean 'mimamori %s'?)", name, nearest->name);
    else
        command_say("'%s' is no command ('mimamori help' lists them)", name);
    return COMMAND_NOT;
}

static void print_commands(FILE *out)
{
    fprintf(out, "usage: mimamori [--ledger DIR] COMMAND ...\n\n");
    for (size_t i = 0; i < COMMANDS; i++)
        fprintf(out, "  %-10s %s\n", commands[i].name, commands[i].what);
    fprintf(out, "\n'mimamori help COMMAND' tells more of one; 'mimamori --version' tells the version\n");
}

/* Becomes the program: the one beside this very file (a build tree, a copied folder), else the installed one.
 */
static int become(const char *program, char **argv)
{
    char path[PATH_MAX + 64];
    ssize_t length = readlink("/proc/self/exe", path, PATH_MAX);
    while (length > 0 && path[length - 1] != '/')
        length--;
    if (length > 0) {
        snprintf(path + length, sizeof path - (size_t)length, "%s", program);
        execv(path, argv);
    }
    if (length <= 0 || errno == ENOENT) {
        snprintf(path, sizeof path, "%s/%s", MIMAMORI_LIBEXEC_DIR, program);
        execv(path, argv);
    }
    command_say("'%s' cannot be run: %s (expected it beside 'mimamori' or in '%s')", program,
                strerrordesc_np(errno), MIMAMORI_LIBEXEC_DIR);
    return COMMAND_NOT;
}

static int help(int argc, char **argv)
{
    if (argc < 1) {
        print_commands(stdout);
        return COMMAND_DONE;
    }
    const struct face_command *command = find(argv[0]);
    if (command == NULL)
        return unknown(argv[0]);
    char name[WORD_MOST], ask[] = "--help", program[WORD_MOST];
    snprintf(program, sizeof program, "%s", command->program);
    snprintf(name, sizeof name, "%s", command->name);
    char *words[] = {program, name, argc > 1 ? argv[1] : ask, argc > 1 ? ask : NULL, NULL};
    return become(command->program, words);
}

/* `mimamori --ledger DIR COMMAND ...` is `mimamori COMMAND ... --ledger DIR`. Returns how many words it took.
 */
static int take_ledger(int argc, char **argv)
{
    static const char option[] = "--ledger";
    if (argc > 2 && strcmp(argv[1], option) == 0) {
        setenv("MIMAMORI_LEDGER", argv[2], 1);
        return 2;
    }
    if (argc > 1 && strncmp(argv[1], "--ledger=", sizeof option) == 0) {
        setenv("MIMAMORI_LEDGER", argv[1] + sizeof option, 1);
        return 1;
    }
    return 0;
}

static int choose(int argc, char **argv)
{
    int taken = take_ledger(argc, argv);
    argc -= taken;
    argv += taken;
    if (argc < 2) {
        print_commands(stderr);
        return COMMAND_NOT;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("mimamori %s\n", MIMAMORI_VERSION);
        return COMMAND_DONE;
    }
    if (strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0)
        return help(argc - 2, argv + 2);
    const struct face_command *command = find(argv[1]);
    return command != NULL ? become(command->program, argv) : unknown(argv[1]);
}

int main(int argc, char **argv)
{
    int result = choose(argc, argv);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        command_say("standard output: cannot write: %s", strerrordesc_np(errno));
        return COMMAND_NOT;
    }
    return result;
}
