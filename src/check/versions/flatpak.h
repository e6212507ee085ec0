/* flatpak: the applications that Flatpak has installed, and what its cached catalogues offer. */
#pragma once
#include "base/fault.h"
#include "check/versions/machine.h"

bool flatpak_there(const struct machine *machine);
bool flatpak_add(struct machine *machine, struct fault *fault);
/* By the catalogues of the remotes (flatpak_lists.c). */
bool flatpak_know(struct machine *machine, struct fault *fault);

/* Where installations lie, beneath the root: the machine's, and of this very machine the user's own;
 * "" where there is none. */
enum { FLATPAK_PLACES = 2, FLATPAK_PATH_MOST = 1024 };
struct flatpak_places {
    char paths[FLATPAK_PLACES][FLATPAK_PATH_MOST];
};
void flatpak_places(const struct machine *machine, struct flatpak_places *places);

/* Reads what AppStream tells (https://www.freedesktop.org/software/appstream/docs/): of each component the
 * newest release that is not for testers. */
struct flatpak_component {
    char bundle[512];  /* "app/org.gimp.GIMP/x86_64/stable", "" where none is told */
    char version[256]; /* "" where none is told */
};
struct flatpak_catalogue {
    const char *path; /* beneath the root */
    void (*add)(void *context, const struct flatpak_component *component);
    void *context;
    int32_t newest_day; /* the day of the newest release that is not after today; INT32_MIN: none */
};
/* False with errno ENOENT, and no fault, where there is no such file. */
bool flatpak_read(const struct machine *machine, struct flatpak_catalogue *catalogue, struct fault *fault);
