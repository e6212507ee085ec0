/* source_packed: .gz, .zst and .lz4 unpacked as they are read. */
#pragma once
#include "observe/source.h"

enum source_packing { SOURCE_PLAIN, SOURCE_GZIP, SOURCE_ZSTD, SOURCE_LZ4 };

/* By the first bytes of a file: RFC 1952 section 2.3.1, RFC 8878 section 3.1.1 (and skippable frames, 3.1.2),
 * the LZ4 frame format. */
enum { SOURCE_MAGIC = 4 };
enum source_packing source_packing(const unsigned char *bytes, size_t length);

/* Unpacks what `inner` reads; owns it. */
struct source_from source_packed(enum source_packing packing, struct source_from inner);
