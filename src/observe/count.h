/* count: a capture's packets into the account and the fold; knows no ledger. */
#pragma once
#include "observe/account.h"
#include "observe/fold.h"

struct count {
    const struct point_map *points;
    const struct zone *zone;
    struct asked *asked; /* goes on from capture to capture */
    struct fold *fold;
    unsigned threads; /* at least 1; what comes out is the same for any number */
};

/* Reads to the capture's end or its break, which is noted in `file`. False: the capture is refused. */
bool count_packets(const struct count *count, struct capture *capture, struct account_file *file,
                   struct fault *fault);
/* Ends the fold, takes its sources into the account, and checks that the account adds up. */
bool count_end(struct account *account, struct fold *fold, struct fault *fault);
