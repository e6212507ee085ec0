#include "check/output.h"
#include <jansson.h>
#include <stdio.h>

static json_t *finding_json(const struct finding *finding)
{
    json_t *told =
        json_pack("{s:s, s:s, s:s?, s:s?, s:s?, s:s?, s:s?}", "id", finding->id, "result",
                  check_result_name(finding->result), "subject", finding->subject, "seen", finding->seen,
                  "expected", finding->expected, "advice", finding->advice, "source", finding->source);
    if (finding->source_age_days != FINDING_NO_AGE)
        json_object_set_new(told, "source_age_days", json_integer(finding->source_age_days));
    return told;
}

bool output_write(const struct check *check, const struct findings *findings, struct fault *fault)
{
    (void)fault;
    json_t *all = json_array();
    for (size_t i = 0; i < findings->count; i++)
        if (findings->items[i].result != CHECK_PASS || check_options.all != NULL)
            json_array_append_new(all, finding_json(&findings->items[i]));
    json_t *told = json_pack("{s:s, s:s, s:o, s:I}", "check", check->command.name + sizeof "check " - 1,
                             "result", check_result_name(findings_result(findings)), "findings", all,
                             "looked_at", (json_int_t)findings->looked_at);
    json_dumpf(told, stdout, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
    json_decref(told);
    printf("\n");
    return true;
}
