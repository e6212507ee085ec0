#include "cases/password.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "cases/fold.h"
#include <glib.h>
#include <stdbool.h>
#include <string.h>

enum { PASSWORD_KINDS_LEAST = 5, PASSWORD_CHARACTERS_MOST = PASSWORD_MOST };

/* What everybody tries first, by itself or with little around it. */
static const char *const password_known[] = {
    "password",   "passwort",  "qwertyuiop", "asdfghjkl",     "zxcvbnm",  "1q2w3e4r",
    "letmein",    "iloveyou",  "welcome",    "administrator", "mimamori", "パスワード",
    "ぱすわーど", "pasuwaado", "konnichiwa", "arigatou",      NULL};
struct characters {
    gunichar list[PASSWORD_CHARACTERS_MOST];
    size_t count;
};

static void read_characters(const char *folded, struct characters *out)
{
    out->count = 0;
    for (const char *at = folded; *at != '\0' && out->count < PASSWORD_CHARACTERS_MOST;
         at = g_utf8_next_char(at))
        out->list[out->count++] = g_utf8_get_char(at);
}

static size_t kinds(const struct characters *characters)
{
    size_t kinds = 0;
    for (size_t i = 0; i < characters->count; i++) {
        size_t before = 0;
        while (before < i && characters->list[before] != characters->list[i])
            before++;
        kinds += before == i;
    }
    return kinds;
}

/* "abcdefghijkl", "210987654321": each character follows from the one before, but for a few. */
static bool is_run(const struct characters *characters)
{
    size_t up = 0, down = 0;
    for (size_t i = 1; i < characters->count; i++) {
        up += characters->list[i] == characters->list[i - 1] + 1;
        down += characters->list[i] + 1 == characters->list[i - 1];
    }
    return (up + down) * 4 >= characters->count * 3;
}

/* "secretsecret": the same again and again, to the end. */
static bool is_repeated(const struct characters *characters)
{
    for (size_t unit = 1; unit < PASSWORD_LEAST && unit * 2 <= characters->count; unit++) {
        size_t i = unit;
        while (i < characters->count && characters->list[i] == characters->list[i - unit])
            i++;
        if (i == characters->count)
            return true;
    }
    return false;
}

/* The word, once or more, with less than half a password beside it. */
static bool is_little_more_than(const char *folded, const char *word)
{
    size_t rest = strlen(folded), length = strlen(word);
    bool found = false;
    for (const char *at = folded; (at = strstr(at, word)) != NULL; at += length) {
        rest -= length;
        found = true;
    }
    return found && rest < PASSWORD_LEAST / 2;
}

static bool is_known(const char *folded)
{
    for (size_t i = 0; password_known[i] != NULL; i++)
        if (is_little_more_than(folded, password_known[i]))
            return true;
    return false;
}

enum password_judged password_judge(const char *password, const char *name)
{
    struct characters characters;
    CLEANUP(text_clear) struct text folded;
    text_init(&folded, PASSWORD_MOST * 4);
    if (strlen(password) > PASSWORD_MOST)
        return PASSWORD_LONG;
    fold_add(&folded, password, FOLD_BLANKS_ONE);
    read_characters(folded.bytes, &characters);
    if (!text_whole(&folded) || characters.count < PASSWORD_LEAST)
        return PASSWORD_SHORT;
    if (name[0] != '\0' && is_little_more_than(folded.bytes, name))
        return PASSWORD_NAME;
    if (kinds(&characters) < PASSWORD_KINDS_LEAST || is_run(&characters) || is_repeated(&characters) ||
        is_known(folded.bytes))
        return PASSWORD_SIMPLE;
    return PASSWORD_GOOD;
}
