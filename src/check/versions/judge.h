/* judge: what is said of each product: the latest (pass), `not-latest`, or `version-unknown`; and what a
 * person reads first.
 *
 * A product whose version is not known, or of which nothing newer is heard because what is known is old, is
 * never said to be well, and never said to need an update (winget does that to "Unknown"). Where the same one
 * thing keeps many products of a system from being judged (no lists, old lists), it is said once, with how
 * many they are, because one step mends it for all. */
#pragma once
#include "check/finding.h"
#include "check/versions/machine.h"

/* What to do about a product that is not as it should be: update it, or wait where nothing newer is offered.
 * NULL: nothing is known of it. */
const char *judge_advice(const struct product *product);
bool judge_is_behind(const struct product *product); /* something newer than it is known */

void judge_products(const struct machine *machine, struct findings *findings);
