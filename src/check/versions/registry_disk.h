/* registry_disk: where the hives of a Windows lie on its disk. Part of registry.h. */
#pragma once
#include "check/versions/hive.h"
#include <stdbool.h>
#include <stddef.h>

enum hive_kind { KIND_SOFTWARE, KIND_SYSTEM, KIND_DEFAULT, KIND_USER, KIND_CLASSES, KIND_NOT_KNOWN };

struct hive_file {
    enum hive_kind kind; /* KIND_NOT_KNOWN: one that was given, until it is opened */
    bool given;          /* `path` is one of this machine's, else of the disk's */
    char *path;
    char *user;        /* the name of the user's folder; "" the machine's own */
    struct hive *hive; /* NULL: not open */
    char *trouble;     /* why it could not be opened; NULL: nothing is known against it */
};

struct hive_files {
    struct hive_file *items;
    size_t count;
    bool more_users; /* than are looked at, or than may be listed */
};

void hive_files_find(struct hive_files *files, int root_descriptor, const char *given);
void hive_files_clear(struct hive_files *files);
/* Opens it where it is not open. A fault that was told once is told again without another look. */
bool hive_file_open(struct hive_file *file, int root_descriptor, struct fault *fault);
void hive_file_close(struct hive_file *file);
