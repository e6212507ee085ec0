/* render: web/templates/desk/NAME.mustache and a model to HTML, by a shelf (base/shelf.h) a language.
 * Templates are read when a renderer is made; one a thread. */
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
