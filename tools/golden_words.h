/* words: a packet in words, as "ether ip4 tcp=40000>22:S": each puts its header behind the one before, tells
 * that one what follows, and lengths are filled in at the end. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WORDS_PACKET_MOST = 4096, WORDS_DEEP = 16 };

/* How a header says what follows it. */
enum words_next { NEXT_NOTHING, NEXT_ETHER, NEXT_IP, NEXT_PPP, NEXT_FAMILY_BIG, NEXT_FAMILY_LITTLE };

struct words {
    unsigned char bytes[WORDS_PACKET_MOST];
    size_t length;
    size_t next_at;
    enum words_next next;
    struct { /* lengths to fill in */
        size_t field, from;
    } lengths[WORDS_DEEP];
    size_t length_count;
};

/* False where the word is not known or has a bad value. */
bool words_add(struct words *packet, const char *word);
void words_end(struct words *packet);
void words_put(struct words *packet, uint64_t value, int count); /* network order */
bool words_hex(struct words *packet, const char *hex);
