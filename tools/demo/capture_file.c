#include "demo/capture.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SNAP_LENGTH = 262144, FRAME_LEAST = 60 /* an Ethernet frame less its check sum */ };

struct out {
    FILE *file;
    bool big_endian;
};

static void put(const struct out *out, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        putc((int)(value >> 8 * (out->big_endian ? bytes - 1 - i : i) & 0xff), out->file);
}

/* A packet's bytes from the link layer on. */
struct frame {
    size_t length, captured;
    uint8_t bytes[WIRE_MOST + 64];
};

static void frame_put(struct frame *frame, uint64_t value, int bytes)
{
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
        frame->bytes[frame->length++] = (uint8_t)(value >> shift);
}

static void begin_ethernet(struct frame *frame, const struct capture_packet *packet, const uint8_t *bytes,
                           bool tagged)
{
    uint64_t point = UINT64_C(0x020000000100) + packet->point, gateway = UINT64_C(0x0200000000fe);
    bool group = packet->ethertype == ETHERTYPE_ARP || packet->ethertype == ETHERTYPE_LLDP ||
                 (packet->ethertype == ETHERTYPE_IPV4 && bytes[16] >= 224);
    uint64_t to = group ? UINT64_C(0xffffffffffff) : packet->outgoing ? gateway : point;
    frame_put(frame, to, 6);
    frame_put(frame, packet->outgoing ? point : gateway, 6);
    int depth = tagged ? packet->point % 3 : 0;
    if (depth == 2) /* IEEE 802.1ad outside, 802.1Q inside */
        frame_put(frame, UINT64_C(0x88a80000) | (200u + packet->point), 4);
    if (depth >= 1)
        frame_put(frame, UINT64_C(0x81000000) | (100u + packet->point), 4);
    frame_put(frame, packet->ethertype, 2);
}

static void begin_cooked(struct frame *frame, const struct capture_packet *packet, bool second)
{
    uint64_t station = UINT64_C(0x020000000100) + packet->point;
    uint64_t kind = packet->outgoing ? 4 : 0; /* LINUX_SLL_OUTGOING, LINUX_SLL_HOST */
    if (second) {
        frame_put(frame, packet->ethertype, 2);
        frame_put(frame, 0, 2);
        frame_put(frame, 2u + packet->point, 4); /* interface */
        frame_put(frame, UINT64_C(0x0001) << 16 | kind << 8 | 6, 4);
        frame_put(frame, station << 16, 8);
        return;
    }
    frame_put(frame, kind << 32 | UINT64_C(0x0001) << 16 | 6, 6);
    frame_put(frame, station << 16, 8);
    frame_put(frame, packet->ethertype, 2);
}

static void make_frame(struct frame *frame, const struct capture *capture,
                       const struct capture_packet *packet, uint16_t link, bool tagged)
{
    const uint8_t *bytes = capture->bytes + packet->at;
    frame->length = 0;
    if (link == LINK_ETHERNET)
        begin_ethernet(frame, packet, bytes, tagged);
    else
        begin_cooked(frame, packet, link == LINK_SLL2);
    size_t header = frame->length;
    memcpy(frame->bytes + header, bytes, packet->length);
    frame->length += packet->length;
    frame->captured = header + packet->captured;
    if (link == LINK_ETHERNET && frame->length < FRAME_LEAST && !packet->outgoing) {
        memset(frame->bytes + frame->length, 0, FRAME_LEAST - frame->length);
        if (packet->captured == packet->length)
            frame->captured = FRAME_LEAST;
        frame->length = FRAME_LEAST;
    }
}

