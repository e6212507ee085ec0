/* shelf: templates (base/template.h) that belong together, in one language: translated, parsed and linked
 * once, rendered again and again.
 *
 * In a template `{{name}}` is a value of the model, always escaped, `{{> name}}` another template of the
 * shelf, `{{> content}}` the page that is in the frame, and `[[English sentence]]` a message in the shelf's
 * language. A message may hold {{name}} but no HTML. `{{{name}}}` and `{{&name}}` do not exist. */
#pragma once
#include "base/cleanup.h"
#include "base/fault.h"
#include "base/text.h"
#include <jansson.h>
#include <stdbool.h>

struct shelf;
/* `sources`: {"NAME": "a template"}, as parts_folder() makes it; borrowed. NULL on a fault. */
struct shelf *shelf_new(const char *language, json_t *sources, struct fault *fault);
void shelf_free(struct shelf *shelf);
OWNED_TYPE(shelf_free, struct shelf)

/* Template `frame` about `model`, with template `page` as its content (NULL: none). */
bool shelf_render(struct shelf *shelf, const char *frame, const char *page, const json_t *model,
                  struct text *out, struct fault *fault);

/* TEMPLATE as it is parsed: every [[message]] in `language`, blanks in it folded. False: one is not closed,
 * or a value would not be escaped. */
bool shelf_translate(const char *template, const char *language, struct text *out, struct fault *fault);
