/* fetch_ask: one request over http or https, with every limit there is. libcurl underneath. */
#pragma once
#include "check/versions/fetch.h"

struct fetch_ask;
struct fetch_ask *fetch_ask_new(struct fault *fault);
void fetch_ask_free(struct fetch_ask *ask);

enum fetch_answer { FETCH_WHOLE, FETCH_UNCHANGED /* what is kept is still it */ };
/* `kept` (NULL: none) makes the request conditional. `answer` is filled where it is FETCH_WHOLE. */
bool fetch_ask(struct fetch_ask *ask, const char *address, const struct fetched *kept, struct fetched *answer,
               enum fetch_answer *what, struct fault *fault);
