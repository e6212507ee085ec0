/* fold_out: the days one after another; of each, the rows of IPv4 and IPv6 merged. */
#include "observe/fold_parts.h"
#include <stdlib.h>

static bool open_day(struct fold *fold)
{
    for (int version = 0; version < FOLD_VERSIONS; version++) {
        free(fold->runs[version].rows);
        fold->runs[version] = (struct fold_run){0};
    }
    fold->day_open = fold->day_out < fold->day_count;
    for (enum fold_version version = 0; version < FOLD_VERSIONS && fold->day_open; version++)
        fold->runs[version] = fold_gather(fold, fold->order[fold->day_out], version);
    return fold->day_open;
}

static struct address source_of(const struct fold *fold, enum fold_version version, uint64_t key)
{
    uint32_t source = (uint32_t)key;
    return version == FOLD_IPV4 ? address_from_ipv4(source) : fold->sources[source];
}

/* Point, kind, protocol and port of the next IPv6 row. */
static uint64_t next_port(const struct fold_run *six)
{
    return six->at < six->count ? six->rows[six->at].key >> 32 : UINT64_MAX;
}

/* Which version's next row comes first; FOLD_VERSIONS where the day has no more. Sources decide only between
 * equal ports. */
static inline enum fold_version choose(const struct fold *fold)
{
    const struct fold_run *four = &fold->runs[FOLD_IPV4], *six = &fold->runs[FOLD_IPV6];
    if (four->at == four->count)
        return six->at == six->count ? FOLD_VERSIONS : FOLD_IPV6;
    uint64_t key = four->rows[four->at].key, port = next_port(six);
    if (__builtin_expect(key >> 32 != port, 1))
        return key >> 32 < port ? FOLD_IPV4 : FOLD_IPV6;
    return address_compare(source_of(fold, FOLD_IPV4, key),
                           source_of(fold, FOLD_IPV6, six->rows[six->at].key)) < 0
               ? FOLD_IPV4
               : FOLD_IPV6;
}

/* One sighting off the run: its row, and any that were put aside when its count was full. */
static inline void take_row(struct fold *fold, enum fold_version version, const struct fold_day *day,
                            struct sighting *out)
{
    struct fold_run *run = &fold->runs[version];
    struct fold_row row = run->rows[run->at++];
    uint64_t accesses = fold_row_count(row), key = row.key;
    uint32_t first = fold_row_first(row), last = fold_row_last(row);
    while (__builtin_expect(run->at < run->count && run->rows[run->at].key == key, 0)) {
        struct fold_row more = run->rows[run->at++];
        accesses += fold_row_count(more);
        first = fold_row_first(more) < first ? fold_row_first(more) : first;
        last = fold_row_last(more) > last ? fold_row_last(more) : last;
    }
    out->source = source_of(fold, version, key);
    out->accesses = accesses;
    out->first_s = day->base_s + first;
    out->last_s = day->base_s + last;
    out->day = day->day;
    out->point = (uint16_t)(key >> 52);
    out->port = (uint16_t)(key >> 32);
    out->kind = key >> FOLD_KIND_SHIFT & 1;
    out->protocol = key >> 48 & (FOLD_CLASSES_A_KIND - 1);
    out->country[0] = out->country[1] = '\0';
}

size_t fold_rows(struct fold *fold, struct sighting *rows, size_t most)
{
    size_t count = 0;
    while (count < most && (fold->day_open || open_day(fold))) {
        const struct fold_day *day = fold->days[fold->order[fold->day_out]];
        enum fold_version version = FOLD_IPV4;
        while (count < most && (version = choose(fold)) != FOLD_VERSIONS)
            take_row(fold, version, day, &rows[count++]);
        if (version == FOLD_VERSIONS) {
            fold->day_open = false;
            fold->day_out++;
        }
    }
    return count;
}

size_t fold_next(struct fold *fold, struct sighting *rows, size_t most)
{
    return fold->disk.runs == NULL ? fold_rows(fold, rows, most)
                                   : fold->disk.in.next(fold->disk.in.context, rows, most);
}
