#include "check/oval/item.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* What is found must not be more than memory: false where there is no room left. */
static bool room(struct oval_collection *collection, size_t bytes)
{
    if (*collection->bytes_left < bytes) {
        *collection->bytes_left = 0;
        collection_flag(collection, COLLECTION_INCOMPLETE, "more was found than may be kept");
        return false;
    }
    *collection->bytes_left -= bytes;
    return true;
}

struct oval_item *item_add(struct oval_collection *collection, enum item_status status)
{
    if (collection->count == ITEMS_MOST) {
        collection_flag(collection, COLLECTION_INCOMPLETE, "more than %d items", ITEMS_MOST);
        return NULL;
    }
    if (!room(collection, sizeof(struct oval_item)))
        return NULL;
    struct oval_item *item = arena_new(collection->arena, 1, sizeof *item);
    item->status = status;
    collection_keep(collection, item);
    return item;
}

void collection_keep(struct oval_collection *collection, struct oval_item *item)
{
    if (!room(collection, 2 * sizeof(struct oval_item *)))
        return;
    if (collection->count == collection->capacity) {
        size_t capacity = collection->capacity == 0 ? 2 : collection->capacity * 2;
        struct oval_item **items = arena_new(collection->arena, capacity, sizeof(struct oval_item *));
        if (collection->count > 0)
            memcpy(items, collection->items, collection->count * sizeof(struct oval_item *));
        collection->items = items;
        collection->capacity = capacity;
    }
    collection->items[collection->count++] = item;
}

void item_typed(struct oval_collection *collection, struct oval_item *item, struct item_field field)
{
    if (!room(collection, sizeof field + (field.value == NULL ? 0 : strlen(field.value)))) {
        field.status = ITEM_NOT_COLLECTED;
        field.value = NULL;
    }
    struct item_field *own = arena_new(collection->arena, 1, sizeof *own);
    *own = field;
    own->next = NULL;
    own->value = field.value == NULL ? "" : arena_string(collection->arena, field.value, strlen(field.value));
    if (item->last == NULL)
        item->fields = own;
    else
        item->last->next = own;
    item->last = own;
}

void item_text(struct oval_collection *collection, struct oval_item *item, const char *name,
               const char *value)
{
    item_typed(collection, item, (struct item_field){.name = name, .value = value});
}

void item_number(struct oval_collection *collection, struct oval_item *item, const char *name, int64_t value)
{
    char digits[32];
    snprintf(digits, sizeof digits, "%" PRId64, value);
    item_typed(collection, item, (struct item_field){.name = name, .datatype = OVAL_INT, .value = digits});
}

void item_boolean(struct oval_collection *collection, struct oval_item *item, const char *name, bool value)
{
    item_typed(
        collection, item,
        (struct item_field){.name = name, .datatype = OVAL_BOOLEAN, .value = value ? "true" : "false"});
}

void item_without(struct oval_collection *collection, struct oval_item *item, const char *name,
                  enum item_status status)
{
    item_typed(collection, item, (struct item_field){.name = name, .status = status});
}

void collection_flag(struct oval_collection *collection, enum collection_flag flag, const char *format, ...)
{
    char sentence[1024];
    va_list arguments;
    if (flag <= collection->flag)
        return;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    collection->flag = flag;
    collection->why = model_why(collection->arena, "%s", sentence);
}

static bool same_field(const struct item_field *a, const struct item_field *b)
{
    return a->status == b->status && strcmp(a->name, b->name) == 0 && strcmp(a->value, b->value) == 0;
}

bool item_equal(const struct oval_item *a, const struct oval_item *b)
{
    const struct item_field *left = a->fields, *right = b->fields;
    while (left != NULL && right != NULL && same_field(left, right)) {
        left = left->next;
        right = right->next;
    }
    return a == b || (a->status == b->status && left == NULL && right == NULL);
}
