/* xccdf: a benchmark (XCCDF 1.1 and 1.2) whose rules are judged by OVAL definitions. */
#pragma once
#include "base/fault.h"
#include "check/oval/oval.h"

/* XCCDF's results of a rule (XCCDF 1.2, table 26), as far as OVAL can give them. */
enum xccdf_result {
    XCCDF_PASS,
    XCCDF_FAIL,
    XCCDF_ERROR,
    XCCDF_UNKNOWN,
    XCCDF_NOT_APPLICABLE,
    XCCDF_NOT_CHECKED,
    XCCDF_NOT_SELECTED
};
const char *xccdf_result_name(enum xccdf_result result); /* "notapplicable" */

struct xccdf_verdict {
    const char *rule, *title, *fix; /* "" where there is none */
    const char *definition;         /* the OVAL definition it goes by */
    enum xccdf_result result;
};
struct xccdf_verdicts {
    struct arena arena;
    const char *title; /* the benchmark's */
    struct xccdf_verdict *items;
    size_t count;
};
void xccdf_verdicts_clear(struct xccdf_verdicts *verdicts);

/* Judges the rules of a benchmark by definitions that have been judged already. */
bool xccdf_judge(const char *name, const char *bytes, size_t length, const struct oval_verdicts *definitions,
                 struct xccdf_verdicts *verdicts, struct fault *fault);
