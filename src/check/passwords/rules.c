#include "check/passwords/rules.h"
#include "base/calendar.h"
#include "base/number.h"
#include "base/words.h"
#include "check/passwords/services.h"
#include <math.h>

static bool breached(const struct looked *looked, const struct rule_about *about, struct findings *findings,
                     struct finding *finding)
{
    if (looked->lost == 0)
        return false;
    char times[NUMBER_GROUPED_SIZE];
    number_grouped(times, looked->lost);
    finding->seen = looked->lost == 1
                        ? _("in the list of stolen passwords")
                        : findings_format(findings, _("in the list of stolen passwords, %s times"), times);
    finding->expected = _("a password that nobody has lost");
    finding->advice = _("Change it now, wherever you use it.");
    finding->source = about->breached;
    finding->source_age_days = about->breached_age_days;
    return true;
}

/* "a.example, b.example, c.example and 4 more" */
static const char *others(const struct kin *kin, struct findings *findings)
{
    const char *named = kin->shown[0];
    for (size_t i = 1; i < KIN_SHOWN && kin->shown[i] != NULL; i++)
        named = findings_format(findings, _("%s, %s"), named, kin->shown[i]);
    if (kin->count > KIN_SHOWN)
        named = findings_format(findings, _("%s and %zu more"), named, kin->count - KIN_SHOWN);
    return named;
}

static bool reused(const struct looked *looked, const struct rule_about *about, struct findings *findings,
                   struct finding *finding)
{
    (void)about;
    if (looked->same.count == 0)
        return false;
    finding->seen =
        findings_format(findings, _("the same password as at %s"), others(&looked->same, findings));
    finding->expected = _("a password of its own for each service");
    finding->advice = _("Change it at each of them, beginning with mail, banks and shops.");
    return true;
}

static bool variant(const struct looked *looked, const struct rule_about *about, struct findings *findings,
                    struct finding *finding)
{
    (void)about;
    if (looked->near.count == 0)
        return false;
    finding->seen =
        findings_format(findings, _("nearly the same password as at %s"), others(&looked->near, findings));
    finding->expected = _("a password that does not resemble another service's");
    finding->advice = _("Change it to one that has nothing in common with the others.");
    return true;
}

static bool too_short(const struct looked *looked, const struct rule_about *about, struct findings *findings,
                      struct finding *finding)
{
    (void)about;
    if (looked->strength.length >= STRENGTH_LENGTH)
        return false;
    finding->seen = findings_format(findings, _("%zu characters"), looked->strength.length);
    finding->expected = findings_format(findings, _("%d characters or more"), STRENGTH_LENGTH);
    finding->advice = _("Choose a longer one: several words in a row are long and easy to keep in mind.");
    return true;
}

static bool dictionary(const struct looked *looked, const struct rule_about *about, struct findings *findings,
                       struct finding *finding)
{
    (void)about, (void)findings;
    if (!looked->strength.dictionary)
        return false;
    finding->seen = _("a word or a name, at most with something added");
    finding->expected = _("no word that is in a dictionary, and no name");
    finding->advice = _("Choose one that no list of words holds.");
    return true;
}

/* 2^bits to two places, as people write numbers: "8,600". */
static const char *guesses(double bits, char out[NUMBER_GROUPED_SIZE])
{
    double count = exp2(bits < 63 ? bits : 63), step = 1;
    while (count / step >= 100)
        step *= 10;
    number_grouped(out, (uint64_t)(round(count / step) * step));
    return out;
}

static bool guessable(const struct looked *looked, const struct rule_about *about, struct findings *findings,
                      struct finding *finding)
{
    (void)about;
    if (looked->strength.bits >= STRENGTH_BITS)
        return false;
    char count[NUMBER_GROUPED_SIZE];
    finding->seen =
        findings_format(findings, _("found after about %s guesses"), guesses(looked->strength.bits, count));
    finding->expected = findings_format(findings, _("%s guesses or more"), guesses(STRENGTH_BITS, count));
    finding->advice = _("Choose a longer one that follows no pattern, such as your password manager makes.");
    return true;
}

