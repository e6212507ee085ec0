/* source_packed: one loop over three libraries. Each takes bytes in and puts bytes out; they differ in how a
 * stream ends: files may hold several streams one behind another (pigz, zstd -T, cat a.gz b.gz). */
#include "observe/source_packed.h"
#include "base/memory.h"
#include <lz4frame.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

enum { PACKED_BLOCK = 1 << 18 };

enum unpacked { UNPACKED_MORE, UNPACKED_STREAM_END, UNPACKED_BAD };

struct packed {
    struct source_from inner;
    enum unpacked (*unpack)(struct packed *packed, unsigned char *out, size_t room, size_t *put);
    unsigned char *block;
    size_t at, end; /* of the block */
    bool between;   /* no stream is open: an end here is a good one */
    z_stream zlib;
    ZSTD_DStream *zstd;
    LZ4F_dctx *lz4;
};

static enum unpacked unpack_gzip(struct packed *packed, unsigned char *out, size_t room, size_t *put)
{
    z_stream *zlib = &packed->zlib;
    zlib->next_in = packed->block + packed->at;
    zlib->avail_in = (uInt)(packed->end - packed->at);
    zlib->next_out = out;
    zlib->avail_out = (uInt)room;
    int state = inflate(zlib, Z_NO_FLUSH);
    packed->at = packed->end - zlib->avail_in;
    *put = room - zlib->avail_out;
    if (state == Z_STREAM_END)
        return inflateReset(zlib) == Z_OK ? UNPACKED_STREAM_END : UNPACKED_BAD;
    return state == Z_OK || state == Z_BUF_ERROR ? UNPACKED_MORE : UNPACKED_BAD;
}

static enum unpacked unpack_zstd(struct packed *packed, unsigned char *out, size_t room, size_t *put)
{
    ZSTD_inBuffer in = {packed->block, packed->end, packed->at};
    ZSTD_outBuffer to = {out, room, 0};
    size_t state = ZSTD_decompressStream(packed->zstd, &to, &in);
    packed->at = in.pos;
    *put = to.pos;
    if (ZSTD_isError(state))
        return UNPACKED_BAD;
    return state == 0 ? UNPACKED_STREAM_END : UNPACKED_MORE;
}

static enum unpacked unpack_lz4(struct packed *packed, unsigned char *out, size_t room, size_t *put)
{
    size_t taken = packed->end - packed->at;
    *put = room;
    size_t state = LZ4F_decompress(packed->lz4, out, put, packed->block + packed->at, &taken, NULL);
    packed->at += taken;
    if (LZ4F_isError(state)) {
        *put = 0;
        return UNPACKED_BAD;
    }
    return state == 0 ? UNPACKED_STREAM_END : UNPACKED_MORE;
}

/* What was not unpacked stays. False at the end of the packed bytes, and where they cannot be read (*why says
 * so). A pipe gives them in pieces of any size; blocks are always full, because how far a damaged stream can
 * be unpacked hangs on how much of it is seen at once, and the same file must always give the same packets.
 */
static bool more_packed(struct packed *packed, const char **why)
{
    ptrdiff_t got = 1;
    memmove(packed->block, packed->block + packed->at, packed->end - packed->at);
    packed->end -= packed->at;
    packed->at = 0;
    while (got > 0 && packed->end < PACKED_BLOCK) {
        got = packed->inner.read(packed->inner.state, packed->block + packed->end, PACKED_BLOCK - packed->end,
                                 why);
        packed->end += got > 0 ? (size_t)got : 0;
    }
    return packed->end > 0;
}

/* Where a zstd frame ended, another of today's format begins, or one to be skipped (RFC 8878 section 3.1).
 * The library may also know the formats from before 1.0, by decoders that give what lay in memory for a
 * damaged frame. */
static bool begins_well(struct packed *packed)
{
    const char *why = NULL;
    if (packed->zstd == NULL || !packed->between || packed->at == packed->end)
        return true;
    if (packed->end - packed->at < SOURCE_MAGIC)
        more_packed(packed, &why);
    return packed->end - packed->at < SOURCE_MAGIC ||
           source_packing(packed->block + packed->at, SOURCE_MAGIC) == SOURCE_ZSTD;
}

static ptrdiff_t packed_read(void *state, unsigned char *out, size_t room, const char **why)
{
    struct packed *packed = state;
    for (;;) {
        bool begins = begins_well(packed);
        size_t put = 0, before = packed->at;
        enum unpacked unpacked = begins ? packed->unpack(packed, out, room, &put) : UNPACKED_BAD;
        bool bad = unpacked == UNPACKED_BAD;
        if (!bad && (put > 0 || packed->at > before))
            packed->between = unpacked == UNPACKED_STREAM_END;
        if (put > 0)
            return (ptrdiff_t)put;
        if (bad) {
            *why = "the compressed data is damaged";
            return -1;
        }
        if (packed->at < packed->end)
            continue;
        if (!more_packed(packed, why)) {
            if (*why == NULL && !packed->between)
                *why = "the compressed data ends too early";
            return *why == NULL ? 0 : -1;
        }
    }
}

static void packed_free(void *state)
{
    struct packed *packed = state;
    inflateEnd(&packed->zlib);
    ZSTD_freeDStream(packed->zstd);
    LZ4F_freeDecompressionContext(packed->lz4);
    packed->inner.free(packed->inner.state);
    free(packed->block);
    free(packed);
}

enum source_packing source_packing(const unsigned char *b, size_t length)
{
    if (length >= 2 && b[0] == 0x1f && b[1] == 0x8b)
        return SOURCE_GZIP;
    if (length < SOURCE_MAGIC)
        return SOURCE_PLAIN;
    if (b[0] == 0x28 && b[1] == 0xb5 && b[2] == 0x2f && b[3] == 0xfd)
        return SOURCE_ZSTD;
    if ((b[0] & 0xf0) == 0x50 && b[1] == 0x2a && b[2] == 0x4d && b[3] == 0x18)
        return SOURCE_ZSTD;
    if (b[0] == 0x04 && b[1] == 0x22 && b[2] == 0x4d && b[3] == 0x18)
        return SOURCE_LZ4;
    return SOURCE_PLAIN;
}

struct source_from source_packed(enum source_packing packing, struct source_from inner)
{
    struct packed *packed = memory_new(1, sizeof *packed);
    packed->inner = inner;
    packed->block = memory_new(PACKED_BLOCK, 1);
    bool ready = true;
    if (packing == SOURCE_GZIP) {
        packed->unpack = unpack_gzip;
        ready = inflateInit2(&packed->zlib, 15 + 16) == Z_OK; /* 16: gzip's own header and sum */
    } else if (packing == SOURCE_ZSTD) {
        packed->unpack = unpack_zstd;
        packed->zstd = ZSTD_createDStream();
        ready = packed->zstd != NULL;
    } else {
        packed->unpack = unpack_lz4;
        ready = !LZ4F_isError(LZ4F_createDecompressionContext(&packed->lz4, LZ4F_VERSION));
    }
    if (!ready)
        abort(); /* out of memory, as memory_new() does */
    return (struct source_from){packed_read, packed_free, packed};
}
