/* stretch: reading goes on in another block, so the records keep theirs. */
#include "observe/stretch.h"
#include "base/memory.h"
#include <stdlib.h>

void stretch_init(struct stretch *stretch)
{
    *stretch = (struct stretch){
        .block = source_block_new(),
        .records = memory_resize(NULL, STRETCH_RECORDS, sizeof *stretch->records),
    };
}

void stretch_clear(struct stretch *stretch)
{
    free(stretch->block.bytes);
    free(stretch->records);
    *stretch = (struct stretch){0};
}

enum capture_next stretch_fill(struct stretch *stretch, struct capture *capture)
{
    struct source *source = capture_source(capture);
    /* The first record may need a block, or several; whatever was read before it is no longer pointed to. */
    enum capture_next next = capture_next(capture, &stretch->records[0]);
    stretch->count = next == CAPTURE_RECORD;
    source_hold(source, true);
    if (next == CAPTURE_RECORD)
        stretch->count += capture_some(capture, stretch->records + 1, STRETCH_RECORDS - 1);
    while (next == CAPTURE_RECORD && stretch->count < STRETCH_RECORDS) {
        next = capture_next(capture, &stretch->records[stretch->count]);
        stretch->count += next == CAPTURE_RECORD;
    }
    source_hold(source, false);
    source_swap(source, &stretch->block);
    return next == CAPTURE_HELD ? CAPTURE_RECORD : next;
}
