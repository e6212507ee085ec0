/* Any bytes that look compressed are unpacked as far as they go: the same bytes and the same end, whether
 * they come in whole or in crumbs; and where nothing is wrong, also whether they are asked for so. */
#include "base/memory.h"
#include "base/text.h"
#include "fuzz.h"
#include "observe/source_packed.h"
#include <string.h>

enum { OUT_MOST = 1 << 20 /* a few bytes may unpack to gigabytes */ };

struct memory {
    const uint8_t *at, *end;
    size_t most; /* at once */
};

static ptrdiff_t memory_read(void *state, unsigned char *out, size_t room, const char **why)
{
    (void)why;
    struct memory *memory = state;
    size_t left = (size_t)(memory->end - memory->at), length = room < memory->most ? room : memory->most;
    length = left < length ? left : length;
    if (length > 0)
        memcpy(out, memory->at, length);
    memory->at += length;
    return (ptrdiff_t)length;
}

/* Fills `out`, where bytes come so many at once, and are asked for so many at a time; why it ended, NULL
 * where that was a good end. */
static const char *unpack(const uint8_t *bytes, size_t length, size_t come, size_t crumb, struct text *out)
{
    struct memory *memory = memory_new(1, sizeof *memory);
    *memory = (struct memory){bytes, bytes + length, come};
    struct source_from from =
        source_packed(source_packing(bytes, length), (struct source_from){memory_read, free, memory});
    static unsigned char block[SOURCE_BLOCK];
    const char *why = NULL;
    ptrdiff_t got = 1;
    while (out->length < OUT_MOST && got > 0) {
        size_t room = OUT_MOST - out->length < crumb ? OUT_MOST - out->length : crumb;
        got = from.read(from.state, block, room < sizeof block ? room : sizeof block, &why);
        MUST(got <= (ptrdiff_t)room && (got < 0) == (why != NULL));
        if (got > 0)
            text_add(out, (const char *)block, (size_t)got);
    }
    from.free(from.state);
    return out->length < OUT_MOST ? why : "";
}

static void unpack_twice(const uint8_t *bytes, size_t length)
{
    CLEANUP(text_clear) struct text whole;
    CLEANUP(text_clear) struct text crumbs;
    text_init(&whole, OUT_MOST);
    text_init(&crumbs, OUT_MOST);
    const char *why = unpack(bytes, length, SOURCE_BLOCK, SOURCE_BLOCK, &whole);
    const char *again = unpack(bytes, length, 1 + length % 7, SOURCE_BLOCK, &crumbs);
    MUST(whole.length == crumbs.length && why == again);
    MUST(whole.length == 0 || memcmp(whole.bytes, crumbs.bytes, whole.length) == 0);
    text_empty(&crumbs);
    again = unpack(bytes, length, SOURCE_BLOCK, 1 + length % 5, &crumbs);
    size_t common = whole.length < crumbs.length ? whole.length : crumbs.length;
    MUST(common == 0 || memcmp(whole.bytes, crumbs.bytes, common) == 0);
    /* Where it is damaged, the libraries give more or less of what lies before, by how much they may; zstd
     * does not even see every wrong size where it has room for the whole frame. We always give the same room.
     */
    MUST(why != NULL || again != NULL || whole.length == crumbs.length);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length >= SOURCE_MAGIC && source_packing(bytes, length) != SOURCE_PLAIN)
        unpack_twice(bytes, length);
    return 0;
}
