/* pe_version: VS_VERSIONINFO is a tree of blocks of one shape: a length, the length of its value, a kind, a
 * name in UTF-16, the value, and further blocks, each begun at a multiple of four. */
#include "check/versions/pe_version.h"
#include "base/cleanup.h"
#include "base/reader.h"
#include "base/text.h"
#include "check/versions/caseless.h"
#include "check/versions/utf16.h"
#include <string.h>

enum { NAME_MOST = 128, FIXED = 52, BLOCKS_MOST = 4096 };
#define FIXED_SIGNATURE 0xfeef04bdu

static const char *const names[PE_STRINGS] = {
    [PE_COMPANY] = "CompanyName",        [PE_FILE_VERSION] = "FileVersion",
    [PE_INTERNAL_NAME] = "InternalName", [PE_ORIGINAL_FILENAME] = "OriginalFilename",
    [PE_PRODUCT_NAME] = "ProductName",   [PE_PRODUCT_VERSION] = "ProductVersion"};

struct resource {
    const unsigned char *bytes;
    size_t length;
};
/* Places in the resource. */
struct block {
    char name[NAME_MOST];
    size_t value, value_length; /* in bytes */
    size_t end;
};

static size_t aligned(size_t at)
{
    return (at + 3) & ~(size_t)3;
}

static void copy_text(char *out, size_t size, const unsigned char *bytes, size_t length)
{
    CLEANUP(text_clear) struct text text;
    text_init(&text, size - 1);
    utf16_add(&text, bytes, length);
    size_t fits = text.length;
    memcpy(out, text.length > 0 ? text.bytes : "", fits);
    out[fits] = '\0';
    if (!text_whole(&text))
        out[0] = '\0'; /* longer than any: it says nothing */
}

/* The block at `at`, which ends at `most` or before. False: there is none. */
static bool read_block(const struct resource *resource, size_t at, size_t most, struct block *block)
{
    struct reader reader = reader_over(resource->bytes + at, at < most ? most - at : 0);
    size_t length = reader_u16_little(&reader);
    size_t value_length = reader_u16_little(&reader);
    bool text = reader_u16_little(&reader) == 1;
    if (reader.short_read || length < 6 || length > most - at)
        return false;
    block->end = at + length;
    size_t name = at + 6, name_end = name;
    while (name_end + 2 <= block->end &&
           (resource->bytes[name_end] != 0 || resource->bytes[name_end + 1] != 0))
        name_end += 2;
    copy_text(block->name, sizeof block->name, resource->bytes + name, name_end - name);
    block->value = aligned(name_end + 2);
    if (block->value > block->end)
        block->value = block->end;
    size_t left = block->end - block->value;
    value_length = text ? value_length * 2 : value_length; /* of texts it counts characters */
    block->value_length = value_length < left ? value_length : left;
    return true;
}

static bool read_fixed(const struct resource *resource, const struct block *block, struct pe *pe)
{
    struct reader reader = reader_over(resource->bytes + block->value, block->value_length);
    if (block->value_length < FIXED || reader_u32_little(&reader) != FIXED_SIGNATURE)
        return false;
    reader_take(&reader, 4);
    uint16_t *const versions[] = {pe->file_version, pe->product_version};
    for (size_t i = 0; i < 2; i++)
        for (size_t half = 0; half < 4; half += 2) {
            uint32_t two = reader_u32_little(&reader);
            versions[i][half] = (uint16_t)(two >> 16);
            versions[i][half + 1] = (uint16_t)two;
        }
    pe->has_version = !reader.short_read;
    return pe->has_version;
}

static void read_string(const struct resource *resource, const struct block *string, struct pe *pe)
{
    for (size_t i = 0; i < PE_STRINGS; i++)
        /* some tools count the value's length in bytes: it ends at its NUL or with its block */
        if (pe->strings[i][0] == '\0' && caseless_equal(string->name, names[i]))
            copy_text(pe->strings[i], PE_STRING_MOST, resource->bytes + string->value,
                      string->end - string->value);
}

/* Blocks within blocks: StringFileInfo, in it a table of texts a language, in that the texts. */
static void read_blocks(const struct resource *resource, const struct block *outer, unsigned depth,
                        struct pe *pe)
{
    struct block inner;
    size_t at = aligned(outer->value + outer->value_length);
    for (unsigned count = 0; count < BLOCKS_MOST && read_block(resource, at, outer->end, &inner); count++) {
        if (depth == 2)
            read_string(resource, &inner, pe);
        else if (depth == 1 || caseless_equal(inner.name, "StringFileInfo"))
            read_blocks(resource, &inner, depth + 1, pe);
        at = aligned(inner.end);
    }
}

bool pe_version_read(const unsigned char *bytes, size_t length, struct pe *pe)
{
    const struct resource resource = {bytes, length};
    struct block whole;
    if (!read_block(&resource, 0, length, &whole) || !caseless_equal(whole.name, "VS_VERSION_INFO") ||
        !read_fixed(&resource, &whole, pe))
        return false;
    read_blocks(&resource, &whole, 0, pe);
    return true;
}
