#include "check/oval/model.h"

#include "base/cleanup.h"
#include "base/memory.h"
#include "base/text.h"

#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

enum { MENTIONS_MOST = 1 << 21, TABLE_FIRST = 64 };

/* What every struct that has an id begins with. */
struct named {
    const char *id;
    size_t line;
};

struct table {
    struct named **slots;
    size_t count, size; /* size: a power of two, or 0 */
};

/* A stranger chooses the ids: the hash has a key, so that he cannot make them meet. */
struct model_index {
    struct table tables[OVAL_KINDS];
    unsigned char key[crypto_shorthash_KEYBYTES];
};

static const struct {
    const char *name;
    size_t size;
} kinds[OVAL_KINDS] = {
    [OVAL_DEFINITION] = {"definition", sizeof(struct oval_definition)},
    [OVAL_TEST] = {"test", sizeof(struct oval_test)},
    [OVAL_OBJECT] = {"object", sizeof(struct oval_object)},
    [OVAL_STATE] = {"state", sizeof(struct oval_state)},
    [OVAL_VARIABLE] = {"variable", sizeof(struct oval_variable)},
};

const char *model_kind_name(enum oval_kind kind)
{
    return kinds[kind].name;
}

void model_init(struct oval_document *document, const char *name)
{
    *document = (struct oval_document){.name = name, .written_day = INT32_MIN};
    arena_init(&document->arena);
    document->index = memory_new(1, sizeof *document->index);
    /* Where it is refused, the key is less of a surprise, and time is bounded all the same (apart.h). */
    if (getrandom(document->index->key, sizeof document->index->key, GRND_NONBLOCK) < 0)
        memcpy(document->index->key, &document, sizeof document);
}

void model_clear(struct oval_document *document)
{
    for (size_t i = 0; i < OVAL_KINDS; i++)
        free(document->index->tables[i].slots);
    free(document->index);
    free(document->definitions);
    arena_clear(&document->arena);
}

/* The slot that holds `id`, or the empty one where it belongs. */
static struct named **slot_of(const struct model_index *index, const struct table *table, const char *id)
{
    unsigned char bytes[crypto_shorthash_BYTES];
    uint64_t hash;
    _Static_assert(sizeof hash == sizeof bytes, "SipHash-2-4 has 64 bits");
    crypto_shorthash(bytes, (const unsigned char *)id, strlen(id), index->key);
    memcpy(&hash, bytes, sizeof hash);
    size_t at = hash & (table->size - 1);
    while (table->slots[at] != NULL && strcmp(table->slots[at]->id, id) != 0)
        at = (at + 1) & (table->size - 1);
    return &table->slots[at];
}

static void grow(const struct model_index *index, struct table *table)
{
    struct table larger = {.count = table->count, .size = table->size == 0 ? TABLE_FIRST : table->size * 2};
    larger.slots = memory_new(larger.size, sizeof *larger.slots);
    for (size_t i = 0; i < table->size; i++)
        if (table->slots[i] != NULL)
            *slot_of(index, &larger, table->slots[i]->id) = table->slots[i];
    free(table->slots);
    *table = larger;
}

void *model_mention(struct oval_document *document, enum oval_kind kind, const char *id)
{
    struct table *table = &document->index->tables[kind];
    if (table->count * 2 >= table->size)
        grow(document->index, table);
    struct named **slot = slot_of(document->index, table, id);
    if (*slot != NULL)
        return *slot;
    if (table->count == MENTIONS_MOST)
        return NULL;
    table->count++;
    *slot = arena_new(&document->arena, 1, kinds[kind].size);
    (*slot)->id = arena_string(&document->arena, id, strlen(id));
    return *slot;
}

void *model_find(const struct oval_document *document, enum oval_kind kind, const char *id)
{
    const struct table *table = &document->index->tables[kind];
    return table->size == 0 ? NULL : *slot_of(document->index, table, id);
}

void model_add_definition(struct oval_document *document, struct oval_definition *definition)
{
    if (document->definition_count == document->definition_capacity) {
        document->definition_capacity =
            document->definition_capacity == 0 ? 64 : document->definition_capacity * 2;
        document->definitions = memory_resize(document->definitions, document->definition_capacity,
                                              sizeof(struct oval_definition *));
    }
    document->definitions[document->definition_count++] = definition;
}

void model_strings_add(struct arena *arena, struct oval_strings *strings, const char *string)
{
    if (strings->count == strings->capacity) {
        size_t capacity = strings->capacity == 0 ? 4 : strings->capacity * 2;
        const char **items = arena_new(arena, capacity, sizeof *items);
        if (strings->count > 0)
            memcpy(items, strings->items, strings->count * sizeof *items);
        strings->items = items;
        strings->capacity = capacity;
    }
    strings->items[strings->count++] = string;
}

/* Values of files may be no UTF-8, and a sentence may have been cut in a character: '?' for what is none. */
static void make_utf8(char *sentence)
{
    enum { CHARACTER_MOST = 4 };
    for (char *at = sentence; *at != '\0';) {
        size_t length = 1, left = strlen(at);
        while (length <= CHARACTER_MOST && length <= left && !text_is_utf8(at, length))
            length++;
        bool whole = length <= CHARACTER_MOST && length <= left;
        if (!whole)
            *at = '?';
        at += whole ? length : 1;
    }
}

const struct oval_why *model_why(struct arena *arena, const char *format, ...)
{
    char sentence[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    make_utf8(sentence);
    CLEANUP(text_clear) struct text tame;
    text_init(&tame, sizeof sentence * 2);
    text_add_tame(&tame, sentence);
    struct oval_why *why = arena_new(arena, 1, sizeof *why);
    why->text = arena_string(arena, tame.bytes, tame.length);
    return why;
}
