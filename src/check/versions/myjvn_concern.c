#include "check/versions/myjvn_concern.h"
#include "base/memory.h"
#include "check/versions/feed_index.h"
#include <stdlib.h>
#include <string.h>

static int by_string(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* In order, each once: how many are left. */
static size_t sort_unique(const char **strings, size_t count)
{
    size_t kept = 0;
    if (count > 0)
        qsort(strings, count, sizeof *strings, by_string);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || strcmp(strings[kept - 1], strings[i]) != 0)
            strings[kept++] = strings[i];
    return kept;
}

static bool is_makers_own(const struct product *product)
{
    return product->system == PRODUCT_WINDOWS || product->system == PRODUCT_FLATPAK;
}

const char **myjvn_programs(const struct machine *machine, struct arena *arena, size_t *count)
{
    const struct products *products = &machine->products;
    const char **names = memory_new(products->count + 1, sizeof *names);
    size_t found = 0;
    for (size_t i = 0; i < products->count; i++) {
        struct feed_name name;
        if (!is_makers_own(&products->items[i]))
            continue;
        feed_name_of(&products->items[i], &name);
        names[found++] = arena_string(arena, name.whole, strlen(name.whole));
    }
    *count = sort_unique(names, found);
    return names;
}

const char **myjvn_concerned(const struct machine *machine, const struct advisories *advisories,
                             size_t *count)
{
    const struct products *products = &machine->products;
    CLEANUP(feed_index_clear) struct feed_index index;
    feed_index_make(&index, advisories);
    const char **ids = memory_new(MYJVN_DETAILS_MOST, sizeof *ids);
    size_t found = 0;
    for (size_t i = 0; i < products->count; i++) {
        struct feed_name name;
        size_t entries;
        if (!is_makers_own(&products->items[i]))
            continue;
        feed_name_of(&products->items[i], &name);
        OWNED_MEMORY struct feed_entry *entry = feed_index_find(&index, &name, &entries);
        if (found + entries > MYJVN_DETAILS_MOST)
            found = sort_unique(ids, found);
        for (size_t j = 0; j < entries && found < MYJVN_DETAILS_MOST; j++)
            ids[found++] = entry[j].advisory->id;
    }
    *count = sort_unique(ids, found);
    return ids;
}
