#include "ledger/thrift.h"
#include <assert.h>
#include <string.h>

size_t thrift_varint(unsigned char *out, uint64_t value)
{
    size_t length = 0;
    for (; value >= 128; value >>= 7)
        out[length++] = (unsigned char)(value | 128);
    out[length++] = (unsigned char)value;
    return length;
}

static void add_varint(struct text *out, uint64_t value)
{
    unsigned char bytes[10];
    text_add(out, (const char *)bytes, thrift_varint(bytes, value));
}

static void add_bytes(struct text *out, const void *bytes, size_t length)
{
    add_varint(out, length);
    text_add(out, bytes, length);
}

struct thrift thrift_begin(struct text *out)
{
    return (struct thrift){.out = out};
}

static void open_struct(struct thrift *thrift)
{
    thrift->depth++;
    assert(thrift->depth < THRIFT_DEEPEST);
    thrift->last[thrift->depth] = 0;
}

void thrift_end(struct thrift *thrift)
{
    text_add_byte(thrift->out, 0);
    thrift->depth--;
}

/* Fields come in rising order, at most 15 apart: the short form of a header always does. */
static void add_field(struct thrift *thrift, int field, enum thrift_type type)
{
    int step = field - thrift->last[thrift->depth];
    assert(step >= 1 && step <= 15);
    thrift->last[thrift->depth] = field;
    text_add_byte(thrift->out, (char)(step << 4 | (int)type));
}

void thrift_integer(struct thrift *thrift, int field, enum thrift_type type, int64_t value)
{
    add_field(thrift, field, type);
    thrift_element_integer(thrift, value);
}

void thrift_bytes(struct thrift *thrift, int field, const void *bytes, size_t length)
{
    add_field(thrift, field, THRIFT_BINARY);
    add_bytes(thrift->out, bytes, length);
}

void thrift_string(struct thrift *thrift, int field, const char *string)
{
    thrift_bytes(thrift, field, string, strlen(string));
}

void thrift_struct(struct thrift *thrift, int field)
{
    add_field(thrift, field, THRIFT_STRUCT);
    open_struct(thrift);
}

void thrift_list(struct thrift *thrift, int field, enum thrift_type type, size_t count)
{
    add_field(thrift, field, THRIFT_LIST);
    if (count < 15) {
        text_add_byte(thrift->out, (char)(count << 4 | (unsigned)type));
        return;
    }
    text_add_byte(thrift->out, (char)(0xf0 | (unsigned)type));
    add_varint(thrift->out, count);
}

void thrift_element_struct(struct thrift *thrift)
{
    open_struct(thrift);
}

void thrift_element_integer(struct thrift *thrift, int64_t value)
{
    add_varint(thrift->out, thrift_zigzag(value));
}

void thrift_element_string(struct thrift *thrift, const char *string)
{
    add_bytes(thrift->out, string, strlen(string));
}
