/* html: the tree to one HTML file that stands alone: styles and scripts inside, and a policy that lets
 * nothing else run or load (Content Security Policy Level 3). */
#pragma once
#include "base/text.h"
#include "base/script.h"
#include <jansson.h>

enum html_for { HTML_SCREEN, HTML_PAPER /* what the PDF is made of: its own style, no scripts */ };
bool html_render(json_t *tree, struct script *script, enum html_for what, struct text *out,
                 struct fault *fault);
