#include "check/versions/feed_advisory.h"
#include "base/memory.h"
#include <string.h>

enum { STRING_MOST = 8192 };

void advisories_init(struct advisories *advisories)
{
    *advisories = (struct advisories){0};
    arena_init(&advisories->arena);
}

void advisories_clear(struct advisories *advisories)
{
    free(advisories->items);
    arena_clear(&advisories->arena);
    *advisories = (struct advisories){0};
}

struct advisory *advisories_add(struct advisories *advisories, const struct feed *feed)
{
    if (advisories->count == ADVISORIES_MOST)
        return NULL;
    if (advisories->count == advisories->capacity) {
        advisories->capacity = advisories->capacity == 0 ? 64 : 2 * advisories->capacity;
        advisories->items = memory_resize(advisories->items, advisories->capacity, sizeof *advisories->items);
    }
    struct advisory *added = &advisories->items[advisories->count++];
    *added = (struct advisory){.id = "", .title = "", .link = "", .feed = feed};
    return added;
}

struct affected *advisory_affected(struct advisories *advisories, struct advisory *advisory,
                                   struct affected *last)
{
    if (advisories->parts++ >= ADVISORY_PARTS_MOST)
        return NULL;
    struct affected *added = arena_new(&advisories->arena, 1, sizeof *added);
    *added = (struct affected){.vendor = "", .product = "", .cpe = ""};
    if (last == NULL)
        advisory->affected = added;
    else
        last->next = added;
    return added;
}

bool affected_sentence(struct advisories *advisories, struct affected *affected, const char *sentence)
{
    const char *said = advisories_string(advisories, sentence);
    if (said[0] == '\0')
        return true;
    if (advisories->parts++ >= ADVISORY_PARTS_MOST)
        return false;
    if (affected->sentence_count == affected->sentence_capacity) {
        size_t capacity = affected->sentence_capacity == 0 ? 4 : 2 * affected->sentence_capacity;
        const char **more = arena_new(&advisories->arena, capacity, sizeof *more);
        if (affected->sentence_count > 0)
            memcpy(more, affected->sentences, affected->sentence_count * sizeof *more);
        affected->sentences = more;
        affected->sentence_capacity = capacity;
    }
    affected->sentences[affected->sentence_count++] = said;
    return true;
}

const char *advisories_string(struct advisories *advisories, const char *string)
{
    static const char spaces[] = " \t\r\n";
    CLEANUP(text_clear) struct text tame;
    text_init(&tame, STRING_MOST);
    string += strspn(string, spaces);
    size_t length = strlen(string);
    while (length > 0 && strchr(spaces, string[length - 1]) != NULL)
        length--;
    const char *own = arena_string(&advisories->arena, string, length < STRING_MOST ? length : STRING_MOST);
    text_add_tame(&tame, own);
    return arena_string(&advisories->arena, tame.bytes, tame.length);
}
