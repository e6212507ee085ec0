#include "base/text.h"

#include "base/memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What `bytes` is before anything was added; capacity 0 says that it is not ours to free or to write. */
static char nothing[1];

void text_init(struct text *text, size_t limit)
{
    *text = (struct text){.bytes = nothing, .limit = limit};
}

void text_clear(struct text *text)
{
    if (text->capacity > 0)
        free(text->bytes);
    text_init(text, text->limit);
}

void text_empty(struct text *text)
{
    text->length = 0;
    text->overfull = false;
    if (text->capacity > 0)
        text->bytes[0] = '\0';
}

/* Room for `more` bytes and the NUL; false, for good, past the limit. */
static bool make_room(struct text *text, size_t more)
{
    if (text->overfull || more > text->limit - text->length) {
        text->overfull = true;
        return false;
    }
    size_t needed = text->length + more + 1;
    if (needed <= text->capacity)
        return true;
    size_t capacity = text->capacity < 64 ? 64 : text->capacity;
    while (capacity < needed)
        capacity = capacity > SIZE_MAX / 2 ? needed : capacity * 2;
    text->bytes = memory_resize(text->capacity > 0 ? text->bytes : NULL, capacity, 1);
    text->capacity = capacity;
    return true;
}

void text_add(struct text *text, const char *bytes, size_t length)
{
    if (length == 0 || !make_room(text, length))
        return;
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
}

void text_add_string(struct text *text, const char *string)
{
    text_add(text, string, strlen(string));
}

void text_add_byte(struct text *text, char byte)
{
    text_add(text, &byte, 1);
}

void text_addf(struct text *text, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length > 0 && make_room(text, (size_t)length)) {
        vsnprintf(text->bytes + text->length, (size_t)length + 1, format, again);
        text->length += (size_t)length;
    }
    va_end(again);
}

size_t text_unruly(const char *string)
{
    const unsigned char *at = (const unsigned char *)string;
    if (at[0] < 0x20 || at[0] == 0x7f)
        return at[0] != '\0';
    if (at[0] == 0xc2 && at[1] >= 0x80 && at[1] < 0xa0)
        return 2;
    if (at[0] != 0xe2)
        return 0;
    bool mark = at[1] == 0x80 && (at[2] == 0x8e || at[2] == 0x8f || (at[2] >= 0xa8 && at[2] <= 0xae));
    bool isolate = at[1] == 0x81 && at[2] >= 0xa6 && at[2] <= 0xa9;
    return mark || isolate ? 3 : 0;
}

void text_add_tame(struct text *text, const char *string)
{
    while (*string != '\0') {
        size_t unruly = text_unruly(string);
        text_add_byte(text, unruly > 0 ? '?' : *string);
        string += unruly > 0 ? unruly : 1;
    }
}

bool text_whole(const struct text *text)
{
    return !text->overfull;
}

/* Bytes of the well-formed character at `at` (RFC 3629 section 4), 0 where there is none. */
static size_t character(const unsigned char *at, size_t left, uint32_t *value)
{
    static const struct {
        unsigned char first, last, second_least, second_most, length;
    } forms[] = {
        {0x00, 0x7f, 0x00, 0x00, 1}, {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3},
        {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
        {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4},
    };
    static const unsigned char first_bits[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    size_t i = 0, count = sizeof forms / sizeof forms[0];
    while (i < count && (at[0] < forms[i].first || at[0] > forms[i].last))
        i++;
    if (i == count || left < forms[i].length)
        return 0;
    *value = at[0] & first_bits[forms[i].length];
    for (size_t k = 1; k < forms[i].length; k++) {
        unsigned char least = k == 1 ? forms[i].second_least : 0x80;
        unsigned char most = k == 1 ? forms[i].second_most : 0xbf;
        if (at[k] < least || at[k] > most)
            return 0;
        *value = *value << 6 | (at[k] & 0x3f);
    }
    return forms[i].length;
}

bool text_is_utf8(const char *bytes, size_t length)
{
    const unsigned char *at = (const unsigned char *)bytes, *end = at + length;
    while (at < end) {
        uint32_t value;
        size_t taken = *at < 0x80 ? 1 : character(at, (size_t)(end - at), &value);
        if (taken == 0)
            return false;
        at += taken;
    }
    return true;
}

void text_add_utf8(struct text *text, const char *bytes, size_t length)
{
    const unsigned char *at = (const unsigned char *)bytes, *end = at + length;
    while (at < end) {
        uint32_t value;
        size_t taken = *at < 0x80 ? 1 : character(at, (size_t)(end - at), &value);
        if (taken > 0)
            text_add(text, (const char *)at, taken);
        else
            text_add_string(text, "\xef\xbf\xbd");
        at += taken > 0 ? taken : 1;
    }
}

const char *text_or_null(const char *string)
{
    return text_is_utf8(string, strlen(string)) ? string : NULL;
}

/* The blocks of UAX #11 that are wide or full width, by whole blocks: a table for people's eyes needs no
 * more. */
static size_t columns_of(uint32_t value)
{
    static const struct {
        uint32_t first, last;
        size_t columns;
    } ranges[] = {
        {0x0300, 0x036f, 0},   {0x1100, 0x115f, 2},   {0x200b, 0x200f, 0},   {0x202a, 0x202e, 0},
        {0x2e80, 0x303e, 2},   {0x3041, 0x3098, 2},   {0x3099, 0x309a, 0},   {0x309b, 0x4dbf, 2},
        {0x4e00, 0xa4cf, 2},   {0xa960, 0xa97f, 2},   {0xac00, 0xd7a3, 2},   {0xf900, 0xfaff, 2},
        {0xfe00, 0xfe0f, 0},   {0xfe30, 0xfe6f, 2},   {0xff00, 0xff60, 2},   {0xffe0, 0xffe6, 2},
        {0x1f300, 0x1f64f, 2}, {0x1f900, 0x1f9ff, 2}, {0x20000, 0x3fffd, 2},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        if (value >= ranges[i].first && value <= ranges[i].last)
            return ranges[i].columns;
    }
    return 1;
}

size_t text_columns(const char *string)
{
    const unsigned char *at = (const unsigned char *)string, *end = at + strlen(string);
    size_t columns = 0;
    while (at < end) {
        uint32_t value = 0;
        size_t taken = character(at, (size_t)(end - at), &value);
        columns += taken == 0 ? 1 : columns_of(value);
        at += taken == 0 ? 1 : taken;
    }
    return columns;
}
