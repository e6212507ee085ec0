#include "demo/capture.h"
#include "base/memory.h"
#include <stdlib.h>
#include <string.h>

void capture_add_raw(struct capture *capture, struct capture_note note, uint16_t ethertype,
                     const uint8_t *bytes, size_t length)
{
    if (capture->count == capture->room) {
        capture->room = capture->room == 0 ? 1 << 16 : capture->room * 2;
        capture->packets = memory_resize(capture->packets, capture->room, sizeof *capture->packets);
    }
    if (capture->length + length > capture->bytes_room) {
        capture->bytes_room = (capture->bytes_room + length) * 2 + (1 << 20);
        capture->bytes = memory_resize(capture->bytes, capture->bytes_room, 1);
    }
    struct capture_packet *packet = &capture->packets[capture->count];
    *packet = (struct capture_packet){.time_ns = note.time_ns,
                                      .order = (uint32_t)capture->count++,
                                      .at = (uint32_t)capture->length,
                                      .length = (uint16_t)length,
                                      .captured = note.cut_to == 0 ? (uint16_t)length : note.cut_to,
                                      .ethertype = ethertype,
                                      .point = note.point,
                                      .outgoing = note.outgoing};
    memcpy(capture->bytes + capture->length, bytes, length);
    capture->length += length;
}

void capture_add(struct capture *capture, struct capture_note note, const struct wire *wire)
{
    uint16_t ethertype = address_is_ipv4(wire->source) ? ETHERTYPE_IPV4 : ETHERTYPE_IPV6;
    capture_add_raw(capture, note, ethertype, wire->bytes, wire->length);
}

static int by_time(const void *left, const void *right)
{
    const struct capture_packet *a = left, *b = right;
    if (a->time_ns != b->time_ns)
        return a->time_ns < b->time_ns ? -1 : 1;
    return a->order < b->order ? -1 : 1;
}

void capture_sort(struct capture *capture)
{
    qsort(capture->packets, capture->count, sizeof *capture->packets, by_time);
}

void capture_clear(struct capture *capture)
{
    free(capture->packets);
    free(capture->bytes);
    *capture = (struct capture){0};
}
