#include "desk/maildir.h"
#include "base/command.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/stop.h"
#include "desk/mail_take.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>

enum { NAMES_MOST = 1000 /* at once; what is beyond them comes with the next round */, NAME_MOST = 255 };
static const char left_out[] = ".left-out";

static bool make_folders(const char *path, struct fault *fault)
{
    static const char *const folders[] = {"new",           "cur",           "tmp",          ".left-out",
                                          ".left-out/new", ".left-out/cur", ".left-out/tmp"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        char *folder;
        if (asprintf(&folder, "%s/%s", path, folders[i]) < 0)
            abort();
        bool well =
            mkdir(folder, 0700) == 0 || errno == EEXIST || fault_errno(fault, "cannot make '%s'", folder);
        free(folder);
        if (!well)
            return false;
    }
    return true;
}

bool maildir_open(struct maildir *maildir, const char *path, struct fault *fault)
{
    OWNED_MEMORY char *new = NULL;
    struct maildir opened = {.path = path, .new = -1, .watch = -1};
    if (!file_exists(path))
        return fault_errno(fault, "cannot open the mail folder '%s'", path);
    if (!make_folders(path, fault))
        return false;
    if (asprintf(&new, "%s/new", path) < 0)
        abort();
    opened.new = open(new, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    opened.watch = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (opened.new < 0 || opened.watch < 0 ||
        inotify_add_watch(opened.watch, new, IN_MOVED_TO | IN_CLOSE_WRITE) < 0) {
        fault_errno(fault, "cannot watch the mail folder '%s'", new);
        maildir_close(&opened);
        return false;
    }
    *maildir = opened;
    return true;
}

void maildir_close(struct maildir *maildir)
{
    cleanup_descriptor(&maildir->new);
    cleanup_descriptor(&maildir->watch);
    maildir->new = maildir->watch = -1;
}

struct names {
    char *list[NAMES_MOST];
    size_t count;
};

static void names_clear(struct names *names)
{
    for (size_t i = 0; i < names->count; i++)
        free(names->list[i]);
    names->count = 0;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Their names begin with the time they came at. */
static bool list_new(const struct maildir *maildir, struct names *names, struct fault *fault)
{
    int again = openat(maildir->new, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    CLEANUP(cleanup_folder) DIR *folder = again < 0 ? NULL : fdopendir(again);
    if (folder == NULL) {
        fault_errno(fault, "cannot read the mail folder '%s/new'", maildir->path);
        cleanup_descriptor(&again);
        return false;
    }
    const struct dirent *entry;
    for (errno = 0; names->count < NAMES_MOST && (entry = readdir(folder)) != NULL;)
        if (entry->d_name[0] != '.')
            names->list[names->count++] = memory_string(entry->d_name);
    if (errno != 0)
        return fault_errno(fault, "cannot read the mail folder '%s/new'", maildir->path);
    qsort(names->list, names->count, sizeof *names->list, by_name);
    return true;
}

/* NAME or NAME:2,... becomes NAME:2,S in cur/ of the folder or of .left-out. */
static bool move(const struct maildir *maildir, const char *name, bool aside, struct fault *fault)
{
    OWNED_MEMORY char *to = NULL;
    int stem = (int)strcspn(name, ":");
    if (asprintf(&to, "%s/%s%scur/%.*s:2,%s", maildir->path, aside ? left_out : "", aside ? "/" : "", stem,
                 name, aside ? "" : "S") < 0)
        abort();
    return renameat(maildir->new, name, AT_FDCWD, to) == 0 || errno == ENOENT ||
           fault_errno(fault, "cannot move '%s/new/%s' to '%s'", maildir->path, name, to);
}

enum found { FOUND_MESSAGE, FOUND_GONE, FOUND_LARGE, FOUND_OTHER /* what no mail server puts there */ };

/* What lies there, without opening it. */
static bool look_at(const struct maildir *maildir, const char *name, int64_t *came_s, enum found *found,
                    struct fault *fault)
{
    struct stat status;
    bool seen = fstatat(maildir->new, name, &status, AT_SYMLINK_NOFOLLOW) == 0;
    if (!seen && errno != ENOENT)
        return fault_errno(fault, "cannot read '%s/new/%s'", maildir->path, name);
    *came_s = seen ? status.st_mtime : 0;
    *found = !seen                         ? FOUND_GONE
             : !S_ISREG(status.st_mode)    ? FOUND_OTHER
             : status.st_size <= MAIL_MOST ? FOUND_MESSAGE
                                           : FOUND_LARGE;
    return true;
}

static bool read_message(const struct maildir *maildir, const char *name, struct text *message,
                         struct fault *fault)
{
    char buffer[64 << 10];
    ssize_t got = 1;
    CLEANUP(cleanup_descriptor)
    int file = openat(maildir->new, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    while (file >= 0 && got > 0 && text_whole(message)) {
        got = read(file, buffer, sizeof buffer);
        text_add(message, buffer, got < 0 ? 0 : (size_t)got);
    }
    return (file >= 0 && got >= 0) || fault_errno(fault, "cannot read '%s/new/%s'", maildir->path, name);
}

static void say_aside(const struct maildir *maildir, const char *name, const char *why)
{
    CLEANUP(text_clear) struct text tame;
    text_init(&tame, 4 * NAME_MOST);
    text_add_tame(&tame, name);
    command_say("%s/new/%s: %s: it was moved to '%s'", maildir->path, tame.bytes, why, left_out);
}

static void wait_on(struct maildir_count *count, int64_t came_s)
{
    if (count->waiting++ == 0 || came_s < count->oldest_s)
        count->oldest_s = came_s;
}

static bool take(const struct maildir *maildir, struct ledger *ledger, const char *name,
                 struct maildir_count *count, struct fault *fault)
{
    CLEANUP(text_clear) struct text message;
    struct mail_outcome outcome = {.taken = MAIL_UNREADABLE};
    enum found found = FOUND_OTHER;
    int64_t came_s = 0;
    text_init(&message, MAIL_MOST);
    bool well = look_at(maildir, name, &came_s, &found, fault);
    if (well && found == FOUND_MESSAGE)
        well = read_message(maildir, name, &message, fault);
    if (well && found == FOUND_MESSAGE && text_whole(&message))
        well = mail_take(ledger, message.bytes, message.length, &outcome, fault);
    else if (well)
        fault_set(fault, "the message is over %d MB (expected at most that)", MAIL_MOST >> 20);
    if (!well || found == FOUND_OTHER)
        wait_on(count, came_s);
    if (!well || found == FOUND_OTHER || found == FOUND_GONE)
        return well;
    bool aside = outcome.taken == MAIL_LEFT_OUT || outcome.taken == MAIL_UNREADABLE;
    if (outcome.taken == MAIL_UNREADABLE)
        say_aside(maildir, name, fault->text);
    count->taken += !aside;
    count->left_out += aside;
    return move(maildir, name, aside, fault);
}

bool maildir_scan(struct maildir *maildir, struct ledger *ledger, struct maildir_count *count,
                  struct fault *fault)
{
    CLEANUP(names_clear) struct names names = {.count = 0};
    *count = (struct maildir_count){0};
    if (!list_new(maildir, &names, fault))
        return false;
    struct fault first = {""}, its;
    for (size_t i = 0; i < names.count && !stop_asked(); i++)
        if (!take(maildir, ledger, names.list[i], count, &its) && first.text[0] == '\0')
            first = its;
    if (first.text[0] != '\0' && strcmp(first.text, maildir->said) != 0)
        command_say("%s", first.text); /* once: a full disk stops every message alike, for hours */
    memcpy(maildir->said, first.text, sizeof maildir->said);
    return true;
}

void maildir_wait(struct maildir *maildir, int most_ms)
{
    char events[4096];
    struct pollfd comes = {.fd = maildir->watch, .events = POLLIN};
    if (poll(&comes, 1, most_ms) > 0)
        while (read(maildir->watch, events, sizeof events) > 0)
            ;
}
