#include "cases/templates.h"
#include "cases/change.h"
#include "cases/deeds.h"
#include "ledger/records.h"

static const char list_sql[] =
    "SELECT id, title, language, body FROM answer_template WHERE ?1 IS NULL OR language = ?1"
    " ORDER BY title, language, id";
static const char known_sql[] =
    "SELECT 1 FROM answer_template WHERE title = ?2 AND language = ?3 AND body = ?4 AND id IS NOT ?1";
static const char add_sql[] =
    "INSERT INTO answer_template (id, title, language, body) VALUES (?1, ?2, ?3, ?4)";
static const char set_sql[] = "UPDATE answer_template SET title = ?2, language = ?3, body = ?4 WHERE id = ?1";
static const char remove_sql[] = "DELETE FROM answer_template WHERE id = ?1";

json_t *templates_list(struct ledger *ledger, const char *language, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *list = records_prepare(ledger->records, list_sql, fault);
    if (list == NULL)
        return NULL;
    sqlite3_bind_text(list, 1, language, -1, SQLITE_STATIC);
    json_t *templates = json_array();
    bool row;
    while (records_step(list, &row, fault)) {
        if (!row)
            return templates;
        json_array_append_new(templates, json_pack("{s:I, s:s, s:s, s:s}", "id",
                                                   (json_int_t)sqlite3_column_int64(list, 0), "title",
                                                   (const char *)sqlite3_column_text(list, 1), "language",
                                                   (const char *)sqlite3_column_text(list, 2), "body",
                                                   (const char *)sqlite3_column_text(list, 3)));
    }
    json_decref(templates);
    return NULL;
}

static sqlite3_stmt *prepare(struct ledger *ledger, const char *sql, const struct template *template,
                             struct fault *fault)
{
    sqlite3_stmt *statement = records_prepare(ledger->records, sql, fault);
    if (statement == NULL)
        return NULL;
    if (template->id != 0)
        sqlite3_bind_int64(statement, 1, template->id);
    sqlite3_bind_text(statement, 2, template->title, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 3, template->language, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 4, template->body, -1, SQLITE_STATIC);
    return statement;
}

static bool is_known(struct ledger *ledger, const struct template *template, bool *known, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = prepare(ledger, known_sql, template, fault);
    return statement != NULL && records_step(statement, known, fault);
}

bool templates_set(struct ledger *ledger, const struct template *template, int64_t staff,
                   enum templates_set *set, struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    bool known;
    if (!change_begin(&change, ledger, fault) || !is_known(ledger, template, &known, fault))
        return false;
    if (known && template->id == 0) {
        *set = TEMPLATES_KNOWN;
        return true;
    }
    OWNED(sqlite3_finalize)
    sqlite3_stmt *write = prepare(ledger, template->id == 0 ? add_sql : set_sql, template, fault);
    if (write == NULL || !records_do(write, fault))
        return false;
    bool changed = sqlite3_changes(ledger->records) == 1;
    if (changed && !deeds_add(ledger, staff, "template.set", 0, "", fault))
        return false;
    if (!change_commit(&change, fault))
        return false;
    *set = changed ? TEMPLATES_SET : TEMPLATES_GONE;
    return true;
}

bool templates_remove(struct ledger *ledger, int64_t id, int64_t staff, struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    if (!change_begin(&change, ledger, fault))
        return false;
    OWNED(sqlite3_finalize) sqlite3_stmt *remove = records_prepare(ledger->records, remove_sql, fault);
    if (remove == NULL)
        return false;
    sqlite3_bind_int64(remove, 1, id);
    if (!records_do(remove, fault))
        return false;
    if (sqlite3_changes(ledger->records) == 1 && !deeds_add(ledger, staff, "template.remove", 0, "", fault))
        return false;
    return change_commit(&change, fault);
}
