/* beginning: where everything begins that a pattern can match, so that of a tree of keys or folders only
 * a branch has to be looked through: "^SOFTWARE\\\\Mozilla\\\\.*$" is beneath "SOFTWARE". */
#pragma once
#include "base/text.h"
#include <stdbool.h>

/* Adds the parts of a path ('\' between) that stand whole at the pattern's beginning, letters large or small;
 * nothing where it can begin anywhere. True where what was added is all that it matches. */
bool beginning_of(const char *pattern, struct text *out);
