/* check passwords: are they strong, well kept and well used? */
#include "base/words.h"
#include "check/check.h"

static const char *breached, *list;

static const struct check_id ids[] = {
    {"breached", N_("Lost by somebody before"), N_("The password is in a list of those that were stolen."),
     CHECK_ERROR},
    {"reused", N_("Used for several services"), N_("Who steals it from one service gets into the others."),
     CHECK_ERROR},
    {"variant", N_("Nearly the same as another"),
     N_("It differs from another service's only in a number, a sign or capital letters."), CHECK_ERROR},
    {"too-short", N_("Too short"), N_("It has fewer than 8 characters."), CHECK_ERROR},
    {"dictionary", N_("A word or a name"),
     N_("It is a word or a name that is in dictionaries, at most decorated."), CHECK_ERROR},
    {"guessable", N_("Easily guessed"), N_("A program that guesses cleverly finds it soon."), CHECK_ERROR},
    {"missing-kinds", N_("Not every kind of character"),
     N_("It lacks small letters, capitals, digits or signs."), CHECK_WARNING},
    {"insecure-site", N_("Sent without encryption"), N_("The service's address begins with http://."),
     CHECK_WARNING},
    {"unused", N_("Not used for a year"), N_("What you no longer use is better closed than forgotten."),
     CHECK_WARNING},
    {"no-one-time-code", N_("Without a one-time code"),
     N_("The service offers one-time codes, and none is kept for it."), CHECK_NOTE},
    {0},
};

static const struct command_option options[] = {
    {"--breached", "FILE", "a list of stolen passwords: SHA-1 in order, one a line", &breached, NULL},
    {"--list", "services", "make the checklist of services instead", &list, NULL},
    CHECK_OPTIONS,
    {0},
};

static bool look(int count, char **words, struct findings *findings, struct fault *fault)
{
    (void)count, (void)words, (void)findings, (void)breached, (void)list;
    return fault_set(fault, "passwords cannot be looked at yet");
}

static enum command_exit run(int count, char **words, struct fault *fault)
{
    return check_run(&check_passwords, count, words, fault);
}

const struct check check_passwords = {{"check passwords", "FILE [--breached FILE] [--list services]",
                                       "Are the passwords of an export strong, well kept and well used?",
                                       options, 1, 1, run},
                                      N_("Passwords"),
                                      ids,
                                      look};
