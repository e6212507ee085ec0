/* Whatever is a password: how it is read, folded and judged stays within bounds and says one thing. The first
 * line is the name of its user. */
#include "fuzz.h"

#include "check/passwords/romaji.h"
#include "check/passwords/strength.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

static void must_be_read(const char *password, size_t length)
{
    struct romaji romaji, backwards, again;
    romaji_read(password, &romaji);
    MUST(romaji.length <= ROMAJI_MOST && strlen(romaji.text) == romaji.length);
    MUST(romaji.length > 0 || length == 0);
    romaji_reverse(&romaji, &backwards);
    romaji_reverse(&backwards, &again);
    MUST(memcmp(romaji.text, again.text, romaji.length + 1) == 0);
    MUST(memcmp(romaji.kinds, again.kinds, romaji.length) == 0);
}

/* Nothing grows but by a y, and a little room holds the beginning. */
static void must_be_folded(const char *password)
{
    struct romaji romaji;
    char folded[2 * ROMAJI_MOST + 1], little[5];
    romaji_read(password, &romaji);
    size_t length = romaji_fold(romaji.text, folded, sizeof folded);
    MUST(length <= 2 * romaji.length && strlen(folded) == length);
    MUST(romaji_fold(romaji.text, little, sizeof little) == (length < 4 ? length : 4));
    MUST(memcmp(little, folded, strlen(little)) == 0);
}

static void must_be_judged(const char *password, const char *user, size_t length)
{
    struct strength strength, again, with;
    strength_of(password, NULL, &strength);
    strength_of(password, NULL, &again);
    strength_of(password, (const char *const[]){user, "example.jp", NULL}, &with);
    MUST(isfinite(strength.bits) && strength.bits >= 0 && strength.bits <= 12.0 * ROMAJI_MOST);
    MUST(strength.bits == again.bits && strength.dictionary == again.dictionary);
    MUST(with.bits <= strength.bits && with.length == strength.length && with.missing == strength.missing);
    MUST(strength.length <= length && (strength.length > 0 || length == 0));
    MUST(!strength.dictionary || strength.bits < STRENGTH_BITS);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    char *user = malloc(length + 1);
    MUST(user != NULL);
    memcpy(user, bytes, length);
    user[length] = '\0';
    char *password = strchr(user, '\n');
    if (password != NULL)
        *password++ = '\0';
    else
        password = user;
    size_t size = strlen(password);
    must_be_read(password, size);
    must_be_folded(password);
    must_be_judged(password, user, size);
    free(user);
    return 0;
}
