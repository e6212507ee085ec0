/* rsit: the classes of the Reference Security Incident Taxonomy (ENISA and TF-CSIRT, machine version 1003,
 * CC0), which other desks understand, beside our own categories. They are noted with a case and never counted
 * instead of ours: fraud by one click or a leak by Winny has no place there. */
#pragma once
#include <stdbool.h>

extern const char *const rsit_names[]; /* "malicious-code/infected-system", in their order; ends with NULL */
bool rsit_has(const char *name);
/* What our own word suggests: a kind of malware, a category of access or a topic (ledger/codes.h). "": none.
 */
const char *rsit_suggest(const char *word);
