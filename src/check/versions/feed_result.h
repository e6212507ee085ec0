/* feed_result: the documents inside an answer of the MyJVN API (<Result>), each made a document of its own
 * with the prefixes that were bound around it. */
#pragma once
#include "base/fault.h"
#include "base/text.h"

struct feed_result_taker {
    /* Takes over `document`. */
    bool (*take)(void *context, struct text *document, struct fault *fault);
    void *context;
};
/* `most` is how long a document may be. */
bool feed_result_split(const char *name, const struct text *bytes, size_t most,
                       const struct feed_result_taker *taker, struct fault *fault);
