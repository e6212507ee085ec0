#include "check/versions/rpm.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "base/memory.h"
#include "check/apart_program.h"
#include "check/finding.h"
#include "check/versions/order.h"
#include "check/versions/product_table.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* A database takes some 100 KB a package; a line of the answer 150 bytes. */
enum { FILE_MOST = 2047 << 20, ANSWER_MOST = 64 << 20, COPY_RUN = 1 << 20 };
static const struct apart_limits limits = {2047u << 20, 60, ANSWER_MOST};

/* Where a system has it: today's Fedora and SUSE, all others, and those of which /usr is an image. */
static const char *const folders[] = {"usr/lib/sysimage/rpm", "var/lib/rpm", "usr/share/rpm"};
enum { FOLDERS = sizeof folders / sizeof *folders };

/* SQLite, ndb and Berkeley DB, each with what belongs to it. */
static const struct {
    const char *file, *beside, *backend;
} databases[] = {{"rpmdb.sqlite", "rpmdb.sqlite-wal", "sqlite"},
                 {"Packages.db", "Index.db", "ndb"},
                 {"Packages", NULL, "bdb_ro"}};
enum { DATABASES = sizeof databases / sizeof *databases };

struct place {
    const char *folder;
    size_t database;
};

static int open_in(const struct machine *machine, const char *folder, const char *file)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, file);
    return machine_open_file(machine, path);
}

/* One that is there and cannot be opened counts: it is a fault later. */
static bool find(const struct machine *machine, struct place *place)
{
    for (size_t i = 0; i < FOLDERS; i++)
        for (size_t database = 0; database < DATABASES; database++) {
            CLEANUP(cleanup_descriptor) int file = open_in(machine, folders[i], databases[database].file);
            if (file < 0 && (errno == ENOENT || errno == ENOTDIR))
                continue;
            *place = (struct place){folders[i], database};
            return true;
        }
    return false;
}

bool rpm_there(const struct machine *machine)
{
    struct place place;
    return find(machine, &place);
}

static bool copy_bytes(int from, int to, const char *name, struct fault *fault)
{
    OWNED_MEMORY char *run = memory_new(1, COPY_RUN);
    for (size_t total = 0; total <= FILE_MOST;) {
        ssize_t length = read(from, run, COPY_RUN);
        if (length == 0)
            return true;
        if (length < 0)
            return fault_errno(fault, "'%s': cannot read", name);
        for (ssize_t at = 0, written; at < length; at += written)
            if ((written = write(to, run + at, (size_t)(length - at))) <= 0)
                return fault_errno(fault, "cannot copy '%s' to be read", name);
        total += (size_t)length;
    }
    return fault_set(fault, "'%s': is longer than %d bytes", name, FILE_MOST);
}

static bool copy(const struct machine *machine, const char *folder, const char *file, const char *into,
                 struct fault *fault)
{
    char path[PATH_MAX + 64];
    CLEANUP(cleanup_descriptor) int from = open_in(machine, folder, file);
    if (from < 0)
        return fault_errno(fault, "cannot open '%s/%s'", folder, file);
    snprintf(path, sizeof path, "%s/%s", into, file);
    CLEANUP(cleanup_descriptor) int to = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (to < 0)
        return fault_errno(fault, "cannot make '%s'", path);
    return copy_bytes(from, to, file, fault);
}

static bool copy_database(const struct machine *machine, const struct place *place, const char *into,
                          struct fault *fault)
{
    const char *beside = databases[place->database].beside;
    CLEANUP(cleanup_descriptor) int second = beside == NULL ? -1 : open_in(machine, place->folder, beside);
    return copy(machine, place->folder, databases[place->database].file, into, fault) &&
           (second < 0 || copy(machine, place->folder, beside, into, fault));
}

static bool ask(const struct place *place, const char *copied, struct text *answer, struct fault *fault)
{
    char backend[64];
    snprintf(backend, sizeof backend, "_db_backend %s", databases[place->database].backend);
    const char *const words[] = {
        "rpm",
        "--dbpath",
        copied,
        "--define",
        backend,
        "-qa",
        "--queryformat",
        "%{NAME}\\t%{EPOCHNUM}\\t%{VERSION}\\t%{RELEASE}\\t%{ARCH}\\t%{SOURCERPM}\\t%{VENDOR}\\n",
        NULL};
    if (!apart_program(limits, &(struct apart_command){words, copied}, answer, fault))
        return fault_while(fault, "the program 'rpm', which reads '%s'", place->folder);
    /* An rpm that cannot read this kind says that there is nothing, and that all is well. */
    return place->database == 0 || answer->length > 0 ||
           fault_set(
               fault,
               "%s/%s: the program 'rpm' of this machine finds nothing in it (expected one that reads %s)",
               place->folder, databases[place->database].file, databases[place->database].backend);
}

