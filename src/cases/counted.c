#include "cases/counted.h"
#include "ledger/records.h"

static const char malware_sql[] =
    "SELECT own.month, report.kind, count(*), sum(own.detections), sum(report.detections > own.detections)"
    " FROM (SELECT month, name, reporter, detected_on, sum(detections) AS detections FROM counted_malware"
    " WHERE casefile = ?1 GROUP BY month, name, reporter, detected_on) AS own"
    " JOIN malware_report AS report USING (month, name, reporter, detected_on)"
    " GROUP BY own.month, report.kind ORDER BY own.month, report.kind DESC";
static const char access_sql[] = "SELECT received_on, harm FROM access_report"
                                 " WHERE id = (SELECT access_report FROM casefile WHERE id = ?1)";
static const char consultation_sql[] = "SELECT received_on, access FROM consultation"
                                       " WHERE id = (SELECT consultation FROM casefile WHERE id = ?1)";

static sqlite3_stmt *prepare(struct ledger *ledger, const char *sql, int64_t casefile, struct fault *fault)
{
    sqlite3_stmt *statement = records_prepare(ledger->records, sql, fault);
    if (statement != NULL)
        sqlite3_bind_int64(statement, 1, casefile);
    return statement;
}

static bool read_malware(struct ledger *ledger, int64_t casefile, json_t *counted, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *read = prepare(ledger, malware_sql, casefile, fault);
    bool row;
    json_t *months = json_array();
    json_object_set_new(counted, "malware", months);
    while (read != NULL && records_step(read, &row, fault)) {
        if (!row) {
            if (json_array_size(months) == 0)
                json_object_del(counted, "malware");
            return true;
        }
        json_array_append_new(months,
                              json_pack("{s:i, s:s, s:I, s:I, s:I}", "month", sqlite3_column_int(read, 0),
                                        "kind", (const char *)sqlite3_column_text(read, 1), "reports",
                                        (json_int_t)sqlite3_column_int64(read, 2), "detections",
                                        (json_int_t)sqlite3_column_int64(read, 3), "shared",
                                        (json_int_t)sqlite3_column_int64(read, 4)));
    }
    return false;
}

/* One row of a day and a yes or no. */
static bool read_one(sqlite3_stmt *read, json_t *counted, const char *what, const char *answer,
                     struct fault *fault)
{
    bool row;
    if (read == NULL || !records_step(read, &row, fault))
        return false;
    if (row)
        json_object_set_new(counted, what,
                            json_pack("{s:i, s:b}", "month", (int)calendar_month(sqlite3_column_int(read, 0)),
                                      answer, sqlite3_column_int(read, 1)));
    return true;
}

json_t *counted_read(struct ledger *ledger, int64_t casefile, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *access = prepare(ledger, access_sql, casefile, fault);
    OWNED(sqlite3_finalize)
    sqlite3_stmt *consultation = access == NULL ? NULL : prepare(ledger, consultation_sql, casefile, fault);
    json_t *counted = json_object();
    if (access != NULL && consultation != NULL && read_one(access, counted, "access", "harm", fault) &&
        read_one(consultation, counted, "consultation", "access", fault) &&
        read_malware(ledger, casefile, counted, fault))
        return counted;
    json_decref(counted);
    return NULL;
}
