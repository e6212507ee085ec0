/* environment: the variables that every program of a Windows has that is not running, as its registry tells
 * them: what the machine's key "Environment" holds, and what Windows itself sets from elsewhere. Those of a
 * user or of one process are not among them. */
#pragma once
#include "base/arena.h"
#include "base/fault.h"
#include "check/versions/registry.h"
#include <stdbool.h>
#include <stddef.h>

enum { ENVIRONMENT_MOST = 1024 };

struct environment_variable {
    const char *name, *value; /* "windir", "C:\\Windows": what stood between % is filled in */
};
struct environment {
    struct arena arena;
    struct environment_variable *items;
    size_t count;
};
bool environment_read(struct registry *registry, struct environment *environment, struct fault *fault);
void environment_clear(struct environment *environment);
/* NULL: none of that name. */
const char *environment_value(const struct environment *environment, const char *name, size_t length);