void rpm_version(char out[RPM_VERSION_SIZE], const char *epoch, const char *version, const char *release)
{
    bool has_epoch = epoch[0] != '\0' && strcmp(epoch, "0") != 0;
    snprintf(out, RPM_VERSION_SIZE, "%s%s%s%s%s", has_epoch ? epoch : "", has_epoch ? ":" : "", version,
             release[0] != '\0' ? "-" : "", release);
}

enum field { NAME, EPOCH, VERSION, RELEASE, ARCH, SOURCE, VENDOR, FIELDS };

/* "openssl-3.0.7-27.el9.src.rpm" is openssl's. */
static void cut_to_name(char *source)
{
    for (int i = 0; i < 2; i++) {
        char *dash = strrchr(source, '-');
        if (dash != NULL)
            *dash = '\0';
    }
}

/* Of kernels some versions stand side by side: what counts is the newest. */
static bool add_package(struct machine *machine, struct product_table *table, char *fields[FIELDS],
                        const char *where)
{
    char version[RPM_VERSION_SIZE];
    struct products *products = &machine->products;
    for (int i = 0; i < FIELDS; i++)
        if (strcmp(fields[i], "(none)") == 0)
            fields[i] += strlen(fields[i]);
    cut_to_name(fields[SOURCE]);
    rpm_version(version, fields[EPOCH], fields[VERSION], fields[RELEASE]);
    size_t before = product_table_find(table, fields[NAME], fields[ARCH]);
    if (before != PRODUCT_TABLE_NONE) {
        struct product *known = &products->items[before];
        if (order_compare(ORDER_RPM, known->version, version) < 0)
            known->version = products_string(products, version, strlen(version));
        return true;
    }
    const struct product *added = products_add(
        products, &(struct product){.system = PRODUCT_RPM,
                                    .name = fields[NAME],
                                    .version = version,
                                    .vendor = fields[VENDOR],
                                    .architecture = fields[ARCH],
                                    .group = fields[SOURCE][0] != '\0' ? fields[SOURCE] : fields[NAME],
                                    .where = where,
                                    .latest_age_days = FINDING_NO_AGE});
    if (added != NULL)
        product_table_put(table, added->name, added->architecture, products->count - 1);
    return added != NULL;
}

static bool add_line(struct machine *machine, struct product_table *table, char *line, const char *where,
                     struct fault *fault)
{
    char *fields[FIELDS];
    for (int i = 0; i < FIELDS; i++) {
        char *end = line == NULL ? NULL : strchr(line, '\t');
        if (line == NULL || (end == NULL) != (i == FIELDS - 1))
            return fault_set(fault, "%s: rpm says of a package what cannot be understood", where);
        if (end != NULL)
            *end++ = '\0';
        fields[i] = line;
        line = end;
    }
    if (strcmp(fields[NAME], "gpg-pubkey") == 0) /* a key that is trusted: no software */
        return true;
    return add_package(machine, table, fields, where) ||
           fault_set(fault, "%s: more than %d packages", where, PRODUCTS_MOST);
}

static bool add_lines(struct machine *machine, struct text *answer, const char *where, struct fault *fault)
{
    CLEANUP(product_table_clear) struct product_table table;
    product_table_init(&table);
    char *line = answer->length == 0 ? NULL : answer->bytes;
    while (line != NULL && *line != '\0') {
        char *end = strchr(line, '\n');
        if (end == NULL)
            return fault_set(fault, "%s: rpm says of a package what cannot be understood", where);
        *end = '\0';
        if (!add_line(machine, &table, line, where, fault))
            return false;
        line = end + 1;
    }
    return true;
}

static bool read_copy(struct machine *machine, const struct place *place, const char *copied,
                      struct fault *fault)
{
    CLEANUP(text_clear) struct text answer;
    text_init(&answer, ANSWER_MOST);
    return copy_database(machine, place, copied, fault) && ask(place, copied, &answer, fault) &&
           add_lines(machine, &answer, place->folder, fault);
}

bool rpm_add(struct machine *machine, struct fault *fault)
{
    struct place place;
    struct fault ignored;
    char copied[PATH_MAX];
    const char *folder = getenv("TMPDIR");
    if (!find(machine, &place))
        return true;
    snprintf(copied, sizeof copied, "%s/mimamori-rpm-XXXXXX",
             folder != NULL && folder[0] == '/' ? folder : "/tmp");
    if (mkdtemp(copied) == NULL)
        return fault_errno(fault, "cannot make '%s'", copied);
    bool well = read_copy(machine, &place, copied, fault);
    file_remove_tree(copied, &ignored);
    return well;
}
