/* What the machine tells: files, disk, the program itself. */
#include "base/words.h"
#include "desk/inspect.h"
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { OTHERS = 077, DAY_S = 24 * 3600, RUNNING_LONG_S = 180 * DAY_S, FREE_PERCENT = 10 };
static const uint64_t free_least = UINT64_C(2) << 30;

bool inspect_disk(const struct inspect *in, struct inspect_line *line, struct fault *fault)
{
    (void)fault;
    struct statvfs disk;
    if (statvfs(in->ledger->path, &disk) != 0 || disk.f_blocks == 0) {
        line->seen = N_("It is not known how much room there is.");
        return true;
    }
    uint64_t room = (uint64_t)disk.f_bavail * disk.f_frsize;
    unsigned percent = (unsigned)(disk.f_bavail * 100 / disk.f_blocks);
    snprintf(line->value, sizeof line->value, "%.1f GB (%u %%)", (double)room / 1e9, percent);
    if (room < free_least || percent < FREE_PERCENT)
        inspect_attention(
            line, N_("Only {} are free."),
            N_("When the disk is full nothing more can be taken in; what was taken in stays. Make room, "
               "or let go of old sightings: 'mimamori ledger retain'."));
    else
        inspect_well(line, N_("{} are free."));
    return true;
}

static bool is_open(const struct ledger *ledger, const char *name)
{
    struct stat status;
    OWNED_MEMORY char *path = ledger_path(ledger, "%s", name);
    return stat(path, &status) == 0 && (status.st_mode & OTHERS) != 0;
}

/* The keys by themselves; the records where the folder does not close them in. */
bool inspect_modes(const struct inspect *in, struct inspect_line *line, struct fault *fault)
{
    (void)fault;
    static const char *const names[] = {"reporter.key", "mailer.key", "desk.sqlite", "desk.sqlite-wal"};
    bool folder_open = is_open(in->ledger, ".");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        bool key = strstr(names[i], ".key") != NULL;
        if ((!key && !folder_open) || !is_open(in->ledger, names[i]))
            continue;
        snprintf(line->value, sizeof line->value, "%s", names[i]);
        inspect_attention(line, N_("Other users of this machine may read {}."),
                          N_("Close the ledger's folder: chmod -R go= LEDGER"));
        return true;
    }
    inspect_well(line, N_("Nobody but the desk's own user."));
    return true;
}

bool inspect_user(const struct inspect *in, struct inspect_line *line, struct fault *fault)
{
    (void)in;
    (void)fault;
    if (geteuid() == 0)
        inspect_attention(
            line, N_("The desk runs as root."),
            N_("Give it a user of its own, to whom the ledger belongs. The systemd unit that comes with "
               "it does so."));
    else
        inspect_well(line, N_("A user of its own, not root."));
    return true;
}

/* A program that was replaced while it runs has no name any more. */
bool inspect_software(const struct inspect *in, struct inspect_line *line, struct fault *fault)
{
    (void)fault;
    struct stat program;
    const char *unused;
    int64_t since_s = inspect_state(in, "desk.listens", &unused);
    bool replaced = stat("/proc/self/exe", &program) == 0 && program.st_nlink == 0;
    char since[32] = "";
    if (since_s != 0) {
        inspect_time(line, since_s);
        snprintf(since, sizeof since, ", %.20s", line->value);
    }
    snprintf(line->value, sizeof line->value, "%s%s", MIMAMORI_VERSION, since);
    if (replaced)
        inspect_attention(line, N_("The program on the disk is newer than the one that runs ({})."),
                          N_("Start the desk again: what was mended takes effect only then."));
    else if (since_s != 0 && in->now_s - since_s > RUNNING_LONG_S)
        inspect_attention(
            line, N_("The desk runs without a new start for half a year ({})."),
            N_("Look for a newer version, bring the machine's own software up to date, and start the desk "
               "again."));
    else
        inspect_well(line, N_("Version and start: {}"));
    return true;
}
