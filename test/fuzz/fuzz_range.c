/* Two lines are a sentence on versions and a version: there is an answer, the same whether the sentence is
 * written in full width or not; and what has no version in it is never inside. */
#include "fuzz.h"

#include "base/cleanup.h"
#include "base/memory.h"
#include "base/text.h"
#include "check/versions/feed_fold.h"
#include "check/versions/range.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    OWNED_MEMORY char *lines = memory_new(length + 1, 1);
    memcpy(lines, bytes, length);
    char *version = strchr(lines, '\n');
    if (version == NULL)
        return 0;
    *version++ = '\0';
    CLEANUP(text_clear) struct text folded;
    text_init(&folded, 1 << 20);
    feed_fold(lines, &folded);
    for (enum order_rule rule = ORDER_DPKG; rule <= ORDER_GENERAL; rule++) {
        enum range_answer answer = range_holds(lines, rule, version);
        MUST(answer <= RANGE_UNCLEAR);
        MUST(range_holds(folded.bytes, rule, version) == answer);
        if (strpbrk(folded.bytes, "0123456789") == NULL && strstr(folded.bytes, "て") == NULL &&
            strstr(folded.bytes, "全") == NULL && strstr(folded.bytes, "all") == NULL)
            MUST(answer == RANGE_UNCLEAR);
    }
    return 0;
}
