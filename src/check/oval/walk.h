/* walk: the files and folders that path, filename, filepath and the behaviors of an object mean, beneath the
 * machine's root. Links are followed on the way to a folder that is named, never while descending. */
#pragma once
#include "check/oval/object.h"

enum { WALK_ENTRIES_MOST = 400000, WALK_DEPTH_MOST = 48 };

struct walk_file {
    const char *folder; /* "/etc" */
    const char *name;   /* "passwd"; NULL: the folder itself */
    const char *path;   /* both: "/etc/passwd" */
    int descriptor;     /* of the folder */
};

/* Calls `see` with each, until it says false. What the object asks for and this cannot do, and folders that
 * cannot be opened, are the collection's flag. */
void walk_files(const struct object_search *search, struct oval_collection *found,
                bool (*see)(const struct object_search *search, const struct walk_file *file,
                            struct oval_collection *found));

/* path, filename and filepath as fields of an item. */
void walk_fields(const struct walk_file *file, struct oval_collection *found, struct oval_item *item);
