/* stretch: the records that lie whole in one block, so that one thread can decode them while another reads
 * on. */
#pragma once
#include "observe/capture.h"

enum { STRETCH_RECORDS = 32768 };

struct stretch {
    struct source_block block; /* where the records lie */
    struct capture_record *records;
    size_t count;
};
void stretch_init(struct stretch *stretch);
void stretch_clear(struct stretch *stretch);

/* The next records, which are good until the stretch is filled again. Anything but CAPTURE_RECORD: these are
 * the last. */
enum capture_next stretch_fill(struct stretch *stretch, struct capture *capture);
