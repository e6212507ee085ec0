/* render: web/templates/desk/NAME.mustache and a model to HTML. Templates are read, translated and parsed
 * once, for both languages, when a renderer is made; one a thread.
 *
 * In a template `{{name}}` is a value of the model, always escaped, `{{> name}}` another template, `{{>
 * content}}` in the frame the page itself (desk/template.h), and `[[English sentence]]` a message in the
 * page's language. A message may hold {{name}} but no HTML. `{{{name}}}` and `{{&name}}` do not exist. */
#pragma once
#include "base/cleanup.h"
#include "base/fault.h"
#include "base/text.h"
#include <jansson.h>
#include <stdbool.h>

struct render;
struct render *render_new(struct fault *fault); /* reads files: before the process confines itself */
void render_free(struct render *render);
OWNED_TYPE(render_free, struct render)

/* The frame around template NAME. Takes over `model`. */
bool render_page(struct render *render, const char *language, const char *name, json_t *model,
                 struct text *out, struct fault *fault);

/* TEMPLATE as it is parsed: every [[message]] in `language`, blanks in it folded. False: one is not closed,
 * or a value would not be escaped. */
bool render_translate(const char *template, const char *language, struct text *out, struct fault *fault);
