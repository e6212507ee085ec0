/* office: a ledger of its own whose desk has a key, and cases told to it. */
#pragma once
#include "../unit.h"
#include "base/text.h"
#include "cases/casefile.h"
#include "ledger/records.h"

#define OFFICE_OK(call)                                                                                      \
    do {                                                                                                     \
        if (!(call))                                                                                         \
            fail_msg("%s", fault.text);                                                                      \
    } while (0)

struct office {
    char folder[64], path[96];
    struct ledger *ledger; /* open for writing */
    struct seal_pair desk;
    uint64_t seed;
    unsigned told; /* how many cases */
};
void office_open(struct office *office);
void office_close(struct office *office);
uint64_t office_random(struct office *office, uint64_t below);

/* A case of one field, "text", by this reporter (NULL: nobody), received on that day. */
struct office_case {
    enum case_kind kind;
    enum case_channel channel;
    const char *reporter, *text, *day;
};
int64_t office_take(struct office *office, struct office_case given);
void office_run(struct office *office, const char *sql);
int64_t office_number(struct office *office, const char *sql); /* a SELECT of one number */
/* All rows of a SELECT, as lines of cells between "|"; in memory the caller frees. */
char *office_lines(struct office *office, const char *sql);
int32_t office_day(const char *day);
/* CSV rows without their header. */
void office_import(struct office *office, const char *kind, const char *rows);
