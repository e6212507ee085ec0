/* The staff's queue: GET /staff, and the search: POST /staff/search, so that names looked for are in no
 * address. */
#pragma once
#include "desk/page.h"

extern const struct field page_queue_fields[], page_search_fields[];
bool page_queue(struct call *call, struct fault *fault);
bool page_search(struct call *call, struct fault *fault);

/* Adds "rows" to the model: what a list of cases shows of each. */
struct case_list;
bool page_queue_rows(struct call *call, const struct case_list *list, struct fault *fault);
/* And the tabs by state with how many cases stand in each; `here`: the one that is open, or NULL. */
bool page_queue_tabs(struct call *call, const char *here, struct fault *fault);
