/* group: findings that stand together before a person: of one result and one id; all that is well is one. */
#pragma once
#include "check/check.h"

struct group {
    const struct check_id *id; /* NULL of what is well: it has many */
    enum check_result result;
    const struct finding *items;
    size_t count;
    const char *advice; /* told once where it is the same of all, else NULL */
    const char *source; /* likewise, together with its age */
    int32_t source_age_days;
    bool advised, sourced;                 /* each item has its own instead, or some have */
    bool has_seen, has_expected, has_file; /* of one at least */
};

/* The group that begins at `from` in findings that are sorted. */
struct group group_at(const struct check *check, const struct findings *findings, size_t from);

/* "○", "×", "－", "・" */
const char *group_mark(enum check_result result);
/* What the mark means: "Needs doing", in the user's language. */
const char *group_mark_words(enum check_result result);
/* The verdict as a sentence. */
const char *group_verdict(enum check_result result);
/* "apt's lists (3 days old)". */
void group_add_source(struct text *out, const char *source, int32_t age_days);
/* "export.csv:12". */
void group_write_place(const struct finding *finding, struct text *out);
