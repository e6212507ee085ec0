#include "made.h"
#include "base/memory.h"
#include "base/text.h"
#include "ledger/records.h"
#include "ledger/schema.h"
#include <dirent.h>

enum { MADE_TEXT_MOST = 64 << 20 };

static const char *const sightings_sql =
    "SELECT concat_ws(' ', day, point, kind, protocol, port, source, coalesce(country, '-'), accesses,"
    " epoch(first_seen)::BIGINT, epoch(last_seen)::BIGINT) AS line FROM sighting ORDER BY line";
static const char *const summary_sql =
    "SELECT concat_ws(' ', day, point, kind, protocol, port, coalesce(country, '-'),"
    " accesses, sources) AS line FROM summary ORDER BY line";

void made_open(struct made *made, const char *name)
{
    struct fault fault;
    *made = (struct made){.seed = 0x9e3779b97f4a7c15};
    snprintf(made->folder, sizeof made->folder, "/tmp/mimamori-test-XXXXXX");
    assert_non_null(mkdtemp(made->folder));
    snprintf(made->path, sizeof made->path, "%s/%s", made->folder, name);
    MADE_OK(ledger_make(made->path, "Asia/Tokyo", "ja", &fault));
    made_reopen(made);
    for (unsigned i = 0; i < MADE_POINTS; i++) {
        char point[8];
        snprintf(point, sizeof point, "p%u", i);
        struct network network = {address_from_ipv4(0xc0000200 + i), 128}; /* 192.0.2.0/24, RFC 5737 */
        MADE_OK(points_add(made->ledger, point, &network, 1, INT32_MIN, INT32_MAX, &fault));
    }
    MADE_OK(points_load(made->ledger, &made->points, &fault));
}

void made_reopen(struct made *made)
{
    struct fault fault;
    ledger_free(made->ledger);
    made->ledger = ledger_open(made->path, LEDGER_WRITE, &fault);
    MADE_OK(made->ledger != NULL);
}

void made_close(struct made *made)
{
    struct fault fault;
    points_clear(&made->points);
    ledger_free(made->ledger);
    MADE_OK(file_remove_tree(made->folder, &fault));
}

/* xorshift64* */
uint64_t made_random(struct made *made, uint64_t below)
{
    made->seed ^= made->seed >> 12;
    made->seed ^= made->seed << 25;
    made->seed ^= made->seed >> 27;
    return (made->seed * UINT64_C(2685821657736338717) >> 11) % below;
}

static struct sighting random_sighting(struct made *made)
{
    static const char countries[4][2] = {"", "CN", "JP", "US"};
    struct sighting row = {
        .day = MADE_FIRST_DAY + (int32_t)made_random(made, MADE_DAYS),
        .point = (uint16_t)made_random(made, MADE_POINTS),
        .kind = (uint8_t)made_random(made, 2),
        .protocol = (uint8_t)made_random(made, 5),
        .port = (uint16_t)(made_random(made, 6) * 13107),
        .source = made_random(made, 3) == 0
                      ? (struct address){UINT64_C(0x20010db800000000), made_random(made, 4) << 40}
                      : address_from_ipv4(0xcb007100 + (uint32_t)made_random(made, 9)),
        .accesses = 1 + made_random(made, 1000),
    };
    row.first_s =
        row.day * INT64_C(86400) - 32400 + (int64_t)made_random(made, 40000); /* within its day in Tokyo */
    row.last_s = row.first_s + (int64_t)made_random(made, 40000);
    memcpy(row.country, countries[made_random(made, 4)], 2);
    return row;
}

static int compare(const void *a, const void *b)
{
    return sighting_compare(a, b);
}

void made_capture(struct made *made, struct made_capture *capture, size_t rows)
{
    assert_true(rows <= MADE_ROWS_MOST);
    for (size_t i = 0; i < rows; i++)
        capture->rows[i] = random_sighting(made);
    qsort(capture->rows, rows, sizeof *capture->rows, compare);
    capture->count = 0;
    for (size_t i = 0; i < rows; i++)
        if (capture->count == 0 || compare(&capture->rows[capture->count - 1], &capture->rows[i]) != 0)
            capture->rows[capture->count++] = capture->rows[i];
    for (size_t i = 0; i < sizeof capture->content.sum; i++)
        capture->content.sum[i] = (unsigned char)made_random(made, 256);
}

