/* packet: what every decoder yields: the little of a packet that the counting rule looks at. */
#pragma once
#include "base/address.h"
#include <stdbool.h>
#include <stdint.h>

/* How far the decoders came. Anything but PACKET_WHOLE is a reason to leave the packet out. */
enum packet_state {
    PACKET_WHOLE,
    PACKET_NOT_IP,         /* ARP, LLDP, an unknown EtherType ... */
    PACKET_LINK_UNKNOWN,   /* a link type that is not decoded */
    PACKET_CUT,            /* the bytes captured end before the ports (TCP: the flags) */
    PACKET_MALFORMED,      /* headers that contradict themselves */
    PACKET_LATER_FRAGMENT, /* has no ports */
    PACKET_NO_TIME,        /* pcapng's Simple Packet Block */
};

enum packet_protocol { PACKET_TCP, PACKET_UDP, PACKET_ICMP, PACKET_ICMP6, PACKET_IP };

enum packet_flags { PACKET_SYN = 0x02, PACKET_RST = 0x04, PACKET_ACK = 0x10 };

/* The packet that an ICMP error quotes, as far as it goes. */
struct packet_quote {
    bool present;
    uint8_t protocol; /* enum packet_protocol */
    uint8_t number;   /* IP protocol number */
    uint8_t icmp_type;
    struct address source, destination;
    uint16_t source_port, destination_port; /* ICMP: source_port is the identifier */
};

struct packet {
    int64_t time_ns; /* since the epoch */
    struct address source, destination;
    uint8_t state;    /* enum packet_state */
    uint8_t protocol; /* enum packet_protocol */
    uint8_t number;   /* IP protocol number */
    uint8_t flags;    /* TCP flags */
    bool addressed;   /* source and destination are known: the decoders came past the IP header */
    bool identified;  /* icmp_identifier is known */
    uint16_t source_port, destination_port; /* TCP, UDP */
    uint8_t icmp_type, icmp_code;
    uint16_t icmp_identifier;
    struct packet_quote quote;
};
