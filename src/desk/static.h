/* static: the few files that pages ask for, read before the door is confined and served from memory. */
#pragma once
#include "base/fault.h"
#include <stddef.h>

struct static_file {
    const char *path, *type; /* "/static/desk.css" */
    char *bytes;
    size_t length;
    char tag[36]; /* ETag: by content */
};
bool static_open(struct fault *fault);
const struct static_file *static_find(const char *path); /* NULL: there is none */
void static_close(void);
