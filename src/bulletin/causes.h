/* causes: figure 1-1, a drawing of how causes lead to damage, from a few lines of the editor's:
 *
 *     # a comment
 *     title: How the accounts were misused
 *     cause: A virus on the reader's computer
 *     damage: Goods bought in the reader's name
 *     A virus on the reader's computer -> Password stolen -> Goods bought in the reader's name
 *
 * A box is its text. An arrow's text that was not said to be a cause or a damage is a step between them. */
#pragma once
#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include <stdbool.h>
#include <stddef.h>

enum causes_kind { CAUSES_CAUSE, CAUSES_STEP, CAUSES_DAMAGE };
enum { CAUSES_BOXES_MOST = 40, CAUSES_ARROWS_MOST = 120, CAUSES_TEXT_MOST = 200 /* bytes */ };

struct causes_box {
    const char *text;
    enum causes_kind kind;
    int layer; /* 0 at the left */
};
struct causes_arrow {
    int from, to; /* boxes */
};
struct causes {
    struct arena arena;
    const char *title; /* NULL: none was given */
    struct causes_box boxes[CAUSES_BOXES_MOST];
    struct causes_arrow arrows[CAUSES_ARROWS_MOST];
    int box_count, arrow_count;
};

/* `path` is for the fault's words. Arrows that go round in a circle are refused. */
bool causes_read(struct causes *causes, const char *path, const char *bytes, struct fault *fault);
void causes_clear(struct causes *causes);

/* The drawing, one SVG element with a title and a description of its own. */
struct causes_words {
    const char *id, *title, *description;
};
void causes_draw(const struct causes *causes, struct causes_words words, struct text *out);
