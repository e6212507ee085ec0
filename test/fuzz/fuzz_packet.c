/* Any bytes of any link type are a packet, as far as they go: two bytes choose the link type, the rest is the
 * frame. */
#include "fuzz.h"
#include "observe/link.h"
#include "observe/unasked.h"
#include <string.h>

static struct packet decode(const uint8_t *bytes, size_t length, uint32_t link)
{
    struct capture_record record = {.bytes = bytes, .length = (uint32_t)length, .link = link, .timed = true};
    struct packet packet;
    link_decode(&record, &packet);
    return packet;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length < 2)
        return 0;
    uint32_t link = (uint32_t)bytes[0] << 8 | bytes[1];
    struct packet packet = decode(bytes + 2, length - 2, link);
    if (packet.state == PACKET_WHOLE || packet.state == PACKET_LATER_FRAGMENT)
        MUST(packet.addressed);
    MUST(packet.protocol <= PACKET_IP && packet.quote.protocol <= PACKET_IP);
    /* What lies behind a packet that was told whole cannot change it: the same bytes, and one more. */
    if (packet.state == PACKET_WHOLE && length < 4096) {
        uint8_t longer[4096];
        memcpy(longer, bytes + 2, length - 2);
        longer[length - 2] = 0xff;
        struct packet again = decode(longer, length - 1, link);
        MUST(again.state == PACKET_WHOLE && again.protocol == packet.protocol);
        MUST(address_equal(again.source, packet.source) &&
             address_equal(again.destination, packet.destination));
        MUST(again.source_port == packet.source_port && again.destination_port == packet.destination_port);
    }
    return 0;
}
