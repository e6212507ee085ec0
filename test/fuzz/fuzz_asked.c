/* Any questions and answers, at any times: what is remembered agrees with a list of all that was sent, as far
 * as the header of asked.h promises, whatever has been forgotten to make room. */
#include "fuzz.h"
#include "observe/asked.h"
#include <string.h>

enum { STEP = 8, SENT_MOST = 512 };

struct sent {
    struct asked_key key;
    int64_t time_ns;
};

static struct asked_key key_of(const uint8_t *b)
{
    return (struct asked_key){.point = address_from_ipv4(UINT32_C(0xc0000201) + (b[1] & 1)),
                              .remote = b[1] & 2 ? (struct address){UINT64_C(0x20010db8) << 32, b[2]}
                                                 : address_from_ipv4(b[2]),
                              .point_port = b[3] & 15,
                              .remote_port = b[3] >> 4,
                              .number = b[1] & 4 ? 6 : 17};
}

static bool same(const struct asked_key *a, const struct asked_key *b)
{
    return address_equal(a->point, b->point) && address_equal(a->remote, b->remote) &&
           a->point_port == b->point_port && a->remote_port == b->remote_port && a->number == b->number;
}

/* Within 120 seconds of a packet that was sent before it. */
static bool answers(const struct sent *sent, size_t count, const struct asked_key *key, int64_t time_ns)
{
    for (size_t i = 0; i < count; i++)
        if (same(&sent[i].key, key) && sent[i].time_ns <= time_ns &&
            time_ns - sent[i].time_ns <= ASKED_SECONDS * INT64_C(1000000000))
            return true;
    return false;
}

/* Time goes on, in steps from a nanosecond to two minutes and one more: rotated files come in their order. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static struct sent sent[SENT_MOST];
    size_t count = 0;
    int64_t now_ns = INT64_C(1320678000) * 1000000000;
    OWNED(asked_free) struct asked *asked = asked_new();
    for (; length >= STEP && count < SENT_MOST; bytes += STEP, length -= STEP) {
        struct asked_key key = key_of(bytes);
        now_ns +=
            bytes[4] & 0x80 ? INT64_C(120000000000) + (bytes[4] & 1) : (int64_t)bytes[5] << (bytes[4] % 32);
        if (bytes[0] & 1) {
            asked_sent(asked, &key, now_ns);
            sent[count++] = (struct sent){key, now_ns};
        }
        key = key_of(bytes + (length >= 2 * STEP ? STEP : 0)); /* the next one's: so that many meet */
        bool expected = answers(sent, count, &key, now_ns);
        MUST(asked_answers(asked, &key, now_ns) == expected);
        MUST(!expected || asked_may_answer(asked, now_ns));
    }
    MUST(asked_forgotten(asked) == 0);
    return 0;
}
