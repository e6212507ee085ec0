#include "desk/program_staff.h"
#include "base/text.h"
#include "cases/change.h"
#include "cases/staff.h"
#include "ledger/ledger.h"
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { STAFF_LINE_MOST = 256, STAFF_COLUMNS = 5, STAFF_CELL = 160 };

static const char *staff_ledger, *staff_words_rights, *staff_shown, *staff_language, *staff_again,
    *staff_json;

const struct command_option program_staff_options[] = {
    {"--ledger", "DIR", "the ledger (else $MIMAMORI_LEDGER, else ./ledger)", &staff_ledger},
    {"--rights", "RIGHTS", "some of intake,analyst,editor,administrator", &staff_words_rights},
    {"--shown", "NAME", "how pages call this person (else the name to sign in with)", &staff_shown},
    {"--lang", "LANG", "the language of this person's pages: ja or en (else the ledger's)", &staff_language},
    {"--again", NULL, "a new invitation for somebody who lost the password or the telephone", &staff_again},
    {"--json", NULL, "as JSON", &staff_json},
    {0},
};
const char program_staff_usage[] = "add NAME --rights RIGHTS [--again] | list | stop NAME";
const char program_staff_help[] =
    "Who works at the desk. 'add' prints an invitation, with which the person chooses a password and a "
    "one-time "
    "code on the desk's page /staff/enrol, within seven days. The first 'add' makes the desk's key and "
    "prints "
    "its recovery code, this once: keep it on paper, in a safe place. A later 'add' reads the recovery code "
    "from standard input; an administrator who is signed in invites on the desk's own pages without it. "
    "'stop' "
    "ends what a person may do here, at once.";

