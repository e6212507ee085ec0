/* issue: one bulletin being made: the month's figures, the desk that publishes, the editor's words. Every
 * builder takes it; the strings they make live in `words` until the bulletin is written. */
#pragma once
#include "base/arena.h"
#include "ledger/ledger.h"
#include "tally/figures.h"

struct editor;

struct issue {
    const struct figures *figures;
    const struct ledger_settings *settings;
    const struct editor *editor;
    struct arena words;
};
