#include "base/calendar.h"
#include "base/cleanup.h"
#include "base/words.h"
#include "check/check.h"
#include "check/output.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct check_options check_options;

int32_t check_today(void)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    int64_t now_s = epoch != NULL && epoch[0] != '\0' ? strtoll(epoch, NULL, 10) : (int64_t)time(NULL);
    return (int32_t)(now_s / 86400);
}

enum command_exit check_run(const struct check *check, int count, char **words, struct fault *fault)
{
    static const enum command_exit exits[] = {[CHECK_FAIL] = COMMAND_PART,
                                              [CHECK_UNKNOWN] = COMMAND_UNKNOWN,
                                              [CHECK_SKIPPED] = COMMAND_DONE,
                                              [CHECK_PASS] = COMMAND_DONE};
    CLEANUP(findings_clear) struct findings findings;
    findings_init(&findings);
    if (!check->look(count, words, &findings, fault) || !output_write(check, &findings, fault))
        return COMMAND_NOT;
    return exits[findings_result(&findings)];
}
