/* finding: what a check found, one finding a line, and what it says first. A check only adds; how findings
 * are shown, ignored and counted is the frame's (run.h).
 *
 * Texts are in the user's language (base/words.h) and hold no secret; each is copied, as UTF-8 whatever it
 * was, and cut at FINDING_STRING_MOST bytes: what a stranger wrote may be anything. */
#pragma once
#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FINDINGS_MOST = 1 << 20, FINDING_NO_AGE = -1, FINDING_STRING_MOST = 8192 };

/* In the order in which a person should read them. */
enum check_result {
    CHECK_FAIL,
    CHECK_UNKNOWN, /* could not be judged: the data are missing or too old */
    CHECK_SKIPPED, /* an entry of the ignore list */
    CHECK_PASS     /* shown where a person wants a line for each (versions); else not added at all */
};

struct finding {
    const char *id; /* of the check's table; stays, is not copied */
    enum check_result result;
    const char *subject;     /* what it is about: "openssl 3.0.11-1", "example.jp (hanako)" */
    const char *seen;        /* "3.0.11-1~deb12u2"; NULL where there is nothing to say, as with all below */
    const char *expected;    /* "3.0.15-1~deb12u1" */
    const char *advice;      /* what to do, one sentence */
    const char *source;      /* where what is expected comes from: a file, a feed, a rule */
    int32_t source_age_days; /* FINDING_NO_AGE: it has none. 0 is a real age: set it always */
    const char *file;        /* the file that it was seen in, NULL: none */
    size_t line;             /* there, from 1; 0: none */
    const char *reason;      /* of what is skipped: why; set by the frame, as the next */
    int32_t until_day;       /* the last day on which it is */
    enum check_result was;   /* and what it would be else */
};

/* A list that is no finding (`--list services`): cells of text under headings. */
struct finding_list {
    const char *title;
    const char *const *columns;
    size_t column_count;
    const char **cells; /* row after row */
    size_t row_count, row_capacity;
};

struct findings {
    struct arena arena;
    struct finding *items;
    size_t count, capacity;
    bool full;            /* something was left out: FINDINGS_MOST were there already */
    size_t looked_at;     /* products, passwords, files: what the check is about */
    const char **summary; /* sentences that a person reads first */
    size_t summary_count, summary_capacity;
    struct finding_list *list; /* NULL: none was asked for */
};

void findings_init(struct findings *findings);
void findings_clear(struct findings *findings);

/* Past FINDINGS_MOST nothing more is added, and the result is at best unknown. */
void finding_add(struct findings *findings, const struct finding *finding);
/* A string of the findings' own. NULL stays NULL. */
const char *findings_string(struct findings *findings, const char *string);
const char *findings_format(struct findings *findings, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* One more sentence of the summary. */
void findings_say(struct findings *findings, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Begins the list; `title`, `columns` and the strings in it stay. Then a row at a time, column_count cells,
 * copied. */
void findings_list(struct findings *findings, const char *title, const char *const *columns,
                   size_t column_count);
void findings_list_row(struct findings *findings, const char *const *cells);

/* By result, then in the order of `ids`, then by subject: as they are shown. */
struct check_id;
void findings_sort(struct findings *findings, const struct check_id *ids);

/* fail where one failed, else unknown where one is, else pass: what is skipped does not count. */
enum check_result findings_result(const struct findings *findings);
const char *check_result_name(enum check_result result); /* "fail": the contract's word */

/* For a process that looked apart (apart.h): all of it as bytes, and added again. */
void findings_pack(const struct findings *findings, struct text *out);
/* `ids` gives each id its own constant again. */
bool findings_unpack(const char *bytes, size_t length, const struct check_id *ids, struct findings *findings,
                     struct fault *fault);
