/* What was told in a case, opened. */
#include "base/memory.h"
#include "cases/opening.h"
#include <sodium.h>
#include <string.h>

static const char sql_told[] =
    "SELECT id, at_s, what, staff, sealed FROM told WHERE casefile = ?1 ORDER BY id";
static const char sql_attachments[] =
    "SELECT id, bytes, sealed_name FROM attachment WHERE told = ?1 ORDER BY id";
static const char sql_merged[] = "SELECT id FROM casefile WHERE merged_into = ?1 ORDER BY id";

static bool add_attachments(const struct opening *opening, const struct seal_key *key, json_t *part,
                            struct fault *fault)
{
    json_t *list = json_array();
    json_object_set_new(part, "attachments", list);
    OWNED(sqlite3_finalize)
    sqlite3_stmt *statement = records_prepare(opening->ledger->records, sql_attachments, fault);
    CLEANUP(text_clear) struct text name;
    bool row = true;
    text_init(&name, 64 << 10);
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, json_integer_value(json_object_get(part, "id")));
    while (records_step(statement, &row, fault) && row) {
        const struct told_bytes sealed = opening_bytes(statement, 2);
        text_empty(&name);
        seal_open(key, (struct seal_about){"name", opening->file->once}, sealed.bytes, sealed.length, &name);
        json_t *attachment = json_pack("{s:I, s:I}", "id", (json_int_t)sqlite3_column_int64(statement, 0),
                                       "bytes", (json_int_t)sqlite3_column_int64(statement, 1));
        bool readable = text_is_utf8(name.bytes, name.length);
        json_object_set_new(attachment, "name",
                            readable ? json_stringn(name.bytes, name.length) : json_string("?"));
        json_array_append_new(list, attachment);
    }
    return !row;
}

/* One row, opened. "erased" or "damaged" stands where its fields cannot be had. */
static json_t *part_of(const struct opening *opening, sqlite3_stmt *statement, struct fault *fault)
{
    struct seal_key key = {0};
    const char *what = (const char *)sqlite3_column_text(statement, 2);
    struct told_bytes sealed = opening_bytes(statement, 4);
    json_t *fields =
        opening_key(opening, what, &sealed, &key) ? told_fields(&key, opening->file->once, sealed) : NULL;
    json_t *part = json_pack("{s:I, s:I, s:s, s:I}", "id", (json_int_t)sqlite3_column_int64(statement, 0),
                             "at_s", (json_int_t)sqlite3_column_int64(statement, 1), "what", what, "staff",
                             (json_int_t)sqlite3_column_int64(statement, 3));
    if (fields == NULL)
        json_object_set_new(part, sealed.bytes == NULL ? "erased" : "damaged", json_true());
    json_object_set_new(part, "fields", fields == NULL ? json_object() : fields);
    bool well = add_attachments(opening, &key, part, fault);
    sodium_memzero(&key, sizeof key);
    if (well)
        return part;
    json_decref(part);
    return NULL;
}

/* An answer that was given to the reporters of all cases that are merged here (casefile_answer()) is shown
 * once. */
static bool is_shown(json_t *parts, sqlite3_stmt *statement)
{
    size_t at;
    json_t *part;
    if (strcmp((const char *)sqlite3_column_text(statement, 2), case_tolds[CASE_ANSWER]) != 0)
        return false;
    json_array_foreach(parts, at, part)
    {
        if (strcmp(json_string_value(json_object_get(part, "what")), case_tolds[CASE_ANSWER]) == 0 &&
            json_integer_value(json_object_get(part, "at_s")) == sqlite3_column_int64(statement, 1) &&
            json_integer_value(json_object_get(part, "staff")) == sqlite3_column_int64(statement, 3))
            return true;
    }
    return false;
}

/* All parts of one case, in order. `merged`: each says of which case it is. */
static bool add_parts(const struct opening *opening, bool for_reporter, bool merged, json_t *parts,
                      struct fault *fault)
{
    OWNED(sqlite3_finalize)
    sqlite3_stmt *statement = records_prepare(opening->ledger->records, sql_told, fault);
    bool row = true;
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, opening->file->id);
    while (records_step(statement, &row, fault) && row) {
        bool note = strcmp((const char *)sqlite3_column_text(statement, 2), case_tolds[CASE_NOTE]) == 0;
        if ((for_reporter && note) || (merged && is_shown(parts, statement)))
            continue;
        json_t *part = part_of(opening, statement, fault);
        if (part == NULL)
            return false;
        if (merged)
            json_object_set_new(part, "casefile", json_integer(opening->file->id));
        json_array_append_new(parts, part);
    }
    return !row;
}

/* The parts of one case that was merged into this one. A reporter's receipt opens only what is theirs: the
 * others stay out. */
static bool add_merged(const struct opening *into, int64_t id, bool for_reporter, json_t *parts,
                       struct fault *fault)
{
    struct casefile file;
    enum case_found found;
    if (!casefile_read(into->ledger, id, &file, &found, fault))
        return false;
    CLEANUP(opening_clear) struct opening opening = opening_of(into->ledger, &file, into->pair);
    return found == CASE_NONE || (for_reporter && !opening.opens) ||
           add_parts(&opening, for_reporter, true, parts, fault);
}

static bool add_all_merged(const struct opening *into, bool for_reporter, json_t *parts, struct fault *fault)
{
    OWNED(sqlite3_finalize)
    sqlite3_stmt *statement = records_prepare(into->ledger->records, sql_merged, fault);
    bool row = true;
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, into->file->id);
    while (records_step(statement, &row, fault) && row)
        if (!add_merged(into, sqlite3_column_int64(statement, 0), for_reporter, parts, fault))
            return false;
    return !row;
}

static int compare_parts(const void *a, const void *b)
{
    json_int_t one = json_integer_value(json_object_get(*(json_t *const *)a, "id"));
    json_int_t other = json_integer_value(json_object_get(*(json_t *const *)b, "id"));
    return (one > other) - (one < other);
}

/* As they came, whichever case they came to. */
static json_t *in_order(json_t *parts)
{
    size_t count = json_array_size(parts);
    OWNED_MEMORY json_t **list = memory_new(count + 1, sizeof *list);
    json_t *ordered = json_array();
    for (size_t i = 0; i < count; i++)
        list[i] = json_array_get(parts, i);
    qsort(list, count, sizeof *list, compare_parts);
    for (size_t i = 0; i < count; i++)
        json_array_append(ordered, list[i]);
    json_decref(parts);
    return ordered;
}

json_t *casefile_told(struct ledger *ledger, const struct casefile *file, const struct seal_pair *pair,
                      bool for_reporter, struct fault *fault)
{
    CLEANUP(opening_clear) struct opening opening = opening_of(ledger, file, pair);
    json_t *parts = json_array();
    if (add_parts(&opening, for_reporter, false, parts, fault) &&
        add_all_merged(&opening, for_reporter, parts, fault))
        return in_order(parts);
    json_decref(parts);
    return NULL;
}
