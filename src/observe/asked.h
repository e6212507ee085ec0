/* asked: what the points themselves sent within the last 120 seconds, so that an answer can be told from an
 * access. */
#pragma once
#include "base/cleanup.h"
#include "observe/packet.h"
#include <stdbool.h>

/* Who sent what to whom. Ports are 0 where the protocol has none; ICMP has its type and its identifier there.
 */
struct asked_key {
    struct address point, remote;
    uint16_t point_port, remote_port; /* ICMP: identifier, type */
    uint8_t number;                   /* IP protocol number */
};

enum { ASKED_SECONDS = 120 };

struct asked;
struct asked *asked_new(void);
void asked_free(struct asked *asked);
OWNED_TYPE(asked_free, struct asked)

void asked_sent(struct asked *asked, const struct asked_key *key, int64_t time_ns);
/* True where it was sent at most 120 seconds before `time_ns`, and not after it. */
bool asked_answers(const struct asked *asked, const struct asked_key *key, int64_t time_ns);
/* False: nothing that comes at `time_ns` or later can be an answer, whatever it is. */
bool asked_may_answer(const struct asked *asked, int64_t time_ns);
/* How many questions did not fit: answers to them may have been taken for accesses. */
uint64_t asked_forgotten(const struct asked *asked);
