/* program_live: `mimamori observe --interface`. */
#pragma once
#include "base/command.h"

/* What the command line said; NULL where it said nothing. */
struct program_live {
    const char *ledger, *json, *interface, *user, *checkpoint, *store, *ring, *memory, *own, *watch, *every;
};
enum command_exit program_live(const struct program_live *words, struct fault *fault);
