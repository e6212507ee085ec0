/* support: until when an operating system is mended by its maker, for nothing and for everybody. What is
 * bought or asked for beyond that (Windows' ESU, Ubuntu Pro, Debian's ELTS) is not known here, and so said as
 * advice.
 *
 * Two sources: the table of support_table.c, with the day on which it was last held against the makers'
 * pages; and of Debian and Ubuntu the machine's own usr/share/distro-info, where that is newer. Ends of
 * support are announced years ahead and seldom moved, so that an age of these does not turn what is well into
 * unknown; a release that is in neither is unknown. */
#pragma once
#include "check/versions/machine.h"
#include <stdbool.h>
#include <stdint.h>

#define SUPPORT_NO_DAY INT32_MIN

struct support {
    int32_t last_day;   /* of support; SUPPORT_NO_DAY: not known */
    const char *source; /* who says so */
    int32_t age_days;   /* of what is known */
};
/* `name`: "Windows 10 Enterprise LTSC 2019", `version`: "10.0.17763.1" or "12". */
struct support support_of(const struct machine *machine, const char *name, const char *version);

/* A row of the table. */
struct support_row {
    const char *id;      /* of os-release; "windows" */
    const char *version; /* "12"; of Windows its build */
    const char *edition; /* of Windows, see support.c; "pro"; else "" */
    const char *last_day;
};
extern const struct support_row support_table[]; /* ends with {0} */
extern const char support_table_day[];           /* "2026-11-23" */
