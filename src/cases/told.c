#include "cases/told.h"
#include "base/cleanup.h"
#include "base/memory.h"
#include "ledger/records.h"
#include <sodium.h>
#include <string.h>

enum { TOLD_FIELDS_MOST = 16 << 20, TOLD_NAME_MOST = 4 << 10, TOLD_ATTACHMENT_MOST = 64 << 20 };

static const char sql_desk[] = "SELECT public FROM desk_key";
static const char sql_add[] = "INSERT INTO told (casefile, at_s, what, staff, once, sealed) VALUES (?1, ?2, "
                              "?3, nullif(?4, 0), ?5, ?6) ON CONFLICT (once) DO NOTHING";
static const char sql_attach[] =
    "INSERT INTO attachment (told, bytes, sealed_name, sealed) VALUES (?1, ?2, ?3, ?4)";

bool told_desk(struct ledger *ledger, struct seal_public *desk, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_desk, fault);
    bool row;
    if (statement == NULL || !records_step(statement, &row, fault))
        return false;
    if (!row || sqlite3_column_bytes(statement, 0) != sizeof desk->bytes)
        return fault_set(fault, "the desk of '%s' has no key yet (expected 'mimamori desk staff add' first)",
                         ledger->path);
    memcpy(desk->bytes, sqlite3_column_blob(statement, 0), sizeof desk->bytes);
    return true;
}

static void seal_attachment(const struct seal_key *key, const unsigned char *once,
                            const struct case_attachment *given, struct told_attachment *attachment)
{
    text_init(&attachment->name, TOLD_NAME_MOST + 64);
    text_init(&attachment->bytes, TOLD_ATTACHMENT_MOST + 64);
    attachment->length = given->length;
    seal_close(key, (struct seal_about){"name", once}, given->name, strlen(given->name), &attachment->name);
    seal_close(key, (struct seal_about){"attachment", once}, given->bytes, given->length, &attachment->bytes);
}

static bool seal_fields(const struct seal_key *key, const unsigned char *once, json_t *given,
                        struct text *sealed)
{
    char *fields = json_dumps(given, JSON_COMPACT | JSON_PRESERVE_ORDER);
    if (fields == NULL)
        return false;
    seal_close(key, (struct seal_about){"told", once}, fields, strlen(fields), sealed);
    sodium_memzero(fields, strlen(fields));
    free(fields);
    return true;
}

static bool all_fits(const struct told *told)
{
    bool whole = text_whole(&told->fields);
    for (size_t i = 0; i < told->attachments_count; i++)
        whole = whole && text_whole(&told->attachments[i].name) && text_whole(&told->attachments[i].bytes);
    return whole;
}

bool told_seal(struct told *told, const struct told_keys *keys, const struct case_add *add,
               struct fault *fault)
{
    struct seal_key key = *keys->key;
    *told = (struct told){.what = add->what, .staff = add->staff, .at_s = add->at_s, .once = add->once};
    text_init(&told->fields, TOLD_FIELDS_MOST);
    if (add->what == CASE_NOTE) {
        struct seal_wrapped wrapped;
        seal_key_make(&key);
        seal_wrap(&key, keys->desk, &wrapped);
        text_add(&told->fields, (const char *)wrapped.bytes, sizeof wrapped.bytes);
    }
    bool well = seal_fields(&key, keys->case_once, add->fields, &told->fields);
    told->attachments = memory_new(add->attachments_count + 1, sizeof *told->attachments);
    for (; told->attachments_count < add->attachments_count; told->attachments_count++)
        seal_attachment(&key, keys->case_once, &add->attachments[told->attachments_count],
                        &told->attachments[told->attachments_count]);
    sodium_memzero(&key, sizeof key);
    if (!well)
        return fault_set(fault, "what was told is no object of strings");
    return all_fits(told) || fault_set(fault,
                                       "what was told is larger than a ledger keeps (expected at most "
                                       "%d MB an attachment and %d MB of text)",
                                       TOLD_ATTACHMENT_MOST >> 20, TOLD_FIELDS_MOST >> 20);
}

void told_clear(struct told *told)
{
    for (size_t i = 0; i < told->attachments_count; i++) {
        text_clear(&told->attachments[i].name);
        text_clear(&told->attachments[i].bytes);
    }
    free(told->attachments);
    text_clear(&told->fields);
    told->attachments = NULL;
    told->attachments_count = 0;
}

static void bind_text(sqlite3_stmt *statement, int at, const struct text *text)
{
    sqlite3_bind_blob64(statement, at, text->bytes, text->length, SQLITE_STATIC);
}

static bool write_attachments(struct ledger *ledger, const struct told *told, struct fault *fault)
{
    if (told->attachments_count == 0)
        return true;
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_attach, fault);
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, sqlite3_last_insert_rowid(ledger->records));
    for (size_t i = 0; i < told->attachments_count; i++) {
        sqlite3_bind_int64(statement, 2, (int64_t)told->attachments[i].length);
        bind_text(statement, 3, &told->attachments[i].name);
        bind_text(statement, 4, &told->attachments[i].bytes);
        if (!records_do(statement, fault))
            return false;
    }
    return true;
}

bool told_write(struct ledger *ledger, int64_t casefile, const struct told *told, enum case_taken *taken,
                struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_add, fault);
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, casefile);
    sqlite3_bind_int64(statement, 2, told->at_s);
    sqlite3_bind_text(statement, 3, case_tolds[told->what], -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 4, told->staff);
    if (told->once != NULL)
        sqlite3_bind_blob(statement, 5, told->once, 16, SQLITE_STATIC);
    bind_text(statement, 6, &told->fields);
    if (!records_do(statement, fault))
        return false;
    *taken = sqlite3_changes(ledger->records) == 0 ? CASE_KNOWN : CASE_TAKEN;
    return *taken == CASE_KNOWN || write_attachments(ledger, told, fault);
}

bool told_note_key(const struct seal_pair *desk, struct told_bytes *sealed, struct seal_key *key)
{
    struct seal_wrapped wrapped;
    if (sealed->length < sizeof wrapped.bytes)
        return false;
    memcpy(wrapped.bytes, sealed->bytes, sizeof wrapped.bytes);
    sealed->bytes = (const char *)sealed->bytes + sizeof wrapped.bytes;
    sealed->length -= sizeof wrapped.bytes;
    return seal_unwrap(&wrapped, desk, key);
}

json_t *told_fields(const struct seal_key *key, const unsigned char *case_once, struct told_bytes sealed)
{
    CLEANUP(text_clear) struct text plain;
    text_init(&plain, TOLD_FIELDS_MOST);
    if (!seal_open(key, (struct seal_about){"told", case_once}, sealed.bytes, sealed.length, &plain))
        return NULL;
    json_t *fields = json_loadb(plain.bytes, plain.length, 0, NULL);
    sodium_memzero(plain.bytes, plain.length);
    return fields;
}
