/* page: gathers an issue into one tree of JSON: head, key figures, sections made of blocks. The renderers
 * (outputs.c) walk it; nothing is decided after it.
 *
 *     {language, title, number, published, publisher, ..., summary: [card], sections: [{id, number, title,
 * blocks}], figures: [figure], tables: [table], contact: [line]}
 *
 * A block is an object with one of: paragraph, heading, html (the editor's, from Markdown), figure, table,
 * notes, quiet. */
#pragma once
#include "bulletin/issue.h"
#include "base/script.h"
#include <jansson.h>

json_t *page_gather(struct issue *issue, struct script *script, struct fault *fault); /* NULL on a fault */
