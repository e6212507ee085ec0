#include "desk/tries.h"
#include "base/memory.h"
#include <pthread.h>
#include <sodium.h>

/* A table of few places: a hash leads to a set of WAYS, in which the oldest gives way to a new one. Whoever
 * has millions of networks can so make us forget some, and gains some tries of 2^128. */
enum { SETS = 1024, WAYS = 4 };

struct try_place {
    uint64_t source; /* a hash; 0: empty */
    int64_t since_s; /* the first of these wrong ones */
    unsigned wrong;
};
struct tries {
    pthread_mutex_t mutex;
    unsigned char key[crypto_shorthash_KEYBYTES];
    struct try_place places[SETS][WAYS];
};

struct tries *tries_new(void)
{
    struct tries *tries = memory_new(1, sizeof *tries);
    pthread_mutex_init(&tries->mutex, NULL);
    randombytes_buf(tries->key, sizeof tries->key);
    return tries;
}

void tries_free(struct tries *tries)
{
    if (tries == NULL)
        return;
    pthread_mutex_destroy(&tries->mutex);
    free(tries);
}

/* One IPv4 address, or the /64 that one line of IPv6 has. Never 0. */
static uint64_t hash_of(const struct tries *tries, const struct address *source)
{
    const uint64_t words[2] = {source->high, address_is_ipv4(*source) ? source->low : 0};
    uint64_t hash;
    crypto_shorthash((unsigned char *)&hash, (const unsigned char *)words, sizeof words, tries->key);
    return hash | 1;
}

static bool is_over(const struct try_place *place, int64_t now_s)
{
    return place->source == 0 || now_s - place->since_s >= TRIES_FORGET_S;
}

static struct try_place *find(struct tries *tries, uint64_t hash, int64_t now_s)
{
    struct try_place *set = tries->places[hash / 2 % SETS];
    for (size_t i = 0; i < WAYS; i++)
        if (set[i].source == hash && !is_over(&set[i], now_s))
            return &set[i];
    return NULL;
}

static struct try_place *make(struct tries *tries, uint64_t hash, int64_t now_s)
{
    struct try_place *set = tries->places[hash / 2 % SETS], *place = set;
    for (size_t i = 0; i < WAYS; i++)
        if (is_over(&set[i], now_s) || (!is_over(place, now_s) && set[i].since_s < place->since_s))
            place = &set[i];
    *place = (struct try_place){.source = hash, .since_s = now_s};
    return place;
}

bool tries_may(struct tries *tries, const struct address *source, int64_t now_s)
{
    if (tries == NULL)
        return true;
    pthread_mutex_lock(&tries->mutex);
    const struct try_place *place = find(tries, hash_of(tries, source), now_s);
    bool may = place == NULL || place->wrong < TRIES_MOST;
    pthread_mutex_unlock(&tries->mutex);
    return may;
}

void tries_wrong(struct tries *tries, const struct address *source, int64_t now_s)
{
    if (tries == NULL)
        return;
    uint64_t hash = hash_of(tries, source);
    pthread_mutex_lock(&tries->mutex);
    struct try_place *place = find(tries, hash, now_s);
    if (place == NULL)
        place = make(tries, hash, now_s);
    place->wrong += place->wrong < TRIES_MOST;
    pthread_mutex_unlock(&tries->mutex);
}
