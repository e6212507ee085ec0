/* wide: text as Windows writes it. */
#pragma once
#include "base/text.h"
#include <stdbool.h>

/* Adds UTF-16, little-endian, with its NUL; `many`: '|' parts strings, and an empty one ends them. */
void wide_add(struct text *out, const char *string, bool many);
