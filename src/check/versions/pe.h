/* pe: what a program file of Windows says of itself: the version resource of a PE32 or PE32+ file.
 *
 * "PE Format" and "VS_VERSIONINFO" of Microsoft's documents. Numbers are little-endian; every one is a
 * stranger's, so every place is looked up within the file's bytes, and what leads nowhere is no version. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

enum {
    PE_RESOURCE_MOST = 64 << 10, /* bytes of the version resource: its own lengths have 16 bits */
    PE_STRING_MOST = 1024        /* bytes of one text in UTF-8 */
};

/* What the texts of the resource are called in it. */
enum pe_string {
    PE_COMPANY,
    PE_FILE_VERSION,
    PE_INTERNAL_NAME,
    PE_ORIGINAL_FILENAME,
    PE_PRODUCT_NAME,
    PE_PRODUCT_VERSION,
    PE_STRINGS
};

struct pe {
    bool has_version;         /* there is a version resource with its fixed part */
    uint16_t file_version[4]; /* 115.0.2.0 */
    uint16_t product_version[4];
    char strings[PE_STRINGS][PE_STRING_MOST]; /* "" where there is none */
};

enum pe_answer {
    PE_READ,
    PE_OTHER, /* it is no program file of Windows */
    PE_BROKEN /* it is one, and cut off or damaged where it tells of itself */
};
/* `descriptor` stays open. A file without such a resource is PE_READ too. */
enum pe_answer pe_read(int descriptor, struct pe *pe);
