/* Merging: batches of about one size, once they are many, become one; lists stay sealed from one key to the
 * next in memory only. */
#include "cases/search_parts.h"
#include <sodium.h>
#include <string.h>

/* A batch of so many entries is merged no more; up to that, MERGE_FAN of about one size become one. */
enum { MERGE_FAN = 16, MERGE_FULL = 65536 };
#define MERGE_BYTES_MOST ((size_t)1 << 31)

static const char sql_lists[] = "SELECT term, sealed FROM search_posting WHERE batch = ?1 ORDER BY term";
static const char sql_drop_lists[] = "DELETE FROM search_posting WHERE batch = ?1";
static const char sql_drop_batch[] = "DELETE FROM search_batch WHERE batch = ?1";
static const char sql_erased[] =
    "SELECT id FROM casefile INDEXED BY casefile_erased WHERE erased_s IS NOT NULL";
/* words of somebody erased after the batch was made, or in that second, may still be in it */
static const char sql_stale[] =
    "SELECT 1 FROM casefile INDEXED BY casefile_erased JOIN told ON told.casefile = casefile.id"
    " WHERE erased_s >= ?1 AND told.id BETWEEN ?2 AND ?3 LIMIT 1";

struct merging {
    struct ledger *ledger;
    const struct search_batch *batches;
    sqlite3_stmt *lists[MERGE_FAN];
    bool row[MERGE_FAN];
    size_t count;
    struct search_ids erased, ids;
    struct search_writer writer;
    struct text merged; /* lists of the new batch: term, length, bytes */
};

static void merging_close(struct merging *merging)
{
    for (size_t i = 0; i < MERGE_FAN; i++) {
        sqlite3_finalize(merging->lists[i]);
        merging->lists[i] = NULL;
    }
}

static void merging_clear(struct merging *merging)
{
    merging_close(merging);
    search_ids_clear(&merging->erased);
    search_ids_clear(&merging->ids);
    search_writer_clear(&merging->writer);
    text_clear(&merging->merged);
}

static bool read_erased(struct merging *merging, struct fault *fault)
{
    OWNED(sqlite3_finalize)
    sqlite3_stmt *statement = records_prepare(merging->ledger->records, sql_erased, fault);
    bool row = statement != NULL;
    while (row) {
        if (!records_step(statement, &row, fault))
            return false;
        if (row)
            search_ids_add(&merging->erased, sqlite3_column_int64(statement, 0));
    }
    search_ids_sort(&merging->erased);
    return statement != NULL;
}

static bool open_lists(struct merging *merging, struct fault *fault)
{
    for (size_t i = 0; i < merging->count; i++) {
        merging->lists[i] = records_prepare(merging->ledger->records, sql_lists, fault);
        if (merging->lists[i] == NULL)
            return false;
        sqlite3_bind_int64(merging->lists[i], 1, merging->batches[i].batch);
        if (!records_step(merging->lists[i], &merging->row[i], fault))
            return false;
    }
    return true;
}

/* The least term that any has still; false: none has one. */
static bool least_term(const struct merging *merging, int64_t *term)
{
    bool any = false;
    for (size_t i = 0; i < merging->count; i++)
        if (merging->row[i] && (!any || sqlite3_column_int64(merging->lists[i], 0) < *term)) {
            *term = sqlite3_column_int64(merging->lists[i], 0);
            any = true;
        }
    return any;
}

static bool take_term(struct merging *merging, int64_t term, struct fault *fault)
{
    merging->ids.count = 0;
    for (size_t i = 0; i < merging->count; i++) {
        sqlite3_stmt *row = merging->lists[i];
        if (!merging->row[i] || sqlite3_column_int64(row, 0) != term)
            continue;
        struct told_bytes sealed = {sqlite3_column_blob(row, 1), (size_t)sqlite3_column_bytes(row, 1)};
        if (!search_list_open(&merging->batches[i], term, sealed, &merging->ids))
            return fault_set(fault, "the desk's search index does not open with the desk's key");
        if (!records_step(row, &merging->row[i], fault))
            return false;
    }
    search_ids_sort(&merging->ids);
    return true;
}

static void drop_erased(struct search_ids *ids, const struct search_ids *erased)
{
    size_t kept = 0, at = 0;
    for (size_t i = 0; i < ids->count; i++) {
        while (at < erased->count && erased->items[at] < ids->items[i])
            at++;
        if (at == erased->count || erased->items[at] != ids->items[i])
            ids->items[kept++] = ids->items[i];
    }
    ids->count = kept;
}

/* Kept in memory until all is read: writing into a table while it is read by many costs each reader its
 * place. */
static void keep_list(struct merging *merging, int64_t term)
{
    drop_erased(&merging->ids, &merging->erased);
    if (merging->ids.count == 0)
        return;
    uint64_t length = 0;
    size_t at = merging->merged.length;
    text_add(&merging->merged, (const char *)&term, sizeof term);
    text_add(&merging->merged, (const char *)&length, sizeof length);
    search_list_seal(&merging->writer.batch, term, &merging->ids, &merging->merged);
    if (!text_whole(&merging->merged))
        return;
    length = merging->merged.length - at - sizeof term - sizeof length;
    memcpy(merging->merged.bytes + at + sizeof term, &length, sizeof length);
}

