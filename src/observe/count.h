/* count: a capture's packets into the account and the fold; knows no ledger. */
#pragma once
#include "observe/account.h"
#include "observe/fold.h"

/* Reads to the capture's end or its break, which is noted in `file`. False: the capture is refused. */
bool count_packets(struct unasked *unasked, struct capture *capture, struct account_file *file,
                   struct fold *fold, struct fault *fault);
/* Ends the fold, takes its sources into the account, and checks that the account adds up. */
bool count_end(struct account *account, struct fold *fold, struct fault *fault);
