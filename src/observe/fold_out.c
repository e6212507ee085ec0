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

/* Which version's next row comes first; FOLD_VERSIONS where the day has no more. Sources decide only between
 * equal ports. */
static enum fold_version choose(const struct fold *fold)
{
    const struct fold_run *four = &fold->runs[FOLD_IPV4], *six = &fold->runs[FOLD_IPV6];
    if (six->at == six->count)
        return four->at == four->count ? FOLD_VERSIONS : FOLD_IPV4;
    if (four->at == four->count)
        return FOLD_IPV6;
    uint64_t a = four->rows[four->at].key, b = six->rows[six->at].key;
    if (a >> 32 != b >> 32)
        return a >> 32 < b >> 32 ? FOLD_IPV4 : FOLD_IPV6;
    return address_compare(source_of(fold, FOLD_IPV4, a), source_of(fold, FOLD_IPV6, b)) < 0 ? FOLD_IPV4
                                                                                             : FOLD_IPV6;
}

/* One sighting off the run: its row, and any that were put aside when its count was full. */
static struct sighting take_row(struct fold *fold, enum fold_version version)
{
    const struct fold_day *day = fold->days[fold->order[fold->day_out]];
    struct fold_run *run = &fold->runs[version];
    struct fold_row row = run->rows[run->at++];
    uint64_t accesses = row.count, key = row.key;
    while (run->at < run->count && run->rows[run->at].key == key) {
        struct fold_row more = run->rows[run->at++];
        accesses += more.count;
        row.first = more.first < row.first ? more.first : row.first;
        row.last = more.last > row.last ? more.last : row.last;
    }
    uint8_t class = key >> 48 & 0xf;
    return (struct sighting){
        .source = source_of(fold, version, key),
        .accesses = accesses,
        .first_s = day->base_s + row.first,
        .last_s = day->base_s + row.last,
        .day = day->day,
        .point = (uint16_t)(key >> 52),
        .port = (uint16_t)(key >> 32),
        .kind = class / FOLD_CLASSES_A_KIND,
        .protocol = class % FOLD_CLASSES_A_KIND,
    };
}

size_t fold_next(struct fold *fold, struct sighting *rows, size_t most)
{
    size_t count = 0;
    while (count < most) {
        if (!fold->day_open && !open_day(fold))
            break;
        enum fold_version version = choose(fold);
        if (version == FOLD_VERSIONS) {
            fold->day_open = false;
            fold->day_out++;
        } else {
            rows[count++] = take_row(fold, version);
        }
    }
    return count;
}
