#include "observe/journal.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>

/* One that is not locked yet has another name, and who finds that one without a lock removes it: nothing was
 * written to it. */
#define NEW    "new-"
#define LISTED "live-"

enum { NAME_MOST = 128 };

int journal_folder(const char *ledger, struct fault *fault)
{
    char *path;
    if (asprintf(&path, "%s/" JOURNAL_FOLDER, ledger) < 0)
        abort(); /* out of memory */
    OWNED_MEMORY char *owned = path;
    if (mkdir(owned, 0700) != 0 && errno != EEXIST) {
        fault_errno(fault, "cannot make '%s'", owned);
        return -1;
    }
    int folder = open(owned, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        fault_errno(fault, "cannot open '%s'", owned);
    return folder;
}

static void make_name(char out[NAME_MOST], const char *interface)
{
    uint32_t random = 0;
    if (getrandom(&random, sizeof random, 0) != sizeof random)
        random = (uint32_t)getpid();
    snprintf(out, NAME_MOST, LISTED "%.32s-%lld-%08x", interface, (long long)time(NULL), random);
}

static int make_locked(int folder, const char *name, struct fault *fault)
{
    char made[NAME_MOST + sizeof NEW];
    struct stat status;
    snprintf(made, sizeof made, NEW "%s", name);
    CLEANUP(cleanup_descriptor)
    int file = openat(folder, made, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0 || flock(file, LOCK_EX) != 0 || renameat(folder, made, folder, name) != 0 ||
        fstat(file, &status) != 0) {
        fault_errno(fault, "cannot write in '" JOURNAL_FOLDER "'");
        return -1;
    }
    int handed = file;
    file = -1;
    return handed;
}

struct runs *journal_begin(int folder, const char *interface, const char *zone, const struct points *points,
                           struct fault *fault)
{
    char name[NAME_MOST];
    make_name(name, interface);
    int file = make_locked(folder, name, fault);
    if (file < 0)
        return NULL;
    OWNED(runs_free) struct runs *runs = runs_new(file, zone, points, fault);
    if (runs != NULL && (fsync(folder) == 0 || fault_errno(fault, "cannot sync '" JOURNAL_FOLDER "'")))
        return HANDOVER(runs);
    journal_remove(folder, name);
    return NULL;
}

/* -1: it is somebody's, or gone. */
static int open_finished(int folder, const char *name)
{
    struct stat status;
    CLEANUP(cleanup_descriptor) int file = openat(folder, name, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    if (file < 0 || flock(file, LOCK_EX | LOCK_NB) != 0 || fstat(file, &status) != 0 || status.st_nlink == 0)
        return -1;
    int handed = file;
    file = -1;
    return handed;
}

bool journal_each(int folder, bool (*see)(void *context, const char *name, int file, struct fault *fault),
                  void *context, struct fault *fault)
{
    int again = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    CLEANUP(cleanup_folder) DIR *list = again < 0 ? NULL : fdopendir(again);
    if (list == NULL)
        return fault_errno(fault, "cannot list '" JOURNAL_FOLDER "'");
    for (const struct dirent *entry; (entry = readdir(list)) != NULL;) {
        bool made = strncmp(entry->d_name, NEW, strlen(NEW)) == 0;
        if (!made && strncmp(entry->d_name, LISTED, strlen(LISTED)) != 0)
            continue;
        int file = open_finished(folder, entry->d_name);
        if (file >= 0 && made) {
            journal_remove(folder, entry->d_name);
            close(file);
        } else if (file >= 0 && !see(context, entry->d_name, file, fault)) {
            return false;
        }
    }
    return true;
}

void journal_remove(int folder, const char *name)
{
    unlinkat(folder, name, 0);
    fsync(folder); /* where this is lost the journal comes back, and is known */
}
