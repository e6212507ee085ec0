/* ignore: the list of what a user has decided to live with, each entry with its reason and its last day:
 *
 *     check,id,subject,until,reason
 *     versions,not-latest,openssl *,2027-03-31,the maker of our till has not yet tested the new one
 *
 * `id` and `subject` may hold * for anything. What an entry names is shown as skipped, with its reason; after
 * its last day it no longer counts, and that is said. */
#pragma once
#include "base/arena.h"
#include "base/fault.h"
#include "check/check.h"

enum { IGNORE_MOST = 4096, IGNORE_WORD_MOST = 1024 };

struct ignore_entry {
    const char *check, *id, *subject, *reason;
    int32_t until_day; /* still counts on it */
};
struct ignore {
    struct arena arena;
    struct ignore_entry *entries;
    size_t count;
};

/* A fault names file and line. */
bool ignore_open(struct ignore *ignore, const char *path, struct fault *fault);
void ignore_clear(struct ignore *ignore);

/* Makes skipped what the entries of this check name, and says of the list (called `name`) what it did. */
void ignore_apply(const struct ignore *ignore, const char *name, const struct check *check,
                  struct findings *findings);
/* Does `word` fit `pattern`, in which * stands for any number of any bytes? */
bool ignore_fits(const char *pattern, const char *word);
