/* The folded text of what was told, and the pairs in it. */
#include "cases/fold.h"
#include "cases/search_parts.h"
#include <sodium.h>
#include <string.h>

/* What is longer is indexed, and searched, as far as this. */
enum { TEXT_ENTRY_MOST = 1 << 20, TEXT_NAME_MOST = 8 << 10 };

static const char sql_after[] =
    "SELECT told.id, casefile, what, sealed, kind, casefile.once, desk_key FROM told"
    " JOIN casefile ON casefile.id = casefile WHERE told.id > ?1 ORDER BY told.id LIMIT ?2";
static const char sql_about[] =
    "SELECT told.id, casefile, what, sealed, kind, casefile.once, desk_key FROM told"
    " JOIN casefile ON casefile.id = casefile WHERE casefile = ?1 ORDER BY told.id LIMIT ?2";
static const char sql_names[] = "SELECT sealed_name FROM attachment WHERE told = ?1 ORDER BY id";

bool search_reader_open(struct search_reader *reader, struct ledger *ledger, const struct seal_pair *desk,
                        struct search_wanted wanted, struct fault *fault)
{
    *reader = (struct search_reader){.desk = desk};
    text_init(&reader->line, TEXT_ENTRY_MOST);
    text_init(&reader->name, TEXT_NAME_MOST);
    reader->entries = records_prepare(ledger->records, wanted.about != 0 ? sql_about : sql_after, fault);
    reader->names = records_prepare(ledger->records, sql_names, fault);
    if (reader->entries == NULL || reader->names == NULL)
        return false;
    sqlite3_bind_int64(reader->entries, 1, wanted.about != 0 ? wanted.about : wanted.after);
    sqlite3_bind_int64(reader->entries, 2, wanted.most);
    return true;
}

void search_reader_clear(struct search_reader *reader)
{
    sqlite3_finalize(reader->entries);
    sqlite3_finalize(reader->names);
    text_clear(&reader->line);
    text_clear(&reader->name);
}

static struct told_bytes blob(sqlite3_stmt *row, int column)
{
    return (struct told_bytes){sqlite3_column_blob(row, column), (size_t)sqlite3_column_bytes(row, column)};
}

/* The key of the entry, with the note's key cut off `sealed`. */
static bool entry_key(const struct search_reader *reader, struct told_bytes *sealed, struct seal_key *key)
{
    struct told_bytes wrapped = blob(reader->entries, 6);
    struct casefile file = {0};
    if (strcmp((const char *)sqlite3_column_text(reader->entries, 2), case_tolds[CASE_NOTE]) == 0)
        return told_note_key(reader->desk, sealed, key);
    if (wrapped.length != sizeof file.desk_key.bytes)
        return false;
    memcpy(file.desk_key.bytes, wrapped.bytes, sizeof file.desk_key.bytes);
    return seal_unwrap(&file.desk_key, reader->desk, key);
}

static void add_line(struct search_reader *reader, const char *value, struct text *folded)
{
    text_empty(&reader->line);
    fold_add(&reader->line, value, FOLD_BLANKS_ONE);
    text_add(folded, reader->line.bytes, reader->line.length);
    text_add_byte(folded, '\n');
}

static bool add_names(struct search_reader *reader, const struct seal_key *key, const unsigned char *once,
                      struct text *folded, struct fault *fault)
{
    bool row = true;
    sqlite3_bind_int64(reader->names, 1, reader->told);
    while (row) {
        if (!records_step(reader->names, &row, fault))
            return false;
        struct told_bytes sealed = row ? blob(reader->names, 0) : (struct told_bytes){0};
        text_empty(&reader->name);
        if (row &&
            seal_open(key, (struct seal_about){"name", once}, sealed.bytes, sealed.length, &reader->name))
            add_line(reader, reader->name.bytes, folded);
    }
    return true;
}

static void add_fields(struct search_reader *reader, json_t *fields, struct text *folded)
{
    const char *name;
    json_t *value;
    json_object_foreach(fields, name, value) if (json_is_string(value))
        add_line(reader, json_string_value(value), folded);
}

static bool open_entry(struct search_reader *reader, struct text *folded, struct fault *fault)
{
    struct told_bytes sealed = blob(reader->entries, 3), once = blob(reader->entries, 5);
    struct seal_key key;
    if (sealed.bytes == NULL || once.length != 16 || !entry_key(reader, &sealed, &key))
        return true; /* erased, or damaged: nothing of it is found */
    json_t *fields = told_fields(&key, once.bytes, sealed);
    if (fields != NULL)
        add_fields(reader, fields, folded);
    bool well = add_names(reader, &key, once.bytes, folded, fault);
    json_decref(fields);
    sodium_memzero(&key, sizeof key);
    return well;
}

bool search_reader_next(struct search_reader *reader, struct text *folded, bool *row, struct fault *fault)
{
    if (!records_step(reader->entries, row, fault))
        return false;
    if (!*row)
        return true;
    const char *kind = (const char *)sqlite3_column_text(reader->entries, 4);
    reader->told = sqlite3_column_int64(reader->entries, 0);
    reader->casefile = sqlite3_column_int64(reader->entries, 1);
    reader->kind = 0;
    while (case_kinds[reader->kind] != NULL && strcmp(case_kinds[reader->kind], kind) != 0)
        reader->kind++;
    return open_entry(reader, folded, fault);
}

/* The length of the UTF-8 character at `at`, which is well-formed (cases/fold.h). */
static size_t character_length(const char *at)
{
    unsigned char first = (unsigned char)*at;
    return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

static int64_t term_of(const struct search_keys *keys, const char *pair, size_t length)
{
    unsigned char hash[crypto_shorthash_BYTES];
    uint64_t term;
    crypto_shorthash(hash, (const unsigned char *)pair, length, keys->terms);
    memcpy(&term, hash, sizeof term);
    return (int64_t)(term & ~(uint64_t)(SEARCH_KINDS - 1));
}

void search_pairs(const struct search_keys *keys, const char *folded, size_t length, struct search_see see)
{
    const char *before = NULL;
    for (const char *at = folded, *end = folded + length; at < end; at += character_length(at)) {
        bool parts = *at == ' ' || *at == '\n';
        if (!parts && before != NULL)
            see.see(see.context, term_of(keys, before, (size_t)(at - before) + character_length(at)));
        before = parts ? NULL : at;
    }
}
