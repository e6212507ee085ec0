/* pe_version: what a version resource holds. Part of pe.h. */
#pragma once
#include "check/versions/pe.h"
#include <stddef.h>

/* False where it is none, or cut off. */
bool pe_version_read(const unsigned char *bytes, size_t length, struct pe *pe);
