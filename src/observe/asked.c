/* asked: an open-addressing table of conversations. Nothing is ever deleted singly: when the table is full it
 * is made anew without what has expired, and larger only where that did not help; so it is as large as two
 * minutes need. */
#include "observe/asked.h"
#include "base/memory.h"
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

enum {
    ASKED_LEAST = 1024,
    ASKED_MOST = 1 << 22 /* slots: 272 MB, 17,000 new conversations a second */
};

static const int64_t window_ns = INT64_C(1000000000) * ASKED_SECONDS;

/* Packets of one conversation that follow each other within the window are one span: whatever lies in the
 * span, or in the window behind it, has one of them in the window before it. So two times are enough, in
 * whatever order packets come. */
struct entry {
    struct asked_key key;
    int64_t first_ns, last_ns;
};

struct asked {
    uint8_t *tags; /* of slots: 0 is free, else a part of the hash: what is not there is known without
                      touching a slot */
    struct entry *slots;
    size_t capacity, used;        /* a power of two, at most half used */
    int64_t remade_ns, latest_ns; /* of what was sent */
    uint64_t seed; /* strangers choose what points answer: they shall not choose where it lies */
    uint64_t forgotten;
};

static void make_slots(struct asked *asked, size_t capacity)
{
    asked->capacity = capacity;
    asked->tags = memory_new(capacity, 1);
    asked->slots = memory_resize(NULL, capacity, sizeof *asked->slots);
}

struct asked *asked_new(void)
{
    struct asked *asked = memory_new(1, sizeof *asked);
    asked->latest_ns = INT64_MIN;
    make_slots(asked, ASKED_LEAST);
    if (getrandom(&asked->seed, sizeof asked->seed, 0) < 0)
        asked->seed = (uint64_t)(uintptr_t)asked;
    return asked;
}

void asked_free(struct asked *asked)
{
    if (asked == NULL)
        return;
    free(asked->tags);
    free(asked->slots);
    free(asked);
}

/* Five products that do not wait for each other. */
static uint64_t hash_of(const struct asked *asked, const struct asked_key *key)
{
    uint64_t rest = (uint64_t)key->number << 32 | (uint64_t)key->point_port << 16 | key->remote_port;
    uint64_t hash = (key->point.high ^ asked->seed) * UINT64_C(0x9fb21c651e98df25) +
                    (key->point.low ^ asked->seed) * UINT64_C(0xd6e8feb86659fd93) +
                    (key->remote.high ^ asked->seed) * UINT64_C(0xa0761d6478bd642f) +
                    (key->remote.low ^ asked->seed) * UINT64_C(0xe7037ed1a0b428db) +
                    (rest ^ asked->seed) * UINT64_C(0x8ebc6af09c88c6e3);
    hash = (hash ^ hash >> 32) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 29;
}

static bool same(const struct asked_key *a, const struct asked_key *b)
{
    return address_equal(a->remote, b->remote) && address_equal(a->point, b->point) &&
           a->number == b->number && a->point_port == b->point_port && a->remote_port == b->remote_port;
}

/* A key's slot, or the free one where it would be, and the tag it has or would have. */
struct place {
    size_t at;
    uint8_t tag;
};

static struct place find(const struct asked *asked, const struct asked_key *key)
{
    uint64_t hash = hash_of(asked, key);
    struct place place = {hash & (asked->capacity - 1), (uint8_t)(hash >> 56 | 1)};
    while (asked->tags[place.at] != 0 &&
           (asked->tags[place.at] != place.tag || !same(&asked->slots[place.at].key, key)))
        place.at = (place.at + 1) & (asked->capacity - 1);
    return place;
}

static void put(struct asked *asked, struct place place, struct entry entry)
{
    asked->used += asked->tags[place.at] == 0;
    asked->tags[place.at] = place.tag;
    asked->slots[place.at] = entry;
}

/* Too old for any answer from now on; and what is a day ahead was sent by a clock that has been put back
 * since.
 */
static bool expired(const struct entry *entry, int64_t now_ns)
{
    const int64_t day_ns = INT64_C(86400) * 1000000000;
    return entry->last_ns < now_ns - window_ns || entry->first_ns > now_ns + day_ns;
}

static void remake(struct asked *asked, int64_t now_ns)
{
    OWNED_MEMORY uint8_t *tags = asked->tags;
    OWNED_MEMORY struct entry *slots = asked->slots;
    size_t live = 0, count = asked->capacity, capacity = ASKED_LEAST;
    for (size_t i = 0; i < count; i++)
        live += tags[i] != 0 && !expired(&slots[i], now_ns);
    while (capacity < ASKED_MOST && live > capacity / 4)
        capacity *= 2;
    make_slots(asked, capacity);
    asked->used = 0;
    asked->remade_ns = now_ns;
    for (size_t i = 0; i < count; i++)
        if (tags[i] != 0 && !expired(&slots[i], now_ns))
            put(asked, find(asked, &slots[i].key), slots[i]);
}

static bool is_full(const struct asked *asked)
{
    return asked->used >= asked->capacity / 2;
}

/* At its largest, once a second will do: nothing much has expired sooner. */
static bool worth_remaking(const struct asked *asked, int64_t now_ns)
{
    return asked->capacity < ASKED_MOST || now_ns < asked->remade_ns ||
           now_ns > asked->remade_ns + 1000000000;
}

/* True where the time joins the entry's span. */
static bool join(struct entry *entry, int64_t time_ns)
{
    if (time_ns < entry->first_ns - window_ns || time_ns > entry->last_ns + window_ns)
        return false;
    entry->first_ns = time_ns < entry->first_ns ? time_ns : entry->first_ns;
    entry->last_ns = time_ns > entry->last_ns ? time_ns : entry->last_ns;
    return true;
}

void asked_sent(struct asked *asked, const struct asked_key *key, int64_t time_ns)
{
    if (time_ns < INT64_MIN / 2 || time_ns > INT64_MAX / 2)
        return; /* no year that anybody watches in */
    asked->latest_ns = time_ns > asked->latest_ns ? time_ns : asked->latest_ns;
    struct place place = find(asked, key);
    bool known = asked->tags[place.at] != 0;
    if (known && join(&asked->slots[place.at], time_ns))
        return;
    if (!known && is_full(asked)) {
        if (worth_remaking(asked, time_ns))
            remake(asked, time_ns);
        if (is_full(asked)) {
            asked->forgotten++;
            return;
        }
        place = find(asked, key);
    }
    put(asked, place, (struct entry){*key, time_ns, time_ns});
}

bool asked_answers(const struct asked *asked, const struct asked_key *key, int64_t time_ns)
{
    if (asked->used == 0)
        return false;
    size_t at = find(asked, key).at;
    const struct entry *entry = &asked->slots[at];
    return asked->tags[at] != 0 && time_ns >= entry->first_ns && time_ns - window_ns <= entry->last_ns;
}

bool asked_may_answer(const struct asked *asked, int64_t time_ns)
{
    return asked->used > 0 && time_ns - window_ns <= asked->latest_ns;
}

uint64_t asked_forgotten(const struct asked *asked)
{
    return asked->forgotten;
}
