#include "desk/channel.h"
#include "base/cleanup.h"
#include "base/memory.h"
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <stdint.h>

enum { INLINE_MOST = 16 << 10, INLINE = 'i', IN_MEMORY = 'm' };

bool channel_pair(int ends[2], struct fault *fault)
{
    return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) == 0 ||
           fault_errno(fault, "cannot make a pair of sockets");
}

struct packet {
    struct msghdr head;
    struct iovec parts[2];
    char tag;
    union {
        char bytes[CMSG_SPACE(sizeof(int))];
        struct cmsghdr align;
    } control;
};

static void packet_init(struct packet *packet, char *bytes, size_t length)
{
    memset(packet, 0, sizeof *packet);
    packet->parts[0] = (struct iovec){&packet->tag, 1};
    packet->parts[1] = (struct iovec){bytes, length};
    packet->head.msg_iov = packet->parts;
    packet->head.msg_iovlen = length == 0 ? 1 : 2;
}

static void attach(struct packet *packet, int descriptor)
{
    packet->head.msg_control = packet->control.bytes;
    packet->head.msg_controllen = sizeof packet->control.bytes;
    struct cmsghdr *control = CMSG_FIRSTHDR(&packet->head);
    *control = (struct cmsghdr){
        .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(sizeof(int))};
    memcpy(CMSG_DATA(control), &descriptor, sizeof descriptor);
}

static int attached(struct packet *packet)
{
    struct cmsghdr *control = CMSG_FIRSTHDR(&packet->head);
    int descriptor = -1;
    if (control != NULL && control->cmsg_level == SOL_SOCKET && control->cmsg_type == SCM_RIGHTS)
        memcpy(&descriptor, CMSG_DATA(control), sizeof descriptor);
    return descriptor;
}

static enum channel_sent send_packet(int socket, struct packet *packet, bool wait)
{
    ssize_t sent;
    do
        sent = sendmsg(socket, &packet->head, MSG_NOSIGNAL | (wait ? 0 : MSG_DONTWAIT));
    while (sent < 0 && errno == EINTR);
    if (sent >= 0)
        return CHANNEL_SENT;
    return errno == EAGAIN || errno == ETOOMANYREFS || errno == ENOBUFS ? CHANNEL_FULL : CHANNEL_ENDED;
}

/* The length of the packet's second part; -1 at the end. */
static ssize_t receive_packet(int socket, struct packet *packet)
{
    packet->head.msg_control = packet->control.bytes;
    packet->head.msg_controllen = sizeof packet->control.bytes;
    ssize_t length;
    do
        length = recvmsg(socket, &packet->head, MSG_CMSG_CLOEXEC);
    while (length < 0 && errno == EINTR);
    if (length >= 1 && (packet->head.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) == 0)
        return length - 1;
    int descriptor = length < 1 ? -1 : attached(packet);
    cleanup_descriptor(&descriptor);
    return -1;
}

static int in_memory(const struct text *message)
{
    int file = memfd_create("message", MFD_CLOEXEC);
    for (size_t at = 0; file >= 0 && at < message->length;) {
        ssize_t written = write(file, message->bytes + at, message->length - at);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            close(file);
            return -1;
        }
        at += (size_t)written;
    }
    return file;
}

enum channel_sent channel_send(int socket, const struct text *message, bool wait)
{
    struct packet packet;
    if (message->length <= INLINE_MOST) {
        packet_init(&packet, message->bytes, message->length);
        packet.tag = INLINE;
        return send_packet(socket, &packet, wait);
    }
    CLEANUP(cleanup_descriptor) int file = in_memory(message);
    if (file < 0)
        return CHANNEL_FULL;
    packet_init(&packet, NULL, 0);
    packet.tag = IN_MEMORY;
    attach(&packet, file);
    return send_packet(socket, &packet, wait);
}

/* The other side might change the file while it is read: only what is read counts. */
static bool read_memory(int file, struct text *message)
{
    struct stat status;
    if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size <= 0 ||
        (uint64_t)status.st_size > message->limit)
        return false;
    size_t length = (size_t)status.st_size;
    if (message->capacity <= length) {
        text_clear(message);
        message->bytes = memory_new(length + 1, 1);
        message->capacity = length + 1;
    }
    for (size_t at = 0; at < length;) {
        ssize_t got = pread(file, message->bytes + at, length - at, (off_t)at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        at += (size_t)got;
    }
    message->length = length;
    message->bytes[length] = '\0';
    return true;
}

bool channel_receive(int socket, struct text *message)
{
    char bytes[INLINE_MOST];
    struct packet packet;
    packet_init(&packet, bytes, sizeof bytes);
    ssize_t length = receive_packet(socket, &packet);
    CLEANUP(cleanup_descriptor) int file = length < 0 ? -1 : attached(&packet);
    text_empty(message);
    if (length < 0)
        return false;
    if (packet.tag == IN_MEMORY && file >= 0 && length == 0)
        return read_memory(file, message);
    text_add(message, bytes, (size_t)length);
    return packet.tag == INLINE && file < 0 && text_whole(message);
}

bool channel_hand(int socket, char what, int descriptor)
{
    struct packet packet;
    packet_init(&packet, NULL, 0);
    packet.tag = what;
    if (descriptor >= 0)
        attach(&packet, descriptor);
    return send_packet(socket, &packet, true) == CHANNEL_SENT;
}

bool channel_take(int socket, char *what, int *descriptor)
{
    struct packet packet;
    packet_init(&packet, NULL, 0);
    if (receive_packet(socket, &packet) != 0)
        return false;
    *what = packet.tag;
    *descriptor = attached(&packet);
    return true;
}
