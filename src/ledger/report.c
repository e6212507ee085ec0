#include "ledger/report.h"
#include "ledger/codes.h"
#include <string.h>

void report_bind_key(sqlite3_stmt *statement, const struct report *report)
{
    sqlite3_bind_int64(statement, 1, calendar_month(report->accepted_on));
    sqlite3_bind_text(statement, 2, report->name, (int)report->name_length, SQLITE_TRANSIENT);
    sqlite3_bind_blob(statement, 3, report->reporter.bytes, sizeof report->reporter.bytes, SQLITE_TRANSIENT);
    sqlite3_bind_int64(statement, 4, report->detected_on);
}

static void bind_values(sqlite3_stmt *statement, const struct report *report)
{
    report_bind_key(statement, report);
    sqlite3_bind_int64(statement, 5, report->accepted_on);
    sqlite3_bind_int64(statement, 7, report->detections);
    sqlite3_bind_text(statement, 8, report->route, -1, SQLITE_TRANSIENT);
}

/* What stands under the same key already: may this join it? */
static enum report_added check_merge(sqlite3_stmt *find, const struct report *report, struct fault *fault)
{
    bool row;
    report_bind_key(find, report);
    if (!records_step(find, &row, fault))
        return REPORT_FAILED;
    if (!row)
        return REPORT_JOINED;
    bool same_kind = strcmp((const char *)sqlite3_column_text(find, 0), report->kind) == 0;
    bool fits = sqlite3_column_int64(find, 1) <= CODES_DETECTIONS_MOST - report->detections;
    sqlite3_reset(find);
    if (!same_kind)
        fault_set(fault,
                  "'kind' is '%s', but an earlier row of the same report says otherwise (expected '%s')",
                  report->kind, codes_kinds[strcmp(report->kind, codes_kinds[0]) == 0]);
    else if (!fits)
        fault_set(fault, "the detections of this report come to more than 1,000,000,000,000 with this row "
                         "(expected no more)");
    return same_kind && fits ? REPORT_JOINED : REPORT_BAD;
}

static enum report_added merge(sqlite3_stmt *const statements[REPORT_STATEMENTS], const struct report *report,
                               struct fault *fault)
{
    enum report_added may = check_merge(statements[REPORT_FIND], report, fault);
    if (may != REPORT_JOINED)
        return may;
    bind_values(statements[REPORT_MERGE], report);
    return records_do(statements[REPORT_MERGE], fault) ? REPORT_JOINED : REPORT_FAILED;
}

enum report_added report_add(sqlite3_stmt *const statements[REPORT_STATEMENTS], const struct report *report,
                             struct fault *fault)
{
    sqlite3_stmt *insert = statements[REPORT_INSERT];
    bind_values(insert, report);
    sqlite3_bind_text(insert, 6, report->kind, -1, SQLITE_TRANSIENT);
    if (!records_do(insert, fault))
        return REPORT_FAILED;
    bool new = sqlite3_changes(sqlite3_db_handle(insert)) == 1;
    return new ? REPORT_NEW : merge(statements, report, fault);
}
