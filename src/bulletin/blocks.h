/* blocks: what a section is made of, and the page's lists of figures and tables that grow with it. */
#pragma once
#include "bulletin/issue.h"
#include "base/script.h"
#include "bulletin/editor.h"
#include <jansson.h>

struct blocks {
    struct issue *issue;
    struct script *script;
    json_t *figures, *tables; /* the page's, borrowed */
    json_t *list;             /* the section's blocks, borrowed */
    struct fault *fault;
    bool failed; /* sticky: the first fault stays in `fault` */
};

void blocks_paragraph(struct blocks *blocks, const char *sentence); /* NULL: nothing */
void blocks_heading(struct blocks *blocks, const char *heading);
void blocks_quiet(struct blocks *blocks, const char *sentence); /* says that there is nothing */
void blocks_notes(struct blocks *blocks, const char *const *notes, size_t count);
void blocks_editor(struct blocks *blocks, enum editor_part part,
                   const char *heading);                   /* heading may be NULL */
void blocks_figure(struct blocks *blocks, json_t *figure); /* takes over; NULL: nothing */
void blocks_table(struct blocks *blocks, json_t *table);   /* takes over */
void blocks_causes(struct blocks *blocks);                 /* figure 1-1, where the editor described one */
