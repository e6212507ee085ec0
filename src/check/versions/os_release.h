/* os_release: what a Linux system says of itself (os-release(5)). */
#pragma once
#include "base/arena.h"
#include <stddef.h>

/* "" where it does not say. */
struct os_release {
    const char *id, *name, *version; /* ID, PRETTY_NAME (else NAME), VERSION_ID */
};
/* Lines that are none of "NAME=value" are passed over, as the manual says. */
void os_release_read(const char *bytes, size_t length, struct arena *arena, struct os_release *release);
