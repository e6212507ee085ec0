#include "ledger/columns.h"
#include "ledger/sightings.h"
#include "ledger/sums.h"
#include <string.h>

/* How a column's numbers come out of rows. */
#define VALUES(function, type, expression)                                                                   \
    static void function(const void *rows_, size_t count, uint64_t *out)                                     \
    {                                                                                                        \
        const struct type *rows = rows_;                                                                     \
        for (size_t i = 0; i < count; i++) {                                                                 \
            const struct type *row = &rows[i];                                                               \
            out[i] = (uint64_t)(expression);                                                                 \
        }                                                                                                    \
    }

#define COUNTRY_OF(row) ((unsigned)(unsigned char)(row)->country[0] << 8 | (unsigned char)(row)->country[1])

VALUES(points_of, sighting, row->point)
VALUES(kinds_of, sighting, row->kind)
VALUES(protocols_of, sighting, row->protocol)
VALUES(ports_of, sighting, row->port)
VALUES(sources_high, sighting, row->source.high)
VALUES(sources_low, sighting, row->source.low)
VALUES(countries_of, sighting, COUNTRY_OF(row))
VALUES(accesses_of, sighting, row->accesses)
VALUES(firsts_of, sighting, row->first_s)
VALUES(lasted_of, sighting, row->last_s - row->first_s)

VALUES(sum_points, sum, row->point)
VALUES(sum_kinds, sum, row->kind)
VALUES(sum_protocols, sum, row->protocol)
VALUES(sum_ports, sum, row->port)
VALUES(sum_countries, sum, COUNTRY_OF(row))
VALUES(sum_accesses, sum, row->accesses)
VALUES(sum_sources, sum, row->sources)

static size_t text_of(const char *text, char out[PARQUET_TEXT_MOST])
{
    size_t length = strnlen(text, PARQUET_TEXT_MOST);
    memcpy(out, text, length);
    return length;
}

static size_t point_text(const void *context, uint64_t value, char out[PARQUET_TEXT_MOST])
{
    const struct points *points = context;
    return text_of(points->names[value], out);
}

static size_t kind_text(const void *context, uint64_t value, char out[PARQUET_TEXT_MOST])
{
    (void)context;
    return text_of(sighting_kind_names[value], out);
}

static size_t protocol_text(const void *context, uint64_t value, char out[PARQUET_TEXT_MOST])
{
    (void)context;
    return text_of(sighting_protocol_names[value], out);
}

static size_t country_text(const void *context, uint64_t value, char out[PARQUET_TEXT_MOST])
{
    (void)context;
    out[0] = (char)(value >> 8);
    out[1] = (char)value;
    return 2;
}

/* Most were seen once, and then the time from first to last takes no room: NULL. So does the upper half of an
 * IPv4 address. A day's seconds in any order are as good as random, so that zstd has nothing to find; the
 * same sources come back port after port, which it finds best where they lie plainly. */
static const struct parquet_column sighting_columns[] = {
    {.name = "point",
     .type = PARQUET_TEXT,
     .encoding = PARQUET_DICTIONARY,
     .values = points_of,
     .text = point_text},
    {.name = "kind",
     .type = PARQUET_TEXT,
     .encoding = PARQUET_DICTIONARY,
     .values = kinds_of,
     .text = kind_text},
    {.name = "protocol",
     .type = PARQUET_TEXT,
     .encoding = PARQUET_DICTIONARY,
     .values = protocols_of,
     .text = protocol_text},
    {.name = "port", .type = PARQUET_UINT16, .encoding = PARQUET_DELTA, .values = ports_of},
    {.name = "source_high", .type = PARQUET_UINT64, .optional = true, .values = sources_high},
    {.name = "source_low", .type = PARQUET_UINT64, .values = sources_low},
    {.name = "country",
     .type = PARQUET_TEXT,
     .encoding = PARQUET_DICTIONARY,
     .optional = true,
     .values = countries_of,
     .text = country_text},
    {.name = "accesses", .type = PARQUET_UINT64, .encoding = PARQUET_DICTIONARY, .values = accesses_of},
    {.name = "first_s", .type = PARQUET_INT64, .encoding = PARQUET_DELTA, .dense = true, .values = firsts_of},
    {.name = "lasted_s",
     .type = PARQUET_INT64,
     .encoding = PARQUET_DELTA,
     .optional = true,
     .values = lasted_of},
};

static const struct parquet_column sum_columns[] = {
    {.name = "point",
     .type = PARQUET_TEXT,
     .encoding = PARQUET_DICTIONARY,
     .values = sum_points,
     .text = point_text},
    {.name = "kind",
     .type = PARQUET_TEXT,
     .encoding = PARQUET_DICTIONARY,
     .values = sum_kinds,
     .text = kind_text},
    {.name = "protocol",
     .type = PARQUET_TEXT,
     .encoding = PARQUET_DICTIONARY,
     .values = sum_protocols,
     .text = protocol_text},
    {.name = "port", .type = PARQUET_UINT16, .encoding = PARQUET_DELTA, .values = sum_ports},
    {.name = "country",
     .type = PARQUET_TEXT,
     .encoding = PARQUET_DICTIONARY,
     .optional = true,
     .values = sum_countries,
     .text = country_text},
    {.name = "accesses", .type = PARQUET_INT64, .encoding = PARQUET_DICTIONARY, .values = sum_accesses},
    {.name = "sources", .type = PARQUET_INT64, .encoding = PARQUET_DICTIONARY, .values = sum_sources},
};

struct parquet_table columns_of_sightings(const struct points *points)
{
    return (struct parquet_table){sighting_columns, sizeof sighting_columns / sizeof *sighting_columns,
                                  sizeof(struct sighting), points};
}

struct parquet_table columns_of_sums(const struct points *points)
{
    return (struct parquet_table){sum_columns, sizeof sum_columns / sizeof *sum_columns, sizeof(struct sum),
                                  points};
}
