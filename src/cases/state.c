#include "cases/state.h"
#include "cases/change.h"
#include "ledger/records.h"
#include <time.h>

static const char sql_set[] =
    "INSERT INTO desk_state (name, at_s, value) VALUES (?1, ?2, ?3) ON CONFLICT (name) "
    "DO UPDATE SET at_s = ?2, value = ?3";
static const char sql_unset[] = "DELETE FROM desk_state WHERE name = ?1";
static const char sql_count[] =
    "INSERT INTO desk_state (name, at_s, value) VALUES (?1, ?2, '1') ON CONFLICT (name) "
    "DO UPDATE SET at_s = ?2, value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)";
static const char sql_list[] = "SELECT name, at_s, value FROM desk_state ORDER BY name";

static bool change_one(struct ledger *ledger, const char *sql, const char *name, const char *value,
                       struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    if (!change_begin(&change, ledger, fault))
        return false;
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql, fault);
    if (statement == NULL)
        return false;
    sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
    if (sqlite3_bind_parameter_count(statement) > 1)
        sqlite3_bind_int64(statement, 2, time(NULL));
    if (value != NULL)
        sqlite3_bind_text(statement, 3, value, -1, SQLITE_STATIC);
    return records_do(statement, fault) && change_commit(&change, fault);
}

bool state_set(struct ledger *ledger, const char *name, const char *value, struct fault *fault)
{
    return change_one(ledger, sql_set, name, value, fault);
}

bool state_unset(struct ledger *ledger, const char *name, struct fault *fault)
{
    return change_one(ledger, sql_unset, name, NULL, fault);
}

bool state_count(struct ledger *ledger, const char *name, struct fault *fault)
{
    return change_one(ledger, sql_count, name, NULL, fault);
}

json_t *state_list(struct ledger *ledger, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_list, fault);
    json_t *list = json_object();
    bool row = false;
    if (statement == NULL || !records_step(statement, &row, fault)) {
        json_decref(list);
        return NULL;
    }
    while (row) {
        json_object_set_new(list, (const char *)sqlite3_column_text(statement, 0),
                            json_pack("{s:I, s:s}", "at_s", (json_int_t)sqlite3_column_int64(statement, 1),
                                      "value", (const char *)sqlite3_column_text(statement, 2)));
        if (!records_step(statement, &row, fault)) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}