static bool read_lists(struct merging *merging, struct fault *fault)
{
    int64_t term = 0;
    if (!open_lists(merging, fault))
        return false;
    while (least_term(merging, &term)) {
        if (!take_term(merging, term, fault))
            return false;
        keep_list(merging, term);
    }
    merging_close(merging);
    return text_whole(&merging->merged) || fault_set(fault, "the desk's search index is too large to merge");
}

static bool write_lists(struct merging *merging, struct fault *fault)
{
    const char *at = merging->merged.bytes, *end = at + merging->merged.length;
    while (at < end) {
        int64_t term;
        uint64_t length;
        memcpy(&term, at, sizeof term);
        memcpy(&length, at + sizeof term, sizeof length);
        at += sizeof term + sizeof length;
        if (!search_writer_add(&merging->writer, term, (struct told_bytes){at, (size_t)length}, fault))
            return false;
        at += length;
    }
    return search_writer_finish(&merging->writer, fault);
}

static bool drop_batch(struct ledger *ledger, int64_t batch, struct fault *fault)
{
    static const char *const sql[] = {sql_drop_lists, sql_drop_batch};
    for (size_t i = 0; i < sizeof sql / sizeof *sql; i++) {
        OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql[i], fault);
        if (statement == NULL)
            return false;
        sqlite3_bind_int64(statement, 1, batch);
        if (!records_do(statement, fault))
            return false;
    }
    return true;
}

static void describe(struct search_batch *into, const struct search_batch *batches, size_t count)
{
    into->told_first = batches[0].told_first;
    into->told_last = batches[count - 1].told_last;
    for (size_t i = 0; i < count; i++) {
        into->entries += batches[i].entries;
        into->case_last = batches[i].case_last > into->case_last ? batches[i].case_last : into->case_last;
    }
}

/* `batches` are neighbours. */
static bool merge(struct ledger *ledger, const struct search_keys *keys, const struct search_batch *batches,
                  size_t count, struct fault *fault)
{
    CLEANUP(merging_clear)
    struct merging merging = {.ledger = ledger, .batches = batches, .count = count};
    text_init(&merging.merged, MERGE_BYTES_MOST);
    if (!search_writer_begin(&merging.writer, ledger, keys, fault) || !read_erased(&merging, fault))
        return false;
    describe(&merging.writer.batch, batches, count);
    if (!read_lists(&merging, fault))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!drop_batch(ledger, batches[i].batch, fault))
            return false;
    return write_lists(&merging, fault);
}

/* 0 for 1 to 15 entries, 1 up to 255 ... */
static int size_of(const struct search_batch *batch)
{
    int size = 0;
    for (int64_t entries = batch->entries; entries >= MERGE_FAN; entries /= MERGE_FAN)
        size++;
    return size;
}

/* How many of the newest batches, none larger than the newest, are too many of a size; 0: none. */
static size_t many(const struct search_batches *batches)
{
    size_t count = 0;
    while (count < MERGE_FAN && count < batches->count) {
        const struct search_batch *batch = &batches->items[batches->count - 1 - count];
        if (batch->entries >= MERGE_FULL || size_of(batch) > size_of(&batches->items[batches->count - 1]))
            break;
        count++;
    }
    return count < MERGE_FAN ? 0 : count;
}

static bool is_stale(struct ledger *ledger, const struct search_batch *batch, bool *stale,
                     struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_stale, fault);
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, batch->made_s);
    sqlite3_bind_int64(statement, 2, batch->told_first);
    sqlite3_bind_int64(statement, 3, batch->told_last);
    return records_step(statement, stale, fault);
}

static bool first_stale(struct ledger *ledger, const struct search_batches *batches, size_t *at,
                        struct fault *fault)
{
    bool stale = false;
    for (*at = 0; *at < batches->count; ++*at) {
        if (!is_stale(ledger, &batches->items[*at], &stale, fault))
            return false;
        if (stale)
            return true;
    }
    return true;
}

bool search_merge_due(struct ledger *ledger, const struct search_batches *batches, bool *due,
                      struct fault *fault)
{
    size_t stale;
    if (!first_stale(ledger, batches, &stale, fault))
        return false;
    *due = stale < batches->count || many(batches) > 0;
    return true;
}

/* The old batch's salt is overwritten, so that not even the desk's key opens what is left of its lists. */
static bool make_anew(struct ledger *ledger, const struct search_keys *keys, const struct search_batch *batch,
                      struct fault *fault)
{
    struct fault ignored;
    if (!records_run(ledger->records, "PRAGMA secure_delete = ON", fault))
        return false;
    bool well = merge(ledger, keys, batch, 1, fault);
    records_run(ledger->records, "PRAGMA secure_delete = OFF", &ignored);
    return well;
}

/* One step; *again says that there may be another. */
static bool step(struct ledger *ledger, const struct search_keys *keys, bool *again, struct fault *fault)
{
    CLEANUP(search_batches_clear) struct search_batches batches = {0};
    if (!search_batches_read(ledger, keys, &batches, fault))
        return false;
    size_t count = many(&batches), stale;
    *again = count > 0;
    if (count > 0)
        return merge(ledger, keys, batches.items + batches.count - count, count, fault);
    if (!first_stale(ledger, &batches, &stale, fault))
        return false;
    return stale == batches.count || make_anew(ledger, keys, batches.items + stale, fault);
}

bool search_merge(struct ledger *ledger, const struct search_keys *keys, struct fault *fault)
{
    bool again = true;
    while (again)
        if (!step(ledger, keys, &again, fault))
            return false;
    return true;
}
