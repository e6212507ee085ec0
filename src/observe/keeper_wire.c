#include "observe/keeper_wire.h"
#include "base/memory.h"
#include <string.h>

void wire_add_string(struct text *out, const char *string)
{
    text_add(out, string, strlen(string) + 1);
}

void wire_add_points(struct text *out, const struct points *points)
{
    uint64_t counts[2] = {points->count, points->watch_count};
    text_add(out, (const char *)counts, sizeof counts);
    for (size_t i = 0; i < points->count; i++)
        wire_add_string(out, points->names[i]);
    for (size_t i = 0; i < points->watch_count; i++)
        text_add(out, (const char *)&points->watches[i], sizeof points->watches[i]);
}

bool wire_take_string(const unsigned char **at, const unsigned char *end, const char **string)
{
    const unsigned char *nul = memchr(*at, '\0', (size_t)(end - *at));
    if (nul == NULL)
        return false;
    *string = (const char *)*at;
    *at = nul + 1;
    return true;
}

static bool take_names(const unsigned char **at, const unsigned char *end, uint64_t count,
                       struct points *points)
{
    const char *name;
    points->names = memory_new(count + 1, sizeof *points->names);
    for (uint64_t i = 0; i < count; i++) {
        if (!wire_take_string(at, end, &name))
            return false;
        points->names[points->count++] = memory_string(name);
    }
    return true;
}

static bool take_watches(const unsigned char *at, const unsigned char *end, uint64_t count,
                         struct points *points)
{
    if ((size_t)(end - at) != count * sizeof *points->watches)
        return false;
    points->watches = memory_new(count + 1, sizeof *points->watches);
    points->watch_count = count;
    if (count > 0)
        memcpy(points->watches, at, count * sizeof *points->watches);
    for (uint64_t i = 0; i < count; i++)
        if (points->watches[i].point >= points->count || points->watches[i].network.prefix > 128)
            return false;
    return true;
}

bool wire_take_points(const unsigned char *at, const unsigned char *end, struct points *points)
{
    uint64_t counts[2];
    struct points taken = {0};
    if ((size_t)(end - at) < sizeof counts)
        return false;
    memcpy(counts, at, sizeof counts);
    at += sizeof counts;
    if (counts[0] > POINTS_MOST || counts[1] > WIRE_WATCHES_MOST)
        return false;
    if (!take_names(&at, end, counts[0], &taken) || !take_watches(at, end, counts[1], &taken)) {
        points_clear(&taken);
        return false;
    }
    *points = taken;
    return true;
}
