/* asked: an open-addressing table of conversations. Nothing is ever deleted singly: when the table is full it
 * is made anew without what has expired, and larger only where that did not help; so it is as large as two
 * minutes need. */
#include "observe/asked.h"
#include "base/memory.h"
#include <stdlib.h>
#include <string.h>

enum { ASKED_LEAST = 1024, ASKED_MOST = 1 << 22 /* slots: 256 MB, 26,000 new conversations a second */ };

static const int64_t window_ns = INT64_C(1000000000) * ASKED_SECONDS;

/* Packets of one conversation that follow each other within the window are one span: whatever lies in the
 * span, or in the window behind it, has one of them in the window before it. So two times are enough, in
 * whatever order packets come. */
struct entry {
    struct asked_key key;
    bool used;
    int64_t first_ns, last_ns;
};

struct asked {
    struct entry *slots;
    size_t capacity, used; /* a power of two, at most three quarters used */
    int64_t remade_ns;
    uint64_t forgotten;
};

struct asked *asked_new(void)
{
    struct asked *asked = memory_new(1, sizeof *asked);
    asked->capacity = ASKED_LEAST;
    asked->slots = memory_new(asked->capacity, sizeof *asked->slots);
    return asked;
}

void asked_free(struct asked *asked)
{
    if (asked == NULL)
        return;
    free(asked->slots);
    free(asked);
}

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * UINT64_C(0x9fb21c651e98df25);
    return hash ^ hash >> 32;
}

static size_t hash_of(const struct asked_key *key)
{
    uint64_t hash = mix(UINT64_C(0x6d696d616d6f7269), key->point.high);
    hash = mix(hash, key->point.low);
    hash = mix(hash, key->remote.high);
    hash = mix(hash, key->remote.low);
    return (size_t)mix(hash,
                       (uint64_t)key->number << 32 | (uint64_t)key->point_port << 16 | key->remote_port);
}

static bool same(const struct asked_key *a, const struct asked_key *b)
{
    return address_equal(a->remote, b->remote) && address_equal(a->point, b->point) &&
           a->number == b->number && a->point_port == b->point_port && a->remote_port == b->remote_port;
}

/* The key's entry, or the free slot where it would be. */
static struct entry *find(const struct asked *asked, const struct asked_key *key)
{
    size_t at = hash_of(key) & (asked->capacity - 1);
    while (asked->slots[at].used && !same(&asked->slots[at].key, key))
        at = (at + 1) & (asked->capacity - 1);
    return &asked->slots[at];
}

/* Too old for any answer from now on; and what is a day ahead was sent by a clock that has been put back
 * since. */
static bool expired(const struct entry *entry, int64_t now_ns)
{
    const int64_t day_ns = INT64_C(86400) * 1000000000;
    return entry->last_ns < now_ns - window_ns || entry->first_ns > now_ns + day_ns;
}

static void remake(struct asked *asked, int64_t now_ns)
{
    size_t live = 0, old_capacity = asked->capacity;
    for (size_t i = 0; i < old_capacity; i++)
        live += asked->slots[i].used && !expired(&asked->slots[i], now_ns);
    size_t capacity = ASKED_LEAST;
    while (capacity < ASKED_MOST && live > capacity / 2)
        capacity *= 2;
    OWNED_MEMORY struct entry *old = asked->slots;
    asked->slots = memory_new(capacity, sizeof *asked->slots);
    asked->capacity = capacity;
    asked->used = live;
    asked->remade_ns = now_ns;
    for (size_t i = 0; i < old_capacity; i++)
        if (old[i].used && !expired(&old[i], now_ns))
            *find(asked, &old[i].key) = old[i];
}

/* At its largest, once a second will do: nothing much has expired sooner. */
static bool worth_remaking(const struct asked *asked, int64_t now_ns)
{
    return asked->capacity < ASKED_MOST || now_ns < asked->remade_ns ||
           now_ns > asked->remade_ns + 1000000000;
}

void asked_sent(struct asked *asked, const struct asked_key *key, int64_t time_ns)
{
    if (time_ns < INT64_MIN / 2 || time_ns > INT64_MAX / 2)
        return; /* no year that anybody watches in */
    struct entry *entry = find(asked, key);
    if (entry->used && time_ns >= entry->first_ns - window_ns && time_ns <= entry->last_ns + window_ns) {
        entry->first_ns = time_ns < entry->first_ns ? time_ns : entry->first_ns;
        entry->last_ns = time_ns > entry->last_ns ? time_ns : entry->last_ns;
        return;
    }
    if (!entry->used && asked->used >= asked->capacity / 4 * 3) {
        if (worth_remaking(asked, time_ns))
            remake(asked, time_ns);
        if (asked->used >= asked->capacity / 4 * 3) {
            asked->forgotten++;
            return;
        }
        entry = find(asked, key);
    }
    asked->used += !entry->used;
    *entry = (struct entry){*key, true, time_ns, time_ns};
}

bool asked_answers(const struct asked *asked, const struct asked_key *key, int64_t time_ns)
{
    if (asked->used == 0)
        return false;
    const struct entry *entry = find(asked, key);
    return entry->used && time_ns >= entry->first_ns && time_ns - window_ns <= entry->last_ns;
}

uint64_t asked_forgotten(const struct asked *asked)
{
    return asked->forgotten;
}
