#include "../unit.h"
#include "base/file.h"
#include "base/memory.h"
#include "ledger/engine.h"
#include "ledger/scribe.h"
#include <fcntl.h>
#include <unistd.h>

struct row {
    uint64_t plain, few, gone;
    int64_t moving;
    uint16_t small, name;
};

#define VALUES(function, field)                                                                              \
    static void function(const void *rows_, size_t count, uint64_t *out)                                     \
    {                                                                                                        \
        const struct row *rows = rows_;                                                                      \
        for (size_t i = 0; i < count; i++)                                                                   \
            out[i] = (uint64_t)rows[i].field;                                                                \
    }
VALUES(plain_of, plain)
VALUES(few_of, few)
VALUES(gone_of, gone)
VALUES(moving_of, moving)
VALUES(small_of, small)
VALUES(name_of, name)

static size_t name_text(const void *context, uint64_t value, char out[PARQUET_TEXT_MOST])
{
    return (size_t)snprintf(out, PARQUET_TEXT_MOST, "%s%04u", (const char *)context, (unsigned)value);
}

static const struct parquet_column columns[] = {
    {.name = "plain", .type = PARQUET_UINT64, .values = plain_of},
    {.name = "few", .type = PARQUET_UINT64, .encoding = PARQUET_DICTIONARY, .values = few_of},
    {.name = "moving", .type = PARQUET_INT64, .encoding = PARQUET_DELTA, .values = moving_of, .dense = true},
    {.name = "small", .type = PARQUET_UINT16, .encoding = PARQUET_DELTA, .values = small_of},
    {.name = "gone", .type = PARQUET_UINT64, .encoding = PARQUET_DELTA, .values = gone_of, .optional = true},
    {.name = "name",
     .type = PARQUET_TEXT,
     .encoding = PARQUET_DICTIONARY,
     .values = name_of,
     .text = name_text,
     .optional = true},
};
static const struct parquet_table table = {columns, sizeof columns / sizeof *columns, sizeof(struct row),
                                           "n"};

static char folder[64], path[96];
static struct engine engine;
static uint64_t seed;
static struct row *rows;

#define OK(call)                                                                                             \
    do {                                                                                                     \
        if (!(call))                                                                                         \
            fail_msg("%s", fault.text);                                                                      \
    } while (0)

static int open_folder(void **state)
{
    (void)state;
    struct fault fault;
    memcpy(folder, "/tmp/mimamori-test-XXXXXX", sizeof "/tmp/mimamori-test-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/rows.parquet", folder);
    OK(engine_open(&engine, "512MB", NULL, &fault));
    rows = memory_new(3 * PARQUET_ROWS, sizeof *rows);
    seed = 1;
    return 0;
}

static int close_folder(void **state)
{
    (void)state;
    struct fault fault;
    engine_close(&engine);
    free(rows);
    OK(file_remove_tree(folder, &fault));
    return 0;
}

static uint64_t dice(void)
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return seed * UINT64_C(2685821657736338717);
}

/* Rows whose numbers jump as far as they can, and stay as they are. */
static void make_rows(size_t count, uint64_t distinct)
{
    for (size_t i = 0; i < count; i++) {
        uint64_t kind = dice() >> 60;
        rows[i] = (struct row){
            .plain = kind == 0  ? UINT64_MAX
                     : kind < 4 ? dice()
                                : i,
            .few = kind == 0 ? 0 : UINT64_MAX - (dice() >> 11) % distinct,
            .gone = kind < 10    ? 0
                    : kind == 10 ? UINT64_MAX
                                 : dice() >> (dice() & 63),
            .moving = kind == 0   ? INT64_MIN
                      : kind == 1 ? INT64_MAX
                      : kind < 6  ? (int64_t)dice() >> (dice() & 63)
                                  : (int64_t)i,
            .small = (uint16_t)(kind == 0  ? UINT16_MAX
                                : kind < 8 ? dice()
                                           : 443),
            .name = (uint16_t)(kind < 3 ? 0 : 1 + (dice() >> 11) % (distinct < 4000 ? distinct : 4000)),
        };
    }
}

