/* keeper_wire: what keeper and watcher say to each other over their socket: a head, and `length` bytes. For
 * the two of them only. */
#pragma once
#include "base/text.h"
#include "observe/keeper.h"
#include <stddef.h>

enum wire_kind { WIRE_LEDGER = 1, WIRE_POINTS, WIRE_STORED, WIRE_FAULT };
enum { WIRE_ASK_POINTS = 'p', WIRE_ASK_STORE = 's', WIRE_MOST = 64 << 20, WIRE_WATCHES_MOST = 1 << 20 };

struct wire_head {
    uint32_t kind; /* enum wire_kind */
    uint32_t length;
};
struct wire_stored {
    uint64_t journals, sources, backscatter_sources, cut, left;
};

/* zone, country database, points: strings with their NUL, then watches as they are in memory. */
void wire_add_string(struct text *out, const char *string);
void wire_add_points(struct text *out, const struct points *points);

/* False where the bytes are not that. */
bool wire_take_string(const unsigned char **at, const unsigned char *end, const char **string);
bool wire_take_points(const unsigned char *at, const unsigned char *end, struct points *points);
