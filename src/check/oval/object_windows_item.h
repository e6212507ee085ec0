/* object_windows_item: a file of a Windows disk as a file_item. Part of object_windows_file.c. */
#pragma once
#include "check/oval/item.h"
#include "check/versions/machine.h"

/* What is told of it. */
struct windows_file {
    const char *folder; /* "C:\\Windows" */
    const char *name;   /* NULL: the folder itself is meant */
    const char *view;   /* "64_bit" */
    int descriptor;     /* open to be read; of a folder, open in any way */
};
void windows_item_add(struct oval_collection *found, const struct windows_file *file);
/* One that is there and cannot be looked at. */
void windows_item_add_closed(struct oval_collection *found, const struct windows_file *file);
