/* thrift: Apache Thrift's compact protocol, the little of it that Parquet's headers need
 * (https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md). */
#pragma once
#include "base/text.h"
#include <stdint.h>

enum { THRIFT_DEEPEST = 8 };
enum thrift_type { THRIFT_I32 = 5, THRIFT_I64 = 6, THRIFT_BINARY = 8, THRIFT_LIST = 9, THRIFT_STRUCT = 12 };

struct thrift {
    struct text *out;
    int last[THRIFT_DEEPEST]; /* the last field's number, of each struct that is open */
    int depth;
};

struct thrift thrift_begin(struct text *out); /* the outermost struct */
void thrift_end(struct thrift *thrift);       /* of a struct */
void thrift_integer(struct thrift *thrift, int field, enum thrift_type type, int64_t value);
void thrift_bytes(struct thrift *thrift, int field, const void *bytes, size_t length);
void thrift_string(struct thrift *thrift, int field, const char *string);
void thrift_struct(struct thrift *thrift, int field); /* to its thrift_end() */
/* `count` elements follow. */
void thrift_list(struct thrift *thrift, int field, enum thrift_type type, size_t count);
void thrift_element_struct(struct thrift *thrift); /* to its thrift_end() */
void thrift_element_integer(struct thrift *thrift, int64_t value);
void thrift_element_string(struct thrift *thrift, const char *string);

/* Seven bits a byte, the low ones first. Returns how many bytes it took, 10 at most. */
size_t thrift_varint(unsigned char *out, uint64_t value);
static inline uint64_t thrift_zigzag(int64_t value)
{
    return (uint64_t)value << 1 ^ (uint64_t)(value >> 63);
}
