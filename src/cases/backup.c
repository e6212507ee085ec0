#include "cases/backup.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "cases/backup_parts.h"
#include "cases/change.h"
#include "cases/deeds.h"
#include "cases/state.h"
#include "ledger/records.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>

/* What is of the moment is not brought back, and so is not in it: who is signed in, what was tried, mail that
 * waits (it will have been sent). */
static const char sql_begin[] =
    "PRAGMA journal_mode = DELETE; PRAGMA secure_delete = ON; BEGIN;"
    "DELETE FROM session; DELETE FROM attempt; DELETE FROM acknowledged; DELETE FROM outbox;"
    "CREATE TABLE backup_file (name TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT;";
static const char sql_file[] = "INSERT INTO backup_file (name, content) VALUES (?1, ?2)";
static const char sql_check[] = "PRAGMA quick_check(1)";

/* The copy, under its name beside the one it will have. */
struct copy {
    char path[PATH_MAX];
    sqlite3 *records;
};

static void copy_clear(struct copy *copy)
{
    char journal[PATH_MAX + 16];
    sqlite3_close_v2(copy->records);
    if (copy->path[0] == '\0')
        return;
    unlink(copy->path);
    snprintf(journal, sizeof journal, "%s-journal", copy->path);
    unlink(journal);
}

/* The folder that `path` is in, as the system knows it. */
static bool folder_of(const char *path, char folder[PATH_MAX], struct fault *fault)
{
    char given[PATH_MAX] = ".";
    const char *slash = strrchr(path, '/');
    size_t length = slash == NULL ? 1 : slash == path ? 1 : (size_t)(slash - path);
    if (length >= sizeof given)
        return fault_set(fault, "'%s' is too long a path", path);
    if (slash != NULL)
        memcpy(given, path, length);
    return realpath(given, folder) != NULL || fault_errno(fault, "'%s': cannot write", path);
}

/* A backup in the folder it is of is lost with it, and must not take the place of what is in there. */
static bool check_place(const struct ledger *ledger, const char *file, struct fault *fault)
{
    char folder[PATH_MAX], own[PATH_MAX];
    struct stat status;
    if (!folder_of(file, folder, fault))
        return false;
    if (realpath(ledger->path, own) == NULL)
        return fault_errno(fault, "cannot open the ledger '%s'", ledger->path);
    size_t length = strlen(own);
    if (strncmp(folder, own, length) == 0 && (folder[length] == '\0' || folder[length] == '/'))
        return fault_set(fault, "'%s' lies in the ledger itself (expected another place)", file);
    if (stat(file, &status) == 0 && !S_ISREG(status.st_mode))
        return fault_set(fault, "'%s' is no file (expected the name of a file)", file);
    return true;
}

/* 0600 from its first moment on: it holds reporter.key. */
static bool copy_begin(struct copy *copy, const char *file, struct fault *fault)
{
    int size = snprintf(copy->path, sizeof copy->path, "%s.%ld.new", file, (long)getpid());
    if (size < 0 || (size_t)size >= sizeof copy->path - 16) {
        copy->path[0] = '\0';
        return fault_set(fault, "'%s' is too long a path", file);
    }
    unlink(copy->path); /* left by a crash of a process with our number */
    CLEANUP(cleanup_descriptor)
    int made = open(copy->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (made < 0)
        return fault_errno(fault, "'%s': cannot write", file);
    return sqlite3_open_v2(copy->path, &copy->records, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK ||
           fault_set(fault, "'%s': %s", file, sqlite3_errmsg(copy->records));
}

/* All pages of one moment, whatever is written meanwhile. */
static bool copy_pages(struct copy *copy, const struct ledger *ledger, struct fault *fault)
{
    sqlite3_backup *backup = sqlite3_backup_init(copy->records, "main", ledger->records, "main");
    if (backup == NULL)
        return records_fault(copy->records, fault);
    sqlite3_backup_step(backup, -1);
    return sqlite3_backup_finish(backup) == SQLITE_OK || records_fault(copy->records, fault);
}

static bool copy_file(struct copy *copy, const struct ledger *ledger, const char *name, struct fault *fault)
{
    OWNED_MEMORY char *path = ledger_path(ledger, "%s", name);
    CLEANUP(text_clear) struct text content;
    text_init(&content, BACKUP_FILE_MOST);
    if (!file_exists(path) && errno == ENOENT)
        return true;
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(copy->records, sql_file, fault);
    if (statement == NULL || !file_read(path, &content, fault))
        return false;
    sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
    sqlite3_bind_blob64(statement, 2, content.bytes, content.length, SQLITE_STATIC);
    bool well = records_do(statement, fault);
    explicit_bzero(content.bytes, content.length);
    return well;
}

static bool copy_check(struct copy *copy, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(copy->records, sql_check, fault);
    bool row;
    if (statement == NULL || !records_step(statement, &row, fault))
        return false;
    const char *said = row ? (const char *)sqlite3_column_text(statement, 0) : "no answer";
    return strcmp(said, "ok") == 0 || fault_set(fault, "the ledger's database is damaged: %s", said);
}

static bool copy_all(struct copy *copy, const struct ledger *ledger, struct fault *fault)
{
    if (!copy_pages(copy, ledger, fault) || !records_run(copy->records, sql_begin, fault))
        return false;
    for (size_t i = 0; i < BACKUP_FILES; i++)
        if (!copy_file(copy, ledger, backup_files[i], fault))
            return false;
    return records_run(copy->records, "COMMIT", fault) && copy_check(copy, fault);
}

static bool copy_place(struct copy *copy, const char *file, struct fault *fault)
{
    int closed = sqlite3_close(copy->records);
    copy->records = NULL;
    if (closed != SQLITE_OK)
        return fault_set(fault, "'%s': %s", file, sqlite3_errstr(closed));
    if (!file_sync(copy->path, fault) || !file_rename(copy->path, file, fault))
        return false;
    copy->path[0] = '\0';
    return true;
}

/* For the administrator's page, which says when the last one was made. */
static bool remember(struct ledger *ledger, struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    return change_begin(&change, ledger, fault) && state_set(ledger, "backup.last", "", fault) &&
           deeds_add(ledger, 0, "backup.made", 0, "", fault) && change_commit(&change, fault);
}

bool backup_write(const char *path, const char *file, struct fault *fault)
{
    OWNED(ledger_free) struct ledger *ledger = ledger_open(path, LEDGER_SHARE, fault);
    CLEANUP(copy_clear) struct copy copy = {0};
    return ledger != NULL && check_place(ledger, file, fault) && copy_begin(&copy, file, fault) &&
           copy_all(&copy, ledger, fault) && copy_place(&copy, file, fault) && remember(ledger, fault);
}
