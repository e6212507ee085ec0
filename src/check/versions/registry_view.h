/* registry_view: where a Windows of 64 bit keeps what it shows to programs of 32. Part of registry.h. */
#pragma once

/* A path in the hive SOFTWARE as a program of 32 bit means it: "Microsoft\\X" is "Wow6432Node\\Microsoft\\X",
 * but not what both share. The caller frees it. */
char *registry_view_32(const char *path);
/* The same below Classes. */
char *registry_view_32_classes(const char *path);

/* What is left of `path` behind `prefix` and its separator, "" where they are the same key; NULL where it
 * does not begin so. Letters large and small alike. */
const char *registry_below(const char *path, const char *prefix);
