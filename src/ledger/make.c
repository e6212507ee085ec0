/* How a ledger is born: in a folder of another name beside, which then gets its name. */
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "ledger/conf.h"
#include "ledger/ledger.h"
#include "ledger/records.h"
#include "ledger/schema.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MAKE_CONF_MOST = 16384, MAKE_PATH_MOST = 4096 };

static const char *const ledger_folders[] = {"sightings", "summary", "spool", "editor", "bulletins"};

static bool make_folders(const struct ledger *made, struct fault *fault)
{
    for (size_t i = 0; i < sizeof ledger_folders / sizeof *ledger_folders; i++) {
        OWNED_MEMORY char *path = ledger_path(made, "%s", ledger_folders[i]);
        if (mkdir(path, 0700) != 0)
            return fault_errno(fault, "cannot make '%s'", path);
    }
    return true;
}

/* 0600 from its first moment on: it turns pseudonyms back into guesses that can be tried. */
static bool make_key(const struct ledger *made, struct fault *fault)
{
    OWNED_MEMORY char *path = ledger_path(made, "reporter.key");
    unsigned char key[sizeof made->key];
    if (sodium_init() < 0)
        return fault_set(fault, "the system gives no random numbers");
    CLEANUP(cleanup_descriptor) int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    randombytes_buf(key, sizeof key);
    ssize_t written = file < 0 ? -1 : write(file, key, sizeof key);
    sodium_memzero(key, sizeof key);
    if (written != (ssize_t)sizeof key || fsync(file) != 0)
        return fault_errno(fault, "cannot write '%s'", path);
    return true;
}

static bool make_conf(const struct ledger *made, const char *zone, const char *language, struct fault *fault)
{
    OWNED_MEMORY char *path = ledger_path(made, "ledger.conf");
    CLEANUP(text_clear) struct text conf;
    text_init(&conf, MAKE_CONF_MOST);
    conf_text(&conf, zone, language);
    return file_write(path, conf.bytes, conf.length, fault);
}

static bool make_records(const struct ledger *made, struct fault *fault)
{
    OWNED_MEMORY char *path = ledger_path(made, "desk.sqlite");
    OWNED(records_free) sqlite3 *records = records_open(path, RECORDS_MAKE, fault);
    return records != NULL && records_run(records, "BEGIN", fault) &&
           records_run(records, ledger_schema, fault) &&
           records_run(records, ledger_schema_sightings, fault) &&
           records_run(records, ledger_schema_desk, fault) && records_run(records, "COMMIT", fault);
}

static bool make_inside(const char *folder, const char *zone, const char *language, struct fault *fault)
{
    OWNED_MEMORY char *path = memory_string(folder);
    const struct ledger made = {.path = path};
    return make_folders(&made, fault) && make_key(&made, fault) && make_conf(&made, zone, language, fault) &&
           make_records(&made, fault) && file_sync(folder, fault);
}

/* Gives the folder its name, and never in place of what came to stand there meanwhile. */
static bool name_folder(const char *folder, const char *path, struct fault *fault)
{
    int result = renameat2(AT_FDCWD, folder, AT_FDCWD, path, RENAME_NOREPLACE);
    if (result != 0 && (errno == EINVAL || errno == ENOSYS)) /* a file system that does not know the flag */
        result = rename(folder, path);
    return result == 0 || fault_errno(fault, "cannot make the ledger '%s'", path);
}

static bool sync_parent(const char *path, struct fault *fault)
{
    const char *slash = strrchr(path, '/');
    OWNED_MEMORY char *parent =
        slash == NULL ? memory_string(".") : strndup(path, slash == path ? 1 : (size_t)(slash - path));
    return file_sync(parent, fault);
}

static bool make_at(const char *path, const char *zone, const char *language, struct fault *fault)
{
    OWNED_MEMORY char *folder = memory_new(strlen(path) + sizeof ".XXXXXX", 1);
    memcpy(folder, path, strlen(path));
    memcpy(folder + strlen(path), ".XXXXXX", sizeof ".XXXXXX");
    if (mkdtemp(folder) == NULL)
        return fault_errno(fault, "cannot make the ledger '%s'", path);
    if (make_inside(folder, zone, language, fault) && name_folder(folder, path, fault))
        return sync_parent(path, fault);
    struct fault ignored; /* the first fault is the one to tell */
    file_remove_tree(folder, &ignored);
    return false;
}

bool ledger_make(const char *path, const char *zone, const char *language, struct fault *fault)
{
    struct zone opened;
    struct stat status;
    OWNED_MEMORY char *plain = memory_string(path);
    for (size_t length = strlen(plain); length > 1 && plain[length - 1] == '/'; length--)
        plain[length - 1] = '\0';
    if (plain[0] == '\0' || strlen(plain) > MAKE_PATH_MOST)
        return fault_set(fault, "'%s' is no path for a ledger", path);
    if (!zone_open(&opened, zone, fault))
        return false;
    if (!conf_is_language(language))
        return fault_set(fault, "the language is '%s' (expected ja or en)", language);
    if (lstat(plain, &status) == 0)
        return fault_set(fault, "'%s' already exists (expected a path where nothing stands)", plain);
    return make_at(plain, zone, language, fault);
}
