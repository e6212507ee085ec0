/* place: where a bulletin is put, whole or not at all: made in a folder beside, then swapped in. */
#pragma once
#include "base/fault.h"
#include <limits.h>
#include <stdbool.h>

struct place {
    char target[PATH_MAX]; /* where it will stand */
    char beside[PATH_MAX]; /* where it is made; "" once it stands or is given up */
};

/* Refuses a target that holds something other than a bulletin. */
bool place_begin(struct place *place, const char *target, struct fault *fault);
bool place_finish(struct place *place, struct fault *fault); /* what stood there before is removed */
void place_give_up(struct place *place);                     /* fine after place_finish */
