/* apt_lists: the lists of packages that apt(8) keeps (var/lib/apt/lists), each with what its Release file
 * says of it: whose it is, how old it is, and whether apt takes versions from it by itself.
 *
 * How old: apt fetches all its lists in one go, and a suite that nothing happens in keeps its Release file
 * for months (Debian's stable itself changes every two). So the newest Date of all tells when the lists were
 * fetched last, and a list counts as older only where its own Valid-Until has passed, which apt refuses. */
#pragma once
#include "base/arena.h"
#include "base/fault.h"
#include "check/versions/machine.h"
#include <stddef.h>
#include <stdint.h>

/* By apt_preferences(5): what a version from there has by itself. That of an installed one is 100. */
enum apt_priority { APT_NEVER = 1, APT_UPGRADES = 100, APT_ORDINARY = 500 };

struct apt_list {
    const char *path;   /* beneath the root */
    const char *source; /* "Debian-Security bookworm-security" */
    enum apt_priority priority;
    int32_t age_days; /* FINDING_NO_AGE: not known */
};
struct apt_lists {
    struct arena arena;
    struct apt_list *items;
    size_t count;
};
void apt_lists_clear(struct apt_lists *lists);

/* Those that can hold packages of the machine's architectures, in the order of their names. None is no fault.
 */
bool apt_lists_find(const struct machine *machine, struct apt_lists *lists, struct fault *fault);
