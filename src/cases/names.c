#include "cases/names.h"
#include "cases/change.h"
#include "cases/deeds.h"
#include "cases/fold.h"
#include "ledger/codes.h"
#include "ledger/import_kind.h"
#include "ledger/records.h"
#include <string.h>

/* Aliases are kept folded, and a name is an alias of itself: one look-up finds both. */
static const char sql_find[] =
    "SELECT name, kind FROM virus_alias JOIN virus_name USING (name) WHERE alias = ?1";
static const char sql_set[] =
    "INSERT INTO virus_name (name, kind) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET kind = ?2";
static const char sql_is_name[] = "SELECT kind FROM virus_name WHERE name = ?1";
static const char sql_alias[] = "INSERT OR IGNORE INTO virus_alias (alias, name) VALUES (?1, ?2)";
static const char sql_unalias[] = "DELETE FROM virus_alias WHERE alias = ?1";
static const char sql_unalias_all[] = "DELETE FROM virus_alias WHERE name = ?1";
static const char sql_remove[] = "DELETE FROM virus_name WHERE name = ?1";
static const char sql_list[] = "SELECT name, kind, alias FROM virus_name LEFT JOIN virus_alias USING (name)"
                               " ORDER BY name, alias";

enum { NAMES_BYTES_MOST = 4096 };
static const struct import_column name_column = {.name = "name", .type = IMPORT_NAME};
static const struct import_column kind_column = {.name = "kind", .type = IMPORT_WORD, .words = codes_kinds};

static void fold(struct text *folded, const char *name)
{
    text_init(folded, NAMES_BYTES_MOST);
    fold_add(folded, name, FOLD_BLANKS_NONE);
}

/* Whose name or alias it is: "" nobody's. */
static bool find(struct ledger *ledger, const char *written, struct text *name, const char **kind,
                 struct fault *fault)
{
    CLEANUP(text_clear) struct text folded;
    fold(&folded, written);
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_find, fault);
    if (statement == NULL)
        return false;
    sqlite3_bind_text(statement, 1, folded.bytes == NULL ? "" : folded.bytes, (int)folded.length,
                      SQLITE_STATIC);
    bool row;
    if (!records_step(statement, &row, fault))
        return false;
    text_empty(name);
    *kind = "";
    if (row) {
        text_add_string(name, (const char *)sqlite3_column_text(statement, 0));
        *kind = codes_kinds[strcmp((const char *)sqlite3_column_text(statement, 1), codes_kinds[0]) != 0];
    }
    return true;
}

bool names_canonical(struct ledger *ledger, const char *written, struct text *name, const char **kind,
                     bool *known, struct fault *fault)
{
    struct import_value trimmed;
    CLEANUP(text_clear) struct text found;
    text_init(&found, NAMES_BYTES_MOST);
    if (!import_cell(&name_column, true, written, strlen(written), &trimmed, fault) ||
        !find(ledger, written, &found, kind, fault))
        return false;
    *known = found.length > 0;
    text_add(name, *known ? found.bytes : trimmed.bytes, *known ? found.length : trimmed.length);
    return true;
}

static bool run(struct ledger *ledger, const char *sql, const struct text *first, const char *second,
                struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql, fault);
    if (statement == NULL)
        return false;
    sqlite3_bind_text(statement, 1, first->bytes, (int)first->length, SQLITE_STATIC);
    if (second != NULL)
        sqlite3_bind_text(statement, 2, second, -1, SQLITE_STATIC);
    return records_do(statement, fault);
}

/* In `text` as it is to be kept. */
static bool read_name(const char *written, struct text *text, struct fault *fault)
{
    struct import_value value;
    text_init(text, NAMES_BYTES_MOST);
    if (!import_cell(&name_column, true, written, strlen(written), &value, fault))
        return false;
    text_add(text, value.bytes, value.length);
    text_add_byte(text, '\0');
    text->length--;
    return true;
}

/* Makes `alias` lead to `name`, unless it leads elsewhere. */
static bool lead(struct ledger *ledger, const char *alias, const char *name, struct fault *fault)
{
    const char *kind;
    CLEANUP(text_clear) struct text folded, found;
    text_init(&found, NAMES_BYTES_MOST);
    fold(&folded, alias);
    if (folded.length == 0)
        return fault_set(fault, "'%s' is no name (expected letters that can be seen)", alias);
    if (!find(ledger, alias, &found, &kind, fault))
        return false;
    if (found.length > 0 && (found.length != strlen(name) || memcmp(found.bytes, name, found.length) != 0))
        return fault_set(fault, "'%s' is another name of '%.*s' already", alias, (int)found.length,
                         found.bytes);
    return run(ledger, sql_alias, &folded, name, fault);
}

