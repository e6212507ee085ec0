/* rejected: FILE.csv.rejected, the rows that were left out, as they lay in the file, below its header: to be
 * mended and taken in by themselves. Written beside and renamed; a reader never sees half of it. */
#pragma once
#include "base/cleanup.h"
#include "base/fault.h"
#include <stddef.h>

struct rejected;
/* `path` is the CSV's own; the header is its first row. NULL on a fault. */
struct rejected *rejected_open(const char *path, const char *header, size_t length, struct fault *fault);
void rejected_free(struct rejected *rejected); /* without rejected_place() nothing remains */
OWNED_TYPE(rejected_free, struct rejected)
bool rejected_add(struct rejected *rejected, const char *row, size_t length, struct fault *fault);
bool rejected_place(struct rejected *rejected, struct fault *fault); /* synced, under its name */
void rejected_take_back(struct rejected *rejected);                  /* it was placed, but the rest failed */
