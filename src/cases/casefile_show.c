/* One line of a case, and one attachment. */
#include "cases/opening.h"
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { TITLE_CHARACTERS = 60 };

static const char sql_first[] = "SELECT sealed FROM told WHERE casefile = ?1 ORDER BY id LIMIT 1";
static const char sql_attachment[] =
    "SELECT told.casefile, told.what, told.sealed, attachment.sealed_name, attachment.sealed FROM attachment"
    " JOIN told ON told.id = attachment.told WHERE attachment.id = ?1";

/* What says most about a case in one line, the best first (desk/forms.h); nothing of who tells it. */
static const char *const title_fields[] = {"subject", "virus_name", "what", "symptoms",
                                           "text",    "remarks",    NULL};

/* Of a table of many, its first row: what stands below its head. */
static const char *first_row(json_t *fields)
{
    const char *rows = json_string_value(json_object_get(fields, "rows"));
    const char *end = rows == NULL ? NULL : strchr(rows, '\n');
    return end == NULL ? "" : end + 1;
}

static const char *title_of(json_t *fields)
{
    for (size_t i = 0; title_fields[i] != NULL; i++) {
        const char *value = json_string_value(json_object_get(fields, title_fields[i]));
        if (value != NULL && value[strspn(value, " \t\r\n")] != '\0')
            return value + strspn(value, " \t\r\n");
    }
    return first_row(fields);
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
    CLEANUP(opening_clear) struct opening opening = opening_of(ledger, file, pair);
    json_t *fields =
        row && opening.opens ? told_fields(&opening.key, file->once, opening_bytes(statement, 0)) : NULL;
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
    struct seal_key key = {0};
    struct told_bytes told = opening_bytes(statement, 2);
    const struct told_bytes sealed_name = opening_bytes(statement, 3), sealed = opening_bytes(statement, 4);
    const unsigned char *once = opening->file->once;
    bool opens =
        opening_key(opening, (const char *)sqlite3_column_text(statement, 1), &told, &key) &&
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
    CLEANUP(opening_clear) struct opening opening = opening_of(ledger, &owner, pair);
    *found = open_attachment(&opening, statement, name, bytes) ? CASE_FOUND : CASE_NONE;
    return true;
}
