#include "check/versions/machine.h"
#include "check/check.h"
#include "check/unpacked.h"
#include "check/versions/os_release.h"
#include "check/versions/registry.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>

/* Links are followed as if the root were "/", and none of those that the kernel makes up (/proc). */
static int open_beneath(const struct machine *machine, const char *path, int flags)
{
    if (machine->root_descriptor < 0) {
        errno = ENOENT;
        return -1;
    }
    struct open_how how = {.flags = (uint64_t)(flags | O_CLOEXEC),
                           .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS};
    return (int)syscall(SYS_openat2, machine->root_descriptor, path, &how, sizeof how);
}

/* What kind of thing lies there is asked before it is opened to be read: to open a device or a pipe may
 * already do something, or wait for ever. */
int machine_open_file(const struct machine *machine, const char *path)
{
    CLEANUP(cleanup_descriptor) int place = open_beneath(machine, path, O_PATH);
    struct stat seen, opened;
    if (place < 0 || fstat(place, &seen) != 0)
        return -1;
    if (!S_ISREG(seen.st_mode)) {
        errno = S_ISDIR(seen.st_mode) ? EISDIR : EINVAL;
        return -1;
    }
    int file = open_beneath(machine, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    if (file >= 0 && (fstat(file, &opened) != 0 || !S_ISREG(opened.st_mode))) {
        close(file);
        errno = EINVAL;
        return -1;
    }
    return file;
}

const char *machine_why(void)
{
    return errno == EINVAL || errno == EISDIR ? "it is not a file" : strerror(errno);
}

DIR *machine_open_folder(const struct machine *machine, const char *path)
{
    int folder = open_beneath(machine, path, O_RDONLY | O_DIRECTORY);
    if (folder < 0)
        return NULL;
    DIR *opened = fdopendir(folder);
    if (opened == NULL)
        close(folder);
    return opened;
}

static bool open_root(struct machine *machine, const char *root, struct fault *fault)
{
    struct stat given, own;
    machine->root = arena_string(&machine->arena, root, strlen(root));
    machine->root_descriptor = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (machine->root_descriptor < 0 || fstat(machine->root_descriptor, &given) != 0)
        return fault_set(fault, "cannot look at '%s': %s (expected a folder)", root, strerror(errno));
    machine->here = stat("/", &own) == 0 && own.st_dev == given.st_dev && own.st_ino == given.st_ino;
    CLEANUP(cleanup_descriptor) int probe = open_beneath(machine, ".", O_PATH);
    if (probe < 0)
        return fault_set(fault, "cannot look at '%s': openat2: %s (expected Linux 5.6 or newer)", root,
                         strerror(errno));
    return true;
}

/* What the system calls itself; where it does not, or not so that it can be read, it stays unknown. */
static void read_linux(struct machine *machine)
{
    enum { OS_RELEASE_MOST = 64 * 1024 };
    struct fault ignored;
    int file = machine_open_file(machine, "etc/os-release");
    if (file < 0)
        file = machine_open_file(machine, "usr/lib/os-release");
    if (file < 0)
        return;
    OWNED(unpacked_free)
    struct unpacked *unpacked = unpacked_over(file, "etc/os-release", OS_RELEASE_MOST, &ignored);
    CLEANUP(text_clear) struct text bytes;
    text_init(&bytes, OS_RELEASE_MOST);
    if (unpacked == NULL || !unpacked_whole(unpacked, &bytes, &ignored))
        return;
    struct os_release release;
    os_release_read(bytes.bytes, bytes.length, &machine->arena, &release);
    machine->os_id = release.id;
    machine->os_name = release.name;
    machine->os_version = release.version;
}

bool machine_open(struct machine *machine, const char *root, const char *hive, struct fault *fault)
{
    *machine = (struct machine){.root = "",
                                .root_descriptor = -1,
                                .today = check_today(),
                                .os_id = "",
                                .os_name = "",
                                .os_version = "",
                                .architecture = ""};
    arena_init(&machine->arena);
    products_init(&machine->products);
    if ((root != NULL || hive == NULL) && !open_root(machine, root != NULL ? root : "/", fault))
        return false;
    bool windows = hive != NULL || registry_is_windows(machine->root_descriptor);
    machine->family = windows ? MACHINE_WINDOWS : MACHINE_LINUX;
    if (windows)
        machine->registry = registry_new(machine->root_descriptor, hive);
    else
        read_linux(machine);
    return true;
}

void machine_clear(struct machine *machine)
{
    registry_free(machine->registry);
    products_clear(&machine->products);
    arena_clear(&machine->arena);
    if (machine->root_descriptor >= 0)
        close(machine->root_descriptor);
    *machine = (struct machine){.root_descriptor = -1};
}
