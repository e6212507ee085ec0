/* page_names: what viruses and programs are called, and what others call them. Nothing here is personal. */
#pragma once
#include "desk/page.h"

extern const struct field page_names_fields[], page_names_alias_fields[], page_names_take_fields[];
bool page_names(struct call *call, struct fault *fault);       /* GET /staff/names */
bool page_names_set(struct call *call, struct fault *fault);   /* POST of the same: a name and its kind */
bool page_names_alias(struct call *call, struct fault *fault); /* POST /staff/names/alias */
bool page_names_take(struct call *call,
                     struct fault *fault); /* POST /staff/names/take: an alias, or a name */
