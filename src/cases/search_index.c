/* Indexing: a batch of what was told since the last one. */
#include "base/memory.h"
#include "cases/change.h"
#include "cases/search.h"
#include "cases/search_parts.h"
#include <sodium.h>
#include <string.h>

enum { INDEX_TEXT_MOST = 4 << 20, INDEX_LIST_MOST = 1 << 30 };

static const char sql_waiting[] = "SELECT ifnull(max(id), 0) - (SELECT ifnull(max(told_last), 0) FROM "
                                  "search_batch) FROM told";

struct pair {
    int64_t term, casefile;
};
struct indexing {
    struct ledger *ledger;
    const struct seal_pair *desk;
    struct search_keys keys;
    struct search_reader reader;
    struct search_writer writer;
    struct pair *pairs;
    size_t count, room;
};

static void indexing_clear(struct indexing *indexing)
{
    search_keys_clear(&indexing->keys);
    search_reader_clear(&indexing->reader);
    search_writer_clear(&indexing->writer);
    free(indexing->pairs);
}

static void add_pair(void *context, int64_t term)
{
    struct indexing *indexing = context;
    if (indexing->count == indexing->room) {
        indexing->room = indexing->room == 0 ? 4096 : indexing->room * 2;
        indexing->pairs = memory_resize(indexing->pairs, indexing->room, sizeof *indexing->pairs);
    }
    indexing->pairs[indexing->count++] =
        (struct pair){term | indexing->reader.kind, indexing->reader.casefile};
}

static int compare_pairs(const void *a, const void *b)
{
    const struct pair *one = a, *other = b;
    if (one->term != other->term)
        return one->term < other->term ? -1 : 1;
    return (one->casefile > other->casefile) - (one->casefile < other->casefile);
}

/* Each once, in order; how many are left. */
static size_t sort_pairs(struct pair *pairs, size_t count)
{
    size_t kept = 0;
    if (count > 1)
        qsort(pairs, count, sizeof *pairs, compare_pairs);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || compare_pairs(&pairs[kept - 1], &pairs[i]) != 0)
            pairs[kept++] = pairs[i];
    return kept;
}

static void count_entry(struct search_batch *batch, const struct search_reader *reader)
{
    batch->told_first = batch->entries == 0 ? reader->told : batch->told_first;
    batch->told_last = reader->told;
    batch->case_last = reader->casefile > batch->case_last ? reader->casefile : batch->case_last;
    batch->entries++;
}

static bool read_entries(struct indexing *indexing, struct fault *fault)
{
    CLEANUP(text_clear) struct text folded;
    bool row = true;
    text_init(&folded, INDEX_TEXT_MOST);
    while (row) {
        size_t before = indexing->count;
        text_empty(&folded);
        if (!search_reader_next(&indexing->reader, &folded, &row, fault))
            return false;
        if (!row)
            break;
        count_entry(&indexing->writer.batch, &indexing->reader);
        search_pairs(&indexing->keys, folded.bytes, folded.length, (struct search_see){add_pair, indexing});
        if (indexing->pairs != NULL)
            indexing->count = before + sort_pairs(indexing->pairs + before, indexing->count - before);
        sodium_memzero(folded.bytes, folded.length);
    }
    return true;
}

static bool write_lists(struct indexing *indexing, struct fault *fault)
{
    CLEANUP(search_ids_clear) struct search_ids ids = {0};
    CLEANUP(text_clear) struct text sealed;
    text_init(&sealed, INDEX_LIST_MOST);
    indexing->count = sort_pairs(indexing->pairs, indexing->count);
    for (size_t i = 0; i < indexing->count; i++) {
        const struct pair *pair = &indexing->pairs[i];
        search_ids_add(&ids, pair->casefile);
        if (i + 1 < indexing->count && pair[1].term == pair->term)
            continue;
        text_empty(&sealed);
        search_list_seal(&indexing->writer.batch, pair->term, &ids, &sealed);
        if (!search_writer_add(&indexing->writer, pair->term,
                               (struct told_bytes){sealed.bytes, sealed.length}, fault))
            return false;
        ids.count = 0;
    }
    return true;
}

/* How many entries wait; their numbers have no gaps to speak of. */
static bool waiting(struct ledger *ledger, int64_t *count, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_waiting, fault);
    bool row;
    if (statement == NULL || !records_step(statement, &row, fault))
        return false;
    *count = sqlite3_column_int64(statement, 0);
    return true;
}

static bool nothing_to_do(struct ledger *ledger, const struct search_keys *keys, bool *nothing,
                          struct fault *fault)
{
    CLEANUP(search_batches_clear) struct search_batches batches = {0};
    int64_t count;
    bool due;
    if (!waiting(ledger, &count, fault) || !search_batches_read(ledger, keys, &batches, fault) ||
        !search_merge_due(ledger, &batches, &due, fault))
        return false;
    *nothing = count <= 0 && !due;
    return true;
}

static bool last_told(struct ledger *ledger, int64_t *told, struct fault *fault)
{
    OWNED(sqlite3_finalize)
    sqlite3_stmt *statement =
        records_prepare(ledger->records, "SELECT ifnull(max(told_last), 0) FROM search_batch", fault);
    bool row;
    if (statement == NULL || !records_step(statement, &row, fault))
        return false;
    *told = sqlite3_column_int64(statement, 0);
    return true;
}

static bool index_more(struct indexing *indexing, unsigned most, struct fault *fault)
{
    struct search_wanted wanted = {.most = most};
    if (!last_told(indexing->ledger, &wanted.after, fault) ||
        !search_writer_begin(&indexing->writer, indexing->ledger, &indexing->keys, fault) ||
        !search_reader_open(&indexing->reader, indexing->ledger, indexing->desk, wanted, fault) ||
        !read_entries(indexing, fault))
        return false;
    return indexing->writer.batch.entries == 0 ||
           (write_lists(indexing, fault) && search_writer_finish(&indexing->writer, fault));
}

bool search_index(struct ledger *ledger, const struct seal_pair *desk, unsigned most, uint64_t *left,
                  struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    CLEANUP(indexing_clear) struct indexing indexing = {.ledger = ledger, .desk = desk};
    bool nothing;
    int64_t count;
    search_keys_make(desk, &indexing.keys);
    if (!nothing_to_do(ledger, &indexing.keys, &nothing, fault))
        return false;
    if (nothing) {
        *left = 0;
        return true;
    }
    if (!change_begin(&change, ledger, fault) || !index_more(&indexing, most, fault) ||
        !search_merge(ledger, &indexing.keys, fault) || !waiting(ledger, &count, fault) ||
        !change_commit(&change, fault))
        return false;
    *left = count > 0 ? (uint64_t)count : 0;
    return true;
}
