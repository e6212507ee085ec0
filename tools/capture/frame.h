/* frame: the bytes of one made packet, written from the outermost header inwards. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

enum { FRAME_MOST = 512 };

struct frame {
    unsigned char bytes[FRAME_MOST];
    uint32_t length;
    uint32_t ip; /* where the IP header begins */
};

/* Who to whom; `point` is the side of ours. An IPv6 address is made of the number. */
struct ends {
    uint32_t source, point;
    bool from_point, ipv6;
};

enum frame_flags { FRAME_SYN = 0x02, FRAME_ACK = 0x10, FRAME_SYN_ACK = 0x12, FRAME_RST_ACK = 0x14 };

/* Starts a frame: Ethernet with `tags` tags (the outer of two is 802.1ad's). */
void frame_begin(struct frame *frame, const struct ends *ends, uint32_t tags);
/* IP and what it holds. Two in a hundred of IPv6 have a hop-by-hop header. */
void frame_tcp(struct frame *frame, const struct ends *ends, const uint16_t ports[2], uint8_t flags);
void frame_udp(struct frame *frame, const struct ends *ends, const uint16_t ports[2], uint32_t data);
void frame_echo(struct frame *frame, const struct ends *ends, bool reply, uint16_t identifier);
/* The point's address and port are unreachable for a UDP packet that it sent: an error that quotes it. */
void frame_unreachable(struct frame *frame, const struct ends *ends, const uint16_t ports[2]);
