/* sightings: the rows that counting a capture gives, for a program that holds them against another's.
 *
 *     sightings ZONE FILE POINT...     # a point: addresses or CIDR blocks, with commas between
 *
 * One line a row, with tabs: day, number of the point from 0, kind, protocol, port, source, accesses. First
 * comes the number of packets read; a capture that is refused gives nothing but 0. */
#include "base/memory.h"
#include "observe/count.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool take_points(struct points *points, int count, char **words)
{
    points->names = words;
    points->count = (size_t)count;
    for (int i = 0; i < count; i++)
        for (char *rest = words[i], *block; (block = strsep(&rest, ",")) != NULL;) {
            points->watches =
                memory_resize(points->watches, points->watch_count + 1, sizeof *points->watches);
            struct point_watch *watch = &points->watches[points->watch_count++];
            *watch = (struct point_watch){.point = (uint16_t)i, .since = INT32_MIN, .until = INT32_MAX};
            if (!network_parse(block, &watch->network))
                return false;
        }
    return true;
}

static void print_rows(struct fold *fold)
{
    for (struct sighting row; fold_next(fold, &row, 1) == 1;) {
        char day[CALENDAR_DAY_SIZE], source[ADDRESS_TEXT_SIZE];
        calendar_day_text(day, row.day);
        address_text(source, row.source);
        printf("%s\t%u\t%s\t%s\t%u\t%s\t%llu\n", day, row.point, sighting_kind_names[row.kind],
               sighting_protocol_names[row.protocol], row.port, source, (unsigned long long)row.accesses);
    }
}

static bool print_file(const char *name, const struct points *points, const struct zone *zone,
                       struct fault *fault)
{
    struct source *source = source_open(name, fault);
    OWNED(capture_free) struct capture *capture = source == NULL ? NULL : capture_new(source, name, fault);
    if (capture == NULL)
        return false;
    OWNED(point_map_free) struct point_map *map = point_map_new(points);
    OWNED(asked_free) struct asked *asked = asked_new();
    OWNED(fold_free) struct fold *fold = fold_new(2);
    struct count count = {map, zone, asked, fold, 2};
    struct account_file file = {.name = name};
    if (!count_packets(&count, capture, &file, fault) || !count_end(&file.account, fold, fault))
        return false;
    printf("%llu\n", (unsigned long long)file.account.packets);
    print_rows(fold);
    return true;
}

int main(int argc, char **argv)
{
    struct zone zone;
    struct points points = {0};
    struct fault fault = {"usage: sightings ZONE FILE POINT..."};
    bool ready = argc > 3 && zone_open(&zone, argv[1], &fault) && take_points(&points, argc - 3, argv + 3);
    if (ready && !print_file(argv[2], &points, &zone, &fault))
        printf("0\n");
    free(points.watches);
    if (!ready)
        fprintf(stderr, "sightings: %s\n", fault.text);
    return ready ? 0 : 2;
}
