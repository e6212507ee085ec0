/* caseless: names as Windows compares them, letters large and small alike.
 *
 * Letter for letter by Unicode's simple mapping, as NTFS's own table does: Latin, Greek, Cyrillic,
 * full-width. No letter becomes two ("ß" is not "ss"), and a disk's own table ($UpCase) is not read. What is
 * no UTF-8 is compared by its bytes. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

bool caseless_equal(const char *a, const char *b);
/* Does `a` hold `length` bytes of `b` and end there? */
bool caseless_equal_to(const char *a, const char *b, size_t length);
