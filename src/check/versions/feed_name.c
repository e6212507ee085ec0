#include "check/versions/feed_name.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "check/versions/cpe.h"
#include "check/versions/feed_advisory.h"
#include "check/versions/feed_fold.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void fold_into(const char *string, char out[FEED_NAME_SIZE])
{
    CLEANUP(text_clear) struct text folded;
    text_init(&folded, FEED_NAME_SIZE - 1);
    feed_fold(string, &folded);
    for (size_t i = 0; i < folded.length; i++)
        if (folded.bytes[i] == '_')
            folded.bytes[i] = ' ';
    memcpy(out, folded.bytes, folded.length + 1);
}

/* Words that say for which processor or in which language a product was set up. */
static const char *const around[] = {
    "x64",      "x86",      "amd64",    "arm64",    "64-bit", "32-bit",     "64bit",   "32bit",
    "64",       "32",       "bit",      "ja",       "en",     "en-us",      "en-gb",   "ja-jp",
    "jp",       "us",       "日本語",   "日本語版", "英語",   "japanese",   "english", "ビット",
    "ビット版", "64ビット", "32ビット", "version",  "ver.",   "バージョン", "edition", "-",
};

/* "9.20" of "9.20.00.0": all of its numbers are the first ones of the version. */
static bool begins_version(const char *word, size_t length, const char *version)
{
    size_t v = length > 1 && word[0] == 'v' && is_digit(word[1]);
    size_t rest = length - v;
    return rest > 0 && is_digit(word[v]) && strncmp(word + v, version, rest) == 0 &&
           !is_digit(version[rest]) && (memchr(word + v, '.', rest) != NULL || version[rest] == '\0');
}

static bool is_around(const char *word, size_t length, const char *version)
{
    for (size_t i = 0; i < sizeof around / sizeof around[0]; i++)
        if (strlen(around[i]) == length && strncmp(around[i], word, length) == 0)
            return true;
    return version[0] != '\0' && begins_version(word, length, version);
}

/* All words in "(x64 ja)" are of that kind. */
static bool all_around(const char *words, size_t length, const char *version)
{
    size_t at = 0;
    while (at < length) {
        size_t word = strcspn(words + at, " ,)");
        if (word > 0 && !is_around(words + at, word < length - at ? word : length - at, version))
            return false;
        at += word + 1;
    }
    return true;
}

static void cut_spaces(char *name, size_t length)
{
    while (length > 0 && (name[length - 1] == ' ' || name[length - 1] == ','))
        length--;
    name[length] = '\0';
}

/* One word or parenthesis less at the end; false: what stands there is the name itself. */
static bool cut_last(char *name, const char *version)
{
    size_t length = strlen(name);
    const char *open = strrchr(name, '(');
    if (length > 0 && name[length - 1] == ')' && open != NULL && open > name) {
        if (!all_around(open + 1, length - 2 - (size_t)(open - name), version))
            return false;
        cut_spaces(name, (size_t)(open - name));
        return true;
    }
    const char *space = strrchr(name, ' ');
    if (space == NULL || !is_around(space + 1, strlen(space + 1), version))
        return false;
    cut_spaces(name, (size_t)(space - name));
    return true;
}

/* "Windows 10 64" keeps its 64 only where the name would be empty without. */
static void cut_around(char *name, const char *version)
{
    while (cut_last(name, version))
        ;
}

/* Words of a maker's name that do not tell it apart. */
static const char *const company[] = {"the", "inc",  "inc.",        "co",      "co.",
                                      "ltd", "ltd.", "corporation", "株式会社"};

static void take_vendor(const char *vendor, char out[FEED_NAME_SIZE])
{
    char folded[FEED_NAME_SIZE];
    fold_into(vendor, folded);
    const char *at = folded;
    out[0] = '\0';
    while (*at != '\0') {
        size_t length = strcspn(at, " ,.;:/()<>@");
        bool tells = length > 0;
        for (size_t i = 0; i < sizeof company / sizeof company[0]; i++)
            tells = tells && !(strlen(company[i]) == length && strncmp(company[i], at, length) == 0);
        if (tells) {
            snprintf(out, FEED_NAME_SIZE, "%.*s", (int)length, at);
            return;
        }
        at += length + (at[length] != '\0');
    }
}

/* The name without the maker's in front. */
static void take_bare(struct feed_name *name)
{
    size_t length = strlen(name->vendor);
    bool in_front =
        length > 0 && strncmp(name->whole, name->vendor, length) == 0 && name->whole[length] == ' ';
    snprintf(name->bare, sizeof name->bare, "%s", name->whole + (in_front ? length + 1 : 0));
}

/* Setups that carry their version in their name, and what notes call the product. */
static const struct {
    const char *setup, *noted;
} renamed[] = {
    {"adobe reader x", "adobe reader"},
    {"adobe reader xi", "adobe reader"},
    {"adobe acrobat x", "adobe acrobat"},
    {"adobe acrobat xi", "adobe acrobat"},
    {"adobe flash player 10 activex", "adobe flash player"},
    {"adobe flash player 11 activex", "adobe flash player"},
    {"adobe flash player 10 plugin", "adobe flash player"},
    {"adobe flash player 11 plugin", "adobe flash player"},
};