static void write_rows(size_t count, unsigned threads)
{
    struct fault fault;
    OWNED(scribe_free) struct scribe *scribe = scribe_new(threads);
    struct scribe_file file = {.filling = NULL};
    struct scribe_file *files[] = {&file};
    OK(parquet_open(&file.parquet, path, &table, &fault));
    for (size_t at = 0, room; at < count;) {
        struct row *out = scribe_rows(scribe, &file, &room);
        size_t some = count - at < room ? count - at : room;
        some = some > 10007 ? 10007 : some; /* not in step with blocks and groups */
        memcpy(out, rows + at, some * sizeof *rows);
        scribe_add(scribe, &file, some);
        at += some;
    }
    OK(scribe_end(scribe, files, 1, &fault) && parquet_end(&file.parquet, &fault));
    assert_int_equal(file.parquet.rows, count);
    parquet_close(&file.parquet);
}

static void ask(const char *what, duckdb_result *result)
{
    char sql[512];
    snprintf(sql, sizeof sql, "SELECT %s FROM '%s'", what, path);
    if (duckdb_query(engine.connection, sql, result) != DuckDBSuccess)
        fail_msg("%s", duckdb_result_error(result));
}

static int64_t number_of(const char *what)
{
    duckdb_result result;
    ask(what, &result);
    int64_t number = duckdb_value_int64(&result, 0, 0);
    duckdb_destroy_result(&result);
    return number;
}

static bool valid(duckdb_vector vector, idx_t row)
{
    uint64_t *validity = duckdb_vector_get_validity(vector);
    return validity == NULL || duckdb_validity_row_is_valid(validity, row);
}

static void assert_row(duckdb_data_chunk chunk, idx_t at, const struct row *row)
{
    duckdb_vector vectors[6];
    void *data[6];
    for (idx_t i = 0; i < 6; i++) {
        vectors[i] = duckdb_data_chunk_get_vector(chunk, i);
        data[i] = duckdb_vector_get_data(vectors[i]);
        assert_int_equal(valid(vectors[i], at), i < 4 || (i == 4 ? row->gone != 0 : row->name != 0));
    }
    assert_true(((uint64_t *)data[0])[at] == row->plain);
    assert_true(((uint64_t *)data[1])[at] == row->few);
    assert_true(((int64_t *)data[2])[at] == row->moving);
    assert_true(((uint16_t *)data[3])[at] == row->small);
    if (row->gone != 0)
        assert_true(((uint64_t *)data[4])[at] == row->gone);
    if (row->name != 0) {
        char text[PARQUET_TEXT_MOST + 1];
        duckdb_string_t *string = (duckdb_string_t *)data[5] + at;
        size_t length = name_text("n", row->name, text);
        assert_int_equal(duckdb_string_t_length(*string), length);
        assert_memory_equal(duckdb_string_t_data(string), text, length);
    }
}

static void assert_reads_back(size_t count)
{
    duckdb_result result;
    size_t seen = 0;
    ask("*", &result);
    assert_int_equal(duckdb_column_type(&result, 0), DUCKDB_TYPE_UBIGINT);
    assert_int_equal(duckdb_column_type(&result, 2), DUCKDB_TYPE_BIGINT);
    assert_int_equal(duckdb_column_type(&result, 3), DUCKDB_TYPE_USMALLINT);
    assert_int_equal(duckdb_column_type(&result, 5), DUCKDB_TYPE_VARCHAR);
    for (duckdb_data_chunk chunk; (chunk = duckdb_fetch_chunk(result)) != NULL;) {
        for (idx_t i = 0, size = duckdb_data_chunk_get_size(chunk); i < size; i++)
            assert_row(chunk, i, &rows[seen++]);
        duckdb_destroy_data_chunk(&chunk);
    }
    duckdb_destroy_result(&result);
    assert_int_equal(seen, count);
}

static void test_whatever_is_written_is_read_back_by_duckdb(void **state)
{
    (void)state;
    static const size_t counts[] = {1,
                                    2,
                                    7,
                                    8,
                                    9,
                                    32,
                                    33,
                                    34,
                                    127,
                                    128,
                                    129,
                                    130,
                                    257,
                                    511,
                                    512,
                                    513,
                                    4096,
                                    4097,
                                    5000,
                                    20000,
                                    PARQUET_ROWS - 1,
                                    PARQUET_ROWS,
                                    PARQUET_ROWS + 1};
    static const uint64_t distincts[] = {1, 2, 255, 256, 257, 4095, 100000};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        for (size_t j = 0; j < sizeof distincts / sizeof *distincts; j++) {
            if (counts[i] > 30000 && j % 3 != 0)
                continue;
            make_rows(counts[i], distincts[j]);
            write_rows(counts[i], 1);
            assert_reads_back(counts[i]);
        }
}

