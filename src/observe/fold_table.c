/* fold_table: linear probing, at most three quarters full, half as large again each time. A slot is found by
 * multiplying the hash into the capacity, which then need not be a power of two: less memory lies idle. */
#include "observe/fold_table.h"
#include "base/memory.h"
#include <stdlib.h>
#include <sys/mman.h>

enum { TABLE_LEAST = 16, LARGE = 4 << 20 /* bytes */ };

/* Large tables lie in pages of 2 MiB where the kernel has them: a random access then costs one miss, not
 * several. */
static struct fold_row *rows_new(uint32_t capacity)
{
    size_t size = capacity * sizeof(struct fold_row);
    if (size < LARGE)
        return memory_new(capacity, sizeof(struct fold_row));
    void *rows = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (rows == MAP_FAILED)
        abort(); /* out of memory, as memory_new() does */
    madvise(rows, size, MADV_HUGEPAGE);
    return rows;
}

void fold_table_clear(struct fold_table *table)
{
    size_t size = table->capacity * sizeof *table->rows;
    if (size < LARGE)
        free(table->rows);
    else
        munmap(table->rows, size);
    table->rows = NULL;
    table->used = table->capacity = 0;
}

static inline uint32_t slot_of(const struct fold_table *table, uint32_t hash)
{
    return (uint32_t)((uint64_t)hash * table->capacity >> 32);
}

static inline struct fold_row *find(const struct fold_table *table, uint64_t key, uint32_t hash)
{
    uint32_t at = slot_of(table, hash);
    while (table->rows[at].count != 0 && table->rows[at].key != key)
        if (++at == table->capacity)
            at = 0;
    return &table->rows[at];
}

static void grow(struct fold_table *table)
{
    struct fold_table larger = {.used = table->used, .seed = table->seed};
    larger.capacity = table->capacity == 0 ? TABLE_LEAST : table->capacity + table->capacity / 2;
    larger.rows = rows_new(larger.capacity);
    for (uint32_t i = 0; i < table->capacity; i++)
        if (table->rows[i].count != 0)
            *find(&larger, table->rows[i].key, fold_hash(table->seed, table->rows[i].key)) = table->rows[i];
    fold_table_clear(table);
    *table = larger;
}

void fold_table_prefetch(const struct fold_table *table, uint32_t hash)
{
    if (table->capacity != 0)
        __builtin_prefetch(&table->rows[slot_of(table, hash)], 1);
}

enum fold_added fold_table_add(struct fold_table *table, uint64_t key, uint32_t hash, uint32_t time,
                               struct fold_row *row)
{
    if (__builtin_expect((uint64_t)table->used * 4 >= (uint64_t)table->capacity * 3, 0))
        grow(table);
    struct fold_row *found = find(table, key, hash);
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
    fold_table_clear(table);
    return out;
}
