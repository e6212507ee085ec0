#include "check/passwords/skeleton.h"
#include "check/passwords/romaji.h"
#include <stdbool.h>
#include <string.h>

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (unsigned char)byte >= 0x80;
}
static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* "hanako-example" at example.jp is "hanako-": what people add so that they remember which. */
static size_t drop_own(char *out, size_t length, const char *own)
{
    size_t label = strcspn(own, ".");
    char *found = label >= 3 ? memmem(out, length, own, label) : NULL;
    if (found == NULL)
        return length;
    memmove(found, found + label, length - (size_t)(found - out) - label + 1);
    return length - label;
}

/* What is written for a letter, in classes: 1 stands for i and for l, so these are one. */
static char plain_letter(char byte)
{
    static const char from[] = "013457@$!|l", to[] = "oieastasiii";
    const char *at = byte != '\0' ? strchr(from, byte) : NULL;
    return at != NULL ? to[at - from] : byte;
}

static size_t take_word(char *out, size_t length)
{
    size_t begin = 0;
    while (length > 0 && !is_letter(out[length - 1]))
        length--;
    while (begin < length && !is_letter(out[begin]))
        begin++;
    for (size_t i = begin; i < length; i++)
        out[i - begin] = plain_letter(out[i]);
    return length - begin;
}

static size_t take_numbers(char *out, size_t length)
{
    size_t to = 0;
    for (size_t i = 0; i < length; i++) {
        if (!is_digit(out[i]))
            out[to++] = out[i];
        else if (to == 0 || out[to - 1] != '0')
            out[to++] = '0';
    }
    return to;
}

static size_t letters_of(const char *out, size_t length)
{
    size_t letters = 0;
    for (size_t i = 0; i < length; i++)
        letters += is_letter(out[i]);
    return letters;
}

size_t skeleton_of(enum skeleton_kind kind, const char *password, const char *own, char *out)
{
    struct romaji romaji;
    romaji_read(password, &romaji);
    for (size_t i = 0; i < romaji.length; i++)
        if (romaji.text[i] >= 'A' && romaji.text[i] <= 'Z')
            romaji.text[i] = (char)(romaji.text[i] - 'A' + 'a');
    size_t length = drop_own(romaji.text, romaji.length, own);
    length = kind == SKELETON_WORD ? take_word(romaji.text, length) : take_numbers(romaji.text, length);
    romaji.text[length] = '\0';
    length = romaji_fold(romaji.text, out, SKELETON_MOST + 1);
    explicit_bzero(&romaji, sizeof romaji);
    return letters_of(out, length) < SKELETON_LEAST ? 0 : length;
}