static bool print_json(json_t *object)
{
    json_dumpf(object, stdout, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
    json_decref(object);
    printf("\n");
    return true;
}

/* A line of standard input: a file or a pipe, or a person, who is then asked. */
static bool read_recovery(struct receipt *recovery, struct fault *fault)
{
    char line[STAFF_LINE_MOST];
    if (isatty(STDIN_FILENO))
        fputs("recovery code: ", stderr);
    bool read =
        fgets(line, sizeof line, stdin) != NULL && receipt_parse(line, strcspn(line, "\r\n"), recovery);
    sodium_memzero(line, sizeof line);
    return read || fault_set(fault, "standard input holds no recovery code (expected the one that the first "
                                    "'desk staff add' has printed)");
}

static bool open_key(struct ledger *ledger, struct seal_pair *desk, struct fault *fault)
{
    enum staff_key key;
    struct receipt recovery;
    if (!read_recovery(&recovery, fault) || !staff_key_recover(ledger, &recovery, desk, &key, fault))
        return false;
    sodium_memzero(&recovery, sizeof recovery);
    return key == STAFF_KEY_OPENED ||
           fault_set(fault,
                     "the recovery code does not open this desk's key (expected the one that the first "
                     "'desk staff add' has printed)");
}

static bool tell_change(const char *name, enum staff_change change, struct fault *fault)
{
    switch (change) {
    case STAFF_CHANGED:
        return true;
    case STAFF_NOBODY:
        return fault_set(fault, "nobody here is called '%s' ('mimamori desk staff list' tells who is)", name);
    case STAFF_TAKEN:
        return fault_set(
            fault, "'%s' is here already (expected another name, or --again for a new invitation)", name);
    case STAFF_UNFIT:
        return fault_set(
            fault,
            "'%s' cannot be a name (expected a letter, then letters, digits, '.', '_' or '-', at "
            "most 63; --shown at most 127 bytes)",
            name);
    case STAFF_LAST:
        break;
    }
    return fault_set(fault, "'%s' is the only administrator (expected another one first)", name);
}

static bool invite_again(struct ledger *ledger, const char *name, const struct seal_pair *desk,
                         struct receipt *invitation, struct fault *fault)
{
    int64_t id;
    bool found;
    unsigned rights;
    enum staff_change change = STAFF_NOBODY;
    if (!staff_find(ledger, name, &id, &found, fault) ||
        (found && !staff_invite_again(ledger, id, desk, 0, invitation, &change, fault)) ||
        !tell_change(name, change, fault))
        return false;
    if (staff_words_rights == NULL)
        return true;
    staff_parse_rights(staff_words_rights, &rights); /* was checked */
    return staff_set_rights(ledger, id, rights, 0, &change, fault) && tell_change(name, change, fault);
}

static bool invite(struct ledger *ledger, const char *name, const struct seal_pair *desk,
                   struct receipt *invitation, struct fault *fault)
{
    enum staff_change change;
    struct staff_new new = {.name = name,
                            .shown = staff_shown == NULL ? "" : staff_shown,
                            .language = staff_language == NULL ? ledger->settings.language : staff_language};
    staff_parse_rights(staff_words_rights, &new.rights); /* was checked */
    return staff_invite(ledger, &new, desk, 0, invitation, &change, fault) &&
           tell_change(name, change, fault);
}

static bool check_words(struct fault *fault)
{
    unsigned rights;
    if (staff_words_rights == NULL && staff_again == NULL)
        return fault_set(fault,
                         "'--rights' is missing (expected some of intake,analyst,editor,administrator)");
    if (staff_words_rights != NULL && !staff_parse_rights(staff_words_rights, &rights))
        return fault_set(fault, "'--rights' is '%s' (expected some of intake,analyst,editor,administrator)",
                         staff_words_rights);
    if (staff_language != NULL && strcmp(staff_language, "ja") != 0 && strcmp(staff_language, "en") != 0)
        return fault_set(fault, "'--lang' is '%s' (expected ja or en)", staff_language);
    return true;
}

static void tell_codes(const char *name, const struct receipt *recovery, const struct receipt *invitation)
{
    char first[RECEIPT_TEXT], second[RECEIPT_TEXT];
    receipt_text(invitation, second);
    if (recovery != NULL)
        receipt_text(recovery, first);
    if (staff_json != NULL) {
        json_t *object = json_pack("{s:s, s:s}", "name", name, "invitation", second);
        if (recovery != NULL)
            json_object_set_new(object, "recovery", json_string(first));
        print_json(object);
        return;
    }
    if (recovery != NULL)
        printf("recovery code   %s\n"
               "                It opens all that is sealed when nobody can sign in any more. It is kept\n"
               "                nowhere: write it down now, on paper, and lock it away.\n",
               first);
    printf("invitation      %s\n"
           "                For '%s' only, at /staff/enrol of the desk, within seven days.\n",
           second, name);
}

/* The recovery code is asked for before anything is begun: a person may take long. */
static bool make_codes(struct change *change, struct ledger *ledger, const char *name, bool first,
                       struct receipt codes[2], struct fault *fault)
{
    struct seal_pair desk;
    bool opened = (first || open_key(ledger, &desk, fault)) && change_begin(change, ledger, fault) &&
                  (!first || staff_key_make(ledger, &codes[0], &desk, fault));
    bool made = opened && (staff_again != NULL ? invite_again(ledger, name, &desk, &codes[1], fault)
                                               : invite(ledger, name, &desk, &codes[1], fault));
    sodium_memzero(&desk, sizeof desk);
    return made;
}

/* What cannot be told is not kept: codes that nobody has read would lock everybody out. */
static bool tell_and_keep(struct change *change, const char *name, bool first, const struct receipt codes[2],
                          struct fault *fault)
{
    tell_codes(name, first ? &codes[0] : NULL, &codes[1]);
    if (fflush(stdout) != 0 || ferror(stdout))
        return fault_set(fault, "standard output: cannot write (nothing was changed)");
    return change_commit(change, fault) || fault_while(fault, "the codes above are not valid");
}

static enum command_exit add(const char *name, struct fault *fault)
{
    bool exists;
    struct receipt codes[2];
    if (!check_words(fault))
        return COMMAND_NOT;
    OWNED(ledger_free) struct ledger *ledger = ledger_open(command_ledger(staff_ledger), LEDGER_WRITE, fault);
    CLEANUP(change_undo) struct change change = {0};
    if (ledger == NULL || !staff_key_exists(ledger, &exists, fault) ||
        (!exists && staff_again != NULL && !tell_change(name, STAFF_NOBODY, fault)) ||
        !make_codes(&change, ledger, name, !exists, codes, fault) ||
        !tell_and_keep(&change, name, !exists, codes, fault))
        return COMMAND_NOT;
    command_kept();
    return COMMAND_DONE;
}

static enum command_exit stop(const char *name, struct fault *fault)
{
    int64_t id;
    bool found;
    enum staff_change change = STAFF_NOBODY;
    OWNED(ledger_free) struct ledger *ledger = ledger_open(command_ledger(staff_ledger), LEDGER_SHARE, fault);
    if (ledger == NULL || !staff_find(ledger, name, &id, &found, fault) ||
        (found && !staff_stop(ledger, id, 0, &change, fault)) || !tell_change(name, change, fault))
        return COMMAND_NOT;
    command_kept();
    return COMMAND_DONE;
}

struct staff_line {
    char cells[STAFF_COLUMNS][STAFF_CELL];
};

static struct staff_line line_of(json_t *person)
{
    struct staff_line line = {{{0}}};
    static const char *const names[] = {"name", "shown", NULL, "state", "language"};
    for (size_t i = 0; i < STAFF_COLUMNS; i++)
        if (names[i] != NULL)
            snprintf(line.cells[i], STAFF_CELL, "%s", json_string_value(json_object_get(person, names[i])));
    size_t at;
    json_t *right;
    json_array_foreach(json_object_get(person, "rights"), at, right)
    {
        size_t length = strlen(line.cells[2]);
        snprintf(line.cells[2] + length, STAFF_CELL - length, "%s%s", length == 0 ? "" : ",",
                 json_string_value(right));
    }
    return line;
}

static void print_lines(json_t *list)
{
    const struct staff_line head = {{"name", "shown", "rights", "state", "language"}};
    size_t widths[STAFF_COLUMNS] = {0};
    for (size_t i = 0; i <= json_array_size(list); i++) {
        struct staff_line line = i == 0 ? head : line_of(json_array_get(list, i - 1));
        for (size_t column = 0; column < STAFF_COLUMNS; column++) {
            size_t width = text_columns(line.cells[column]);
            widths[column] = width > widths[column] ? width : widths[column];
        }
    }
    for (size_t i = 0; i <= json_array_size(list); i++) {
        struct staff_line line = i == 0 ? head : line_of(json_array_get(list, i - 1));
        for (size_t column = 0; column < STAFF_COLUMNS; column++) {
            const char *cell = line.cells[column][0] == '\0' ? "-" : line.cells[column];
            bool last = column + 1 == STAFF_COLUMNS;
            printf("%s%*s", cell, last ? 0 : (int)(widths[column] - text_columns(cell)) + 2,
                   last ? "\n" : "");
        }
    }
}

static enum command_exit list(struct fault *fault)
{
    OWNED(ledger_free) struct ledger *ledger = ledger_open(command_ledger(staff_ledger), LEDGER_READ, fault);
    json_t *people = ledger == NULL ? NULL : staff_list(ledger, time(NULL), fault);
    if (people == NULL)
        return COMMAND_NOT;
    if (staff_json != NULL)
        return print_json(people) ? COMMAND_DONE : COMMAND_NOT;
    print_lines(people);
    json_decref(people);
    return COMMAND_DONE;
}

enum command_exit program_staff(int count, char **words, struct fault *fault)
{
    if (count == 2 && strcmp(words[0], "add") == 0)
        return add(words[1], fault);
    if (count == 2 && strcmp(words[0], "stop") == 0)
        return stop(words[1], fault);
    if (count == 1 && strcmp(words[0], "list") == 0)
        return list(fault);
    fault_set(fault, "'desk staff' does not know '%s' (expected add NAME, list or stop NAME)", words[0]);
    return COMMAND_NOT;
}
