/* search: finds cases by words of what was told, though all of it is sealed. Text is folded (NFKC, small
 * letters) and cut into pairs of neighbouring characters; a pair's keyed hash leads to a sealed list of case
 * numbers. Who has the database but not the desk's secret key sees how many different pairs there are, and
 * neither which nor where. The key comes from the desk's secret, so only signed-in staff can search or index.
 */
#pragma once
#include "cases/casefile.h"

/* Brings the index up to date with what was told since, at most `most` entries; *left says how many wait. One
 * transaction. */
bool search_index(struct ledger *ledger, const struct seal_pair *desk, unsigned most, uint64_t *left,
                  struct fault *fault);
/* Cases that hold every word (two characters or more each), newest first, before `before` (0: newest).
 * Checked against the text itself. */
bool search_find(struct ledger *ledger, const struct seal_pair *desk, const char *words,
                 const struct case_filter *filter, struct case_list *list, struct fault *fault);
