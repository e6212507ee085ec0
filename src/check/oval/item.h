/* item: what was found on a machine for an object: fields with values, and how complete the finding is
 * (oval-system-characteristics-schema). */
#pragma once
#include "base/arena.h"
#include "check/oval/model.h"
#include <stdbool.h>
#include <stddef.h>

enum { ITEMS_MOST = 1 << 18 /* of one object */ };

enum item_status { ITEM_EXISTS, ITEM_DOES_NOT_EXIST, ITEM_ERROR, ITEM_NOT_COLLECTED };

/* An entity of an item. One with several values is several fields of the same name. */
struct item_field {
    const char *name;
    enum oval_datatype datatype;
    enum item_status status;
    const char *value; /* "" unless it exists */
    struct item_field *next;
};

struct oval_item {
    enum item_status status;
    struct item_field *fields, *last;
};

enum collection_flag {
    COLLECTION_COMPLETE,
    COLLECTION_DOES_NOT_EXIST,
    COLLECTION_INCOMPLETE, /* there may be more than the items that are here */
    COLLECTION_ERROR,
    COLLECTION_NOT_COLLECTED, /* nobody here can look for such things: the result is unknown */
    COLLECTION_NOT_APPLICABLE /* such things are of another kind of system */
};

struct oval_collection {
    struct arena *arena;
    size_t *bytes_left; /* for the items of all objects together: with none left it is incomplete */
    enum collection_flag flag;
    const struct oval_why *why; /* of incomplete, error and not collected; else NULL */
    struct oval_item **items;
    size_t count, capacity;
};

/* One more item. NULL where there are ITEMS_MOST already, and the collection is incomplete: stop. */
struct oval_item *item_add(struct oval_collection *collection, enum item_status status);
/* One more field. `name` stays, is not copied; `value` is. */
void item_text(struct oval_collection *collection, struct oval_item *item, const char *name,
               const char *value);
void item_number(struct oval_collection *collection, struct oval_item *item, const char *name, int64_t value);
void item_boolean(struct oval_collection *collection, struct oval_item *item, const char *name, bool value);
void item_typed(struct oval_collection *collection, struct oval_item *item, struct item_field field);
/* A field that is not there, or that could not be read. */
void item_without(struct oval_collection *collection, struct oval_item *item, const char *name,
                  enum item_status status);
/* The items are not all that there is, or none could be had: `flag`, and the sentence why (English, as all
 * faults are). The worst flag said stays. */
void collection_flag(struct oval_collection *collection, enum collection_flag flag, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* An item that is of another collection too. */
void collection_keep(struct oval_collection *collection, struct oval_item *item);
/* They have the same fields: of two sets that hold both, they are one. */
bool item_equal(const struct oval_item *a, const struct oval_item *b);
