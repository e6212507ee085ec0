/* Any bytes are dpkg's status, a Release file and a list of packages, parted by 0xff, and a fourth part
 * os-release: what comes of them are products that can be shown, and nothing is the latest that is older than
 * what there is. */
#include "fuzz.h"

#include "base/cleanup.h"
#include "check/finding.h"
#include "check/versions/apt.h"
#include "check/versions/dpkg.h"
#include "check/versions/judge.h"
#include "check/versions/order.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

static char disk[] = "/tmp/mimamori-fuzz-XXXXXX";
static const char *const files[] = {"var/lib/dpkg/status", "var/lib/apt/lists/x_InRelease",
                                    "var/lib/apt/lists/x_Packages", "etc/os-release"};
enum { FILES = sizeof files / sizeof *files };

static void path_of(const char *name, char path[128])
{
    snprintf(path, 128, "%s/%s", disk, name);
}

static void remove_disk(void)
{
    static const char *const folders[] = {"var/lib/apt/lists", "var/lib/apt", "var/lib/dpkg",
                                          "var/lib",           "var",         "etc"};
    char path[128];
    for (size_t i = 0; i < FILES; i++) {
        path_of(files[i], path);
        unlink(path);
    }
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        path_of(folders[i], path);
        rmdir(path);
    }
    rmdir(disk);
}

static void make_disk(void)
{
    static const char *const folders[] = {"etc",          "var",         "var/lib",
                                          "var/lib/dpkg", "var/lib/apt", "var/lib/apt/lists"};
    char path[128];
    MUST(mkdtemp(disk) != NULL);
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        path_of(folders[i], path);
        MUST(mkdir(path, 0700) == 0);
    }
    setenv("SOURCE_DATE_EPOCH", "1795435200", 1);
    atexit(remove_disk);
}

static void write_parts(const uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < FILES; i++) {
        char path[128];
        const uint8_t *end = length == 0 || i + 1 == FILES ? NULL : memchr(bytes, 0xff, length);
        size_t size = end != NULL ? (size_t)(end - bytes) : length;
        path_of(files[i], path);
        CLEANUP(cleanup_descriptor) int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        MUST(file >= 0 && write(file, bytes, size) == (ssize_t)size);
        bytes += size + (end != NULL);
        length -= size + (end != NULL);
    }
}

static void must_be_shown(const char *string)
{
    MUST(text_is_utf8(string, strlen(string)));
    MUST(strpbrk(string, "\n\r\x1b") == NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static bool made;
    if (!made)
        make_disk();
    made = true;
    write_parts(bytes, length);
    CLEANUP(machine_clear) struct machine machine;
    CLEANUP(findings_clear) struct findings findings;
    struct fault fault;
    MUST(machine_open(&machine, disk, NULL, &fault));
    findings_init(&findings);
    dpkg_add(&machine, &fault);
    apt_know(&machine, &fault);
    must_be_shown(machine.os_name);
    for (size_t i = 0; i < machine.products.count; i++) {
        const struct product *product = &machine.products.items[i];
        must_be_shown(product->name);
        must_be_shown(product->version);
        must_be_shown(product->latest);
        MUST(product->latest[0] == '\0' || order_compare(ORDER_DPKG, product->version, product->latest) <= 0);
    }
    judge_products(&machine, &findings);
    MUST(findings.count <= machine.products.count + 2);
    return 0;
}
