/* month: a small November 2011 filled by hand, for the tests of sentences, tables and pages. */
#pragma once
#include "bulletin/editor.h"
#include "bulletin/issue.h"

struct month {
    struct figures figures;
    struct ledger_settings settings;
    struct editor editor;
    struct issue issue;
};

struct month *month_new(const char *language); /* words_open() too */
void month_free(struct month *month);
OWNED_TYPE(month_free, struct month)

/* before and now of a six */
void month_pair(uint64_t six[FIGURES_MONTHS], uint64_t before, uint64_t now);
