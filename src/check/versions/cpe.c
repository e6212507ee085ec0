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

/* One character at `at`, at most `left` bytes: how many it took; 0: no printable ASCII. */
static size_t take(const char *at, size_t left, char *out)
{
    size_t taken = 1;
    char c = *at;
    if (c == '%') {
        if (left < 3 || hex(at[1]) < 0 || hex(at[2]) < 0)
            return 0;
        c = (char)(hex(at[1]) * 16 + hex(at[2]));
        taken = 3;
    }
    *out = c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
    return c > ' ' && c <= '~' ? taken : 0;
}

bool cpe_part(const char *cpe, enum cpe_part which, char out[CPE_PART_SIZE])
{
    if (strncmp(cpe, "cpe:/", 5) != 0)
        return false;
    const char *at = cpe + 5;
    for (enum cpe_part i = CPE_KIND; i < which; i++) {
        at += strcspn(at, ":");
        if (*at++ == '\0')
            return false;
    }
    size_t left = strcspn(at, ":"), length = 0;
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
    if (length == 0 || strcmp(found, "-") == 0)
        return false;
    memcpy(out, found, length + 1);
    return true;
}