static bool missing_kinds(const struct looked *looked, const struct rule_about *about,
                          struct findings *findings, struct finding *finding)
{
    static const char *const names[] = {N_("small letters"), N_("capitals"), N_("digits"), N_("signs")};
    (void)about;
    const char *missing = NULL;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if ((looked->strength.missing & 1u << i) != 0)
            missing =
                missing == NULL ? _(names[i]) : findings_format(findings, _("%s, %s"), missing, _(names[i]));
    if (missing == NULL)
        return false;
    finding->seen = findings_format(findings, _("lacks: %s"), missing);
    finding->expected = _("small letters, capitals, digits and signs");
    finding->advice = _("Add the kinds that it lacks, not only at its end.");
    return true;
}

static bool insecure_site(const struct looked *looked, const struct rule_about *about,
                          struct findings *findings, struct finding *finding)
{
    (void)about;
    if (!looked->site.insecure)
        return false;
    finding->seen = findings_format(findings, "http://%s", looked->site.host);
    finding->expected = findings_format(findings, "https://%s", looked->site.host);
    finding->advice =
        _("Log in by https:// only. Where there is none, do not use this password anywhere else.");
    return true;
}

static bool unused(const struct looked *looked, const struct rule_about *about, struct findings *findings,
                   struct finding *finding)
{
    int32_t used = looked->login->used_day;
    if (!about->logins->tells_used || (used != LOGIN_NO_DAY && about->today - used <= UNUSED_DAYS))
        return false;
    char day[CALENDAR_DAY_SIZE];
    if (used != LOGIN_NO_DAY)
        calendar_day_text(day, used);
    finding->seen = used == LOGIN_NO_DAY ? _("never used, as far as is known")
                                         : findings_format(findings, _("last used on %s"), day);
    finding->expected = findings_format(findings, _("used within %d days"), UNUSED_DAYS);
    finding->advice =
        _("Log in once to see that nothing is strange; close the account if you no longer need it.");
    return true;
}

static bool no_one_time_code(const struct looked *looked, const struct rule_about *about,
                             struct findings *findings, struct finding *finding)
{
    (void)findings;
    if (!about->logins->tells_one_time_code || looked->login->one_time_code ||
        !services_offer_codes(looked->service))
        return false;
    finding->seen = _("no one-time code is kept with this password");
    finding->expected = _("a one-time code, which this service offers");
    finding->advice =
        _("Turn on the one-time code in the service's settings, unless you get it by another way already.");
    return true;
}

const struct rule rules[] = {
    {"breached", RULE_KEPT, true,
     N_("Begin with the passwords that are in the list of stolen ones: change them today."), breached},
    {"reused", RULE_USED, true,
     N_("Begin with the passwords that several services share: give each service its own."), reused},
    {"variant", RULE_USED, true,
     N_("Begin with the passwords that resemble each other: give each service its own."), variant},
    {"too-short", RULE_STRONG, true, N_("Begin with the passwords that are too short."), too_short},
    {"dictionary", RULE_STRONG, true, N_("Begin with the passwords that are words or names."), dictionary},
    {"guessable", RULE_STRONG, true, N_("Begin with the passwords that are easily guessed."), guessable},
    {"missing-kinds", RULE_STRONG, true, N_("Begin with the passwords that lack a kind of character."),
     missing_kinds},
    {"insecure-site", RULE_KEPT, true, N_("Begin with the services whose address begins with http://."),
     insecure_site},
    {"unused", RULE_USED, false, N_("Begin with the services that you have not used for a year."), unused},
    {"no-one-time-code", RULE_USED, true, N_("Begin with turning on one-time codes where they are offered."),
     no_one_time_code},
    {0},
};
