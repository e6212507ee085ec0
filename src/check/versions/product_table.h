/* product_table: finds a product by its name and architecture, among as many as a machine may have. */
#pragma once
#include "check/versions/product.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PRODUCT_TABLE_NONE SIZE_MAX

struct product_table_slot;
struct product_table {
    struct product_table_slot *slots;
    size_t size, used;
    unsigned char key[16]; /* nobody can choose names that fall together */
};
void product_table_init(struct product_table *table);
void product_table_clear(struct product_table *table);

/* `index` of machine->products by these two; one that is there already stays. The strings stay the caller's.
 */
void product_table_put(struct product_table *table, const char *name, const char *architecture, size_t index);
/* PRODUCT_TABLE_NONE: there is none. */
size_t product_table_find(const struct product_table *table, const char *name, const char *architecture);
