/* send: replays a capture's Ethernet frames onto an interface, many at a time (sendmmsg), as fast as it goes
 * or at a rate, so many times over. Prints how many frames were sent, and in how many milliseconds.
 *
 *     send INTERFACE CAPTURE [--rate PACKETS-A-SECOND] [--seconds N] */
#include "base/memory.h"
#include "base/number.h"
#include "observe/capture.h"
#include <errno.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum { BATCH = 64, FRAME_MOST = 1514, ETHERNET = 1 };

struct frames {
    struct iovec *items;
    size_t count, room;
};

static bool load(const char *path, struct frames *frames, struct fault *fault)
{
    struct source *source = source_open(path, fault);
    OWNED(capture_free) struct capture *capture = source == NULL ? NULL : capture_new(source, path, fault);
    struct capture_record record;
    if (capture == NULL)
        return false;
    while (capture_next(capture, &record) == CAPTURE_RECORD) {
        if (record.link != ETHERNET || record.length < 14 || record.length > FRAME_MOST)
            continue;
        if (frames->count == frames->room) {
            frames->room = frames->room == 0 ? 1024 : frames->room * 2;
            frames->items = memory_resize(frames->items, frames->room, sizeof *frames->items);
        }
        void *copy = memory_new(record.length, 1);
        memcpy(copy, record.bytes, record.length);
        frames->items[frames->count++] = (struct iovec){copy, record.length};
    }
    return frames->count > 0 || fault_set(fault, "'%s' has no Ethernet frames", path);
}

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static int open_socket(const char *interface, struct fault *fault)
{
    struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_ifindex = (int)if_nametoindex(interface)};
    int made = socket(AF_PACKET, SOCK_RAW, 0), bytes = 8 << 20;
    if (made < 0 || address.sll_ifindex == 0 ||
        bind(made, (struct sockaddr *)&address, sizeof address) != 0) {
        fault_errno(fault, "cannot send to '%s'", interface);
        return -1;
    }
    setsockopt(made, SOL_SOCKET, SO_SNDBUFFORCE, &bytes, sizeof bytes);
    return made;
}

/* A batch from `first` on; how many were sent. */
static size_t send_batch(int to, const struct frames *frames, size_t first, size_t most)
{
    struct mmsghdr messages[BATCH];
    size_t count = 0;
    for (; count < most && first + count < frames->count; count++)
        messages[count] =
            (struct mmsghdr){.msg_hdr = {.msg_iov = &frames->items[first + count], .msg_iovlen = 1}};
    int sent = sendmmsg(to, messages, (unsigned)count, 0);
    if (sent < 0 && errno != ENOBUFS && errno != EAGAIN && errno != EINTR)
        return SIZE_MAX;
    return sent < 0 ? 0 : (size_t)sent;
}

static bool send_all(int to, const struct frames *frames, uint64_t rate, uint64_t seconds,
                     struct fault *fault)
{
    int64_t begun = now_ns(), now = begun;
    uint64_t total = 0;
    size_t at = 0;
    do {
        uint64_t due = rate == 0 ? UINT64_MAX : (uint64_t)(now - begun) * rate / 1000000000 + 1;
        size_t room = due - total < BATCH ? (size_t)(due - total) : BATCH;
        if (due <= total) {
            struct timespec pause = {.tv_nsec = 1000000};
            nanosleep(&pause, NULL);
        } else {
            size_t sent = send_batch(to, frames, at, room);
            if (sent == SIZE_MAX)
                return fault_errno(fault, "cannot send");
            total += sent;
            at += sent;
        }
        now = now_ns();
        if (at == frames->count && seconds > 0)
            at = 0;
    } while (at < frames->count && (seconds == 0 || now - begun < (int64_t)seconds * 1000000000));
    printf("%llu %lld\n", (unsigned long long)total, (long long)((now - begun) / 1000000));
    return true;
}

static uint64_t option(int argc, char **argv, const char *name)
{
    uint64_t value = 0;
    for (int i = 3; i + 1 < argc; i++)
        if (strcmp(argv[i], name) == 0 && !number_parse(argv[i + 1], strlen(argv[i + 1]), 1000000000, &value))
            exit(2);
    return value;
}

int main(int argc, char **argv)
{
    struct fault fault;
    struct frames frames = {0};
    if (argc < 3) {
        fputs("send: expected INTERFACE CAPTURE [--rate N] [--seconds N]\n", stderr);
        return 2;
    }
    int to = open_socket(argv[1], &fault);
    if (to >= 0 && load(argv[2], &frames, &fault) &&
        send_all(to, &frames, option(argc, argv, "--rate"), option(argc, argv, "--seconds"), &fault))
        return 0;
    fprintf(stderr, "send: %s\n", fault.text);
    return 2;
}
