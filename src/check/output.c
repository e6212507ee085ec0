#include "check/output.h"

bool output_write(const struct check *check, const struct findings *findings, struct fault *fault)
{
    (void)fault;
    if (check_options.json != NULL)
        output_json(check, findings, stdout);
    else if (check_options.sarif != NULL)
        output_sarif(check, findings, stdout);
    else
        output_text(check, findings, stdout);
    return true;
}
