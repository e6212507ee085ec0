/* file: files and folders that appear whole or not at all (written beside, synced, renamed). */
#pragma once
#include "base/fault.h"
#include "base/text.h"
#include <stdbool.h>
#include <stddef.h>

/* Writes PATH by way of a temporary name beside it; synced, with its folder, before this returns. */
bool file_write(const char *path, const void *bytes, size_t length, struct fault *fault);
/* Reads all of PATH into `out`; a fault where it is longer than out's limit. */
bool file_read(const char *path, struct text *out, struct fault *fault);
bool file_exists(const char *path);
bool file_sync(const char *path, struct fault *fault);        /* a file or a folder */
bool file_make_folder(const char *path, struct fault *fault); /* with its parents; fine where it stands */
bool file_remove_tree(const char *path,
                      struct fault *fault); /* fine where there is nothing; follows no link */
bool file_rename(const char *from, const char *to, struct fault *fault); /* and syncs both folders */
