/* page_templates: the answers written once: GET /staff/templates lists them, GET /staff/template/{n} changes
 * one, POST saves or takes away. */
#pragma once
#include "desk/page.h"

extern const struct field page_templates_fields[];
bool page_templates(struct call *call, struct fault *fault);
bool page_templates_add(struct call *call, struct fault *fault);   /* POST /staff/templates */
bool page_template(struct call *call, struct fault *fault);        /* GET /staff/template/{n} */
bool page_template_save(struct call *call, struct fault *fault);   /* POST of the same */
bool page_template_remove(struct call *call, struct fault *fault); /* POST /staff/template/{n}/remove */
