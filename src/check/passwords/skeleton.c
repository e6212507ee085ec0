#include "check/passwords/skeleton.h"
#include <ctype.h>
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

/* The password in small letters, as far as there is room. */
static size_t fold(const char *password, char *out)
{
    size_t length = 0;
    for (; password[length] != '\0' && length < SKELETON_MOST; length++) {
        char byte = password[length];
        out[length] = byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
    }
    out[length] = '\0';
    return length;
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
    size_t length = drop_own(out, fold(password, out), own);
    length = kind == SKELETON_WORD ? take_word(out, length) : take_numbers(out, length);
    out[length] = '\0';
    return letters_of(out, length) < SKELETON_LEAST ? 0 : length;
}
