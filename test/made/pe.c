#include "pe.h"
#include "base/cleanup.h"
#include "base/memory.h"
#include "base/text.h"
#include "wide.h"
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* "PE Format" of Microsoft's documents: the smallest that has every table on the way to the resource. */
enum {
    NT_HEADER = 64,
    OPTIONAL_32 = 224,
    OPTIONAL_64 = 240,
    SECTION_OFFSET = 512,
    SECTION_ADDRESS = 4096,
    FOLDERS = 3 * 24, /* three folders of resources with an entry each */
    DATA_ENTRY = 16,
    FIXED = 52
};

struct program {
    unsigned bits;
    unsigned file[4], product[4];
    struct text strings; /* blocks */
};

static void add_number(struct text *out, uint64_t number, size_t size)
{
    for (size_t i = 0; i < size; i++)
        text_add_byte(out, (char)(number >> 8 * i));
}

static void align(struct text *out)
{
    while (out->length % 4 != 0)
        text_add_byte(out, '\0');
}

/* A block begins with its length, which is known at its end. */
static size_t begin_block(struct text *out, const char *name, size_t value_length, bool of_text)
{
    align(out);
    size_t at = out->length;
    add_number(out, 0, 2);
    add_number(out, value_length, 2);
    add_number(out, of_text, 2);
    wide_add(out, name, false);
    align(out);
    return at;
}

static void end_block(struct text *out, size_t at)
{
    out->bytes[at] = (char)(out->length - at);
    out->bytes[at + 1] = (char)((out->length - at) >> 8);
}

static void add_fixed(struct text *out, const struct program *program)
{
    add_number(out, 0xfeef04bd, 4);
    add_number(out, 0x10000, 4);
    const unsigned *const versions[] = {program->file, program->product};
    for (size_t i = 0; i < 2; i++)
        for (size_t half = 0; half < 4; half += 2)
            add_number(out, (uint64_t)versions[i][half] << 16 | versions[i][half + 1], 4);
    for (size_t i = 0; i < FIXED - 24; i++)
        text_add_byte(out, '\0');
}

static void add_resource(struct text *out, const struct program *program)
{
    size_t whole = begin_block(out, "VS_VERSION_INFO", FIXED, false);
    add_fixed(out, program);
    size_t info = begin_block(out, "StringFileInfo", 0, true);
    size_t table = begin_block(out, "041104b0", 0, true);
    align(out);
    text_add(out, program->strings.bytes, program->strings.length);
    end_block(out, table);
    end_block(out, info);
    end_block(out, whole);
}

static void add_section(struct text *out, const struct program *program)
{
    CLEANUP(text_clear) struct text resource;
    text_init(&resource, 1 << 16);
    add_resource(&resource, program);
    static const uint32_t numbers[] = {16 /* RT_VERSION */, 1, 0x411};
    for (uint32_t i = 0; i < 3; i++) {
        text_add(out, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0", 16);
        add_number(out, numbers[i], 4);
        add_number(out, (i < 2 ? 0x80000000u : 0) | (i + 1) * 24, 4);
    }
    add_number(out, SECTION_ADDRESS + FOLDERS + DATA_ENTRY, 4);
    add_number(out, resource.length, 4);
    add_number(out, 0, 8);
    text_add(out, resource.bytes, resource.length);
}

static void add_headers(struct text *out, const struct program *program, size_t section)
{
    size_t optional = program->bits == 64 ? OPTIONAL_64 : OPTIONAL_32;
    text_add(out, "MZ", 2);
    while (out->length < 60)
        text_add_byte(out, 0);
    add_number(out, NT_HEADER, 4);
    text_add(out, "PE\0\0", 4);
    add_number(out, program->bits == 64 ? 0x8664 : 0x14c, 2);
    add_number(out, 1, 2); /* one section */
    add_number(out, 0, 8), add_number(out, 0, 4);
    add_number(out, optional, 2);
    add_number(out, 2, 2);
    size_t at = out->length;
    add_number(out, program->bits == 64 ? 0x20b : 0x10b, 2);
    while (out->length < at + optional - 132)
        text_add_byte(out, '\0');
    add_number(out, 16, 4); /* data directories; the third are the resources */
    add_number(out, 0, 8), add_number(out, 0, 8);
    add_number(out, SECTION_ADDRESS, 4), add_number(out, section, 4);
    while (out->length < at + optional)
        text_add_byte(out, '\0');
    text_add(out, ".rsrc\0\0\0", 8);
    add_number(out, section, 4), add_number(out, SECTION_ADDRESS, 4);
    add_number(out, section, 4), add_number(out, SECTION_OFFSET, 4);
    add_number(out, 0, 8), add_number(out, 0, 8);
    while (out->length < SECTION_OFFSET)
        text_add_byte(out, '\0');
}

static bool take_line(struct program *program, char *line)
{
    char *value = strchr(line, '=');
    if (value == NULL)
        return line[0] == '\0' || line[0] == ';';
    *value++ = '\0';
    unsigned *parts = strcmp(line, "file") == 0 ? program->file : program->product;
    if (strcmp(line, "bits") == 0)
        program->bits = (unsigned)strtoul(value, NULL, 10);
    else if (strcmp(line, "file") == 0 || strcmp(line, "product") == 0)
        return sscanf(value, "%u.%u.%u.%u", &parts[0], &parts[1], &parts[2], &parts[3]) == 4;
    else {
        size_t block = begin_block(&program->strings, line, 0, true);
        size_t before = program->strings.length;
        wide_add(&program->strings, value, false);
        program->strings.bytes[block + 2] = (char)((program->strings.length - before) / 2);
        end_block(&program->strings, block);
    }
    return true;
}

bool made_pe(const char *text, const char *path)
{
    struct program program = {.bits = 64};
    CLEANUP(text_clear) struct text section;
    CLEANUP(text_clear) struct text out;
    text_init(&program.strings, 1 << 15);
    text_init(&section, 1 << 16);
    text_init(&out, 1 << 17);
    text_add_string(&program.strings, "");
    OWNED_MEMORY char *copy = memory_string(text);
    bool well = true;
    for (char *rest = copy, *line; well && (line = strsep(&rest, "\n")) != NULL;)
        well = take_line(&program, line) || fprintf(stderr, "%s\n", line) < 0;
    add_section(&section, &program);
    add_headers(&out, &program, section.length);
    text_add(&out, section.bytes, section.length);
    text_clear(&program.strings);
    CLEANUP(cleanup_file) FILE *file = fopen(path, "wb");
    return well && file != NULL && fwrite(out.bytes, out.length, 1, file) == 1;
}