/* "java 8 update 45", "java(tm) 6 update 29": the JRE, whose notes write 8u45 or "8 Update 45". */
static bool take_java(struct feed_name *name)
{
    unsigned family, update;
    int end = 0;
    const char *number = strncmp(name->whole, "java ", 5) == 0       ? name->whole + 5
                         : strncmp(name->whole, "java(tm) ", 9) == 0 ? name->whole + 9
                                                                     : NULL;
    if (number == NULL || sscanf(number, "%3u update %5u%n", &family, &update, &end) != 2 ||
        number[end] != '\0')
        return false;
    snprintf(name->whole, sizeof name->whole, "jre");
    snprintf(name->version, sizeof name->version, "%uu%u", family, update);
    return true;
}

/* Flatpak knows applications by a domain turned around: org.mozilla.firefox is mozilla's firefox. */
static void take_turned_domain(struct feed_name *name)
{
    const char *maker = strchr(name->whole, '.'), *last = strrchr(name->whole, '.');
    if (maker == NULL || maker == last)
        return;
    if (name->vendor[0] == '\0')
        snprintf(name->vendor, sizeof name->vendor, "%.*s", (int)strcspn(maker + 1, "."), maker + 1);
    memmove(name->whole, last + 1, strlen(last + 1) + 1);
}

void feed_name_of(const struct product *product, struct feed_name *name)
{
    *name = (struct feed_name){.whole = ""};
    fold_into(product->name, name->whole);
    snprintf(name->version, sizeof name->version, "%s", product->version);
    cut_around(name->whole, product->version);
    take_vendor(product->vendor, name->vendor);
    if (product->system == PRODUCT_FLATPAK)
        take_turned_domain(name);
    else if (!take_java(name))
        for (size_t i = 0; i < sizeof renamed / sizeof renamed[0]; i++)
            if (strcmp(renamed[i].setup, name->whole) == 0)
                snprintf(name->whole, sizeof name->whole, "%s", renamed[i].noted);
    take_bare(name);
}

void feed_noted_of(const struct affected *affected, struct feed_noted *noted)
{
    char part[CPE_PART_SIZE];
    *noted = (struct feed_noted){.cpe_vendor = ""};
    fold_into(affected->product, noted->name.whole);
    cut_around(noted->name.whole, "");
    take_vendor(affected->vendor, noted->name.vendor);
    take_bare(&noted->name);
    if (cpe_part(affected->cpe, CPE_VENDOR, part))
        take_vendor(part, noted->cpe_vendor);
    if (cpe_part(affected->cpe, CPE_PRODUCT, part))
        fold_into(part, noted->cpe_product);
}

/* Sun's Java became Oracle's; one owner, two names. */
static const char *owner(const char *vendor)
{
    return strcmp(vendor, "sun") == 0 ? "oracle" : vendor;
}

static bool is_ascii(const char *string)
{
    for (; *string != '\0'; string++)
        if ((unsigned char)*string >= 0x80)
            return false;
    return true;
}

enum makers { MAKERS_SAME, MAKERS_OTHER, MAKERS_UNKNOWN };

/* A maker in Japanese and one in English cannot be held against each other, but CPE's is always English. */
static enum makers compare_makers(const struct feed_name *installed, const struct feed_noted *noted)
{
    const char *maker = owner(installed->vendor);
    if (maker[0] == '\0')
        return MAKERS_UNKNOWN;
    if (strcmp(maker, owner(noted->cpe_vendor)) == 0 || strcmp(maker, owner(noted->name.vendor)) == 0)
        return MAKERS_SAME;
    bool english = noted->cpe_vendor[0] != '\0' || is_ascii(noted->name.vendor);
    return english && noted->name.vendor[0] + noted->cpe_vendor[0] != 0 && is_ascii(maker) ? MAKERS_OTHER
                                                                                           : MAKERS_UNKNOWN;
}

void feed_name_key(const char *name, char key[FEED_NAME_SIZE])
{
    size_t length = 0;
    for (; *name != '\0' && length + 1 < FEED_NAME_SIZE; name++)
        if (*name != ' ')
            key[length++] = *name;
    key[length] = '\0';
}

/* "一太郎2011" and "一太郎 2011" are the same. */
static bool same(const char *a, const char *b)
{
    char a_key[FEED_NAME_SIZE], b_key[FEED_NAME_SIZE];
    feed_name_key(a, a_key);
    feed_name_key(b, b_key);
    return a_key[0] != '\0' && strcmp(a_key, b_key) == 0;
}

bool feed_name_matches(const struct feed_name *installed, const struct feed_noted *noted)
{
    bool whole = same(installed->whole, noted->name.whole) || same(installed->whole, noted->cpe_product);
    switch (compare_makers(installed, noted)) {
    case MAKERS_SAME:
        return whole || same(installed->bare, noted->name.bare) || same(installed->bare, noted->cpe_product);
    case MAKERS_OTHER: /* a project of its own name: "LibreOffice" by The Document Foundation */
        return whole && same(installed->whole, noted->cpe_vendor);
    case MAKERS_UNKNOWN:
        break;
    }
    return whole;
}
