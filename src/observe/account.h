/* account: what became of every packet that was read. It always adds up. */
#pragma once
#include "base/fault.h"
#include "base/text.h"
#include "ledger/sightings.h"
#include "observe/capture.h"
#include "observe/unasked.h"

struct account {
    uint64_t packets;
    uint64_t verdicts[VERDICT_COUNT];
    uint64_t sources; /* distinct (day, point, protocol and port, source) of accesses, file by file */
    uint64_t backscatter_sources;
};

/* One file's part, for the end of the account. */
struct account_file {
    const char *name;
    struct account account;
    bool known;  /* its content was taken in before */
    bool broken; /* at `where` */
    struct capture_break where;
};

void account_add(struct account *sum, const struct account *part);
/* A fault, with the two numbers, where packets read are not the sum of all verdicts. */
bool account_check(const struct account *account, struct fault *fault);

/* What was counted and then could not be kept is told as such. */
void account_leave(struct account *account, const struct sightings_left *left);

/* For people: one number a line, aligned; then what there is to say about single files. */
void account_text(const struct account *sum, const struct account_file *files, size_t count,
                  struct text *out);
/* The same as JSON, newline at the end. */
void account_json(const struct account *sum, const struct account_file *files, size_t count,
                  struct text *out);
