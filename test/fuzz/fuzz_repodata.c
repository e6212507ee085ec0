/* Any bytes as the lists of a repository, as what it says of them, and as a remote's catalogue: what is
 * installed stays, and of nothing is said that it is newer than it is. */
#include "fuzz.h"

#include "base/cleanup.h"
#include "base/file.h"
#include "check/finding.h"
#include "check/versions/flatpak.h"
#include "check/versions/order.h"
#include "check/versions/rpm.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

static const char repository[] = "var/cache/dnf/r", remote[] = "var/lib/flatpak/appstream/r/a/active";
static int root = -1;

static void remove_root(void)
{
    struct fault ignored;
    char path[64];
    ssize_t length;
    char link[32];
    snprintf(link, sizeof link, "/proc/self/fd/%d", root);
    if ((length = readlink(link, path, sizeof path - 1)) > 0) {
        path[length] = '\0';
        file_remove_tree(path, &ignored);
    }
}

static void put(const char *folder, const char *name, const void *bytes, size_t length)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    CLEANUP(cleanup_descriptor) int file = openat(root, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    MUST(file >= 0 && write(file, bytes, length) == (ssize_t)length);
}

static void make_root(void)
{
    char path[64], inside[128];
    struct fault fault;
    bool in_memory = access("/dev/shm", W_OK) == 0; /* a disk is ten times as slow */
    snprintf(path, sizeof path, "%s/mimamori-fuzz-XXXXXX", in_memory ? "/dev/shm" : "/tmp");
    MUST(mkdtemp(path) != NULL);
    snprintf(inside, sizeof inside, "%s/%s", path, repository);
    MUST(file_make_folder(inside, &fault));
    snprintf(inside, sizeof inside, "%s/%s", path, remote);
    MUST(file_make_folder(inside, &fault));
    root = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    MUST(root >= 0);
    atexit(remove_root);
}

static void add(struct products *products, enum product_system system, const char *name, const char *version)
{
    products_add(products, &(struct product){.system = system,
                                             .name = name,
                                             .version = version,
                                             .architecture = "x86_64",
                                             .where = "var/lib/flatpak/app/app/x86_64/stable",
                                             .latest_age_days = FINDING_NO_AGE});
}

static void know(void)
{
    struct fault fault;
    struct machine machine = {.root = "", .root_descriptor = root, .architecture = "x86_64", .today = 20000};
    arena_init(&machine.arena);
    products_init(&machine.products);
    add(&machine.products, PRODUCT_RPM, "package", "1:2-3");
    add(&machine.products, PRODUCT_RPM, "other", "1");
    add(&machine.products, PRODUCT_FLATPAK, "app", "1.0");
    rpm_know(&machine, &fault);
    flatpak_know(&machine, &fault);
    MUST(machine.products.count == 3 && strcmp(machine.products.items[0].version, "1:2-3") == 0);
    for (size_t i = 0; i < machine.products.count; i++) {
        const struct product *product = &machine.products.items[i];
        MUST((product->latest[0] == '\0') == (product->latest_source[0] == '\0'));
        MUST(product->latest_age_days >= FINDING_NO_AGE);
    }
    products_clear(&machine.products);
    arena_clear(&machine.arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const char repomd[] = "<repomd><revision>1700000000</revision><data type='primary'>"
                                 "<location href='repodata/primary.xml'/></data></repomd>";
    if (root < 0)
        make_root();
    put(repository, "repomd.xml", repomd, sizeof repomd - 1);
    put(repository, "primary.xml", bytes, length);
    put(remote, "appstream.xml", bytes, length);
    know();
    put(repository, "repomd.xml", bytes, length);
    know();
    return 0;
}
