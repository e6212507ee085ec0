/* live: libpcap opens the device, maps the ring and puts tags back that the card took off. Filter and
 * counters are ours: pcap_setfilter() closes the socket for a moment, and pcap_stats() opens files, which the
 * confined process cannot. */
#include "observe/live.h"
#include "base/memory.h"
#include "base/number.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <pcap/pcap.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

enum { SNAPSHOT = 256, RETIRE_MS = 100 /* a block of the ring that is not full is handed over after this */ };
static const uint16_t filter_lengths[] = {BPF_MAXINSNS, 1024, FILTER_LEAST};

/* Not rx_dropped: that has packets too which we saw and nobody else wanted. */
static const char *const interface_counters[] = {"rx_missed_errors", "rx_fifo_errors"};
enum { COUNTERS = sizeof interface_counters / sizeof *interface_counters };

struct live {
    pcap_t *pcap;
    uint32_t link;
    struct live_counts counts;
    int counters[COUNTERS]; /* -1 where the interface has none ("any") */
    uint64_t before;        /* what they said at the start */
    bool down;
    void (*see)(void *context, const struct capture_record *record);
    void *context;
};

static bool activate(pcap_t *pcap, const struct live_settings *settings, struct fault *fault)
{
    pcap_set_snaplen(pcap, SNAPSHOT);
    pcap_set_promisc(pcap, settings->promiscuous && strcmp(settings->interface, "any") != 0);
    pcap_set_timeout(pcap, RETIRE_MS);
    pcap_set_buffer_size(pcap, (int)settings->ring_bytes);
    pcap_set_tstamp_precision(pcap, PCAP_TSTAMP_PRECISION_NANO);
    int status = pcap_activate(pcap);
    char why[PCAP_ERRBUF_SIZE];
    if (status < 0) {
        const char *more = pcap_geterr(pcap);
        return fault_set(fault, "cannot watch interface '%s': %s%s%s", settings->interface,
                         pcap_statustostr(status), more[0] != '\0' ? ": " : "", more);
    }
    if (pcap_get_tstamp_precision(pcap) != PCAP_TSTAMP_PRECISION_NANO || pcap_setnonblock(pcap, 1, why) != 0)
        return fault_set(fault, "cannot watch interface '%s' as it must be", settings->interface);
    return true;
}

/* They stay open: the confined process cannot open them. */
static void open_counters(struct live *live, const char *interface)
{
    for (int i = 0; i < COUNTERS; i++) {
        char path[128];
        snprintf(path, sizeof path, "/sys/class/net/%s/statistics/%s", interface, interface_counters[i]);
        live->counters[i] = open(path, O_RDONLY | O_CLOEXEC);
    }
}

static uint64_t read_counters(const struct live *live)
{
    uint64_t sum = 0;
    for (int i = 0; i < COUNTERS; i++) {
        char digits[32];
        ssize_t length = live->counters[i] < 0 ? -1 : pread(live->counters[i], digits, sizeof digits, 0);
        uint64_t value = 0;
        if (length > 1 && number_parse(digits, (size_t)length - 1, UINT64_MAX, &value))
            sum += value;
    }
    return sum;
}

struct live *live_open(const struct live_settings *settings, struct fault *fault)
{
    char why[PCAP_ERRBUF_SIZE];
    OWNED(live_free) struct live *live = memory_new(1, sizeof *live);
    open_counters(live, settings->interface);
    live->pcap = pcap_create(settings->interface, why);
    if (live->pcap == NULL) {
        fault_set(fault, "cannot watch interface '%s': %s", settings->interface, why);
        return NULL;
    }
    if (!activate(live->pcap, settings, fault))
        return NULL;
    live->link = (uint32_t)pcap_datalink(live->pcap);
    live->before = read_counters(live);
    return HANDOVER(live);
}

void live_free(struct live *live)
{
    if (live == NULL)
        return;
    for (int i = 0; i < COUNTERS; i++)
        if (live->counters[i] >= 0)
            close(live->counters[i]);
    if (live->pcap != NULL)
        pcap_close(live->pcap);
    free(live);
}

int live_descriptor(const struct live *live)
{
    return pcap_fileno(live->pcap);
}

