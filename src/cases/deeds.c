#include "cases/deeds.h"
#include "base/text.h"
#include "cases/keyed.h"
#include "ledger/records.h"
#include <string.h>
#include <time.h>

/* One entry, and what it is chained to. */
struct entry {
    int64_t id, at_s, staff, casefile;
    const char *what, *detail;
    size_t what_length, detail_length;
    const unsigned char *before; /* the hash of the one before; the first's is all 0 */
};
enum { DEEDS_ENTRY_MOST = 64 << 10 };

static const char sql_last[] = "SELECT id, hash FROM deed ORDER BY id DESC LIMIT 1";
static const char sql_add[] = "INSERT INTO deed (id, at_s, staff, what, casefile, detail, hash) VALUES (?1, "
                              "?2, ?3, ?4, nullif(?5, 0), ?6, ?7)";
static const char sql_all[] = "SELECT id, at_s, staff, what, ifnull(casefile, 0), detail, hash FROM deed "
                              "ORDER BY id";

static void add_number(struct text *bytes, int64_t number)
{
    for (int i = 0; i < 8; i++)
        text_add_byte(bytes, (char)((uint64_t)number >> (8 * i) & 0xff));
}

/* Each part of known length, or with its length before it: no two entries give the same bytes. */
static bool hash_entry(const struct ledger *ledger, const struct entry *entry, unsigned char hash[DEEDS_HASH])
{
    CLEANUP(text_clear) struct text bytes;
    text_init(&bytes, DEEDS_ENTRY_MOST);
    text_add(&bytes, (const char *)entry->before, DEEDS_HASH);
    add_number(&bytes, entry->id);
    add_number(&bytes, entry->at_s);
    add_number(&bytes, entry->staff);
    add_number(&bytes, entry->casefile);
    add_number(&bytes, (int64_t)entry->what_length);
    text_add(&bytes, entry->what, entry->what_length);
    add_number(&bytes, (int64_t)entry->detail_length);
    text_add(&bytes, entry->detail, entry->detail_length);
    keyed_hash(ledger, "deed", bytes.bytes, bytes.length, (struct keyed_bytes){hash, DEEDS_HASH});
    return text_whole(&bytes);
}

/* A column that should hold a hash; what does not is 0. */
static void copy_hash(sqlite3_stmt *statement, int column, unsigned char hash[DEEDS_HASH])
{
    memset(hash, 0, DEEDS_HASH);
    if (sqlite3_column_bytes(statement, column) == DEEDS_HASH)
        memcpy(hash, sqlite3_column_blob(statement, column), DEEDS_HASH);
}

static bool last(struct ledger *ledger, int64_t *id, unsigned char hash[DEEDS_HASH], struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_last, fault);
    bool row;
    if (statement == NULL || !records_step(statement, &row, fault))
        return false;
    *id = row ? sqlite3_column_int64(statement, 0) : 0;
    memset(hash, 0, DEEDS_HASH);
    if (row)
        copy_hash(statement, 1, hash);
    return true;
}

static bool write_entry(struct ledger *ledger, const struct entry *entry,
                        const unsigned char hash[DEEDS_HASH], struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_add, fault);
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, entry->id);
    sqlite3_bind_int64(statement, 2, entry->at_s);
    sqlite3_bind_int64(statement, 3, entry->staff);
    sqlite3_bind_text(statement, 4, entry->what, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 5, entry->casefile);
    sqlite3_bind_text(statement, 6, entry->detail, -1, SQLITE_STATIC);
    sqlite3_bind_blob(statement, 7, hash, DEEDS_HASH, SQLITE_STATIC);
    return records_do(statement, fault);
}

bool deeds_add(struct ledger *ledger, int64_t staff, const char *what, int64_t casefile, const char *detail,
               struct fault *fault)
{
    unsigned char before[DEEDS_HASH], hash[DEEDS_HASH];
    struct entry entry = {.at_s = time(NULL),
                          .staff = staff,
                          .casefile = casefile,
                          .what = what,
                          .detail = detail == NULL ? "" : detail,
                          .before = before};
    entry.what_length = strlen(entry.what);
    entry.detail_length = strlen(entry.detail);
    if (!last(ledger, &entry.id, before, fault))
        return false;
    entry.id++;
    if (!hash_entry(ledger, &entry, hash))
        return fault_set(fault, "a deed of '%s' is longer than an entry may be", what);
    return write_entry(ledger, &entry, hash, fault);
}

/* True while the row follows from `proof->head`, which then becomes the row's. */
static bool follows(const struct ledger *ledger, sqlite3_stmt *statement, struct deeds_proof *proof)
{
    unsigned char kept[DEEDS_HASH], made[DEEDS_HASH];
    const struct entry entry = {
        .id = sqlite3_column_int64(statement, 0),
        .at_s = sqlite3_column_int64(statement, 1),
        .staff = sqlite3_column_int64(statement, 2),
        .what = (const char *)sqlite3_column_text(statement, 3),
        .casefile = sqlite3_column_int64(statement, 4),
        .detail = (const char *)sqlite3_column_text(statement, 5),
        .before = proof->head,
        .what_length = (size_t)sqlite3_column_bytes(statement, 3),
        .detail_length = (size_t)sqlite3_column_bytes(statement, 5),
    };
    copy_hash(statement, 6, kept);
    if (!hash_entry(ledger, &entry, made) || memcmp(made, kept, DEEDS_HASH) != 0)
        return false;
    memcpy(proof->head, made, DEEDS_HASH);
    return true;
}

bool deeds_verify(struct ledger *ledger, const unsigned char *expected, struct deeds_proof *proof,
                  struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_all, fault);
    struct deeds_proof made = {.found = DEEDS_WHOLE};
    bool row;
    if (statement == NULL || !records_step(statement, &row, fault))
        return false;
    while (row) {
        if (!follows(ledger, statement, &made)) {
            made.found = DEEDS_BROKEN;
            made.broken_at = sqlite3_column_int64(statement, 0);
            break;
        }
        made.entries++;
        made.knows = made.knows || (expected != NULL && memcmp(expected, made.head, DEEDS_HASH) == 0);
        if (!records_step(statement, &row, fault))
            return false;
    }
    *proof = made;
    return true;
}
