/* door_path: the path of a request, decoded once and never again. libmicrohttpd cuts one at %00 and joins
 * what others keep apart, so this is read from the target as it came (RFC 9112 section 3.2.1). */
#pragma once
#include "base/text.h"

enum door_path { DOOR_PATH_WELL, DOOR_PATH_BAD, DOOR_PATH_LONG };
/* "/ja/report?x=1": adds the decoded path to `path`; *query is what stands behind '?', NULL: nothing does.
 * Refused: what does not begin with '/', a bad or NUL or '/' or '\' or control escape, what is not UTF-8, an
 * empty, '.' or '..' segment (a last one may be empty). */
enum door_path door_path_read(const char *target, struct text *path, const char **query);

/* The value of two hexadecimal digits, -1 where they are none. */
int door_path_hex(const char *digits);
