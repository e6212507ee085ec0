#include "unit.h"
#include "base/memory.h"
#include "observe/fold.h"
#include "observe/fold_table.h"

enum { PACKETS = 200000, BEGINS = 1320678000 /* 2011-11-08 in Tokyo */, DAY = 86400, FIRST_DAY = 15286 };

static uint64_t seed = 86568;
static uint64_t next_random(void)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return seed >> 20;
}

/* Few values of everything, so that keys meet often; addresses on both sides of the IPv4-mapped ones. */
static struct fold_seen some_packet(void)
{
    struct fold_seen seen = {0};
    int32_t day = (int32_t)(next_random() % 5);
    seen.day = FIRST_DAY + day;
    seen.day_begins_s = BEGINS + day * DAY;
    seen.time_s = seen.day_begins_s + (int64_t)(next_random() % DAY);
    seen.point = (uint16_t)(next_random() % 3 * 2047);
    seen.port = (uint16_t)(next_random() % 4 * 21845);
    seen.kind = (uint8_t)(next_random() % 2);
    seen.protocol = (uint8_t)(next_random() % 5);
    uint64_t source = next_random() % 300;
    switch (next_random() % 4) {
    case 0:
        seen.source = (struct address){0, source};
        break;
    case 1:
        seen.source = (struct address){UINT64_C(0x20010db8) << 32, source};
        break;
    default:
        seen.source = address_from_ipv4((uint32_t)(source * 14319027));
    }
    return seen;
}

static int compare_rows(const void *a, const void *b)
{
    return sighting_compare(a, b);
}

/* The same by sorting all packets and merging neighbours. */
static size_t fold_slowly(struct sighting *rows, size_t count)
{
    qsort(rows, count, sizeof *rows, compare_rows);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || sighting_compare(&rows[kept - 1], &rows[i]) != 0) {
            rows[kept++] = rows[i];
            continue;
        }
        struct sighting *row = &rows[kept - 1];
        row->accesses += rows[i].accesses;
        row->first_s = rows[i].first_s < row->first_s ? rows[i].first_s : row->first_s;
        row->last_s = rows[i].last_s > row->last_s ? rows[i].last_s : row->last_s;
    }
    return kept;
}

static void assert_same_row(const struct sighting *a, const struct sighting *b)
{
    assert_int_equal(sighting_compare(a, b), 0);
    assert_int_equal(a->accesses, b->accesses);
    assert_int_equal(a->first_s, b->first_s);
    assert_int_equal(a->last_s, b->last_s);
}

static void folding_is_sorting_and_merging(void **state)
{
    (void)state;
    OWNED(fold_free) struct fold *fold = fold_new(2);
    OWNED_MEMORY struct sighting *expected = memory_new(PACKETS, sizeof *expected);
    uint64_t packets[2] = {0}, rows_of[2] = {0};
    for (size_t i = 0; i < PACKETS; i++) {
        struct fold_seen seen = some_packet();
        assert_true(fold_add(fold, &seen));
        expected[i] = (struct sighting){seen.source, 1,         seen.time_s, seen.time_s,   seen.day,
                                        seen.point,  seen.port, seen.kind,   seen.protocol, {0, 0}};
        packets[seen.kind]++;
    }
    size_t count = fold_slowly(expected, PACKETS);
    for (size_t i = 0; i < count; i++)
        rows_of[expected[i].kind]++;
    assert_true(fold_end(fold, NULL));
    for (int kind = 0; kind < 2; kind++) {
        assert_int_equal(fold_accesses(fold, kind), packets[kind]);
        assert_int_equal(fold_sightings(fold, kind), rows_of[kind]);
    }
    struct sighting rows[97];
    size_t at = 0;
    for (size_t got; (got = fold_next(fold, rows, 97)) > 0;)
        for (size_t i = 0; i < got; i++)
            assert_same_row(&rows[i], &expected[at++]);
    assert_int_equal(at, count);
    assert_true(count > 10000);
}

static void the_order_of_packets_does_not_matter(void **state)
{
    (void)state;
    OWNED(fold_free) struct fold *forward = fold_new(2);
    OWNED(fold_free) struct fold *backward = fold_new(2);
    OWNED_MEMORY struct fold_seen *seen = memory_new(PACKETS, sizeof *seen);
    for (size_t i = 0; i < PACKETS; i++)
        seen[i] = some_packet();
    for (size_t i = 0; i < PACKETS; i++) {
        assert_true(fold_add(forward, &seen[i]));
        assert_true(fold_add(backward, &seen[PACKETS - 1 - i]));
    }
    assert_true(fold_end(forward, NULL));
    assert_true(fold_end(backward, NULL));
    struct sighting a, b;
    while (fold_next(forward, &a, 1) == 1) {
        assert_int_equal(fold_next(backward, &b, 1), 1);
        assert_same_row(&a, &b);
    }
    assert_int_equal(fold_next(backward, &b, 1), 0);
}

