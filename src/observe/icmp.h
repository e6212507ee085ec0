/* icmp: what a message is to the counting rule: a request, the reply to one, or an error about a packet it
 * quotes. */
#pragma once
#include "observe/packet.h"

enum icmp_sense {
    ICMP_REQUEST, /* and whatever is neither of the others: nobody asked for it */
    ICMP_REPLY,
    ICMP_ERROR,
    ICMP_HOUSEKEEPING, /* a link's own: neighbours and routers (RFC 4861), ICMPv6 133 to 137 */
};
/* `protocol` is PACKET_ICMP or PACKET_ICMP6. */
enum icmp_sense icmp_sense(uint8_t protocol, uint8_t type);
/* The type of the request that a reply of `type` answers. */
uint8_t icmp_request(uint8_t protocol, uint8_t type);
