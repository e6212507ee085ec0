/* reader: takes numbers off a run of bytes. It goes sticky at the first short read: everything after reads as
 * 0, and the caller asks `short_read` once at the end. Never reads past `end`. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct reader {
    const unsigned char *at, *end;
    bool short_read;
};

static inline struct reader reader_over(const void *bytes, size_t length)
{
    const unsigned char *at = bytes;
    return (struct reader){at, at + length, false};
}
static inline size_t reader_left(const struct reader *reader)
{
    return (size_t)(reader->end - reader->at);
}
/* `count` bytes, or NULL (and sticky) where there are fewer. */
static inline const unsigned char *reader_take(struct reader *reader, size_t count)
{
    if (reader->short_read || reader_left(reader) < count) {
        reader->short_read = true;
        return NULL;
    }
    const unsigned char *taken = reader->at;
    reader->at += count;
    return taken;
}
static inline uint8_t reader_u8(struct reader *reader)
{
    const unsigned char *b = reader_take(reader, 1);
    return b == NULL ? 0 : b[0];
}
static inline uint16_t reader_u16(struct reader *reader) /* network order */
{
    const unsigned char *b = reader_take(reader, 2);
    return b == NULL ? 0 : (uint16_t)(b[0] << 8 | b[1]);
}
static inline uint32_t reader_u32(struct reader *reader) /* network order */
{
    const unsigned char *b = reader_take(reader, 4);
    return b == NULL ? 0 : (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}
static inline uint16_t reader_u16_little(struct reader *reader) /* as Intel's machines write it */
{
    const unsigned char *b = reader_take(reader, 2);
    return b == NULL ? 0 : (uint16_t)(b[1] << 8 | b[0]);
}
static inline uint32_t reader_u32_little(struct reader *reader)
{
    const unsigned char *b = reader_take(reader, 4);
    return b == NULL ? 0 : (uint32_t)b[3] << 24 | (uint32_t)b[2] << 16 | (uint32_t)b[1] << 8 | b[0];
}
