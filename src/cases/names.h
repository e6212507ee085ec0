/* names: the canonical names of viruses and programs, and what others call them. A name counts as it stood
 * when its case was classified: a name that is learnt later changes nothing that was counted before, until
 * that case is classified anew. */
#pragma once
#include "ledger/ledger.h"
#include "base/text.h"
#include <jansson.h>

/* The canonical name of what somebody wrote (folded: case, width, spaces), or that itself, without blanks at
 * its ends, where nobody knows it. *known tells; kind is "virus", "program" or "" */
bool names_canonical(struct ledger *ledger, const char *written, struct text *name, const char **kind,
                     bool *known, struct fault *fault);
/* Each is one transaction with its deed. A fault says what cannot be: a name that is no name, one that is
 * another's already. */
bool names_set(struct ledger *ledger, const char *name, const char *kind, int64_t staff, struct fault *fault);
bool names_alias(struct ledger *ledger, const char *alias, const char *name, int64_t staff,
                 struct fault *fault);
bool names_unalias(struct ledger *ledger, const char *alias, int64_t staff, struct fault *fault);
/* With all its aliases. What was counted under it stays. */
bool names_remove(struct ledger *ledger, const char *name, int64_t staff, struct fault *fault);
json_t *names_list(struct ledger *ledger,
                   struct fault *fault); /* [{"name","kind","aliases":[...]}] by name */
