#include "check/versions/feed.h"
#include "check/unpacked.h"
#include "check/versions/feed_add.h"
#include "check/versions/feed_fetch.h"
#include "check/versions/fetch.h"
#include "check/versions/myjvn.h"
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

void feeds_clear(struct feeds *feeds)
{
    feeds_cut(feeds, 0);
    free(feeds->items);
    *feeds = (struct feeds){0};
}

static bool open_file(struct feeds *feeds, const char *path, const struct machine *machine,
                      struct fault *fault)
{
    CLEANUP(text_clear) struct text bytes;
    text_init(&bytes, FEED_BYTES_MOST);
    CLEANUP(cleanup_descriptor) int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    if (descriptor < 0 || fstat(descriptor, &status) != 0)
        return fault_errno(fault, "'%s': cannot open", path);
    if (S_ISDIR(status.st_mode))
        return fault_set(fault, "'%s' is a folder (expected a file or an address)", path);
    struct feed_origin origin = {path, machine->today, (int32_t)(status.st_mtime / 86400), false};
    int taken = descriptor;
    descriptor = -1;
    OWNED(unpacked_free) struct unpacked *unpacked = unpacked_over(taken, path, FEED_BYTES_MOST, fault);
    return unpacked != NULL && unpacked_whole(unpacked, &bytes, fault) &&
           feed_add(feeds, &origin, &bytes, fault);
}

static bool open_address(struct feeds *feeds, const char *address, const struct machine *machine,
                         struct findings *findings, struct fault *fault)
{
    OWNED(fetch_free) struct fetch *fetch = fetch_new(machine->today, fault);
    struct feed_origin as = {address, machine->today, INT32_MIN, false};
    if (fetch == NULL || !feed_fetch(feeds, fetch, address, as, fault))
        return false;
    feed_fetch_say(fetch, address, findings);
    return true;
}

/* The API itself: its path ends so, and nothing is asked yet. */
static bool is_myjvn(const char *address)
{
    size_t length = strlen(address), end = strlen("/myjvn");
    return length > end && strcmp(address + length - end, "/myjvn") == 0;
}

bool feeds_open(struct feeds *feeds, const char *where, const struct machine *machine,
                struct findings *findings, struct fault *fault)
{
    if (!fetch_is_address(where))
        return open_file(feeds, where, machine, fault);
    if (is_myjvn(where))
        return myjvn_ask(feeds, where, machine, findings, fault);
    return open_address(feeds, where, machine, findings, fault);
}
