#include "ledger/conf.h"
#include "ledger/conf_desk.h"
#include "base/memory.h"
#include "base/settings.h"
#include <stdlib.h>
#include <string.h>

enum {
    CONF_WORDS_MOST = 4096,
    CONF_LEVEL_MOST_PERCENT = 1000,
    CONF_DAYS_MOST = 100000,
    CONF_SIZE_MOST = 1000000
};

bool conf_is_language(const char *language)
{
    return strcmp(language, "ja") == 0 || strcmp(language, "en") == 0;
}

static bool take_zone(void *target, const char *value, struct fault *fault)
{
    struct ledger_settings *settings = target;
    if (value[0] == '\0' || strlen(value) >= sizeof settings->zone)
        return fault_set(fault, "'zone' is '%s' (expected a time zone, like Asia/Tokyo)", value);
    memcpy(settings->zone, value, strlen(value) + 1); /* that it exists is seen when it is opened */
    return true;
}

static bool take_language(void *target, const char *value, struct fault *fault)
{
    struct ledger_settings *settings = target;
    if (!conf_is_language(value))
        return fault_set(fault, "'language' is '%s' (expected ja or en)", value);
    memcpy(settings->language, value, strlen(value) + 1);
    return true;
}

static bool take_average(void *target, const char *value, struct fault *fault)
{
    struct ledger_settings *settings = target;
    bool cut = strcmp(value, "cut") == 0;
    if (!cut && strcmp(value, "round") != 0)
        return fault_set(fault, "'average' is '%s' (expected cut or round)", value);
    settings->average = cut ? NUMBER_CUT : NUMBER_ROUND;
    return true;
}

/* "never", "2" or "2.5": kept in tenths, because a percentage has one decimal. */
static bool take_level(void *target, const char *value, struct fault *fault)
{
    struct ledger_settings *settings = target;
    if (strcmp(value, "never") == 0) {
        settings->level_tenths = -1;
        return true;
    }
    size_t whole_length = strcspn(value, ".");
    uint64_t whole, tenth = 0;
    bool number = number_parse(value, whole_length, CONF_LEVEL_MOST_PERCENT, &whole) &&
                  (value[whole_length] == '\0' ||
                   number_parse(value + whole_length + 1, strlen(value + whole_length + 1), 9, &tenth));
    if (!number || strlen(value) > whole_length + 2)
        return fault_set(fault,
                         "'level-threshold-percent' is '%s' (expected never, or a percentage up to %d with "
                         "at most one decimal)",
                         value, CONF_LEVEL_MOST_PERCENT);
    settings->level_tenths = (int64_t)(whole * 10 + tenth);
    return true;
}

/* "400 days": the number and the word behind it. */
static bool parse_amount(const char *value, uint64_t most, uint64_t *number, const char **word)
{
    size_t digits = strspn(value, "0123456789");
    if (!number_parse(value, digits, most, number) || *number == 0)
        return false;
    *word = value + digits + strspn(value + digits, " ");
    return true;
}

static bool take_keep_days(void *target, const char *value, struct fault *fault)
{
    struct ledger_settings *settings = target;
    uint64_t days = 0;
    const char *word = "days";
    bool good = strcmp(value, "all") == 0 || parse_amount(value, CONF_DAYS_MOST, &days, &word);
    if (!good || (strcmp(word, "days") != 0 && strcmp(word, "day") != 0))
        return fault_set(fault, "'keep-sightings' is '%s' (expected all, or a number of days, like 400 days)",
                         value);
    settings->keep_days = (int32_t)days;
    return true;
}

static bool take_keep_bytes(void *target, const char *value, struct fault *fault)
{
    static const char *const units[] = {"MB", "GB", "TB"};
    struct ledger_settings *settings = target;
    uint64_t number = 0, unit = 1000000;
    const char *word = units[0];
    bool good = strcmp(value, "all") == 0 || parse_amount(value, CONF_SIZE_MOST, &number, &word);
    size_t i = 0;
    for (; i < 3 && strcmp(word, units[i]) != 0; i++)
        unit *= 1000;
    if (!good || i == 3)
        return fault_set(
            fault, "'keep-sightings-size' is '%s' (expected all, or a size in MB, GB or TB, like 50 GB)",
            value);
    settings->keep_bytes = number * unit;
    return true;
}

static bool take_country_database(void *target, const char *value, struct fault *fault)
{
    struct ledger_settings *settings = target;
    if (value[0] == '\0')
        return fault_set(fault, "'country-database' is empty (expected a MaxMind file)");
    free(settings->country_database);
    settings->country_database = memory_string(value);
    return true;
}

