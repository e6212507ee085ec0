/* The strings that cells share (ECMA-376 part 1, section 18.4): each may be in runs; how it is read aloud
 * (furigana) is not part of it. */
#include "base/cleanup.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/words.h"
#include "desk/xlsx.h"
#include <stdlib.h>
#include <string.h>

const char *xlsx_plain(struct arena *arena, const char *written)
{
    CLEANUP(text_clear) struct text plain;
    text_init(&plain, 4 * SHEET_CELL_MOST);
    for (; *written != '\0'; written++) {
        char code[5] = "";
        bool escaped = written[0] == '_' && written[1] == 'x' &&
                       strspn(written + 2, "0123456789ABCDEFabcdef") >= 4 && written[6] == '_';
        memcpy(code, written + (escaped ? 2 : 0), escaped ? 4 : 0);
        unsigned long value = escaped ? strtoul(code, NULL, 16) : 0;
        if (!escaped || value >= 0x80)
            text_add_byte(&plain, *written);
        else if (value == '\n' || value == '\t' || (value >= ' ' && value != 0x7f))
            text_add_byte(&plain, (char)value);
        written += escaped && value < 0x80 ? 6 : 0;
    }
    return arena_string(arena, plain.length > 0 ? plain.bytes : "", plain.length);
}

struct strings {
    struct xlsx *xlsx;
    struct arena *arena;
    struct xlsx_strings *out;
    struct text text;
    size_t bytes;
    bool within, aloud; /* <t>, <rPh> */
};

static void begin(void *context, const char *name, const char **attributes)
{
    struct strings *strings = context;
    (void)attributes;
    if (strcmp(name, "si") == 0)
        text_empty(&strings->text);
    strings->aloud = strings->aloud || strcmp(name, "rPh") == 0;
    strings->within = strcmp(name, "t") == 0;
}

static void add(struct strings *strings)
{
    struct xlsx_strings *out = strings->out;
    strings->bytes += strings->text.length;
    if (out->count == XLSX_STRINGS_MOST || strings->bytes > XLSX_STRINGS_BYTES_MOST ||
        !text_whole(&strings->text)) {
        strings->xlsx->problem = N_("The table is too large. Please send it in parts, or as CSV.");
        return;
    }
    if (strings->text.length > SHEET_CELL_MOST) {
        strings->xlsx->problem = N_("A cell is too long.");
        return;
    }
    if ((out->count & (out->count - 1)) == 0)
        out->strings =
            memory_resize(out->strings, out->count == 0 ? 1 : 2 * out->count, sizeof *out->strings);
    out->strings[out->count++] =
        xlsx_plain(strings->arena, strings->text.length > 0 ? strings->text.bytes : "");
}

static void end(void *context, const char *name)
{
    struct strings *strings = context;
    strings->within = false;
    if (strcmp(name, "rPh") == 0)
        strings->aloud = false;
    if (strcmp(name, "si") == 0)
        add(strings);
}

static void text(void *context, const char *bytes, size_t length)
{
    struct strings *strings = context;
    if (strings->within && !strings->aloud)
        text_add(&strings->text, bytes, length);
}

void xlsx_strings_read(struct xlsx *xlsx, const char *part, struct arena *arena, struct xlsx_strings *strings)
{
    struct strings reading = {.xlsx = xlsx, .arena = arena, .out = strings};
    const struct xlsx_reader reader = {begin, end, text, &reading};
    text_init(&reading.text, 4 * SHEET_CELL_MOST);
    if (part[0] != '\0')
        xlsx_read(xlsx, part, &reader);
    text_clear(&reading.text);
}
