/* The words of cases/staff.h, and what fits as a name. */
#include "base/text.h"
#include "cases/fold.h"
#include "cases/staff_row.h"
#include <string.h>

const char *const staff_states[] = {"invited", "active", "stopped", NULL};
const char *const staff_rights[] = {"intake", "analyst", "editor", "administrator", NULL};

bool staff_fold_name(const char *name, char folded[64])
{
    CLEANUP(text_clear) struct text text;
    text_init(&text, 63);
    fold_add(&text, name, FOLD_BLANKS_NONE);
    if (!text_whole(&text) || text.length == 0 || text.bytes[0] < 'a' || text.bytes[0] > 'z' ||
        strspn(text.bytes, "abcdefghijklmnopqrstuvwxyz0123456789._-") != text.length)
        return false;
    memcpy(folded, text.bytes, text.length + 1);
    return true;
}

static bool right_of(const char *word, size_t length, unsigned *right)
{
    for (unsigned i = 0; staff_rights[i] != NULL; i++)
        if (strlen(staff_rights[i]) == length && memcmp(staff_rights[i], word, length) == 0) {
            *right = 1U << i;
            return true;
        }
    return false;
}

bool staff_parse_rights(const char *words, unsigned *rights)
{
    unsigned all = 0, right;
    while (*words != '\0') {
        size_t length = strcspn(words, ",");
        if (!right_of(words, length, &right))
            return false;
        all |= right;
        words += length + (words[length] == ',');
        if (words[-1] == ',' && *words == '\0')
            return false;
    }
    *rights = all;
    return true;
}
