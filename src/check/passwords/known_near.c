#include "check/passwords/known.h"
#include <stdbool.h>
#include <string.h>

enum { LETTERS_LEAST = 3 };

static bool is_letter(const struct romaji *romaji, size_t at)
{
    switch ((enum romaji_kind)romaji->kinds[at]) {
    case ROMAJI_LOWER:
    case ROMAJI_UPPER:
    case ROMAJI_KANA:
    case ROMAJI_GOES_ON:
        return true;
    case ROMAJI_DIGIT:
    case ROMAJI_SIGN:
    case ROMAJI_OTHER:
        return false;
    }
    return false;
}

static void add_run(struct known_near *near, const struct romaji *name, size_t begin, size_t end)
{
    char run[ROMAJI_MOST + 1];
    if (end - begin < LETTERS_LEAST || near->count == KNOWN_NEAR_MOST)
        return;
    memcpy(run, name->text + begin, end - begin);
    run[end - begin] = '\0';
    romaji_fold(run, near->words[near->count], sizeof near->words[0]);
    near->count++;
}

void known_near(const char *const *names, struct known_near *near)
{
    near->count = 0;
    for (; names != NULL && *names != NULL; names++) {
        struct romaji name;
        romaji_read(*names, &name);
        for (size_t begin = 0, end; begin < name.length; begin = end + 1) {
            end = begin;
            while (end < name.length && is_letter(&name, end))
                end++;
            add_run(near, &name, begin, end);
        }
    }
}
