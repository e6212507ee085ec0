/* fold_source: an open-addressing table of numbers over an array of addresses. */
#include "observe/fold_source.h"
#include "base/cleanup.h"
#include "base/memory.h"
#include <stdlib.h>
#include <string.h>

enum { SOURCES_LEAST = 1024 };

void fold_sources_clear(struct fold_sources *sources)
{
    free(sources->addresses);
    free(sources->slots);
    *sources = (struct fold_sources){0};
}

static size_t slot_of(const struct fold_sources *sources, struct address address)
{
    uint64_t hash = (address.high ^ address.high >> 31) * UINT64_C(0x9e3779b97f4a7c15);
    hash = (hash ^ address.low ^ hash >> 32) * UINT64_C(0xbf58476d1ce4e5b9);
    return (size_t)(hash ^ hash >> 32) & (sources->capacity - 1);
}

static uint32_t *find(const struct fold_sources *sources, struct address address)
{
    size_t at = slot_of(sources, address);
    while (sources->slots[at] != 0 && !address_equal(sources->addresses[sources->slots[at] - 1], address))
        at = (at + 1) & (sources->capacity - 1);
    return &sources->slots[at];
}

static void grow(struct fold_sources *sources)
{
    sources->capacity = sources->capacity == 0 ? SOURCES_LEAST : sources->capacity * 2;
    sources->addresses = memory_resize(sources->addresses, sources->capacity / 2, sizeof *sources->addresses);
    free(sources->slots);
    sources->slots = memory_new(sources->capacity, sizeof *sources->slots);
    for (size_t i = 0; i < sources->count; i++)
        *find(sources, sources->addresses[i]) = (uint32_t)i + 1;
}

uint32_t fold_sources_number(struct fold_sources *sources, struct address address)
{
    if (sources->count * 2 >= sources->capacity)
        grow(sources);
    uint32_t *slot = find(sources, address);
    if (*slot == 0) {
        sources->addresses[sources->count++] = address;
        *slot = (uint32_t)sources->count;
    }
    return *slot - 1;
}

struct numbered {
    struct address address;
    uint32_t number, part;
};

static int by_address(const void *a, const void *b)
{
    return address_compare(((const struct numbered *)a)->address, ((const struct numbered *)b)->address);
}

static struct numbered *gather(struct fold_sources *const *parts, size_t count, size_t *total)
{
    size_t sum = 0, at = 0;
    for (size_t part = 0; part < count; part++)
        sum += parts[part]->count;
    struct numbered *all = memory_resize(NULL, sum, sizeof *all);
    for (size_t part = 0; part < count; part++)
        for (size_t i = 0; i < parts[part]->count; i++)
            all[at++] = (struct numbered){parts[part]->addresses[i], (uint32_t)i, (uint32_t)part};
    *total = sum;
    return all;
}

struct address *fold_sources_rank(struct fold_sources *const *parts, uint32_t **ranks, size_t count)
{
    size_t total;
    OWNED_MEMORY struct numbered *all = gather(parts, count, &total);
    for (size_t part = 0; part < count; part++) {
        ranks[part] = memory_resize(ranks[part], parts[part]->count, sizeof **ranks);
        fold_sources_clear(parts[part]);
    }
    qsort(all, total, sizeof *all, by_address);
    struct address *sorted = memory_resize(NULL, total, sizeof *sorted);
    for (size_t i = 0; i < total; i++) {
        ranks[all[i].part][all[i].number] = (uint32_t)i;
        sorted[i] = all[i].address;
    }
    return sorted;
}
