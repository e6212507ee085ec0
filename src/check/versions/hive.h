/* hive: one file of Windows' registry, read by libhivex and trusted in nothing. Strangers wrote it: call it
 * apart (apart.h).
 *
 * Facts of the format: [MS-RRP], and Maxim Suhanov's public specification of the regf file format
 * (https://github.com/msuhanov/regf). */
#pragma once
#include "base/cleanup.h"
#include "base/fault.h"
#include "base/text.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    HIVE_MOST = 512 << 20,     /* bytes of a file; the largest seen on a real disk are a fifth of it */
    HIVE_VALUE_MOST = 1 << 20, /* of a value: [MS-RRP] allows 1 MB */
    HIVE_DEPTH_MOST = 512,     /* keys beneath each other: as many as Windows itself allows */
    HIVE_NAME_MOST = 64 << 10  /* bytes of a value's name or a key's in UTF-8: 16,383 characters and 255 */
};

/* [MS-RRP] 3.1.1.5 */
enum hive_value_type {
    HIVE_NONE,
    HIVE_SZ,
    HIVE_EXPAND_SZ,
    HIVE_BINARY,
    HIVE_DWORD,
    HIVE_DWORD_BIG_ENDIAN,
    HIVE_LINK,
    HIVE_MULTI_SZ,
    HIVE_RESOURCE_LIST,
    HIVE_FULL_RESOURCE_DESCRIPTOR,
    HIVE_RESOURCE_REQUIREMENTS_LIST,
    HIVE_QWORD,
    HIVE_TYPES
};

struct hive;
/* Takes over `descriptor`; `name` is what faults call it. */
struct hive *hive_open(int descriptor, const char *name, struct fault *fault);
void hive_free(struct hive *hive);
OWNED_TYPE(hive_free, struct hive)
const char *hive_name(const struct hive *hive);
/* It was not closed well: what was written last may still lie in its log. */
bool hive_dirty(const struct hive *hive);

/* A key; node 0: there is none. */
struct hive_key {
    struct hive *hive;
    size_t node;
};
struct hive_key hive_root(struct hive *hive);

/* All of these are false, with a fault, only where the hive is broken there. */

/* The key right below of that name (letters large and small alike), or none. */
bool hive_child(struct hive_key key, const char *name, struct hive_key *child, struct fault *fault);
/* The same for a path, "Microsoft\\Windows"; "" is the key itself. */
bool hive_descend(struct hive_key key, const char *path, struct hive_key *found, struct fault *fault);

/* Every key right below. `see` returns false, with a fault, to end it so. A name that cannot be read is
 * "\uFFFD". */
struct hive_see_key {
    bool (*see)(void *context, const char *name, struct hive_key key, struct fault *fault);
    void *context;
};
bool hive_children(struct hive_key key, struct hive_see_key seer, struct fault *fault);

/* The key itself and every key beneath it, `depth` levels of them, each with its path from where it began
 * (""). A key that is met twice is a loop, and a fault. */
bool hive_walk(struct hive_key key, unsigned depth, struct hive_see_key seer, struct fault *fault);

struct hive_value {
    const char *name; /* UTF-8; "" is the key's default value */
    uint32_t type;    /* enum hive_value_type, or what a stranger wrote */
    const unsigned char *bytes;
    size_t length;
};
struct hive_see_value {
    bool (*see)(void *context, const struct hive_value *value, struct fault *fault);
    void *context;
};
bool hive_values(struct hive_key key, struct hive_see_value seer, struct fault *fault);

/* A REG_SZ or REG_EXPAND_SZ of that name as UTF-8 behind what `out` holds; nothing where there is none. */
bool hive_string(struct hive_key key, const char *name, struct text *out, struct fault *fault);
/* A REG_DWORD or REG_QWORD of that name; *number stays where there is none. */
bool hive_number(struct hive_key key, const char *name, uint64_t *number, struct fault *fault);
/* The number that a value of 4 or 8 bytes holds; false for every other. */
bool hive_value_number(const struct hive_value *value, uint64_t *number);
