/* range: which versions a sentence of a vulnerability note means: 以上, 以下, 未満, より前, およびそれ以前,
 * "earlier than", "prior to", "1.2 から 1.4.3"; full-width digits and letters as ASCII. */
#pragma once
#include "check/versions/order.h"
#include <stdbool.h>
#include <stddef.h>

enum range_answer {
    RANGE_OUTSIDE,
    RANGE_INSIDE,
    RANGE_UNCLEAR /* the sentence says nothing that can be held against */
};
/* Is `version` among those that `sentence` names? Unclear where any part of it was not understood. */
enum range_answer range_holds(const char *sentence, enum order_rule rule, const char *version);
