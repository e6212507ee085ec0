/* Reports of unauthorised access. */
#include "ledger/codes.h"
#include "ledger/import_kind.h"
#include "ledger/pseudonym.h"

enum { REPORTER, RECEIVED_ON, HARM, CATEGORY, CAUSE };

static const char *const harms[] = {"no", "yes", NULL};

static enum import_row take(struct import *import, const struct import_value *values, struct fault *fault)
{
    const char *category = codes_categories[values[CATEGORY].number];
    bool harm = values[HARM].number == 1;
    if (!codes_check_access(category, harm, fault))
        return IMPORT_ROW_BAD;
    struct pseudonym reporter = pseudonym_of(import->ledger, values[REPORTER].bytes, values[REPORTER].length);
    sqlite3_stmt *insert = import->statements[0];
    sqlite3_bind_blob(insert, 1, reporter.bytes, sizeof reporter.bytes, SQLITE_TRANSIENT);
    sqlite3_bind_int64(insert, 2, values[RECEIVED_ON].number);
    sqlite3_bind_int(insert, 3, harm);
    sqlite3_bind_text(insert, 4, category, -1, SQLITE_STATIC);
    sqlite3_bind_text(insert, 5, codes_causes[values[CAUSE].number], -1, SQLITE_STATIC);
    if (!records_do(insert, fault))
        return IMPORT_ROW_FAILED;
    import->account->records++;
    return IMPORT_ROW_TAKEN;
}

const struct import_kind import_access = {
    .name = "access",
    .one = "report",
    .many = "reports",
    .columns =
        {
            [REPORTER] = {"reporter", IMPORT_REPORTER, NULL, 0, 0},
            [RECEIVED_ON] = {"received_on", IMPORT_DAY, NULL, 0, 0},
            [HARM] = {"harm", IMPORT_WORD, harms, 0, 0},
            [CATEGORY] = {"category", IMPORT_WORD, codes_categories, 0, 0},
            [CAUSE] = {"cause", IMPORT_WORD, codes_causes, 0, 0},
        },
    .sql = {"INSERT INTO access_report (reporter, received_on, harm, category, cause) VALUES (?1, ?2, ?3, "
            "?4, ?5)"},
    .take = take,
};
