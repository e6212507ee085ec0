#include "observe/watch_parts.h"
#include "base/memory.h"
#include <string.h>
#include <time.h>

enum { SET_LEAST = 1 << 12 };

static void take_names(struct watch *watch, const struct points *points)
{
    watch->names = memory_new(points->count + 1, sizeof *watch->names);
    watch->points = memory_new(points->count + 1, sizeof *watch->points);
    watch->point_count = points->count;
    for (size_t i = 0; i < points->count; i++)
        watch->names[i] = memory_string(points->names[i]);
}

static void drop_names(struct watch *watch)
{
    for (size_t i = 0; i < watch->point_count; i++)
        free(watch->names[i]);
    free(watch->names);
    free(watch->points);
}

/* The set keeps its memory: the next minute needs as much. */
static void forget(struct watch *watch)
{
    memset(watch->points, 0, watch->point_count * sizeof *watch->points);
    memset(watch->ports, 0, sizeof watch->ports);
    memset(watch->set, 0, watch->set_capacity * sizeof *watch->set);
    watch->all = (struct watch_count){0};
    watch->set_used = 0;
    watch->set_full = false;
    watch->newest_count = 0;
    watch->since_s = (int64_t)time(NULL);
}

struct watch *watch_new(const struct watch_settings *settings, const struct points *points)
{
    struct watch *watch = memory_new(1, sizeof *watch);
    watch->settings = *settings;
    pthread_mutex_init(&watch->lock, NULL);
    watch->set_capacity = SET_LEAST;
    watch->set = memory_new(SET_LEAST, sizeof *watch->set);
    take_names(watch, points);
    forget(watch);
    return watch;
}

void watch_free(struct watch *watch)
{
    if (watch == NULL)
        return;
    drop_names(watch);
    pthread_mutex_destroy(&watch->lock);
    free(watch->set);
    free(watch);
}

void watch_points(struct watch *watch, const struct points *points)
{
    pthread_mutex_lock(&watch->lock);
    bool same = points->count == watch->point_count;
    for (size_t i = 0; same && i < points->count; i++)
        same = strcmp(points->names[i], watch->names[i]) == 0;
    if (!same) {
        drop_names(watch);
        take_names(watch, points);
        forget(watch);
    }
    pthread_mutex_unlock(&watch->lock);
}

static uint64_t mix(uint64_t value)
{
    value = (value ^ value >> 32) * UINT64_C(0xd6e8feb86659fd93);
    value = (value ^ value >> 32) * UINT64_C(0xd6e8feb86659fd93);
    return value ^ value >> 32;
}

/* 64 bits for a key: with ten million of them, the odds that any two are the same are 1 to 400000. */
static uint64_t hash_of(const struct sighting *row)
{
    uint64_t key = (uint64_t)(uint32_t)row->day << 36 ^ (uint64_t)row->point << 20 ^
                   (uint64_t)row->protocol << 16 ^ row->port;
    uint64_t hash = mix(mix(mix(key) ^ row->source.high) ^ row->source.low);
    return hash == 0 ? 1 : hash;
}

static bool put(uint64_t *set, size_t capacity, uint64_t hash)
{
    size_t at = hash & (capacity - 1);
    while (set[at] != 0 && set[at] != hash)
        at = (at + 1) & (capacity - 1);
    bool is_new = set[at] == 0;
    set[at] = hash;
    return is_new;
}

static void grow(struct watch *watch)
{
    size_t capacity = watch->set_capacity * 2;
    uint64_t *set = memory_new(capacity, sizeof *set);
    for (size_t i = 0; i < watch->set_capacity; i++)
        if (watch->set[i] != 0)
            put(set, capacity, watch->set[i]);
    free(watch->set);
    watch->set = set;
    watch->set_capacity = capacity;
}

static bool is_new(struct watch *watch, const struct sighting *row)
{
    if (watch->set_used * 2 >= watch->set_capacity && watch->set_capacity < WATCH_SET_MOST)
        grow(watch);
    if (watch->set_used * 4 >= watch->set_capacity * 3) {
        watch->set_full = true;
        return false;
    }
    bool added = put(watch->set, watch->set_capacity, hash_of(row));
    watch->set_used += added;
    return added;
}

static void note_newest(struct watch *watch, const struct sighting *row)
{
    struct sighting *newest = watch->newest;
    size_t at = watch->newest_count;
    if (at == WATCH_NEWEST && newest[at - 1].first_s >= row->first_s)
        return;
    at = at == WATCH_NEWEST ? at - 1 : watch->newest_count++;
    for (; at > 0 && newest[at - 1].first_s < row->first_s; at--)
        newest[at] = newest[at - 1];
    newest[at] = *row;
}

static void count_row(struct watch *watch, const struct sighting *row)
{
    bool new_source = is_new(watch, row);
    struct watch_count *counts[] = {&watch->points[row->point],
                                    &watch->ports[row->protocol * 65536 + row->port], &watch->all};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        counts[i]->accesses += row->accesses;
        counts[i]->sources += new_source;
    }
    if (new_source)
        note_newest(watch, row);
}

void watch_rows(struct watch *watch, const struct sighting *rows, size_t count)
{
    pthread_mutex_lock(&watch->lock);
    for (size_t i = 0; i < count; i++)
        if (rows[i].kind == SIGHTING_CONTACT && rows[i].point < watch->point_count)
            count_row(watch, &rows[i]);
    pthread_mutex_unlock(&watch->lock);
}

void watch_account(struct watch *watch, const struct account *account)
{
    pthread_mutex_lock(&watch->lock);
    watch->account = *account;
    pthread_mutex_unlock(&watch->lock);
}

void watch_now(struct watch *watch, const struct watch_now *now)
{
    pthread_mutex_lock(&watch->lock);
    watch->now = *now;
    pthread_mutex_unlock(&watch->lock);
}

uint64_t watch_packets(struct watch *watch)
{
    pthread_mutex_lock(&watch->lock);
    uint64_t packets = watch->now.packets;
    pthread_mutex_unlock(&watch->lock);
    return packets;
}

void watch_anew(struct watch *watch)
{
    pthread_mutex_lock(&watch->lock);
    forget(watch);
    pthread_mutex_unlock(&watch->lock);
}

size_t watch_top(const struct watch_count *counts, size_t count, struct watch_rank *top, size_t most)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        if (counts[i].accesses == 0 ||
            (found == most && (most == 0 || top[found - 1].count.accesses >= counts[i].accesses)))
            continue;
        size_t at = found == most ? most - 1 : found++;
        for (; at > 0 && top[at - 1].count.accesses < counts[i].accesses; at--)
            top[at] = top[at - 1];
        top[at] = (struct watch_rank){i, counts[i]};
    }
    return found;
}

void watch_port_text(char out[WATCH_PORT_TEXT], unsigned protocol, unsigned port)
{
    snprintf(out, WATCH_PORT_TEXT, "%u/%s", port & 0xffff, sighting_protocol_names[protocol % 5]);
}
