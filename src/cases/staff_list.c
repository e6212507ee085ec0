#include "base/text.h"
#include "cases/session.h"
#include "cases/staff_row.h"
#include "ledger/records.h"
#include <string.h>

static const char staff_list_sql[] =
    "SELECT id, name, shown, language, rights, state, made_s, ifnull(signed_in_s, 0),"
    " (SELECT count(*) FROM session s WHERE s.staff = staff.id AND s.made_s > ?1 AND s.seen_s > ?2)"
    " FROM staff ORDER BY name";

static json_t *rights_of(unsigned rights)
{
    json_t *words = json_array();
    for (unsigned i = 0; staff_rights[i] != NULL; i++)
        if ((rights & 1U << i) != 0)
            json_array_append_new(words, json_string(staff_rights[i]));
    return words;
}

static json_t *line_of(sqlite3_stmt *row, int64_t now_s)
{
    const char *state = (const char *)sqlite3_column_text(row, 5);
    int64_t made_s = sqlite3_column_int64(row, 6);
    bool lapsed = strcmp(state, staff_states[STAFF_INVITED]) == 0 && now_s - made_s >= STAFF_INVITATION_S;
    return json_pack("{s:I, s:s, s:s, s:s, s:o, s:s, s:I, s:I, s:I, s:b}", "id",
                     (json_int_t)sqlite3_column_int64(row, 0), "name", sqlite3_column_text(row, 1), "shown",
                     sqlite3_column_text(row, 2), "language", sqlite3_column_text(row, 3), "rights",
                     rights_of((unsigned)sqlite3_column_int(row, 4)), "state", state, "made_s",
                     (json_int_t)made_s, "signed_in_s", (json_int_t)sqlite3_column_int64(row, 7), "sessions",
                     (json_int_t)sqlite3_column_int64(row, 8), "lapsed", (int)lapsed);
}

json_t *staff_list(struct ledger *ledger, int64_t now_s, struct fault *fault)
{
    bool row;
    OWNED(sqlite3_finalize) sqlite3_stmt *find = records_prepare(ledger->records, staff_list_sql, fault);
    if (find == NULL)
        return NULL;
    sqlite3_bind_int64(find, 1, now_s - SESSION_LONGEST_S);
    sqlite3_bind_int64(find, 2, now_s - SESSION_IDLE_S);
    json_t *list = json_array();
    for (;;) {
        if (!records_step(find, &row, fault)) {
            json_decref(list);
            return NULL;
        }
        if (!row)
            return list;
        json_array_append_new(list, line_of(find, now_s));
    }
}
