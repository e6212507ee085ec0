#include "ledger/sums.h"
#include "base/memory.h"
#include <stdlib.h>

enum { COUNTRIES = 1 << 16 }; /* any two bytes */

struct tally {
    uint64_t accesses, sources;
};

struct sums {
    void (*give)(void *context, const struct sum *sum);
    void *context;
    struct sighting group; /* one that belongs to it, where there is one */
    bool begun;
    struct tally tallies[COUNTRIES]; /* of the group, by country; all zero between groups */
    uint16_t seen[COUNTRIES];        /* the countries that are not zero */
    size_t seen_count;
};

struct sums *sums_new(void (*give)(void *context, const struct sum *sum), void *context)
{
    struct sums *sums = memory_new(1, sizeof *sums);
    sums->give = give;
    sums->context = context;
    return sums;
}

void sums_free(struct sums *sums)
{
    free(sums);
}

/* In the order of their letters; {0, 0}, no country, becomes the greatest. */
static uint16_t number_of(const char country[2])
{
    unsigned number = (unsigned)(unsigned char)country[0] << 8 | (unsigned char)country[1];
    return (uint16_t)(number - 1);
}

static int compare(const void *a_, const void *b_)
{
    const uint16_t *a = a_, *b = b_;
    return *a - *b;
}

static void end_group(struct sums *sums)
{
    if (sums->seen_count > 1)
        qsort(sums->seen, sums->seen_count, sizeof *sums->seen, compare);
    for (size_t i = 0; i < sums->seen_count; i++) {
        struct tally *tally = &sums->tallies[sums->seen[i]];
        unsigned country = (sums->seen[i] + 1U) & 0xffff;
        struct sum sum = {.accesses = tally->accesses,
                          .sources = tally->sources,
                          .point = sums->group.point,
                          .port = sums->group.port,
                          .kind = sums->group.kind,
                          .protocol = sums->group.protocol,
                          .country = {(char)(country >> 8), (char)country}};
        sums->give(sums->context, &sum);
        *tally = (struct tally){0, 0};
    }
    sums->seen_count = 0;
}

static bool same_group(const struct sighting *a, const struct sighting *b)
{
    return a->port == b->port && a->point == b->point && a->kind == b->kind && a->protocol == b->protocol;
}

void sums_add(struct sums *sums, const struct sighting *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!sums->begun || !same_group(&sums->group, &rows[i])) {
            end_group(sums);
            sums->group = rows[i];
            sums->begun = true;
        }
        uint16_t country = number_of(rows[i].country);
        struct tally *tally = &sums->tallies[country];
        if (tally->sources++ == 0)
            sums->seen[sums->seen_count++] = country;
        tally->accesses += rows[i].accesses;
    }
}

void sums_end(struct sums *sums)
{
    end_group(sums);
    sums->begun = false;
}