static bool take_desk_name(void *target, const char *value, struct fault *fault)
{
    struct ledger_settings *settings = target;
    if (strlen(value) > CONF_WORDS_MOST)
        return fault_set(fault, "'desk-name' is too long (expected at most %d bytes)", CONF_WORDS_MOST);
    free(settings->desk_name);
    settings->desk_name = memory_string(value);
    return true;
}

static bool take_desk_contact(void *target, const char *value, struct fault *fault)
{
    struct ledger_settings *settings = target;
    CLEANUP(text_clear) struct text lines;
    text_init(&lines, CONF_WORDS_MOST);
    text_addf(&lines, "%s%s%s", settings->desk_contact, settings->desk_contact[0] == '\0' ? "" : "\n", value);
    if (!text_whole(&lines))
        return fault_set(fault, "'desk-contact' is too long (expected at most %d bytes in all)",
                         CONF_WORDS_MOST);
    free(settings->desk_contact);
    settings->desk_contact = memory_string(lines.bytes);
    return true;
}

static const struct setting conf_table[] = {
    {"zone", take_zone, false},
    {"language", take_language, false},
    {"average", take_average, false},
    {"level-threshold-percent", take_level, false},
    {"keep-sightings", take_keep_days, false},
    {"keep-sightings-size", take_keep_bytes, false},
    {"country-database", take_country_database, false},
    {"desk-name", take_desk_name, false},
    {"desk-contact", take_desk_contact, true},
    {"desk-address", conf_desk_address, false},
    {"desk-mail", conf_desk_mail, false},
    {"desk-maildir", conf_desk_maildir, false},
    {"desk-sendmail", conf_desk_sendmail, false},
    {"desk-smtp", conf_desk_smtp, false},
    {0},
};

bool conf_read(const char *path, struct ledger_settings *settings, struct fault *fault)
{
    struct ledger_settings read = {
        .zone = "Asia/Tokyo", .language = "ja", .average = NUMBER_CUT, .level_tenths = -1};
    read.desk_name = memory_string("");
    read.desk_contact = memory_string("");
    read.desk_address = memory_string("");
    read.desk_mail = memory_string("");
    if (!settings_read(path, false, conf_table, &read, fault)) {
        conf_clear(&read);
        return false;
    }
    *settings = read;
    return true;
}

void conf_clear(struct ledger_settings *settings)
{
    free(settings->country_database);
    free(settings->desk_name);
    free(settings->desk_contact);
    free(settings->desk_address);
    free(settings->desk_mail);
    free(settings->desk_maildir);
    free(settings->desk_sendmail);
    free(settings->desk_smtp);
    *settings = (struct ledger_settings){0};
}

void conf_text(struct text *out, const char *zone, const char *language)
{
    text_addf(
        out,
        "# The settings of this ledger. A line is 'name = value'; '#' begins a comment.\n\n"
        "# Where a day begins. Do not change it once captures are taken in: their days were counted in it.\n"
        "zone = %s\n\n"
        "# The language of bulletins: ja or en.\n"
        "language = %s\n\n"
        "# Accesses and sources a point and day: cut, or round (half up).\n"
        "average = cut\n\n"
        "# Below this change in percent a sentence says 'level'; never: always the percentage.\n"
        "level-threshold-percent = never\n\n"
        "# How many days of sightings 'mimamori ledger retain' keeps, and how large they may be; all: "
        "everything.\n"
        "# What it lets go of stays counted: summaries and bulletins are the same.\n"
        "# keep-sightings = 400 days\n"
        "# keep-sightings-size = 50 GB\n\n"
        "# A MaxMind file that tells the country of an address, in place of the one mimamori came with.\n"
        "# country-database = /usr/share/GeoIP/GeoLite2-Country.mmdb\n\n"
        "# Who publishes, and how to reach them: head and foot of the bulletin. desk-contact may be given "
        "many times.\n"
        "# desk-name = Example Watch Desk\n"
        "# desk-contact = telephone 00-0000-0000\n"
        "# desk-contact = desk@example.org\n\n"
        "# The web desk: how the world names it. Links in mail begin so, and what a form sends must come "
        "from "
        "there.\n"
        "# desk-address = https://desk.example.org\n\n"
        "# Its mail: the address that is written to, the Maildir its mail arrives in, and one way to send: a "
        "program that\n"
        "# takes a message like sendmail, or a mail server.\n"
        "# desk-mail = desk@example.org\n"
        "# desk-maildir = /var/mail/desk\n"
        "# desk-sendmail = /usr/sbin/sendmail\n"
        "# desk-smtp = localhost:25\n",
        zone, language);
}
