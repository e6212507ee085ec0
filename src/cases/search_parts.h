/* search_parts: what indexing and finding share: keys, batches, sealed lists, and the folded text of what was
 * told. */
#pragma once
#include "cases/casefile.h"
#include "cases/told.h"
#include "ledger/records.h"

/* A pair's hash, whose lowest two bits are the kind of the cases: the lists of a pair lie side by side. */
enum { SEARCH_KINDS = 4 };
struct search_keys {
    unsigned char terms[16], lists[32];
};
void search_keys_make(const struct seal_pair *desk, struct search_keys *keys);
void search_keys_clear(struct search_keys *keys);

/* Each batch has a key of its own, from its salt: a list then needs to keep no nonce. */
struct search_batch {
    int64_t batch, told_first, told_last, case_last, entries, made_s;
    unsigned char salt[16], key[32];
};
void search_batch_key(const struct search_keys *keys, struct search_batch *batch);
struct search_batches {
    struct search_batch *items;
    size_t count;
};
/* The oldest first. */
bool search_batches_read(struct ledger *ledger, const struct search_keys *keys,
                         struct search_batches *batches, struct fault *fault);
void search_batches_clear(struct search_batches *batches);

/* Numbers of cases. Sealed lists hold each once, the least first. */
struct search_ids {
    int64_t *items;
    size_t count, room;
};
void search_ids_add(struct search_ids *ids, int64_t id);
void search_ids_sort(struct search_ids *ids); /* each once, the least first */
void search_ids_clear(struct search_ids *ids);
void search_list_seal(const struct search_batch *batch, int64_t term, const struct search_ids *ids,
                      struct text *sealed);
/* Adds what the list holds. False: it does not open. */
bool search_list_open(const struct search_batch *batch, int64_t term, struct told_bytes sealed,
                      struct search_ids *ids);

/* A batch being made, in the caller's transaction. */
struct search_writer {
    struct ledger *ledger;
    struct search_batch batch; /* first and last entry, the last case and how many: the caller says them */
    sqlite3_stmt *add;
};
bool search_writer_begin(struct search_writer *writer, struct ledger *ledger, const struct search_keys *keys,
                         struct fault *fault);
/* A sealed list; terms come in their order. */
bool search_writer_add(struct search_writer *writer, int64_t term, struct told_bytes sealed,
                       struct fault *fault);
bool search_writer_finish(struct search_writer *writer, struct fault *fault);
void search_writer_clear(struct search_writer *writer);

/* Merges where batches of a size are many, and makes batches anew that hold words of who was erased since.
 * In the caller's transaction. */
bool search_merge(struct ledger *ledger, const struct search_keys *keys, struct fault *fault);
/* There is such a batch. */
bool search_merge_due(struct ledger *ledger, const struct search_batches *batches, bool *due,
                      struct fault *fault);

/* Calls `see` with the term of each pair of neighbouring characters in folded text; blanks and line ends
 * part. */
struct search_see {
    void (*see)(void *context, int64_t term);
    void *context;
};
void search_pairs(const struct search_keys *keys, const char *folded, size_t length, struct search_see see);

/* Entries of `told`, opened and folded, a line for each value; empty where it was erased. */
struct search_reader {
    sqlite3_stmt *entries, *names;
    const struct seal_pair *desk;
    int64_t told, casefile; /* of the entry read last */
    int kind;
    struct text line, name;
};
/* `about` is a case, or `after` an entry, at most `most`. */
struct search_wanted {
    int64_t about, after, most;
};
bool search_reader_open(struct search_reader *reader, struct ledger *ledger, const struct seal_pair *desk,
                        struct search_wanted wanted, struct fault *fault);
bool search_reader_next(struct search_reader *reader, struct text *folded, bool *row, struct fault *fault);
void search_reader_clear(struct search_reader *reader);
