/* myjvn: the MyJVN API 3.x of JVN iPedia (https://jvndb.jvn.jp/apis/), asked for what there is for a machine:
 * benchmarks and definitions for its system, overviews of vulnerabilities for its programs, and the details
 * of those that name one of them. Gently: one request at a time, the same one at most once a day, and not
 * more than FETCH_REQUESTS_MOST in a run. */
#pragma once
#include "check/versions/feed.h"

/* `where` is the API itself, ".../myjvn". What single answers could not be had is an unknown finding; where
 * its lists cannot be had and none were kept, that is the fault. */
bool myjvn_ask(struct feeds *feeds, const char *where, const struct machine *machine,
               struct findings *findings, struct fault *fault);
