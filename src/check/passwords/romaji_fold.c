/* romaji_fold: one spelling of the many. Folded are: Hepburn and typing habits to kunrei (sha sya, chi ti,
 * tsu tu, fu hu, ja zya, di zi, du zu, tch tty), m before b, p and m to n, any run of n to one, long vowels
 * to short ones (ou oo oh o- o, uu u, ii i). What is not Japanese goes through as small letters. */
#include "check/passwords/romaji.h"
#include <string.h>

static char lower(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
}

static bool is_one_of(char letter, const char *letters)
{
    return letter != '\0' && strchr(letters, letter) != NULL;
}

/* Nothing, where the letter only makes the sound before it longer. */
static bool is_swallowed(char letter, char next, char before)
{
    if (is_one_of(letter, "aiueo"))
        return letter == before || (letter == 'u' && before == 'o');
    if (letter == 'h') /* ohno, satoh */
        return before == 'o' && !is_one_of(next, "aiueoy");
    if (letter == '-') /* pasuwa-do */
        return is_one_of(before, "aiueo");
    return before == 'n' && (letter == 'n' || letter == '\'');
}

static size_t give(const char *letters, size_t taken, char out[3])
{
    memcpy(out, letters, strlen(letters) + 1);
    return taken;
}

/* Consonants of two letters, or of another letter. 0: none of these. */
static size_t fold_consonant(const char text[3], char out[3])
{
    char one = text[0], two = text[1], three = text[2];
    if ((one == 's' || one == 'c') && two == 'h' && is_one_of(three, "aiueo"))
        return give(one == 's' ? (three == 'i' ? "s" : "sy") : (three == 'i' ? "t" : "ty"), 2, out);
    if ((one == 't' || one == 'c') && two == 'c' && three == 'h')
        return give("t", 1, out);
    if (one == 'c' && two == 'y')
        return give("t", 1, out);
    if (one == 't' && two == 's' && three == 'u')
        return give("t", 2, out);
    if (one == 'j' && is_one_of(two, "aiueoyj"))
        return give(is_one_of(two, "iyj") ? "z" : "zy", 1, out);
    if (one == 'd' && (two == 'z' || two == 'j'))
        return give("", 1, out);
    if (one == 'd' && is_one_of(two, "iuy"))
        return give("z", 1, out);
    if (one == 'f' && two == 'u')
        return give("h", 1, out);
    if (one == 'm' && is_one_of(two, "bpm"))
        return give("n", 1, out);
    return 0;
}

size_t romaji_fold_step(const char *text, char before, char out[3])
{
    char three[3] = {lower(text[0]), 0, 0};
    if (three[0] != '\0')
        three[1] = lower(text[1]);
    if (three[1] != '\0')
        three[2] = lower(text[2]);
    if (is_swallowed(three[0], three[1], before))
        return give("", 1, out);
    size_t taken = fold_consonant(three, out);
    return taken != 0 ? taken : give((char[]){three[0], '\0'}, 1, out);
}

size_t romaji_fold(const char *text, char *out, size_t size)
{
    size_t length = 0;
    char letters[3];
    while (*text != '\0') {
        text += romaji_fold_step(text, length == 0 ? '\0' : out[length - 1], letters);
        for (const char *letter = letters; *letter != '\0' && length + 1 < size; letter++)
            out[length++] = *letter;
    }
    out[length] = '\0';
    return length;
}
