/* inventory: who keeps a list of what is installed. versions.c holds the table of all: a row and a file each.
 */
#pragma once
#include "base/fault.h"
#include "check/versions/machine.h"
#include <stdbool.h>

struct inventory {
    enum product_system system;
    /* Does the machine have one? */
    bool (*there)(const struct machine *machine);
    /* Adds to machine->products what is installed. A fault: the list is there and cannot be read. */
    bool (*add)(struct machine *machine, struct fault *fault);
    /* Sets `latest` of the products of its system by what the machine itself has heard of newer ones (apt's
     * lists, appstream). NULL: it keeps no such thing. */
    bool (*know)(struct machine *machine, struct fault *fault);
};
