#include "cases/search_parts.h"
#include <sodium.h>
#include <time.h>

static const char sql_next[] = "SELECT ifnull(max(batch), 0) + 1 FROM search_batch";
static const char sql_batch[] =
    "INSERT INTO search_batch (batch, told_first, told_last, case_last, entries, made_s, salt)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
static const char sql_list[] = "INSERT INTO search_posting (batch, term, sealed) VALUES (?1, ?2, ?3)";

bool search_writer_begin(struct search_writer *writer, struct ledger *ledger, const struct search_keys *keys,
                         struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *next = records_prepare(ledger->records, sql_next, fault);
    bool row;
    *writer = (struct search_writer){.ledger = ledger, .batch.made_s = time(NULL)};
    if (next == NULL || !records_step(next, &row, fault))
        return false;
    writer->batch.batch = sqlite3_column_int64(next, 0);
    randombytes_buf(writer->batch.salt, sizeof writer->batch.salt);
    search_batch_key(keys, &writer->batch);
    writer->add = records_prepare(ledger->records, sql_list, fault);
    return writer->add != NULL;
}

bool search_writer_add(struct search_writer *writer, int64_t term, struct told_bytes sealed,
                       struct fault *fault)
{
    sqlite3_bind_int64(writer->add, 1, writer->batch.batch);
    sqlite3_bind_int64(writer->add, 2, term);
    sqlite3_bind_blob64(writer->add, 3, sealed.bytes, sealed.length, SQLITE_STATIC);
    return records_do(writer->add, fault);
}

bool search_writer_finish(struct search_writer *writer, struct fault *fault)
{
    const struct search_batch *batch = &writer->batch;
    const int64_t numbers[] = {batch->batch,     batch->told_first, batch->told_last,
                               batch->case_last, batch->entries,    batch->made_s};
    OWNED(sqlite3_finalize)
    sqlite3_stmt *statement = records_prepare(writer->ledger->records, sql_batch, fault);
    if (statement == NULL)
        return false;
    for (int i = 0; i < 6; i++)
        sqlite3_bind_int64(statement, i + 1, numbers[i]);
    sqlite3_bind_blob(statement, 7, batch->salt, sizeof batch->salt, SQLITE_STATIC);
    return records_do(statement, fault);
}

void search_writer_clear(struct search_writer *writer)
{
    sqlite3_finalize(writer->add);
    sodium_memzero(writer, sizeof *writer);
}
