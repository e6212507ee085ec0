#include "check/versions/product_table.h"
#include "base/memory.h"
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

struct product_table_slot {
    const char *name, *architecture; /* NULL: free */
    uint64_t sum;
    size_t index;
};

void product_table_init(struct product_table *table)
{
    _Static_assert(sizeof table->key == crypto_shorthash_KEYBYTES, "the key fits");
    *table = (struct product_table){.size = 1024};
    table->slots = memory_new(table->size, sizeof *table->slots);
    randombytes_buf(table->key, sizeof table->key);
}

void product_table_clear(struct product_table *table)
{
    free(table->slots);
    *table = (struct product_table){0};
}

static uint64_t sum_of(const struct product_table *table, const char *name, const char *architecture)
{
    uint64_t of_name, of_architecture;
    crypto_shorthash((unsigned char *)&of_name, (const unsigned char *)name, strlen(name), table->key);
    crypto_shorthash((unsigned char *)&of_architecture, (const unsigned char *)architecture,
                     strlen(architecture), table->key);
    return of_name + 31 * of_architecture;
}

/* Where it is, or the free place where it would be. */
static struct product_table_slot *place_of(const struct product_table *table, const char *name,
                                           const char *architecture, uint64_t sum)
{
    size_t at = sum & (table->size - 1);
    for (;; at = (at + 1) & (table->size - 1)) {
        struct product_table_slot *slot = &table->slots[at];
        if (slot->name == NULL || (slot->sum == sum && strcmp(slot->name, name) == 0 &&
                                   strcmp(slot->architecture, architecture) == 0))
            return slot;
    }
}

static void grow(struct product_table *table)
{
    struct product_table_slot *old = table->slots;
    size_t size = table->size;
    table->size *= 2;
    table->slots = memory_new(table->size, sizeof *table->slots);
    for (size_t i = 0; i < size; i++)
        if (old[i].name != NULL)
            *place_of(table, old[i].name, old[i].architecture, old[i].sum) = old[i];
    free(old);
}

void product_table_put(struct product_table *table, const char *name, const char *architecture, size_t index)
{
    if (2 * table->used >= table->size)
        grow(table);
    uint64_t sum = sum_of(table, name, architecture);
    struct product_table_slot *slot = place_of(table, name, architecture, sum);
    if (slot->name != NULL)
        return;
    *slot = (struct product_table_slot){name, architecture, sum, index};
    table->used++;
}

size_t product_table_find(const struct product_table *table, const char *name, const char *architecture)
{
    const struct product_table_slot *slot =
        place_of(table, name, architecture, sum_of(table, name, architecture));
    return slot->name == NULL ? PRODUCT_TABLE_NONE : slot->index;
}