static bool attach(const struct live *live, struct filter *filter)
{
    struct sock_fprog program = {.len = filter->count, .filter = filter->code};
    return setsockopt(live_descriptor(live), SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) == 0;
}

static bool frame_of(const struct live *live, enum filter_frame *frame)
{
    switch (live->link) {
    case DLT_EN10MB:
        *frame = FILTER_ETHERNET;
        return true;
    case DLT_LINUX_SLL:
    case DLT_LINUX_SLL2:
        *frame = FILTER_COOKED;
        return true;
    case DLT_RAW:
        *frame = FILTER_RAW;
        return true;
    default:
        return false;
    }
}

enum live_filtered live_filter(struct live *live, const struct points *points)
{
    enum filter_frame frame;
    if (!frame_of(live, &frame))
        return LIVE_NOT_FILTERED;
    OWNED_MEMORY struct filter *filter = memory_new(1, sizeof *filter);
    for (size_t i = 0; i < sizeof filter_lengths / sizeof *filter_lengths; i++) {
        filter_make(filter, points, frame, filter_lengths[i], SNAPSHOT);
        if (attach(live, filter))
            return filter->wider ? LIVE_FILTERED_WIDER : LIVE_FILTERED;
    }
    /* The one before would keep out what is new. */
    int ignored = 0;
    setsockopt(live_descriptor(live), SOL_SOCKET, SO_DETACH_FILTER, &ignored, sizeof ignored);
    return LIVE_NOT_FILTERED;
}

void live_shut(struct live *live)
{
    OWNED_MEMORY struct filter *filter = memory_new(1, sizeof *filter);
    filter_none(filter);
    attach(live, filter);
}

static void see_packet(u_char *context, const struct pcap_pkthdr *header, const u_char *bytes)
{
    struct live *live = (struct live *)context;
    struct capture_record record = {
        .time_ns = (int64_t)header->ts.tv_sec * 1000000000 + header->ts.tv_usec, /* nanoseconds, as asked */
        .bytes = bytes,
        .length = header->caplen,
        .link = live->link,
        .timed = true,
    };
    live->see(live->context, &record);
}

/* What an error of the socket means. Reading it clears it, and a socket whose interface comes back goes on.
 */
static enum live_state state_of(struct live *live)
{
    int error = 0;
    socklen_t size = sizeof error;
    struct sockaddr_ll bound = {0};
    socklen_t bound_size = sizeof bound;
    getsockopt(live_descriptor(live), SOL_SOCKET, SO_ERROR, &error, &size);
    if (getsockname(live_descriptor(live), (struct sockaddr *)&bound, &bound_size) == 0 &&
        bound.sll_ifindex < 0)
        return LIVE_GONE;
    live->down = true;
    return LIVE_DOWN;
}

enum live_state live_read(struct live *live, int most,
                          void (*see)(void *context, const struct capture_record *record), void *context,
                          int *count, struct fault *fault)
{
    struct pollfd error = {.fd = live_descriptor(live)};
    live->see = see;
    live->context = context;
    *count = 0;
    /* That one which is down was removed is not told. */
    if ((poll(&error, 1, 0) > 0 && (error.revents & POLLERR) != 0) ||
        (live->down && state_of(live) == LIVE_GONE))
        return state_of(live);
    int read = pcap_dispatch(live->pcap, most, see_packet, (u_char *)live);
    if (read >= 0) {
        *count = read;
        live->down = live->down && read == 0;
        return LIVE_READ;
    }
    const char *why = pcap_geterr(live->pcap);
    if (strstr(why, "disappeared") != NULL || strstr(why, "down") != NULL) /* since the poll() above */
        return state_of(live);
    fault_set(fault, "cannot read from the interface: %s", why);
    return LIVE_FAILED;
}

void live_counts(struct live *live, struct live_counts *counts)
{
    struct tpacket_stats_v3 since = {0}; /* the last time it was asked for */
    socklen_t size = sizeof since;
    if (getsockopt(live_descriptor(live), SOL_PACKET, PACKET_STATISTICS, &since, &size) == 0) {
        live->counts.arrived += since.tp_packets;
        live->counts.dropped += since.tp_drops;
    }
    uint64_t now = read_counters(live);
    live->counts.dropped_interface = now > live->before ? now - live->before : 0;
    *counts = live->counts;
}
