/* rules: what the rules of XCCDF benchmarks say, as findings: fail is `not-latest`, unknown and error are
 * `version-unknown`, pass is a pass, and the others say nothing. A definition of compliance that no rule goes
 * by speaks for itself (verdicts.h). */
#pragma once
#include "check/finding.h"
#include "check/versions/feed.h"
#include "check/versions/verdicts.h"

/* Reads the benchmarks among `feeds`, in this process: call it apart (apart.h). */
bool rules_say(const struct feeds *feeds, const struct judged *judged, size_t judged_count,
               struct findings *findings, struct fault *fault);
