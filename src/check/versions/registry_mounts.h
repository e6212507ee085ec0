/* registry_mounts: places of the tree where a hive, or a key of one, hangs. Part of registry.h. */
#pragma once
#include "check/versions/registry.h"
#include "check/versions/registry_disk.h"

struct mount {
    enum registry_top top;
    char *prefix;           /* "SYSTEM\\CurrentControlSet" */
    struct hive_file *file; /* NULL: what would hang here is not on the disk */
    char *below;            /* the hive's key that hangs here, "ControlSet001"; "" its first */
    char *user;             /* SID or folder; "" */
};

struct registry {
    int root_descriptor;
    struct hive_files files;
    struct mount *mounts;
    size_t mount_count;
    struct hive_file *open_user; /* of the users' hives one is open at a time */
    bool settled;
};

/* What hangs where. A hive that was given has to be one; of those on the disk each is told of when it is
 * asked for. */
bool registry_mount_all(struct registry *registry, struct fault *fault);
/* The hive is open afterwards; of the users' hives, it alone. */
bool registry_open_file(struct registry *registry, struct hive_file *file, struct fault *fault);
/* The first of its kind, NULL where there is none. */
struct hive_file *registry_file(struct registry *registry, enum hive_kind kind);
