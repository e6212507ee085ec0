/* capture: packets gathered in memory, put in the order of their time and written as a capture file of some
 * form. */
#pragma once
#include "demo/wire.h"
#include <stdbool.h>
#include <stdint.h>

enum { LINK_ETHERNET = 1, LINK_SLL = 113, LINK_SLL2 = 276 };
enum { ETHERTYPE_IPV4 = 0x0800, ETHERTYPE_ARP = 0x0806, ETHERTYPE_IPV6 = 0x86dd, ETHERTYPE_LLDP = 0x88cc };

struct capture_packet {
    int64_t time_ns;
    uint32_t order;
    uint32_t at;               /* in capture->bytes */
    uint16_t length, captured; /* from the EtherType's payload on */
    uint16_t ethertype;
    uint8_t point;
    bool outgoing;
};
struct capture {
    struct capture_packet *packets;
    size_t count, room;
    uint8_t *bytes;
    size_t length, bytes_room;
};

/* How a packet is put down besides its bytes. */
struct capture_note {
    int64_t time_ns;
    uint8_t point;
    bool outgoing;
    uint16_t cut_to; /* bytes kept of the IP packet; 0: all */
};
void capture_add(struct capture *capture, struct capture_note note, const struct wire *wire);
void capture_add_raw(struct capture *capture, struct capture_note note, uint16_t ethertype,
                     const uint8_t *bytes, size_t length);
void capture_sort(struct capture *capture);
void capture_clear(struct capture *capture);

struct capture_form {
    const char *name; /* of the file */
    bool pcapng;      /* two sections: one little-endian in microseconds, one big-endian in nanoseconds */
    bool big_endian, nanoseconds; /* pcap only */
    bool tagged;                  /* Ethernet: points lie behind no, one or two VLAN tags */
    uint16_t link;
};
/* Writes the packets of [begins_ns, ends_ns) to FOLDER/NAME; exits where it cannot. */
void capture_write(const struct capture *capture, const char *folder, const struct capture_form *form,
                   const int64_t interval_ns[2]);
