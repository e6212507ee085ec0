/* windows_path: names of Windows ("C:\\Program Files\\x.exe", slashes both ways) on a disk that is mounted
 * here, letters large and small alike, each part found by reading its folder (caseless.h).
 *
 * The disk is taken for the one that Windows calls C:, other letters are other disks. Never above the root:
 * ".." is no name here, and no link is followed at all, since a disk may hold any (junctions are links to
 * whoever mounts it). */
#pragma once
#include "base/fault.h"
#include <dirent.h>
#include <stdbool.h>
#include <sys/stat.h>

enum {
    WINDOWS_PATH_MOST = 32767 /* characters; "Naming Files, Paths, and Namespaces" of Win32's documents */
};

/* -1 and errno where there is none: ENOENT there is no such file, ENODEV it is on another disk, ELOOP a link.
 * `flags` are open(2)'s; O_PATH for whoever only wants to know what it is. */
int windows_path_open(int root_descriptor, const char *path, int flags);
/* NULL and errno where there is none. */
DIR *windows_path_folder(int root_descriptor, const char *path);
bool windows_path_about(int root_descriptor, const char *path, struct stat *about);
