/* documents: all that was given with --oval and --feed, judged: OVAL documents each in a process apart, then
 * the benchmarks that go by them, then what is written of vulnerabilities (feed.h). What breaks there is an
 * unknown finding; the others still say what they know. */
#pragma once
#include "check/finding.h"
#include "check/versions/feed.h"

bool documents_judge(const struct feeds *feeds, const struct machine *machine, struct findings *findings,
                     struct fault *fault);
