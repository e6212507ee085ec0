#include "cases/casefile.h"
#include "cases/keyed.h"
#include "ledger/records.h"
#include <string.h>

#define COLUMNS                                                                                              \
    "SELECT id, received_s, changed_s, assigned, merged_into, linked, erased_s, received_on, due_on, kind,"  \
    " channel, state, language, rsit, receipt IS NOT NULL, once, reporter, desk_key, own_key,"               \
    " EXISTS (SELECT 1 FROM classed_malware AS c WHERE c.casefile = casefile.id)"                            \
    " OR EXISTS (SELECT 1 FROM classed_access AS c WHERE c.casefile = casefile.id)"                          \
    " OR EXISTS (SELECT 1 FROM classed_consultation AS c WHERE c.casefile = casefile.id) FROM casefile"
static const char sql_read[] = COLUMNS " WHERE id = ?1";
static const char sql_receipt[] = COLUMNS " WHERE receipt = ?1";

void casefile_once(const struct ledger *ledger, const void *bytes, size_t length, unsigned char once[16])
{
    keyed_hash(ledger, "case", bytes, length, (struct keyed_bytes){once, 16});
}

/* The place of a kept word in its list. */
static bool read_word(sqlite3_stmt *statement, int column, const char *const *words, int *at,
                      struct fault *fault)
{
    const char *word = (const char *)sqlite3_column_text(statement, column);
    for (*at = 0; words[*at] != NULL; (*at)++)
        if (strcmp(words[*at], word) == 0)
            return true;
    return fault_set(fault,
                     "case %lld: the %s is '%s' (expected '%s' or another word that this mimamori "
                     "knows)",
                     (long long)sqlite3_column_int64(statement, 0), sqlite3_column_name(statement, column),
                     word, words[0]);
}

static bool read_words(sqlite3_stmt *statement, struct casefile *file, struct fault *fault)
{
    int kind, channel, state;
    if (!read_word(statement, 9, case_kinds, &kind, fault) ||
        !read_word(statement, 10, case_channels, &channel, fault) ||
        !read_word(statement, 11, case_states, &state, fault))
        return false;
    file->kind = (enum case_kind)kind;
    file->channel = (enum case_channel)channel;
    file->state = (enum case_state)state;
    return true;
}

/* A column of exactly `length` bytes, or nothing: then they stay 0. */
static void read_bytes(sqlite3_stmt *statement, int column, unsigned char *bytes, size_t length)
{
    if ((size_t)sqlite3_column_bytes(statement, column) == length)
        memcpy(bytes, sqlite3_column_blob(statement, column), length);
}

static void read_text(sqlite3_stmt *statement, int column, char *out, size_t size)
{
    const char *found = (const char *)sqlite3_column_text(statement, column);
    snprintf(out, size, "%s", found == NULL ? "" : found);
}

static bool read_row(sqlite3_stmt *statement, struct casefile *out, struct fault *fault)
{
    struct casefile file = {
        .id = sqlite3_column_int64(statement, 0),
        .received_s = sqlite3_column_int64(statement, 1),
        .changed_s = sqlite3_column_int64(statement, 2),
        .assigned = sqlite3_column_int64(statement, 3),
        .merged_into = sqlite3_column_int64(statement, 4),
        .linked = sqlite3_column_int64(statement, 5),
        .erased_s = sqlite3_column_int64(statement, 6),
        .received_on = sqlite3_column_int(statement, 7),
        .due_on =
            sqlite3_column_type(statement, 8) == SQLITE_NULL ? INT32_MIN : sqlite3_column_int(statement, 8),
        .has_receipt = sqlite3_column_int(statement, 14) != 0,
        .has_reporter = sqlite3_column_type(statement, 16) != SQLITE_NULL,
        .classed = sqlite3_column_int(statement, 19) != 0,
    };
    if (!read_words(statement, &file, fault))
        return false;
    read_text(statement, 12, file.language, sizeof file.language);
    read_text(statement, 13, file.rsit, sizeof file.rsit);
    read_bytes(statement, 15, file.once, sizeof file.once);
    read_bytes(statement, 16, file.reporter.bytes, sizeof file.reporter.bytes);
    read_bytes(statement, 17, file.desk_key.bytes, sizeof file.desk_key.bytes);
    read_bytes(statement, 18, file.own_key.bytes, sizeof file.own_key.bytes);
    *out = file;
    return true;
}

static bool read_one(sqlite3_stmt *statement, struct casefile *file, enum case_found *found,
                     struct fault *fault)
{
    bool row;
    if (!records_step(statement, &row, fault) || (row && !read_row(statement, file, fault)))
        return false;
    *found = row ? CASE_FOUND : CASE_NONE;
    return true;
}

bool casefile_read(struct ledger *ledger, int64_t id, struct casefile *file, enum case_found *found,
                   struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_read, fault);
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, id);
    return read_one(statement, file, found, fault);
}

bool casefile_living(struct ledger *ledger, int64_t id, struct casefile *file, struct fault *fault)
{
    enum case_found found;
    if (!casefile_read(ledger, id, file, &found, fault))
        return false;
    if (found == CASE_NONE)
        return fault_set(fault, "there is no case %lld", (long long)id);
    return file->erased_s == 0 || fault_set(fault, "case %lld was erased: it stays as it is", (long long)id);
}

bool casefile_by_receipt(struct ledger *ledger, const struct receipt *receipt, struct casefile *file,
                         enum case_found *found, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_receipt, fault);
    if (statement == NULL)
        return false;
    const struct receipt_hash hash = receipt_hash(ledger, receipt);
    sqlite3_bind_blob(statement, 1, hash.bytes, sizeof hash.bytes, SQLITE_STATIC);
    return read_one(statement, file, found, fault);
}

bool casefile_key(const struct casefile *file, const struct seal_pair *pair, struct seal_key *key)
{
    return seal_unwrap(&file->desk_key, pair, key) || seal_unwrap(&file->own_key, pair, key);
}
