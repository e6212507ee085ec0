/* openscap: what our own evaluator has no object for, judged by libopenscap on this very machine, in a
 * program of its own (`mimamori-check-openscap`, found beside this one), so that the check itself links and
 * loads none of what that library brings. */
#pragma once
#include "check/oval/oval.h"

/* The document is given as it was unpacked; `name` is what faults call it. Ended after a time and past a size
 * of memory, as apart.h does. */
bool openscap_judge(const char *name, const char *bytes, size_t length, struct oval_verdicts *verdicts,
                    struct fault *fault);
