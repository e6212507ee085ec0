/* verdicts: what definitions of OVAL say of the machine, as findings a person can read.
 *
 * - vulnerability and patch, true: `vulnerable`, one finding for each product of a document, however many
 *   definitions hold: their CVEs are listed in `seen`, the newest first, the first VERDICTS_LISTED of them.
 *   A definition that names no product is a finding of its own.
 * - compliance ("the latest version is installed"), false: `not-latest`; true: pass. Where a rule of a
 * benchmark goes by the definition, the rule says so instead (rules.h).
 * - unknown and error: one unknown finding for each reason, with the number of definitions that it holds up.
 * - inventory, miscellaneous, and what does not apply: nothing.
 * - a document that is old (feed_old()): whatever it does not find may be there all the same, which is one
 *   unknown finding with its age; what it does find stays. */
#pragma once
#include "check/finding.h"
#include "check/oval/oval.h"
#include "check/versions/feed.h"

enum { VERDICTS_LISTED = 10, VERDICTS_REASONS_MOST = 100 };

struct judged {
    const struct feed *feed;
    struct oval_verdicts verdicts;
};

void verdicts_say(const struct machine *machine, const struct judged *judged, struct findings *findings);
/* The definitions of compliance among these. */
void verdicts_say_compliance(const struct judged *judged, struct findings *findings);
