/* search: finds cases by words of what was told, though all of it is sealed. Text is folded (NFKC, small
 * letters) and cut into pairs of neighbouring characters; a pair's keyed hash leads to a sealed list of case
 * numbers. Who has the database but not the desk's secret key sees how many different pairs there are and
 * about how often, and neither which nor where. The key comes from the desk's secret, so only signed-in staff
 * can search or index.
 *
 * What was told since the last time is indexed a batch at a time; when batches of a size are many, they are
 * merged into one, so that there are never many to look into. A batch holds no words of who was erased from
 * the next search_index() on. */
#pragma once
#include "cases/casefile.h"

/* Brings the index up to date with what was told since, at most `most` entries; *left says how many wait. One
 * transaction. */
bool search_index(struct ledger *ledger, const struct seal_pair *desk, unsigned most, uint64_t *left,
                  struct fault *fault);
/* Cases that hold every word (one at least has two characters), newest first, before `before` (0: newest).
 * Checked against the text itself. Of what is not indexed yet, the last few hundred entries are looked
 * through too. A case that was merged into another is found by its own words, unless a filter but `kind` is
 * set. */
bool search_find(struct ledger *ledger, const struct seal_pair *desk, const char *words,
                 const struct case_filter *filter, struct case_list *list, struct fault *fault);
