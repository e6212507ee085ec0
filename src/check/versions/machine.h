/* machine: whose versions are looked at: this machine, a mounted disk (`--root DIR`), or a registry hive. A
 * foreign disk's names are never followed out of it: every path is opened beneath the root. */
#pragma once
#include "base/arena.h"
#include "base/cleanup.h"
#include "base/fault.h"
#include "check/versions/product.h"
#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>

enum machine_family { MACHINE_LINUX, MACHINE_WINDOWS };

struct registry; /* versions/registry.h */

struct machine {
    enum machine_family family;
    const char *root;                         /* "/" */
    int root_descriptor;                      /* -1: there is only a hive */
    bool here;                                /* it is this very machine */
    const char *os_id, *os_name, *os_version; /* "debian", "Debian GNU/Linux 12 (bookworm)", "12"; of Windows
                                                 "windows", "Windows 10 Pro", "10.0.19045"; "" not known */
    const char *architecture;                 /* "amd64" as the system itself writes it; "" not known */
    struct registry *registry;                /* NULL: none */
    struct products products;
    int32_t today;
    struct arena arena;
};

/* `root` NULL: this machine. `hive` NULL: none beside those that lie on the disk. */
bool machine_open(struct machine *machine, const char *root, const char *hive, struct fault *fault);
void machine_clear(struct machine *machine);

/* A file beneath the root, "var/lib/dpkg/status"; links are followed as if the root were "/" (openat2,
 * RESOLVE_IN_ROOT), only regular files are opened. -1 and errno where there is none. */
int machine_open_file(const struct machine *machine, const char *path);
/* Why it could not, of errno: "No such file or directory", "it is not a file". */
const char *machine_why(void);
/* NULL and errno where there is none. */
DIR *machine_open_folder(const struct machine *machine, const char *path);
/* The same for Windows' paths ("C:\\Program Files\\x.exe" or with slashes), letters large and small alike,
 * wherever the disk's C: is mounted. -1 and errno ENOENT where there is none. */
int machine_open_windows(const struct machine *machine, const char *path);