/* Three inlets take packets in turn, and all rows are put aside now and then. */
static void threads_and_memory_do_not_matter(void **state)
{
    (void)state;
    static char name[] = "desk";
    char *names[4096];
    for (size_t i = 0; i < 4096; i++)
        names[i] = name;
    struct points points = {.names = names, .count = 4096};
    struct fault fault;
    OWNED(fold_free) struct fold *whole = fold_new(1);
    OWNED(fold_free) struct fold *bounded = fold_new(3);
    fold_bound(bounded, 1 << 20, "/tmp", &points);
    struct fold_inlet *inlets[3] = {fold_inlet(bounded), fold_inlet(bounded), fold_inlet(bounded)};
    for (size_t i = 0; i < PACKETS; i++) {
        struct fold_seen seen = some_packet();
        assert_true(fold_add(whole, &seen));
        assert_true(fold_put(inlets[i / 1000 % 3], &seen));
        if (i % 1000 == 500)
            fold_take(inlets[i / 1000 % 3]);
        if (i % 1000 != 999)
            continue;
        fold_take(inlets[i / 1000 % 3]);
        assert_true(fold_put(inlets[i / 1000 % 3], &seen)); /* and not taken */
        fold_drop(inlets[i / 1000 % 3]);
        if (i % 40000 == 39999)
            assert_true(fold_put_aside(bounded, &fault));
    }
    assert_true(fold_end(whole, &fault) && fold_end(bounded, &fault));
    for (int kind = 0; kind < 2; kind++) {
        assert_int_equal(fold_accesses(bounded, kind), fold_accesses(whole, kind));
        assert_int_equal(fold_sightings(bounded, kind), fold_sightings(whole, kind));
    }
    struct sighting a, b;
    while (fold_next(whole, &a, 1) == 1) {
        assert_int_equal(fold_next(bounded, &b, 1), 1);
        assert_same_row(&a, &b);
    }
    assert_int_equal(fold_next(bounded, &b, 1), 0);
}

static void a_full_disk_is_a_fault(void **state)
{
    (void)state;
    struct points points = {0};
    struct fault fault = {""};
    struct fold_seen seen = {.source = address_from_ipv4(1), .time_s = BEGINS, .day_begins_s = BEGINS};
    OWNED(fold_free) struct fold *fold = fold_new(1);
    fold_bound(fold, 1 << 20, "/proc", &points);
    assert_true(fold_add(fold, &seen));
    assert_false(fold_put_aside(fold, &fault));
    assert_non_null(strstr(fault.text, "cannot put sightings aside in '/proc'"));
}

/* Enough rows of one day that several threads cut them into ranges and sort these. */
static void a_large_day_comes_sorted(void **state)
{
    (void)state;
    enum { MANY = 400000 };
    OWNED(fold_free) struct fold *fold = fold_new(3);
    for (uint32_t i = 0; i < MANY; i++) {
        struct fold_seen seen = {
            .time_s = BEGINS + i % DAY, .day_begins_s = BEGINS, .port = (uint16_t)(i % 7)};
        seen.source = i % 5 == 0 ? (struct address){UINT64_C(0x2001) << 48 | i, next_random() % 2}
                                 : address_from_ipv4(i * 2654435761);
        assert_true(fold_add(fold, &seen));
    }
    assert_true(fold_end(fold, NULL));
    assert_int_equal(fold_sightings(fold, SIGHTING_CONTACT), MANY);
    struct sighting before, row;
    size_t count = fold_next(fold, &before, 1);
    for (; fold_next(fold, &row, 1) == 1; count++, before = row)
        assert_true(sighting_compare(&before, &row) < 0);
    assert_int_equal(count, MANY);
}

static void nothing_folds_to_nothing(void **state)
{
    (void)state;
    OWNED(fold_free) struct fold *fold = fold_new(2);
    struct sighting row;
    assert_true(fold_end(fold, NULL));
    assert_int_equal(fold_next(fold, &row, 1), 0);
    assert_int_equal(fold_next(fold, &row, 1), 0);
}

