/* editor: what the bulletin's editor wrote for a month, in ledger/editor/YYYY-MM/. Every file is optional. In
 * a ledger whose language is ja, call.md is Japanese and call.en.md English; the plain name is the ledger's
 * own language. */
#pragma once
#include "base/arena.h"
#include "base/fault.h"
#include "ledger/ledger.h"
#include <stdbool.h>
#include <stdint.h>

enum editor_part {
    EDITOR_CALL,          /* section 1 */
    EDITOR_VIRUS,         /* beside the sentences of section 2 */
    EDITOR_ACCESS,        /* ... of section 3 */
    EDITOR_CASES,         /* cases of section 3, with advice */
    EDITOR_CONSULTATIONS, /* beside the sentences of section 4 */
    EDITOR_QUESTIONS,     /* questions and answers of section 4 */
    EDITOR_OBSERVATION,   /* beside the sentences of section 5 */
    EDITOR_PARTS,
};

struct editor {
    struct arena arena;
    const char *number, *title; /* of the issue; NULL: not said */
    bool published_known;
    int32_t published;
    const char *parts[EDITOR_PARTS]; /* Markdown; NULL: not written */
    const char *causes;              /* figure 1-1's lines; NULL: none */
    const char *causes_path;
};

bool editor_read(struct editor *editor, const struct ledger *ledger, int32_t month, const char *language,
                 struct fault *fault);
void editor_clear(struct editor *editor);
