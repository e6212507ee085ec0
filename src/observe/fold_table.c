/* fold_table: linear probing, at most three quarters full, half as large again each time. A slot is found by
 * multiplying the hash into the capacity, which then need not be a power of two: less memory lies idle. */
#include "observe/fold_table.h"
#include "base/memory.h"
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { TABLE_LEAST = 16, HUGE_PAGE = 2 << 20 };

/* Large tables lie in pages of 2 MiB where the kernel has them: a random access then costs one miss, not
 * several. */
static struct fold_row *rows_new(uint32_t capacity)
{
    size_t size = (capacity * sizeof(struct fold_row) + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
    if (size < 2 * HUGE_PAGE)
        return memory_new(capacity, sizeof(struct fold_row));
    struct fold_row *rows = aligned_alloc(HUGE_PAGE, size);
    if (rows == NULL)
        abort(); /* out of memory, as memory_new() does */
    madvise(rows, size, MADV_HUGEPAGE);
    memset(rows, 0, size);
    return rows;
}

static inline uint32_t slot_of(const struct fold_table *table, uint64_t key)
{
    uint64_t hash = key * UINT64_C(0x9e3779b97f4a7c15);
    hash = (hash ^ hash >> 29) * UINT64_C(0xbf58476d1ce4e5b9);
    return (uint32_t)((hash >> 32) * table->capacity >> 32);
}

static struct fold_row *find(const struct fold_table *table, uint64_t key)
{
    uint32_t at = slot_of(table, key);
    while (table->rows[at].count != 0 && table->rows[at].key != key)
        if (++at == table->capacity)
            at = 0;
    return &table->rows[at];
}

static void grow(struct fold_table *table)
{
    struct fold_table larger = {.used = table->used};
    larger.capacity = table->capacity == 0 ? TABLE_LEAST : table->capacity + table->capacity / 2;
    larger.rows = rows_new(larger.capacity);
    for (uint32_t i = 0; i < table->capacity; i++)
        if (table->rows[i].count != 0)
            *find(&larger, table->rows[i].key) = table->rows[i];
    free(table->rows);
    *table = larger;
}

void fold_table_prefetch(const struct fold_table *table, uint64_t key)
{
    if (table->capacity != 0)
        __builtin_prefetch(&table->rows[slot_of(table, key)], 1);
}

enum fold_added fold_table_add(struct fold_table *table, uint64_t key, uint32_t time, struct fold_row *row)
{
    if (__builtin_expect((uint64_t)table->used * 4 >= (uint64_t)table->capacity * 3, 0))
        grow(table);
    struct fold_row *found = find(table, key);
    if (found->count == 0) {
        *found = (struct fold_row){.key = key, .count = 1, .first = time, .last = time};
        table->used++;
        return FOLD_NEW;
    }
    if (__builtin_expect(found->count == FOLD_COUNT_MOST, 0)) {
        *row = *found;
        row->count = FOLD_COUNT_MOST - 1;
        found->count = 1;
        return FOLD_FULL;
    }
    found->count++;
    if (time < found->first)
        found->first = time;
    if (time > found->last)
        found->last = time;
    return FOLD_ADDED;
}

struct fold_row *fold_table_empty(struct fold_table *table, struct fold_row *out)
{
    for (uint32_t i = 0; i < table->capacity; i++)
        if (table->rows[i].count != 0)
            *out++ = table->rows[i];
    free(table->rows);
    *table = (struct fold_table){0};
    return out;
}
