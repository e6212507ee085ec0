/* group: findings that stand together before a person: of one result and one id; all that is well is one. */
#pragma once
#include "check/check.h"

enum { GROUP_SOURCES_MOST = 3 };

struct group {
    const struct check_id *id; /* NULL of what is well: it has many */
    enum check_result result;
    const struct finding *items;
    size_t count;
    /* What is the same of all is told once: NULL where it differs, or where there is nothing of the kind. */
    const char *advice, *seen, *expected;
    const struct finding *place; /* one finding, where all were seen in the same place */
    const struct finding *sources[GROUP_SOURCES_MOST]; /* one finding of each source and age */
    size_t source_count;                               /* 0: none, or they are too many */
    bool advices_differ, seen_differ, expected_differ, places_differ, sources_differ;
};

/* The group that begins at `from` in findings that are sorted. */
struct group group_at(const struct check *check, const struct findings *findings, size_t from);

/* "○", "×", "－", "・" */
const char *group_mark(enum check_result result);
/* What the mark means: "Needs doing", in the user's language. */
const char *group_mark_words(enum check_result result);
/* Its heading: what an id of the table says where it failed; of the others, that it did not. */
void group_write_title(const struct group *group, struct text *out);
/* The verdict: its result (skipped, where nothing was judged but a list was made), and as a sentence. */
enum check_result group_verdict(const struct findings *findings);
const char *group_verdict_words(enum check_result verdict);
/* "apt's lists (3 days old)". */
void group_write_source(const struct finding *finding, struct text *out);
/* What all have in common, "; " between; nothing where each tells its own. */
void group_write_sources(const struct group *group, struct text *out);
/* "export.csv:12". */
void group_write_place(const struct finding *finding, struct text *out);

/* What differs within a group is a column of its table. */
struct group_column {
    const char *head; /* N_() */
    bool (*wanted)(const struct group *group);
    void (*write)(const struct finding *finding, struct text *out); /* adds nothing where there is nothing */
    bool long_one; /* where room is short: on a line of its own */
};
enum { GROUP_COLUMNS = 7 };
extern const struct group_column group_columns[GROUP_COLUMNS];
