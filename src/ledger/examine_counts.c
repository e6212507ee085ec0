/* What counts is what is classified: whether the records hold, for each case of the desk, what its
 * classification says (cases/classing.h). */
#include "ledger/examine.h"
#include "ledger/records.h"

#define COUNTS "(file.state NOT IN ('rejected', 'withdrawn') AND file.merged_into IS NULL)"
static const char *const sql_counts[] = {
    /* a line of malware counts, or does not, as its case does */
    "SELECT casefile FROM classed_malware AS line JOIN casefile AS file ON file.id = casefile"
    " LEFT JOIN counted_malware AS counted USING (casefile, line) WHERE " COUNTS
    " <> (counted.name IS NOT NULL) OR counted.name <> line.name OR counted.detections <> line.detections"
    " OR counted.detected_on <> line.detected_on",
    "SELECT casefile FROM counted_malware LEFT JOIN classed_malware AS line USING (casefile, line)"
    " WHERE line.name IS NULL",
    /* a report holds at least what its cases have added; an import may have added more */
    "SELECT casefile FROM counted_malware AS counted LEFT JOIN malware_report AS report"
    " USING (month, name, reporter, detected_on) GROUP BY month, name, reporter, detected_on"
    " HAVING sum(counted.detections) > ifnull(report.detections, 0)",
    /* the others have a row of their own */
    "SELECT file.id FROM casefile AS file LEFT JOIN classed_access AS classed ON casefile = file.id"
    " LEFT JOIN access_report AS report ON report.id = file.access_report WHERE (casefile IS NOT NULL "
    "AND " COUNTS ") <> (report.id IS NOT NULL) OR (file.access_report IS NOT NULL AND report.id IS NULL)"
    " OR report.received_on <> classed.received_on OR report.harm <> classed.harm"
    " OR report.category <> classed.category OR report.cause <> classed.cause",
    "SELECT file.id FROM casefile AS file LEFT JOIN classed_consultation AS classed ON casefile = file.id"
    " LEFT JOIN consultation AS row ON row.id = file.consultation WHERE (casefile IS NOT NULL AND " COUNTS
    ") <> (row.id IS NOT NULL) OR (file.consultation IS NOT NULL AND row.id IS NULL)"
    " OR row.received_on <> classed.received_on OR row.channel <> classed.channel"
    " OR row.topic <> classed.topic OR row.access <> classed.access OR row.harm IS NOT classed.harm"
    "    AND row.id IS NOT NULL",
    "SELECT max(id) FROM casefile WHERE access_report IS NOT NULL GROUP BY access_report HAVING count(*) > 1",
    "SELECT max(id) FROM casefile WHERE consultation IS NOT NULL GROUP BY consultation HAVING count(*) > 1",
};

static bool examine_one(const struct ledger *ledger, const char *sql, struct examination *examination,
                        struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql, fault);
    bool row = statement != NULL;
    while (row) {
        if (!records_step(statement, &row, fault))
            return false;
        if (row)
            examine_add(examination, (struct examine_finding){.id = EXAMINE_RECORDS}, "desk.sqlite",
                        "what its classification says", "case %lld counts as something else",
                        (long long)sqlite3_column_int64(statement, 0));
    }
    return statement != NULL;
}

bool examine_counts(const struct ledger *ledger, struct examination *examination, struct fault *fault)
{
    for (size_t i = 0; i < sizeof sql_counts / sizeof *sql_counts; i++)
        if (!examine_one(ledger, sql_counts[i], examination, fault))
            return false;
    return true;
}
