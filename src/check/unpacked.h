/* unpacked: a file's bytes as they are meant, whatever it is packed with (.gz .bz2 .xz .zst .lz4, known by
 * its bytes, libarchive underneath), with a limit that a bomb runs into. */
#pragma once
#include "base/cleanup.h"
#include "base/fault.h"
#include "base/text.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct unpacked;
/* Takes over `descriptor`; `name` is what faults call it. More than `most` bytes unpacked is a fault. */
struct unpacked *unpacked_over(int descriptor, const char *name, uint64_t most, struct fault *fault);
struct unpacked *unpacked_open(const char *path, uint64_t most, struct fault *fault);
void unpacked_free(struct unpacked *unpacked);
OWNED_TYPE(unpacked_free, struct unpacked)

/* The next run of bytes, good until the next call; *length 0 at the end. */
bool unpacked_next(struct unpacked *unpacked, const char **bytes, size_t *length, struct fault *fault);
/* All that is left, into `out`; a fault where it is longer than out's limit. */
bool unpacked_whole(struct unpacked *unpacked, struct text *out, struct fault *fault);
