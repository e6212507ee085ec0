/* registry: the hives of a Windows that is not running, as the one tree that it would show: found on its disk
 * (Windows\System32\config, each user's NTUSER.DAT and UsrClass.dat), or one given by name, whose kind is
 * known by its keys.
 *
 * registry_new() only notes where hives lie. They are opened as somebody first asks for a key in them, so
 * that all reading of them happens in the process apart that asks (apart.h). */
#pragma once
#include "base/cleanup.h"
#include "base/fault.h"
#include "check/versions/hive.h"
#include <stdbool.h>

struct machine;
struct registry;

enum { REGISTRY_USERS_MOST = 1024 };

/* Is Windows on that disk: a Windows or WINNT with System32\config? */
bool registry_is_windows(int root_descriptor);
/* `root_descriptor` -1: no disk; it stays the caller's, open as long as the registry. `hive` NULL: none
 * beside those on the disk. */
struct registry *registry_new(int root_descriptor, const char *hive);
void registry_free(struct registry *registry);
OWNED_TYPE(registry_free, struct registry)

enum registry_top {
    REGISTRY_LOCAL_MACHINE,
    REGISTRY_USERS,
    REGISTRY_CURRENT_USER, /* of a disk: each user there is */
    REGISTRY_CLASSES_ROOT,
    REGISTRY_CURRENT_CONFIG
};
/* "HKEY_LOCAL_MACHINE". False: no such name. */
bool registry_top_parse(const char *name, enum registry_top *top);

struct registry_place {
    enum registry_top top;
    const char *path; /* "SOFTWARE\\Microsoft", "" the whole of it; letters large and small alike */
    bool view_32;     /* as programs of 32 bit see it on a Windows of 64 */
    unsigned depth;   /* levels beneath it that are seen too; 0: the key alone */
};

struct registry_key {
    struct hive_key key;
    const char *path; /* from the top: "SOFTWARE\\Microsoft" */
    const char
        *user; /* whose hive it is of: the SID, or the name of the folder; "" not a user's, or not known */
};
struct registry_see {
    bool (*see)(void *context, const struct registry_key *key, struct fault *fault);
    void *context;
};
/* Every key that the place means: none, one, or of HKEY_CURRENT_USER one for each user. False, with the first
 * fault, where a hive is broken or is not there to be asked; what the others hold has been seen by then. */
bool registry_see(struct registry *registry, const struct registry_place *place, struct registry_see seer,
                  struct fault *fault);

/* Does any hive hang below that top? */
bool registry_has(struct registry *registry, enum registry_top top, bool *has, struct fault *fault);
/* Whether it is a Windows of 64 bit: only that has a place for programs of 32. */
bool registry_is_64_bit(struct registry *registry, bool *is_64_bit, struct fault *fault);