static void a_capture_of_too_many_days_is_refused(void **state)
{
    (void)state;
    OWNED(fold_free) struct fold *fold = fold_new(2);
    for (int32_t day = 0; day <= FOLD_DAYS_MOST; day++) {
        struct fold_seen seen = {
            .day = day, .day_begins_s = (int64_t)day * DAY, .time_s = (int64_t)day * DAY};
        assert_int_equal(fold_add(fold, &seen), day < FOLD_DAYS_MOST);
    }
    assert_true(fold_end(fold, NULL));
    assert_int_equal(fold_sightings(fold, SIGHTING_CONTACT), FOLD_DAYS_MOST);
}

static void a_day_of_25_hours_fits(void **state)
{
    (void)state;
    OWNED(fold_free) struct fold *fold = fold_new(2);
    struct fold_seen first = {.day_begins_s = BEGINS, .time_s = BEGINS};
    struct fold_seen last = {.day_begins_s = BEGINS, .time_s = BEGINS + 25 * 3600 - 1};
    assert_true(fold_add(fold, &last) && fold_add(fold, &first));
    assert_true(fold_end(fold, NULL));
    struct sighting row;
    assert_int_equal(fold_next(fold, &row, 1), 1);
    assert_int_equal(row.accesses, 2);
    assert_int_equal(row.first_s, BEGINS);
    assert_int_equal(row.last_s, BEGINS + 25 * 3600 - 1);
}

static void put_aside(void *context, const struct fold_word *word, struct fold_row row)
{
    (void)word;
    *(struct fold_row *)context = row;
}

static void a_full_count_loses_nothing(void **state)
{
    (void)state;
    struct fold_table table = {0};
    struct fold_row aside = {0};
    struct fold_full full = {put_aside, &aside};
    uint64_t fresh[2] = {0};
    const struct fold_word words[] = {
        {.key = 5, .time = 100}, {.key = 5, .time = 200}, {.key = 5, .time = 50}};
    fold_table_count(&table, words, 1, &full, fresh);
    for (uint32_t i = 0; i < table.capacity; i++)
        if (table.rows[i].tally != 0)
            table.rows[i].tally |= (uint64_t)FOLD_COUNT_MOST << FOLD_COUNT_SHIFT;
    fold_table_count(&table, words + 1, 2, &full, fresh);
    struct fold_row rest;
    fold_table_empty(&table, &rest);
    assert_int_equal(fold_row_count(aside), FOLD_COUNT_MOST);
    assert_int_equal(fold_row_count(rest), 2);
    assert_int_equal(fold_row_first(rest), 50);
    assert_int_equal(fold_row_last(rest), 200);
    assert_int_equal(fresh[0], 1);
}

static int compare_keys(const void *a, const void *b)
{
    uint64_t x = ((const struct fold_row *)a)->key, y = ((const struct fold_row *)b)->key;
    return x < y ? -1 : x > y;
}

static void sorting_sorts(void **state)
{
    (void)state;
    static const uint64_t masks[] = {UINT64_MAX, 0xff, UINT64_C(0xff) << 56, UINT64_C(0xf0f0000000000f0f), 0};
    for (size_t mask = 0; mask < 5; mask++)
        for (size_t count = 0; count < 3000; count = count * 2 + 1) {
            OWNED_MEMORY struct fold_row *rows = memory_new(count + 1, sizeof *rows);
            OWNED_MEMORY struct fold_row *expected = memory_new(count + 1, sizeof *expected);
            for (size_t i = 0; i < count; i++)
                expected[i] = rows[i] =
                    (struct fold_row){.key = next_random() * 0x9e3779b97f4a7c15 & masks[mask]};
            fold_sort(rows, count);
            qsort(expected, count, sizeof *expected, compare_keys);
            for (size_t i = 0; i < count; i++)
                assert_int_equal(rows[i].key, expected[i].key);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folding_is_sorting_and_merging),
        cmocka_unit_test(the_order_of_packets_does_not_matter),
        cmocka_unit_test(threads_and_memory_do_not_matter),
        cmocka_unit_test(a_full_disk_is_a_fault),
        cmocka_unit_test(a_large_day_comes_sorted),
        cmocka_unit_test(nothing_folds_to_nothing),
        cmocka_unit_test(a_capture_of_too_many_days_is_refused),
        cmocka_unit_test(a_day_of_25_hours_fits),
        cmocka_unit_test(a_full_count_loses_nothing),
        cmocka_unit_test(sorting_sorts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
