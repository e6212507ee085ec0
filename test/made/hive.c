#include "hive.h"
#include "base/cleanup.h"
#include "base/memory.h"
#include "base/text.h"
#include "wide.h"
#include <errno.h>
#include <hivex.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* A hive of one key, by the public notes of the format (https://github.com/msuhanov/regf): a block that says
 * what follows, and one bin with the first key, who may read it, and a free cell. */
enum {
    HEADER = 4096,
    BIN = 4096,
    BIN_HEADER = 32,
    ROOT_CELL = BIN_HEADER,
    ROOT_SIZE = 88,
    SECURITY_CELL = ROOT_CELL + ROOT_SIZE,
    SECURITY_SIZE = 48,
    FREE_CELL = SECURITY_CELL + SECURITY_SIZE,
    NONE = -1
};

static void put(unsigned char *at, uint64_t number, size_t size)
{
    for (size_t i = 0; i < size; i++)
        at[i] = (unsigned char)(number >> 8 * i);
}

static void put_header(unsigned char *header)
{
    memcpy(header, "regf", 4);
    put(header + 4, 1, 4), put(header + 8, 1, 4);   /* begun and ended: closed well */
    put(header + 20, 1, 4), put(header + 24, 3, 4); /* version 1.3 */
    put(header + 32, 1, 4);
    put(header + 36, ROOT_CELL, 4), put(header + 40, BIN, 4), put(header + 44, 1, 4);
    uint32_t sum = 0;
    for (size_t i = 0; i < 508; i++)
        sum ^= (uint32_t)header[i] << 8 * (i % 4);
    put(header + 508, sum, 4);
}

static void put_bin(unsigned char *bin)
{
    memcpy(bin, "hbin", 4);
    put(bin + 8, BIN, 4);
    unsigned char *root = bin + ROOT_CELL;
    put(root, (uint32_t)-ROOT_SIZE, 4);
    memcpy(root + 4, "nk", 2);
    put(root + 6, 0x2c, 2); /* the first key, not to be deleted, its name in ASCII */
    for (size_t at = 32; at <= 36; at += 4)
        put(root + at, (uint32_t)NONE, 4); /* no keys */
    put(root + 44, (uint32_t)NONE, 4);     /* no values */
    put(root + 48, SECURITY_CELL, 4), put(root + 52, (uint32_t)NONE, 4);
    put(root + 76, 4, 2);
    memcpy(root + 80, "ROOT", 4);
    unsigned char *security = bin + SECURITY_CELL;
    put(security, (uint32_t)-SECURITY_SIZE, 4);
    memcpy(security + 4, "sk", 2);
    put(security + 8, SECURITY_CELL, 4), put(security + 12, SECURITY_CELL, 4); /* a ring of one */
    put(security + 16, 1, 4), put(security + 20, 20, 4);
    security[24] = 1, security[27] = 0x80; /* a self-relative descriptor with nothing in it */
    put(bin + FREE_CELL, BIN - FREE_CELL, 4);
}

static bool write_empty(const char *path)
{
    static unsigned char bytes[HEADER + BIN];
    put_header(bytes);
    put_bin(bytes + HEADER);
    CLEANUP(cleanup_file) FILE *file = fopen(path, "wb");
    return file != NULL && fwrite(bytes, sizeof bytes, 1, file) == 1;
}

static void add_hex(struct text *out, const char *hex)
{
    unsigned byte;
    for (; sscanf(hex, "%2x", &byte) == 1 && hex[0] != '\0' && hex[1] != '\0'; hex += 2)
        text_add_byte(out, (char)byte);
}

static void add_number(struct text *out, const char *hex, size_t size)
{
    unsigned char bytes[8];
    put(bytes, strtoull(hex, NULL, 16), size);
    text_add(out, (const char *)bytes, size);
}

static const char *after(const char *string, const char *prefix)
{
    size_t length = strlen(prefix);
    return strncmp(string, prefix, length) == 0 ? string + length : NULL;
}

/* What stands behind '=': its type, its bytes in `out`. */
static hive_type take_data(struct text *out, char *data)
{
    const char *rest;
    size_t length = strlen(data);
    if (data[0] == '"' && length >= 2 && data[length - 1] == '"') {
        data[length - 1] = '\0';
        wide_add(out, data + 1, false);
        return hive_t_REG_SZ;
    }
    if ((rest = after(data, "dword:")) != NULL)
        return add_number(out, rest, 4), hive_t_REG_DWORD;
    if ((rest = after(data, "qword:")) != NULL)
        return add_number(out, rest, 8), hive_t_REG_QWORD;
    if ((rest = after(data, "expand:")) != NULL)
        return wide_add(out, rest, false), hive_t_REG_EXPAND_SZ;
    if ((rest = after(data, "multi:")) != NULL)
        return wide_add(out, rest, true), hive_t_REG_MULTI_SZ;
    if ((rest = after(data, "hex:")) != NULL)
        return add_hex(out, rest), hive_t_REG_BINARY;
    rest = strchr(data, ':');
    add_hex(out, rest == NULL ? "" : rest + 1);
    return (hive_type)strtoul(data, NULL, 10);
}

static bool add_value(hive_h *hive, hive_node_h key, char *line)
{
    char *name = line[0] == '@' ? line : line + 1;
    char *equals = strstr(line, line[0] == '@' ? "=" : "\"=");
    if (equals == NULL)
        return false;
    char *data = strchr(equals, '=') + 1;
    *equals = '\0';
    name += name[0] == '@'; /* the key's default value has no name */
    CLEANUP(text_clear) struct text bytes;
    text_init(&bytes, 1 << 24);
    struct hive_set_value value = {.key = name, .t = take_data(&bytes, data)};
    value.len = bytes.length, value.value = bytes.length > 0 ? bytes.bytes : name;
    return hivex_node_set_value(hive, key, &value, 0) == 0;
}

/* The key of that path, made where there is none. 0: it could not be. */
static hive_node_h make_key(hive_h *hive, char *path)
{
    hive_node_h key = hivex_root(hive);
    for (char *rest = path, *name; key != 0 && (name = strsep(&rest, "\\")) != NULL;) {
        hive_node_h child = hivex_node_get_child(hive, key, name);
        key = child != 0 ? child : hivex_node_add_child(hive, key, name);
    }
    return key;
}

static bool add_line(hive_h *hive, hive_node_h *key, char *line)
{
    size_t length = strlen(line);
    if (length == 0 || line[0] == ';')
        return true;
    if (line[0] != '[')
        return add_value(hive, *key, line);
    line[length - 1] = '\0';
    *key = make_key(hive, line + 1);
    return *key != 0;
}

bool made_hive(const char *text, const char *path)
{
    hive_h *hive = write_empty(path) ? hivex_open(path, HIVEX_OPEN_WRITE) : NULL;
    if (hive == NULL)
        return fprintf(stderr, "%s: %s\n", path, strerror(errno)) < 0;
    OWNED_MEMORY char *copy = memory_string(text);
    hive_node_h key = hivex_root(hive);
    bool well = true;
    size_t number = 0;
    for (char *rest = copy, *line; well && (line = strsep(&rest, "\n")) != NULL;) {
        number++;
        well = add_line(hive, &key, line) ||
               fprintf(stderr, "line %zu: %s: %s\n", number, line, strerror(errno)) < 0;
    }
    well = well && hivex_commit(hive, NULL, 0) == 0;
    hivex_close(hive);
    return well;
}
