/* page_many: many virus reports at once by a table: read and checked row by row, shown with what is wrong at
 * which cell, and only then sent. Nothing is kept here in between: the good table travels along as canonical
 * CSV. */
#pragma once
#include "desk/page.h"

extern const struct field page_many_fields[], page_many_send_fields[];
bool page_many_ask(struct call *call, struct fault *fault);   /* GET /report/many */
bool page_many_check(struct call *call, struct fault *fault); /* POST /report/many */
bool page_many_send(struct call *call, struct fault *fault);  /* POST /report/many/send */
bool page_many_csv(struct call *call, struct fault *fault);   /* GET /report/many/template.csv */
bool page_many_xlsx(struct call *call, struct fault *fault);  /* GET /report/many/template.xlsx */
