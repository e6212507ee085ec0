/* What was told in a case, opened. */
#include "base/memory.h"
#include "cases/told.h"
#include "ledger/records.h"
#include <sodium.h>
#include <string.h>

enum { TITLE_CHARACTERS = 60 };

static const char sql_told[] =
    "SELECT id, at_s, what, staff, sealed FROM told WHERE casefile = ?1 ORDER BY id";
static const char sql_first[] = "SELECT sealed FROM told WHERE casefile = ?1 ORDER BY id LIMIT 1";
static const char sql_attachments[] =
    "SELECT id, bytes, sealed_name FROM attachment WHERE told = ?1 ORDER BY id";
static const char sql_attachment[] =
    "SELECT told.casefile, told.what, told.sealed, attachment.sealed_name, attachment.sealed FROM attachment"
    " JOIN told ON told.id = attachment.told WHERE attachment.id = ?1";
static const char sql_merged[] = "SELECT id FROM casefile WHERE merged_into = ?1 ORDER BY id";

/* One case being opened. */
struct opening {
    struct ledger *ledger;
    const struct casefile *file;
    const struct seal_pair *pair;
    struct seal_key key;
    bool opens;
};

static void close_opening(struct opening *opening)
{
    sodium_memzero(&opening->key, sizeof opening->key);
}

static struct opening open_case(struct ledger *ledger, const struct casefile *file,
                                const struct seal_pair *pair)
{
    struct opening opening = {.ledger = ledger, .file = file, .pair = pair};
    opening.opens = casefile_key(file, pair, &opening.key);
    return opening;
}

/* The key of one part; false: not for this pair. */
static bool part_key(const struct opening *opening, const char *what, struct told_bytes *sealed,
                     struct seal_key *key)
{
    if (strcmp(what, case_tolds[CASE_NOTE]) == 0)
        return told_note_key(opening->pair, sealed, key);
    *key = opening->key;
    return opening->opens;
}

static struct told_bytes bytes_of(sqlite3_stmt *statement, int column)
{
    return (struct told_bytes){sqlite3_column_blob(statement, column),
                               (size_t)sqlite3_column_bytes(statement, column)};
}

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
        const struct told_bytes sealed = bytes_of(statement, 2);
        text_empty(&name);
        seal_open(key, (struct seal_about){"name", opening->file->once}, sealed.bytes, sealed.length, &name);
        json_array_append_new(list, json_pack("{s:I, s:s%, s:I}", "id",
                                              (json_int_t)sqlite3_column_int64(statement, 0), "name",
                                              name.bytes, name.length, "bytes",
                                              (json_int_t)sqlite3_column_int64(statement, 1)));
    }
    return !row;
}

/* One row, opened. "erased" or "damaged" stands where its fields cannot be had. */
static json_t *part_of(const struct opening *opening, sqlite3_stmt *statement, struct fault *fault)
{
    struct seal_key key;
    const char *what = (const char *)sqlite3_column_text(statement, 2);
    struct told_bytes sealed = bytes_of(statement, 4);
    json_t *fields =
        part_key(opening, what, &sealed, &key) ? told_fields(&key, opening->file->once, sealed) : NULL;
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
        if (for_reporter &&
            strcmp((const char *)sqlite3_column_text(statement, 2), case_tolds[CASE_NOTE]) == 0)
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
    CLEANUP(close_opening) struct opening opening = open_case(into->ledger, &file, into->pair);
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
    CLEANUP(close_opening) struct opening opening = open_case(ledger, file, pair);
    json_t *parts = json_array();
    if (add_parts(&opening, for_reporter, false, parts, fault) &&
        add_all_merged(&opening, for_reporter, parts, fault))
        return in_order(parts);
    json_decref(parts);
    return NULL;
}

/* What says most about a case in one line, the best first (desk/forms.h); nothing of who tells it. */
static const char *const title_fields[] = {"subject", "virus_name", "what", "symptoms",
                                           "text",    "remarks",    NULL};

static const char *title_of(json_t *fields)
{
    for (size_t i = 0; title_fields[i] != NULL; i++) {
        const char *value = json_string_value(json_object_get(fields, title_fields[i]));
        if (value != NULL && value[strspn(value, " \t\r\n")] != '\0')
            return value + strspn(value, " \t\r\n");
    }
    return "";
}

/* The first line of it, cut at a character. */
static void add_line(struct text *title, const char *value)
{
    size_t length = 0, characters = 0;
    for (; value[length] != '\0' && value[length] != '\n' && value[length] != '\r'; length++) {
        bool begins = ((unsigned char)value[length] & 0xc0) != 0x80; /* not within a character of UTF-8 */
        if (begins && characters++ == TITLE_CHARACTERS)
            break;
    }
    OWNED_MEMORY char *line = strndup(value, length);
    text_add_tame(title, line);
    if (characters > TITLE_CHARACTERS)
        text_add_string(title, "…");
}

bool casefile_title(struct ledger *ledger, const struct casefile *file, const struct seal_pair *pair,
                    struct text *title, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_first, fault);
    bool row;
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, file->id);
    if (!records_step(statement, &row, fault))
        return false;
    CLEANUP(close_opening) struct opening opening = open_case(ledger, file, pair);
    json_t *fields =
        row && opening.opens ? told_fields(&opening.key, file->once, bytes_of(statement, 0)) : NULL;
    add_line(title, title_of(fields));
    json_decref(fields);
    return true;
}

/* Whose attachment it is: of the case itself, or of one that was merged into it. */
static bool owner_of(struct ledger *ledger, const struct casefile *file, int64_t id, struct casefile *owner,
                     enum case_found *found, struct fault *fault)
{
    if (!casefile_read(ledger, id, owner, found, fault))
        return false;
    if (*found == CASE_FOUND && owner->id != file->id && owner->merged_into != file->id)
        *found = CASE_NONE;
    return true;
}

static bool open_attachment(const struct opening *opening, sqlite3_stmt *statement, struct text *name,
                            struct text *bytes)
{
    struct seal_key key;
    struct told_bytes told = bytes_of(statement, 2);
    const struct told_bytes sealed_name = bytes_of(statement, 3), sealed = bytes_of(statement, 4);
    const unsigned char *once = opening->file->once;
    bool opens =
        part_key(opening, (const char *)sqlite3_column_text(statement, 1), &told, &key) &&
        seal_open(&key, (struct seal_about){"name", once}, sealed_name.bytes, sealed_name.length, name) &&
        seal_open(&key, (struct seal_about){"attachment", once}, sealed.bytes, sealed.length, bytes);
    sodium_memzero(&key, sizeof key);
    return opens;
}

bool casefile_attachment(struct ledger *ledger, const struct casefile *file, const struct seal_pair *pair,
                         int64_t attachment, struct text *name, struct text *bytes, enum case_found *found,
                         struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_attachment, fault);
    struct casefile owner;
    bool row;
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, attachment);
    if (!records_step(statement, &row, fault))
        return false;
    if (!row) {
        *found = CASE_NONE;
        return true;
    }
    if (!owner_of(ledger, file, sqlite3_column_int64(statement, 0), &owner, found, fault))
        return false;
    if (*found == CASE_NONE)
        return true;
    CLEANUP(close_opening) struct opening opening = open_case(ledger, &owner, pair);
    *found = open_attachment(&opening, statement, name, bytes) ? CASE_FOUND : CASE_NONE;
    return true;
}
