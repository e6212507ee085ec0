#include "check/versions/cpe.h"
#include <stddef.h>
#include <string.h>

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* One character at `at`, at most `left` bytes, written with % in 2.2 and with a backslash in 2.3: how many it
 * took; 0: no printable ASCII. */
static size_t take(const char *at, size_t left, char *out)
{
    size_t taken = 1;
    char c = *at;
    if (c == '%') {
        if (left < 3 || hex(at[1]) < 0 || hex(at[2]) < 0)
            return 0;
        c = (char)(hex(at[1]) * 16 + hex(at[2]));
        taken = 3;
    } else if (c == '\\') {
        if (left < 2)
            return 0;
        c = at[1];
        taken = 2;
    }
    *out = c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
    return c > ' ' && c <= '~' ? taken : 0;
}

/* How long the part at `at` is; an escaped colon is of it. */
static size_t part_length(const char *at)
{
    size_t length = 0;
    while (at[length] != '\0' && at[length] != ':')
        length += at[length] == '\\' && at[length + 1] != '\0' ? 2 : 1;
    return length;
}

bool cpe_part(const char *cpe, enum cpe_part which, char out[CPE_PART_SIZE])
{
    const char *at = strncmp(cpe, "cpe:/", 5) == 0      ? cpe + 5
                     : strncmp(cpe, "cpe:2.3:", 8) == 0 ? cpe + 8
                                                        : NULL;
    for (enum cpe_part i = CPE_KIND; at != NULL && i < which; i++) {
        at += part_length(at);
        at = *at == '\0' ? NULL : at + 1;
    }
    size_t left = at == NULL ? 0 : part_length(at), length = 0;
    bool any = left == 1 && (*at == '-' || *at == '*'); /* "not applicable" and "any" */
    char found[CPE_PART_SIZE];
    while (left > 0) {
        size_t taken = length + 1 < sizeof found ? take(at, left, &found[length]) : 0;
        if (taken == 0)
            return false;
        length++;
        at += taken;
        left -= taken;
    }
    found[length] = '\0';
    if (length == 0 || any)
        return false;
    memcpy(out, found, length + 1);
    return true;
}
