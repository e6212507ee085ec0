/* hive_parts: what hive*.c have in common. Part of hive.h. */
#pragma once
#include "check/versions/hive.h"
#include <hivex.h>

#define HIVE_UNREADABLE "\xef\xbf\xbd" /* a name that is no text */

struct hive {
    hive_h *handle;
    char *name;
    size_t size;
    bool dirty;
};

/* Always false. */
bool hive_broken(const struct hive *hive, const char *what, struct fault *fault);
