#include "check/versions/feed_index.h"
#include "base/memory.h"
#include <stdlib.h>
#include <string.h>

static void add_key(struct feed_index *index, const struct advisory *advisory,
                    const struct affected *affected, const char *name)
{
    char key[FEED_NAME_SIZE];
    feed_name_key(name, key);
    if (key[0] == '\0')
        return;
    if (index->count == index->capacity) {
        index->capacity = index->capacity == 0 ? 256 : 2 * index->capacity;
        index->entries = memory_resize(index->entries, index->capacity, sizeof *index->entries);
    }
    index->entries[index->count++] =
        (struct feed_entry){arena_string(&index->arena, key, strlen(key)), advisory, affected};
}

static int by_key(const void *a, const void *b)
{
    return strcmp(((const struct feed_entry *)a)->key, ((const struct feed_entry *)b)->key);
}

static int by_string(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The ids of what is told in detail, in order. The caller frees it. */
static const char **detailed_ids(const struct advisories *advisories, size_t *count)
{
    const char **ids = memory_new(advisories->count + 1, sizeof *ids);
    size_t found = 0;
    for (size_t i = 0; i < advisories->count; i++)
        if (advisories->items[i].detailed)
            ids[found++] = advisories->items[i].id;
    qsort(ids, found, sizeof *ids, by_string);
    *count = found;
    return ids;
}

void feed_index_make(struct feed_index *index, const struct advisories *advisories)
{
    size_t detailed;
    OWNED_MEMORY const char **ids = detailed_ids(advisories, &detailed);
    *index = (struct feed_index){.count = 0};
    arena_init(&index->arena);
    for (size_t i = 0; i < advisories->count; i++) {
        const struct advisory *advisory = &advisories->items[i];
        if (!advisory->detailed && bsearch(&advisory->id, ids, detailed, sizeof *ids, by_string) != NULL)
            continue;
        for (const struct affected *at = advisory->affected; at != NULL; at = at->next) {
            struct feed_noted noted;
            feed_noted_of(at, &noted);
            add_key(index, advisory, at, noted.name.whole);
            add_key(index, advisory, at, noted.name.bare);
            add_key(index, advisory, at, noted.cpe_product);
        }
    }
    if (index->count > 0)
        qsort(index->entries, index->count, sizeof *index->entries, by_key);
}

void feed_index_clear(struct feed_index *index)
{
    arena_clear(&index->arena);
    free(index->entries);
    *index = (struct feed_index){.count = 0};
}

/* By id, then as they stand; so that one vulnerability's entries lie together. */
static int by_advisory(const void *a, const void *b)
{
    const struct feed_entry *first = a, *second = b;
    int order = strcmp(first->advisory->id, second->advisory->id);
    if (order == 0)
        order = first->advisory < second->advisory ? -1 : first->advisory > second->advisory;
    return order != 0 ? order : first->affected < second->affected ? -1 : first->affected > second->affected;
}

static size_t first_of(const struct feed_index *index, const char *key)
{
    size_t low = 0, high = index->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(index->entries[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void find_key(const struct feed_index *index, const struct feed_name *name, const char *called,
                     struct feed_entry **found, size_t *count)
{
    char key[FEED_NAME_SIZE];
    feed_name_key(called, key);
    for (size_t i = first_of(index, key); i < index->count && strcmp(index->entries[i].key, key) == 0; i++) {
        struct feed_noted noted;
        feed_noted_of(index->entries[i].affected, &noted);
        if (!feed_name_matches(name, &noted))
            continue;
        if ((*count & (*count - 1)) == 0) /* a power of two: it is full */
            *found = memory_resize(*found, *count == 0 ? 1 : 2 * *count, sizeof **found);
        (*found)[(*count)++] = index->entries[i];
    }
}

struct feed_entry *feed_index_find(const struct feed_index *index, const struct feed_name *name,
                                   size_t *count)
{
    struct feed_entry *found = NULL;
    size_t all = 0, kept = 0;
    find_key(index, name, name->whole, &found, &all);
    if (strcmp(name->whole, name->bare) != 0)
        find_key(index, name, name->bare, &found, &all);
    if (all > 0)
        qsort(found, all, sizeof *found, by_advisory);
    for (size_t i = 0; i < all; i++)
        if (kept == 0 || by_advisory(&found[kept - 1], &found[i]) != 0)
            found[kept++] = found[i];
    *count = kept;
    return found;
}