bool names_set(struct ledger *ledger, const char *name, const char *kind, int64_t staff, struct fault *fault)
{
    struct import_value value;
    CLEANUP(change_undo) struct change change = {0};
    CLEANUP(text_clear) struct text kept = {0};
    return read_name(name, &kept, fault) &&
           import_cell(&kind_column, true, kind, strlen(kind), &value, fault) &&
           change_begin(&change, ledger, fault) &&
           run(ledger, sql_set, &kept, codes_kinds[value.number], fault) &&
           lead(ledger, kept.bytes, kept.bytes, fault) &&
           deeds_add(ledger, staff, "name.set", 0, "", fault) && change_commit(&change, fault);
}

static bool is_name(struct ledger *ledger, const struct text *name, bool *is, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_is_name, fault);
    if (statement == NULL)
        return false;
    sqlite3_bind_text(statement, 1, name->bytes, (int)name->length, SQLITE_STATIC);
    return records_step(statement, is, fault);
}

bool names_alias(struct ledger *ledger, const char *alias, const char *name, int64_t staff,
                 struct fault *fault)
{
    bool known;
    CLEANUP(change_undo) struct change change = {0};
    CLEANUP(text_clear) struct text kept = {0}, other = {0};
    if (!read_name(name, &kept, fault) || !read_name(alias, &other, fault) ||
        !change_begin(&change, ledger, fault) || !is_name(ledger, &kept, &known, fault))
        return false;
    if (!known)
        return fault_set(fault, "the name '%s' is not known (expected one of the list)", kept.bytes);
    return lead(ledger, other.bytes, kept.bytes, fault) &&
           deeds_add(ledger, staff, "name.alias", 0, "", fault) && change_commit(&change, fault);
}

bool names_unalias(struct ledger *ledger, const char *alias, int64_t staff, struct fault *fault)
{
    const char *kind;
    CLEANUP(change_undo) struct change change = {0};
    CLEANUP(text_clear) struct text folded, found, own = {0};
    fold(&folded, alias);
    text_init(&found, NAMES_BYTES_MOST);
    if (!change_begin(&change, ledger, fault) || !find(ledger, alias, &found, &kind, fault))
        return false;
    text_add_byte(&found, '\0');
    fold(&own, found.bytes);
    if (own.length > 0 && own.length == folded.length && memcmp(own.bytes, folded.bytes, own.length) == 0)
        return fault_set(fault, "'%s' is the name itself (expected one of its other names)", alias);
    return run(ledger, sql_unalias, &folded, NULL, fault) &&
           deeds_add(ledger, staff, "name.unalias", 0, "", fault) && change_commit(&change, fault);
}

bool names_remove(struct ledger *ledger, const char *name, int64_t staff, struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    CLEANUP(text_clear) struct text kept = {0};
    return read_name(name, &kept, fault) && change_begin(&change, ledger, fault) &&
           run(ledger, sql_unalias_all, &kept, NULL, fault) && run(ledger, sql_remove, &kept, NULL, fault) &&
           deeds_add(ledger, staff, "name.remove", 0, "", fault) && change_commit(&change, fault);
}

/* The list's last entry where it is of this name, else a new one. */
static json_t *entry_of(json_t *list, const char *name, const char *kind)
{
    json_t *last = json_array_get(list, json_array_size(list) - 1);
    if (last != NULL && strcmp(json_string_value(json_object_get(last, "name")), name) == 0)
        return last;
    json_array_append_new(list, json_pack("{s:s, s:s, s:[]}", "name", name, "kind", kind, "aliases"));
    return json_array_get(list, json_array_size(list) - 1);
}

static void list_row(json_t *list, sqlite3_stmt *row)
{
    const char *name = (const char *)sqlite3_column_text(row, 0);
    const char *alias = (const char *)sqlite3_column_text(row, 2);
    json_t *entry = entry_of(list, name, (const char *)sqlite3_column_text(row, 1));
    CLEANUP(text_clear) struct text own;
    fold(&own, name);
    if (alias != NULL && (strlen(alias) != own.length || memcmp(alias, own.bytes, own.length) != 0))
        json_array_append_new(json_object_get(entry, "aliases"), json_string(alias));
}

json_t *names_list(struct ledger *ledger, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_list, fault);
    json_t *list = json_array();
    bool row = statement != NULL;
    while (row) {
        if (!records_step(statement, &row, fault))
            break;
        if (!row)
            return list;
        list_row(list, statement);
    }
    json_decref(list);
    return NULL;
}
