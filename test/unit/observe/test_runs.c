#include "unit.h"
#include "base/memory.h"
#include "observe/runs_format.h"
#include <sys/mman.h>
#include <sys/resource.h>
#include <signal.h>
#include <unistd.h>

static char *names[] = {"campus", "darknet"};
static const struct points points = {.names = names, .count = 2};

static uint64_t seed = 20585;
static uint64_t next_random(void)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return seed >> 24;
}

struct list {
    struct sighting *rows;
    size_t at, count;
};
static size_t list_next(void *context, struct sighting *rows, size_t most)
{
    struct list *list = context;
    size_t count = list->count - list->at < most ? list->count - list->at : most;
    if (count > 0)
        memcpy(rows, list->rows + list->at, count * sizeof *rows);
    list->at += count;
    return count;
}

static struct sighting some_sighting(void)
{
    int64_t first_s = 1320678000 + (int64_t)(next_random() % 86400);
    return (struct sighting){
        .source = address_from_ipv4((uint32_t)(next_random() % 500)),
        .accesses = next_random() % 5 + 1,
        .first_s = first_s,
        .last_s = first_s + (int64_t)(next_random() % 100),
        .day = 15286 + (int32_t)(next_random() % 2),
        .point = next_random() % 2,
        .port = next_random() % 3 == 0 ? 23 : 65535,
        .kind = next_random() % 2,
        .protocol = next_random() % 5,
    };
}

static int compare(const void *a, const void *b)
{
    return sighting_compare(a, b);
}

/* Sorts, and makes equal keys one row. */
static void settle(struct list *list)
{
    qsort(list->rows, list->count, sizeof *list->rows, compare);
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        struct sighting *row = &list->rows[i], *last = kept > 0 ? &list->rows[kept - 1] : NULL;
        if (last == NULL || sighting_compare(last, row) != 0) {
            list->rows[kept++] = *row;
            continue;
        }
        last->accesses += row->accesses;
        last->first_s = row->first_s < last->first_s ? row->first_s : last->first_s;
        last->last_s = row->last_s > last->last_s ? row->last_s : last->last_s;
    }
    list->count = kept;
}

static struct list some_list(size_t count)
{
    struct list list = {memory_new(count + 1, sizeof *list.rows), 0, count};
    for (size_t i = 0; i < count; i++)
        list.rows[i] = some_sighting();
    settle(&list);
    return list;
}

/* All rows of many lists as one. */
static void join(struct list *all, const struct list *more)
{
    all->rows = memory_resize(all->rows, all->count + more->count + 1, sizeof *all->rows);
    memcpy(all->rows + all->count, more->rows, more->count * sizeof *more->rows);
    all->count += more->count;
}

static struct runs *new_runs(void)
{
    struct fault fault;
    struct runs *runs = runs_new(memfd_create("runs", MFD_CLOEXEC), "Asia/Tokyo", &points, &fault);
    assert_non_null(runs);
    return runs;
}

static void add(struct runs *runs, struct list *list)
{
    struct fault fault;
    list->at = 0;
    assert_true(runs_add(runs, (struct sightings_in){list_next, list}, &fault));
}

static struct runs_reader *open_copy(const struct runs *runs, size_t length)
{
    struct fault fault;
    int copy = memfd_create("copy", MFD_CLOEXEC);
    uint64_t whole = runs_bytes(runs);
    char *bytes = memory_new(whole + 1, 1);
    assert_int_equal(pread(runs_file(runs), bytes, whole, 0), whole);
    assert_int_equal(write(copy, bytes, length), length);
    free(bytes);
    return runs_open(copy, "copy", &fault);
}

static struct list read_all(struct runs_reader *reader)
{
    struct sightings_in in = runs_in(reader);
    struct list list = {memory_new(runs_rows(reader) + 8, sizeof *list.rows), 0, 0};
    for (size_t count; (count = in.next(in.context, list.rows + list.count, 7)) > 0;)
        list.count += count;
    return list;
}

static void assert_same(const struct list *a, const struct list *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        assert_int_equal(sighting_compare(&a->rows[i], &b->rows[i]), 0);
        assert_int_equal(a->rows[i].accesses, b->rows[i].accesses);
        assert_int_equal(a->rows[i].first_s, b->rows[i].first_s);
        assert_int_equal(a->rows[i].last_s, b->rows[i].last_s);
    }
}

static void many_runs_are_read_as_one(void **state)
{
    (void)state;
    OWNED(runs_free) struct runs *runs = new_runs();
    struct list all = {0};
    for (int i = 0; i < 300; i++) {
        struct list list = some_list(next_random() % 400);
        add(runs, &list);
        join(&all, &list);
        free(list.rows);
    }
    settle(&all);
    OWNED(runs_reader_free) struct runs_reader *reader = open_copy(runs, runs_bytes(runs));
    assert_non_null(reader);
    assert_string_equal(runs_zone(reader), "Asia/Tokyo");
    assert_int_equal(runs_points(reader)->count, 2);
    assert_string_equal(runs_points(reader)->names[1], "darknet");
    assert_int_equal(runs_cut(reader), 0);
    struct list read = read_all(reader);
    assert_same(&read, &all);
    free(read.rows);
    free(all.rows);
}

static void a_run_may_be_longer_than_a_block(void **state)
{
    (void)state;
    OWNED(runs_free) struct runs *runs = new_runs();
    struct list list = {memory_new(3 * RUNS_BLOCK_ROWS, sizeof *list.rows), 0, 3 * RUNS_BLOCK_ROWS};
    for (size_t i = 0; i < list.count; i++)
        list.rows[i] = (struct sighting){.source = {0, i}, .accesses = i + 1, .day = 15286};
    add(runs, &list);
    add(runs, &list);
    assert_int_equal(runs_count(runs), 2);
    for (size_t i = 0; i < list.count; i++)
        list.rows[i].accesses *= 2;
    OWNED(runs_reader_free) struct runs_reader *reader = open_copy(runs, runs_bytes(runs));
    struct list read = read_all(reader);
    assert_same(&read, &list);
    free(read.rows);
    free(list.rows);
}

