/* check passwords: are they strong, well kept and well used? */
#include "base/cleanup.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/words.h"
#include "check/check.h"
#include "check/passwords/rules.h"
#include "check/passwords/services.h"
#include <string.h>

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

/* What an export never tells is said once, not of every entry. */
static void tell_untold(const struct logins *logins, struct findings *findings)
{
    struct finding finding = {.result = CHECK_UNKNOWN, .source_age_days = FINDING_NO_AGE};
    finding.subject = findings_format(findings, _("all services of this export (%s)"), logins->format);
    if (!logins->tells_used) {
        finding.id = "unused";
        finding.seen = _("it does not tell when a password was last used");
        finding.advice = _("Make the checklist with --list services, and log in to each of them once.");
        finding_add(findings, &finding);
    }
    if (!logins->tells_one_time_code) {
        finding.id = "no-one-time-code";
        finding.seen = _("it does not tell of one-time codes");
        finding.advice = _("See in the settings of each service whether it offers a one-time code.");
        finding_add(findings, &finding);
    }
}

/* So long after it was made, a list of stolen ones says nothing good any more of what is not in it. */
enum { STOLEN_OLD_DAYS = 365 };

static void tell_old_list(const struct rule_about *about, struct findings *findings)
{
    if (about->breached == NULL || about->breached_age_days <= STOLEN_OLD_DAYS)
        return;
    finding_add(findings, &(struct finding){.id = "breached",
                                            .result = CHECK_UNKNOWN,
                                            .subject = _("all passwords that are not in the list"),
                                            .seen = _("the list of stolen passwords is more than a year old"),
                                            .advice = _("Get a newer list and look once more."),
                                            .source = about->breached,
                                            .source_age_days = about->breached_age_days});
}

struct tally {
    size_t with_password;
    size_t points[RULE_POINTS]; /* logins at which one of its rules fails */
    const struct rule *worst;
};

static void judge_one(const struct looked *looked, const struct rule_about *about, struct findings *findings,
                      struct tally *tally)
{
    bool points[RULE_POINTS] = {false}, with_password = looked->login->password[0] != '\0';
    tally->with_password += with_password;
    for (const struct rule *rule = rules; rule->id != NULL; rule++) {
        struct finding finding = {.id = rule->id,
                                  .result = CHECK_FAIL,
                                  .subject = looked->subject,
                                  .source_age_days = FINDING_NO_AGE,
                                  .file = about->file,
                                  .line = about->logins->has_lines ? looked->login->line : 0};
        if ((rule->of_password && !with_password) || !rule->holds(looked, about, findings, &finding))
            continue;
        finding_add(findings, &finding);
        points[rule->point] = true;
        if (tally->worst == NULL || rule < tally->worst)
            tally->worst = rule;
    }
    for (size_t i = 0; i < RULE_POINTS; i++)
        tally->points[i] += points[i];
}

/* The advice's three points, each with what is wrong by it, or that nothing was found. */
static void say_points(const size_t points[RULE_POINTS], bool with_list, struct findings *findings)
{
    char strong[NUMBER_GROUPED_SIZE], kept[NUMBER_GROUPED_SIZE], used[NUMBER_GROUPED_SIZE];
    number_grouped(strong, points[RULE_STRONG]);
    number_grouped(kept, points[RULE_KEPT]);
    number_grouped(used, points[RULE_USED]);
    if (points[RULE_STRONG] == 0)
        findings_say(findings, _("Strong: nothing wrong was found."));
    else
        findings_say(findings,
                     _("Strong: %s should be longer, of more kinds of character, or harder to guess."),
                     strong);
    if (points[RULE_KEPT] == 0)
        findings_say(findings, _("Kept well: nothing wrong was found."));
    else if (with_list)
        findings_say(findings,
                     _("Kept well: others could know %s (stolen before, or sent without encryption)."), kept);
    else
        findings_say(findings, _("Kept well: others could read %s on the way (sent without encryption)."),
                     kept);
    if (points[RULE_USED] == 0)
        findings_say(findings, _("Used well: nothing wrong was found in what this export tells."));
    else
        findings_say(findings,
                     _("Used well: %s could be used better (the same or nearly the same elsewhere, long not "
                       "used, or without a one-time code)."),
                     used);
}

static void sum_up(const struct tally *tally, const struct rule_about *about, struct findings *findings)
{
    char count[NUMBER_GROUPED_SIZE], with_password[NUMBER_GROUPED_SIZE];
    number_grouped(count, about->count);
    number_grouped(with_password, tally->with_password);
    findings_say(findings, _("In this export of %s there are logins: %s, with a password: %s."),
                 about->logins->format, count, with_password);
    say_points(tally->points, about->breached != NULL, findings);
    if (tally->worst != NULL)
        findings_say(findings, "%s", _(tally->worst->first));
    if (about->breached == NULL)
        findings_say(findings,
                     _("Whether a password was ever stolen was not looked up: give a list of stolen "
                       "ones with --breached."));
}

/* How what was read is kept while we look, and after. */
static void say_of_keeping(const struct logins *logins, struct findings *findings)
{
    if (!secrets_locked(logins->secrets))
        findings_say(findings,
                     _("This computer did not let us lock all passwords in memory: for a moment they "
                       "may have been written to its disk (swap)."));
    findings_say(findings, _("Everybody who gets this export can read your passwords: delete it when you are "
                             "done."));
}

/* Strength takes longest and comes when nothing else can fail any more. */
static bool find_out(struct looked *looked, struct rule_about *about, struct fault *fault)
{
    OWNED(breach_free) struct breach *list_of_stolen = NULL;
    if (breached != NULL && (list_of_stolen = breach_open(breached, fault)) == NULL)
        return false;
    reuse_same(looked, about->count);
    if (!reuse_near(looked, about->count, fault))
        return false;
    looked_measure(looked, about->count);
    if (list_of_stolen == NULL)
        return true;
    about->breached = breached;
    about->breached_age_days = breach_age_days(list_of_stolen, about->today);
    return looked_lost(looked, about->count, list_of_stolen, fault);
}

static bool judge(struct looked *looked, struct rule_about *about, struct findings *findings,
                  struct fault *fault)
{
    struct tally tally = {.worst = NULL};
    if (!find_out(looked, about, fault))
        return false;
    for (size_t i = 0; i < about->count; i++)
        judge_one(&looked[i], about, findings, &tally);
    tell_untold(about->logins, findings);
    tell_old_list(about, findings);
    sum_up(&tally, about, findings);
    return true;
}

static bool look(int count, char **words, struct findings *findings, struct fault *fault)
{
    (void)count;
    if (list != NULL && strcmp(list, "services") != 0)
        return fault_set(fault, "'--list' is '%s' (expected services)", list);
    CLEANUP(logins_clear) struct logins logins = {0};
    if (!secret_begin(fault) || !logins_read(&logins, words[0], fault))
        return false;
    OWNED_MEMORY struct looked *looked = memory_new(logins.count, sizeof *looked);
    struct rule_about about = {.logins = &logins, .today = check_today(), .file = words[0]};
    about.count = findings->looked_at = looked_gather(looked, &logins, findings);
    if (list != NULL)
        services_list(looked, about.count, logins.tells_used, findings);
    else if (!judge(looked, &about, findings, fault))
        return false;
    say_of_keeping(&logins, findings);
    return true;
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