static void test_a_column_may_be_all_null_or_never(void **state)
{
    (void)state;
    make_rows(3000, 10);
    for (size_t i = 0; i < 3000; i++)
        rows[i].gone = rows[i].name = 0;
    write_rows(3000, 1);
    assert_reads_back(3000);
    assert_int_equal(number_of("count(gone) + count(name)"), 0);
    for (size_t i = 0; i < 3000; i++)
        rows[i].gone = rows[i].name = 7;
    write_rows(3000, 1);
    assert_reads_back(3000);
    assert_int_equal(number_of("count(gone) + count(name)"), 6000);
}

/* A row group is skipped by its least and most: were one of them wrong, rows would be missed. */
static void test_bounds_hide_no_row(void **state)
{
    (void)state;
    size_t count = 2 * PARQUET_ROWS + 1000;
    int64_t negative = 0, high = 0, named = 0, top = 0;
    make_rows(count, 50);
    for (size_t i = 0; i < count; i++) {
        rows[i].name = (uint16_t)(1 + i / 40000);
        rows[i].moving = (int64_t)i - 150000;
        negative += rows[i].moving < -100000;
        high += rows[i].small > 65000;
        named += rows[i].name == 4;
        top += rows[i].plain == UINT64_MAX;
    }
    write_rows(count, 2);
    duckdb_result result;
    static const char *const conditions[] = {"moving < -100000", "small > 65000", "name = 'n0004'",
                                             "plain = 18446744073709551615"};
    const int64_t expected[] = {negative, high, named, top};
    for (size_t i = 0; i < 4; i++) {
        char query[256];
        snprintf(query, sizeof query, "SELECT count(*) FROM '%s' WHERE %s", path, conditions[i]);
        assert_int_equal(duckdb_query(engine.connection, query, &result), DuckDBSuccess);
        assert_int_equal(duckdb_value_int64(&result, 0, 0), expected[i]);
        duckdb_destroy_result(&result);
    }
}

static char *bytes_of(size_t *length)
{
    struct fault fault;
    struct text text;
    text_init(&text, 256 << 20);
    OK(file_read(path, &text, &fault));
    *length = text.length;
    return text.bytes;
}

static void test_any_number_of_threads_writes_the_same_bytes(void **state)
{
    (void)state;
    size_t count = 2 * PARQUET_ROWS + PARQUET_ROWS / 2, length, other_length;
    make_rows(count, 300);
    write_rows(count, 1);
    OWNED_MEMORY char *bytes = bytes_of(&length);
    for (unsigned threads = 2; threads <= 5; threads++) {
        write_rows(count, threads);
        OWNED_MEMORY char *other = bytes_of(&other_length);
        assert_int_equal(length, other_length);
        assert_memory_equal(bytes, other, length);
    }
}

static void test_a_disk_that_is_full_is_a_fault(void **state)
{
    (void)state;
    struct fault fault = {""};
    OWNED(scribe_free) struct scribe *scribe = scribe_new(2);
    struct scribe_file file = {.filling = NULL};
    struct scribe_file *files[] = {&file};
    size_t room;
    OK(parquet_open(&file.parquet, path, &table, &fault));
    close(file.parquet.descriptor);
    file.parquet.descriptor = open("/dev/full", O_WRONLY | O_CLOEXEC);
    make_rows(PARQUET_ROWS, 10);
    for (size_t i = 0; i < 8; i++) { /* more than may wait: it must not stand still */
        memcpy(scribe_rows(scribe, &file, &room), rows, PARQUET_ROWS * sizeof *rows);
        scribe_add(scribe, &file, PARQUET_ROWS);
    }
    assert_false(scribe_end(scribe, files, 1, &fault));
    assert_non_null(strstr(fault.text, path));
    parquet_close(&file.parquet);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_folder, close_folder)
    const struct CMUnitTest tests[] = {
        TEST(test_whatever_is_written_is_read_back_by_duckdb),
        TEST(test_a_column_may_be_all_null_or_never),
        TEST(test_bounds_hide_no_row),
        TEST(test_any_number_of_threads_writes_the_same_bytes),
        TEST(test_a_disk_that_is_full_is_a_fault),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