/* Gives few rows at a time, so that a day changes within a batch and between two. */
static size_t next(void *context, struct sighting *rows, size_t most)
{
    struct made_capture *capture = context;
    size_t count = 0;
    for (; count < most && count < 37 && capture->given < capture->count; count++)
        rows[count] = capture->rows[capture->given++];
    return count;
}

struct sightings_in made_stream(struct made_capture *capture)
{
    capture->given = 0;
    return (struct sightings_in){next, capture};
}

void made_store(struct made *made, struct made_capture *capture)
{
    struct fault fault;
    enum sightings_stored stored;
    MADE_OK(sightings_store(made->ledger, &made->points, capture->content, "made.pcap", made_stream(capture),
                            &stored, &fault));
    assert_int_equal(stored, SIGHTINGS_NEW);
    sightings_settle(made->ledger);
}

static bool country_less(const char a[2], const char b[2])
{
    return a[0] != '\0' && (b[0] == '\0' || memcmp(a, b, 2) < 0);
}

static void merge(struct sighting *into, const struct sighting *row)
{
    into->accesses += row->accesses;
    into->first_s = row->first_s < into->first_s ? row->first_s : into->first_s;
    into->last_s = row->last_s > into->last_s ? row->last_s : into->last_s;
    if (country_less(row->country, into->country))
        memcpy(into->country, row->country, 2);
}

void made_count(struct made_capture *all, const struct made_capture *capture)
{
    for (size_t i = 0; i < capture->count; i++) {
        size_t at = 0;
        while (at < all->count && sighting_compare(&all->rows[at], &capture->rows[i]) != 0)
            at++;
        assert_true(at < MADE_ROWS_MOST);
        if (at == all->count)
            all->rows[all->count++] = capture->rows[i];
        else
            merge(&all->rows[at], &capture->rows[i]);
    }
}

static int compare_strings(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *sorted(char **lines, size_t count)
{
    CLEANUP(text_clear) struct text text;
    text_init(&text, MADE_TEXT_MOST);
    qsort(lines, count, sizeof *lines, compare_strings);
    for (size_t i = 0; i < count; i++) {
        text_addf(&text, "%s\n", lines[i]);
        free(lines[i]);
    }
    free(lines);
    return memory_string(text.bytes);
}

static const char *country_of(const struct sighting *row, char out[3])
{
    snprintf(out, 3, "%.2s", row->country[0] == '\0' ? "-" : row->country);
    return out;
}

static char *key_of(const struct sighting *row)
{
    char day[CALENDAR_DAY_SIZE], *key;
    calendar_day_text(day, row->day);
    assert_true(asprintf(&key, "%s p%u %s %s %u", day, row->point, sighting_kind_names[row->kind],
                         sighting_protocol_names[row->protocol], row->port) > 0);
    return key;
}

char *made_sightings_counted(const struct made_capture *all)
{
    char **lines = memory_new(all->count + 1, sizeof *lines);
    for (size_t i = 0; i < all->count; i++) {
        const struct sighting *row = &all->rows[i];
        char source[ADDRESS_TEXT_SIZE], country[3];
        address_text(source, row->source);
        OWNED_MEMORY char *key = key_of(row);
        assert_true(asprintf(&lines[i], "%s %s %s %ju %jd %jd", key, source, country_of(row, country),
                             (uintmax_t)row->accesses, (intmax_t)row->first_s, (intmax_t)row->last_s) > 0);
    }
    return sorted(lines, all->count);
}

static bool same_group(const struct sighting *a, const struct sighting *b)
{
    return a->day == b->day && a->point == b->point && a->kind == b->kind && a->protocol == b->protocol &&
           a->port == b->port && memcmp(a->country, b->country, 2) == 0;
}

char *made_summary_counted(const struct made_capture *all)
{
    char **lines = memory_new(all->count + 1, sizeof *lines);
    size_t count = 0;
    for (size_t i = 0; i < all->count; i++) {
        uint64_t accesses = 0, sources = 0;
        bool first = true;
        for (size_t j = 0; j < all->count; j++) {
            if (!same_group(&all->rows[i], &all->rows[j]))
                continue;
            first = first && j >= i;
            accesses += all->rows[j].accesses;
            sources++;
        }
        char country[3];
        OWNED_MEMORY char *key = key_of(&all->rows[i]);
        if (first)
            assert_true(asprintf(&lines[count++], "%s %s %ju %ju", key, country_of(&all->rows[i], country),
                                 (uintmax_t)accesses, (uintmax_t)sources) > 0);
    }
    return sorted(lines, count);
}

char *made_lines(struct tables *tables, const char *sql)
{
    struct fault fault;
    CLEANUP(text_clear) struct text text;
    duckdb_result result;
    text_init(&text, MADE_TEXT_MOST);
    MADE_OK(tables_run(tables, sql, &result, &fault));
    for (duckdb_data_chunk chunk; (chunk = duckdb_fetch_chunk(result)) != NULL;
         duckdb_destroy_data_chunk(&chunk)) {
        duckdb_string_t *strings = duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk, 0));
        for (idx_t i = 0; i < duckdb_data_chunk_get_size(chunk); i++)
            text_addf(&text, "%.*s\n", (int)duckdb_string_t_length(strings[i]),
                      duckdb_string_t_data(&strings[i]));
    }
    duckdb_destroy_result(&result);
    return memory_string(text.bytes);
}