static void write_pcap(FILE *file, const struct capture *capture, const struct capture_form *form,
                       const int64_t interval_ns[2])
{
    struct out out = {file, form->big_endian};
    put(&out, form->nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4, 4);
    put(&out, 2, 2);
    put(&out, 4, 2);
    put(&out, 0, 8);
    put(&out, SNAP_LENGTH, 4);
    put(&out, form->link, 4);
    struct frame frame;
    for (size_t i = 0; i < capture->count; i++) {
        const struct capture_packet *packet = &capture->packets[i];
        if (packet->time_ns < interval_ns[0] || packet->time_ns >= interval_ns[1])
            continue;
        make_frame(&frame, capture, packet, form->link, form->tagged);
        put(&out, (uint64_t)(packet->time_ns / 1000000000), 4);
        put(&out, (uint64_t)(packet->time_ns % 1000000000) / (form->nanoseconds ? 1 : 1000), 4);
        put(&out, frame.captured, 4);
        put(&out, frame.length, 4);
        fwrite(frame.bytes, 1, frame.captured, file);
    }
}

static void begin_section(const struct out *out)
{
    put(out, 0x0a0d0d0a, 4);
    put(out, 28, 4);
    put(out, 0x1a2b3c4d, 4);
    put(out, 1, 2);
    put(out, 0, 2);
    put(out, UINT64_MAX, 8); /* the section's length is not said */
    put(out, 28, 4);
}

static void write_interface(const struct out *out, uint16_t link, bool nanoseconds)
{
    uint32_t length = nanoseconds ? 32 : 20;
    put(out, 1, 4);
    put(out, length, 4);
    put(out, link, 2);
    put(out, 0, 2);
    put(out, SNAP_LENGTH, 4);
    if (nanoseconds) {
        put(out, 9, 2); /* if_tsresol: 10^-9 s */
        put(out, 1, 2);
        putc(9, out->file);
        for (int i = 0; i < 3; i++)
            putc(0, out->file);
        put(out, 0, 4); /* opt_endofopt */
    }
    put(out, length, 4);
}

static void write_block(const struct out *out, const struct frame *frame, uint32_t interface, uint64_t ticks)
{
    size_t padded = (frame->captured + 3) & ~(size_t)3;
    put(out, 6, 4);
    put(out, 32 + padded, 4);
    put(out, interface, 4);
    put(out, ticks >> 32, 4);
    put(out, ticks & 0xffffffff, 4);
    put(out, frame->captured, 4);
    put(out, frame->length, 4);
    fwrite(frame->bytes, 1, frame->captured, out->file);
    put(out, 0, (int)(padded - frame->captured));
    put(out, 32 + padded, 4);
}

/* The first half of the interval in one section, the second in another of the other byte order, with two
 * interfaces. */
static void write_pcapng(FILE *file, const struct capture *capture, const struct capture_form *form,
                         const int64_t interval_ns[2])
{
    struct out out = {file, false};
    begin_section(&out);
    write_interface(&out, LINK_ETHERNET, false);
    int64_t middle_ns = interval_ns[0] + (interval_ns[1] - interval_ns[0]) / 2;
    struct frame frame;
    for (size_t i = 0; i < capture->count; i++) {
        const struct capture_packet *packet = &capture->packets[i];
        if (packet->time_ns < interval_ns[0] || packet->time_ns >= interval_ns[1])
            continue;
        if (packet->time_ns >= middle_ns && !out.big_endian) {
            out.big_endian = true;
            begin_section(&out);
            write_interface(&out, LINK_ETHERNET, true);
            write_interface(&out, LINK_SLL, false);
        }
        bool cooked = out.big_endian && packet->point % 2 == 1;
        make_frame(&frame, capture, packet, cooked ? LINK_SLL : LINK_ETHERNET, form->tagged);
        bool nanoseconds = out.big_endian && !cooked;
        write_block(&out, &frame, cooked ? 1 : 0, (uint64_t)packet->time_ns / (nanoseconds ? 1 : 1000));
    }
}

void capture_write(const struct capture *capture, const char *folder, const struct capture_form *form,
                   const int64_t interval_ns[2])
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, form->name);
    FILE *file = fopen(path, "wb");
    if (file != NULL && form->pcapng)
        write_pcapng(file, capture, form, interval_ns);
    else if (file != NULL)
        write_pcap(file, capture, form, interval_ns);
    bool well = file != NULL && ferror(file) == 0;
    if (file != NULL && fclose(file) != 0)
        well = false;
    if (!well) {
        fprintf(stderr, "make-demo: cannot write '%s': %s\n", path, strerror(errno));
        exit(2);
    }
}
