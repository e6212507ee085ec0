/* fill: puts any number of made sightings into a ledger, by the same door as observe does: sightings_store().
 *
 *     fill LEDGER SIGHTINGS
 *
 * June to November 2011, one capture a month, as many a day at each of the ledger's points. A point's day has
 * 300 ports after a power law, one sighting in ten is backscatter, sources are spread over IPv4, a source's
 * country hangs on its first bits. Rows are made in the order they are stored in, so that no memory is needed
 * for them. */
#include "base/calendar.h"
#include "base/cleanup.h"
#include "base/number.h"
#include "ledger/content.h"
#include "ledger/sightings.h"
#include <stdio.h>
#include <string.h>

enum { PORTS = 300, FIRST_MONTH = 2011 * 12 + 5, MONTHS = 6, DAYS = 183 };

struct rows {
    uint64_t a_day, state; /* rows a day and point; the dice */
    int32_t day, last_day;
    unsigned point, points, kind, port;
    uint64_t left, source, step; /* of this port */
};

static uint64_t throw(struct rows * rows)
{
    uint64_t value = rows->state += UINT64_C(0x9e3779b97f4a7c15);
    value = (value ^ value >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    return value ^ value >> 29;
}

/* Ports lie in the order of their numbers; which of them are busy is mixed among them. The sum of 1/rank
 * is 6.28. */
static uint64_t rows_of_port(const struct rows *rows)
{
    uint64_t rank = 1 + rows->port * 79 % PORTS;
    uint64_t of_kind = rows->kind == SIGHTING_CONTACT ? rows->a_day * 9 / 10 : rows->a_day / 10;
    return of_kind * 100 / (628 * rank);
}

/* On to the next port, kind, point, day that has rows; false at the end of the month. */
static bool next_group(struct rows *rows)
{
    do {
        if (++rows->port == PORTS) {
            rows->port = 0;
            rows->kind++;
        }
        if (rows->kind > SIGHTING_BACKSCATTER) {
            rows->kind = 0;
            rows->point++;
        }
        if (rows->point == rows->points) {
            rows->point = 0;
            rows->day++;
        }
        if (rows->day > rows->last_day)
            return false;
        rows->left = rows_of_port(rows);
    } while (rows->left == 0);
    rows->source = 0x01000000;
    rows->step = (0xdf000000 - rows->source) / (rows->left + 1);
    return true;
}

static size_t next_rows(void *context, struct sighting *out, size_t most)
{
    static const char countries[][3] = {"CN", "US", "JP", "TW", "KR", "RU", "BR", "IN", "DE", "VN"};
    struct rows *rows = context;
    size_t count = 0;
    while (count < most && (rows->left > 0 || next_group(rows))) {
        uint64_t dice = throw(rows);
        rows->source += 1 + dice % rows->step;
        rows->left--;
        struct sighting *row = &out[count++];
        *row =
            (struct sighting){.source = address_from_ipv4((uint32_t)rows->source),
                              .accesses = dice >> 60 < 12 ? 1 : 1 + (dice >> 50 & 7),
                              .first_s = (int64_t)rows->day * 86400 - 32400 + (int64_t)(dice >> 20) % 80000,
                              .day = rows->day,
                              .point = (uint16_t)rows->point,
                              .port = (uint16_t)(21 + rows->port * 211),
                              .kind = (uint8_t)rows->kind,
                              .protocol = SIGHTING_TCP};
        row->last_s = row->first_s + (row->accesses == 1 ? 0 : (int64_t)(dice >> 40) % 6000);
        memcpy(row->country, countries[(rows->source >> 22) * 7 % 10], 2);
    }
    return count;
}

static bool fill_month(struct ledger *ledger, const struct points *points, int month, uint64_t sightings,
                       struct fault *fault)
{
    struct rows rows = {
        .state = (uint64_t)month, .points = (unsigned)points->count, .port = PORTS - 1, .kind = 1};
    rows.point = rows.points - 1;
    rows.day = calendar_month_first(FIRST_MONTH + month) - 1;
    rows.last_day = rows.day + calendar_month_length(FIRST_MONTH + month);
    rows.a_day = sightings / DAYS / points->count;
    OWNED(content_sum_free) struct content_sum *sum = content_sum_new(ledger);
    content_sum_add(sum, &rows, sizeof rows);
    enum sightings_stored stored;
    return sightings_store(ledger, points, content_sum_value(sum), "made",
                           (struct sightings_in){next_rows, &rows}, &stored, fault);
}

int main(int argc, char **argv)
{
    struct fault fault = {"usage: fill LEDGER SIGHTINGS"};
    uint64_t sightings = 0;
    struct points points = {0};
    bool well = argc == 3 && number_parse(argv[2], strlen(argv[2]), UINT64_C(10000000000), &sightings);
    OWNED(ledger_free) struct ledger *ledger = well ? ledger_open(argv[1], LEDGER_WRITE, &fault) : NULL;
    well = ledger != NULL && points_load(ledger, &points, &fault);
    if (well && points.count == 0)
        well = fault_set(&fault, "the ledger has no point");
    for (int month = 0; well && month < MONTHS; month++)
        well = fill_month(ledger, &points, month, sightings, &fault);
    if (well)
        sightings_settle(ledger);
    else
        fprintf(stderr, "fill: %s\n", fault.text);
    points_clear(&points);
    return well ? 0 : 2;
}
