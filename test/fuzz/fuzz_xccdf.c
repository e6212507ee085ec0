/* Any bytes are a benchmark or one sentence; every rule has a result, and its strings are whole. */
#include "fuzz.h"

#include "base/cleanup.h"
#include "check/oval/xccdf.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static struct oval_verdict definitions[] = {
        {.id = "d1", .class = OVAL_COMPLIANCE, .result = OVAL_TRUE},
        {.id = "d2", .class = OVAL_PATCH, .result = OVAL_TRUE},
        {.id = "d3", .class = OVAL_COMPLIANCE, .result = OVAL_UNKNOWN}};
    const struct oval_verdicts judged = {.items = definitions, .count = 3};
    CLEANUP(xccdf_verdicts_clear) struct xccdf_verdicts verdicts = {0};
    struct fault fault = {""};
    if (!xccdf_judge("input", (const char *)bytes, length, &judged, &verdicts, &fault)) {
        MUST(fault.text[0] != '\0' && verdicts.items == NULL);
        return 0;
    }
    for (size_t i = 0; i < verdicts.count; i++) {
        const struct xccdf_verdict *verdict = &verdicts.items[i];
        MUST(xccdf_result_name(verdict->result) != NULL);
        MUST(strlen(verdict->rule) + strlen(verdict->definition) <= length);
        MUST(strpbrk(verdict->title, "\r\n") == NULL && strpbrk(verdict->fix, "\r\n") == NULL);
    }
    return 0;
}