static void nothing_is_no_run(void **state)
{
    (void)state;
    OWNED(runs_free) struct runs *runs = new_runs();
    uint64_t before = runs_bytes(runs);
    struct list list = {0};
    add(runs, &list);
    assert_int_equal(runs_bytes(runs), before);
    assert_int_equal(runs_count(runs), 0);
    OWNED(runs_reader_free) struct runs_reader *reader = open_copy(runs, before);
    struct list read = read_all(reader);
    assert_int_equal(read.count, 0);
    free(read.rows);
}

/* At every length: what is read is the runs that were whole by then. */
static void a_file_cut_off_anywhere_is_read_up_to_its_last_whole_block(void **state)
{
    (void)state;
    OWNED(runs_free) struct runs *runs = new_runs();
    uint64_t ends[4] = {runs_bytes(runs)};
    uint64_t rows[4] = {0};
    for (int i = 1; i < 4; i++) {
        struct list list = some_list(9);
        add(runs, &list);
        ends[i] = runs_bytes(runs);
        rows[i] = rows[i - 1] + list.count;
        free(list.rows);
    }
    for (uint64_t length = 0; length <= ends[3]; length++) {
        OWNED(runs_reader_free) struct runs_reader *reader = open_copy(runs, length);
        assert_int_equal(reader != NULL, length >= ends[0]);
        int whole = 0;
        while (whole < 3 && length >= ends[whole + 1])
            whole++;
        if (reader != NULL) {
            assert_int_equal(runs_rows(reader), rows[whole]);
            assert_int_equal(runs_cut(reader), length - ends[whole]);
        }
    }
}

static void a_flipped_bit_is_never_taken_for_rows(void **state)
{
    (void)state;
    OWNED(runs_free) struct runs *runs = new_runs();
    uint64_t header = runs_bytes(runs);
    struct list list = some_list(5);
    add(runs, &list);
    for (uint64_t bit = 0; bit < runs_bytes(runs) * 8; bit++) {
        unsigned char byte;
        assert_int_equal(pread(runs_file(runs), &byte, 1, (off_t)(bit / 8)), 1);
        unsigned char flipped = byte ^ (unsigned char)(1 << bit % 8);
        assert_int_equal(pwrite(runs_file(runs), &flipped, 1, (off_t)(bit / 8)), 1);
        OWNED(runs_reader_free) struct runs_reader *reader = open_copy(runs, runs_bytes(runs));
        assert_int_equal(reader != NULL, bit / 8 >= header);
        assert_true(reader == NULL || runs_rows(reader) == 0);
        assert_int_equal(pwrite(runs_file(runs), &byte, 1, (off_t)(bit / 8)), 1);
    }
    free(list.rows);
}

static void a_full_disk_loses_nothing(void **state)
{
    (void)state;
    char path[] = "/tmp/mimamori-runs-XXXXXX";
    struct fault fault;
    int file = mkstemp(path);
    unlink(path);
    OWNED(runs_free) struct runs *runs = runs_new(dup(file), "UTC", &points, &fault);
    assert_non_null(runs);
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit before, tight = {2 << 20, 2 << 20};
    getrlimit(RLIMIT_FSIZE, &before);
    tight.rlim_max = before.rlim_max;
    setrlimit(RLIMIT_FSIZE, &tight);
    struct list list = {memory_new(4 * RUNS_BLOCK_ROWS, sizeof *list.rows), 0, 4 * RUNS_BLOCK_ROWS};
    for (size_t i = 0; i < list.count; i++)
        list.rows[i] = (struct sighting){.source = {0, i}, .accesses = 1, .day = 15286};
    struct sightings_in in = {list_next, &list};
    assert_false(runs_add(runs, in, &fault));
    assert_false(runs_add(runs, in, &fault));
    setrlimit(RLIMIT_FSIZE, &before);
    assert_true(runs_add(runs, in, &fault));
    OWNED(runs_reader_free) struct runs_reader *reader = runs_open(file, "file", &fault);
    struct list read = read_all(reader);
    assert_same(&read, &list);
    free(read.rows);
    free(list.rows);
}

static void there_is_room_for_so_many_runs_and_no_more(void **state)
{
    (void)state;
    struct fault fault;
    OWNED(runs_free) struct runs *runs = new_runs();
    struct sighting row = {.accesses = 1, .day = 15286};
    for (int i = 0; i < RUNS_MOST; i++) {
        struct list list = {&row, 0, 1};
        add(runs, &list);
    }
    struct list list = {&row, 0, 1};
    assert_false(runs_add(runs, (struct sightings_in){list_next, &list}, &fault));
    assert_int_equal(list.at, 0);
    OWNED(runs_reader_free) struct runs_reader *reader = open_copy(runs, runs_bytes(runs));
    struct list read = read_all(reader);
    assert_int_equal(read.count, 1);
    assert_int_equal(read.rows[0].accesses, RUNS_MOST);
    free(read.rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_runs_are_read_as_one),
        cmocka_unit_test(a_run_may_be_longer_than_a_block),
        cmocka_unit_test(nothing_is_no_run),
        cmocka_unit_test(a_file_cut_off_anywhere_is_read_up_to_its_last_whole_block),
        cmocka_unit_test(a_flipped_bit_is_never_taken_for_rows),
        cmocka_unit_test(a_full_disk_loses_nothing),
        cmocka_unit_test(there_is_room_for_so_many_runs_and_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
