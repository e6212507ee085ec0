/* control: Debian's control files (deb-control(5)) read as a stream: stanzas of "Name: value" lines, parted
 * by blank lines. Of each stanza only the few fields that say what a package is are kept; nothing is kept of
 * stanzas that nobody wants, and of lines longer than any field that counts. */
#pragma once
#include "base/fault.h"
#include "base/text.h"
#include "check/unpacked.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* "" where the stanza does not say it. */
struct control_stanza {
    char package[256], version[256], architecture[64], source[256], status[64];
    bool broken; /* one of these is longer than its place, or holds a NUL: it is left empty */
};

struct control {
    struct unpacked *unpacked;
    const char *at, *end;            /* the rest of the run of bytes that is being read */
    char line[1024];                 /* the beginning of a line that lies in two runs */
    size_t line_length, line_beyond; /* kept of it; and how many bytes more it had */
    uint64_t read;                   /* bytes so far */
    size_t nameless;                 /* stanzas so far that have fields, and no package's name */
    bool ended;
};
void control_init(struct control *control, struct unpacked *unpacked);

/* Who is asked as soon as a stanza's name is known: whether to go on reading it. */
struct control_wish {
    bool (*wanted)(const void *context, const char *package); /* NULL: all are */
    const void *context;
};

/* The next stanza that is wanted and has a package's name; *more false at the end. */
bool control_next(struct control *control, struct control_wish wish, struct control_stanza *stanza,
                  bool *more, struct fault *fault);
