#include "bulletin/country.h"
#include "base/words.h"
#include <jansson.h>
#include <string.h>

#define COUNTRY_LIST   "/usr/share/iso-codes/json/iso_3166-1.json"
#define COUNTRY_DOMAIN "iso_3166-1"

static const char *field(const json_t *entry, const char *name)
{
    return json_string_value(json_object_get(entry, name));
}

static json_t *find_entry(json_t *entries, const char *code)
{
    size_t i;
    json_t *entry;
    json_array_foreach(entries, i, entry)
    {
        const char *alpha = field(entry, "alpha_2");
        if (alpha != NULL && strcmp(alpha, code) == 0)
            return entry;
    }
    return NULL;
}

/* Everyday names where the standard's are formal, and what Debian 12's translations do not know yet. */
static const char *own_name(const char *code)
{
    static const char *const own[][2] = {
        {"CZ", N_("Czechia")},        {"KP", N_("North Korea")},
        {"KR", N_("South Korea")},    {"MK", N_("North Macedonia")},
        {"RU", N_("Russia")},         {"SZ", N_("Eswatini")},
        {"TR", N_("Türkiye")},        {"US", N_("the United States")},
        {"ZZ", N_("unknown region")},
    };
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        if (strcmp(own[i][0], code) == 0)
            return gettext(own[i][1]);
    return NULL;
}

static const char *keep(struct issue *issue, const char *name)
{
    return arena_string(&issue->words, name, strlen(name));
}

static const char *name_of(struct issue *issue, json_t *entry)
{
    const char *name = field(entry, "name"), *common = field(entry, "common_name");
    if (name == NULL)
        return NULL;
    if (strcmp(words_language(), "en") == 0)
        return keep(issue, common != NULL ? common : name);
    bind_textdomain_codeset(COUNTRY_DOMAIN, "UTF-8");
    if (common != NULL) {
        const char *said = dgettext(COUNTRY_DOMAIN, common);
        if (said != common)
            return keep(issue, said);
    }
    return keep(issue, dgettext(COUNTRY_DOMAIN, name));
}

const char *country_name(struct issue *issue, const char *code)
{
    static json_t *list; /* read once a process: 250 entries */
    const char *own = own_name(code);
    if (own != NULL)
        return own;
    if (list == NULL)
        list = json_load_file(COUNTRY_LIST, 0, NULL);
    json_t *entry = find_entry(json_object_get(list, "3166-1"), code);
    const char *name = entry == NULL ? NULL : name_of(issue, entry);
    return name != NULL ? name : arena_string(&issue->words, code, strlen(code));
}