/* A reader of its own, as another process would be. */
static char *read_lines(struct made *made, const char *sql)
{
    struct fault fault;
    OWNED(ledger_free) struct ledger *ledger = ledger_open(made->path, LEDGER_READ, &fault);
    MADE_OK(ledger != NULL);
    OWNED(tables_free) struct tables *tables = tables_open(ledger, &fault);
    MADE_OK(tables != NULL);
    return made_lines(tables, sql);
}

char *made_sightings_read(struct made *made)
{
    return read_lines(made, sightings_sql);
}

char *made_summary_read(struct made *made)
{
    return read_lines(made, summary_sql);
}

/* What the desk's schema makes, in an order in which it can be dropped: those that others refer to last. */
static void drop_desk(struct made *made)
{
    struct fault fault;
    bool row = true;
    OWNED(records_free) sqlite3 *fresh = NULL;
    assert_int_equal(sqlite3_open(":memory:", &fresh), SQLITE_OK);
    MADE_OK(records_run(fresh, ledger_schema_desk, &fault));
    OWNED(sqlite3_finalize)
    sqlite3_stmt *names = records_prepare(
        fresh, "SELECT 'DROP TABLE ' || name FROM sqlite_schema WHERE type = 'table'", &fault);
    MADE_OK(records_run(made->ledger->records, "PRAGMA foreign_keys = OFF", &fault));
    while (row) {
        MADE_OK(records_step(names, &row, &fault));
        if (row)
            MADE_OK(records_run(made->ledger->records, (const char *)sqlite3_column_text(names, 0), &fault));
    }
}

void made_second_format(struct made *made)
{
    struct fault fault;
    drop_desk(made);
    MADE_OK(records_run(made->ledger->records, "UPDATE meta SET value = '2' WHERE name = 'format'", &fault));
    ledger_free(made->ledger);
    made->ledger = NULL;
}

int64_t made_number(struct made *made, const char *sql)
{
    struct fault fault;
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(made->ledger->records, sql, &fault);
    bool row;
    MADE_OK(statement != NULL && records_step(statement, &row, &fault));
    return sqlite3_column_int64(statement, 0);
}

size_t made_entries(const struct made *made, const char *folder)
{
    OWNED_MEMORY char *path = ledger_path(made->ledger, "%s", folder);
    CLEANUP(cleanup_folder) DIR *open = opendir(path);
    size_t count = 0;
    assert_non_null(open);
    for (const struct dirent *entry; (entry = readdir(open)) != NULL;)
        count += entry->d_name[0] != '.';
    return count;
}

void made_assert_counted(struct made *made, const struct made_capture *all)
{
    OWNED_MEMORY char *sightings = made_sightings_read(made);
    OWNED_MEMORY char *sightings_counted = made_sightings_counted(all);
    OWNED_MEMORY char *summary = made_summary_read(made);
    OWNED_MEMORY char *summary_counted = made_summary_counted(all);
    assert_string_equal(sightings, sightings_counted);
    assert_string_equal(summary, summary_counted);
}
