#include "ledger/migrate.h"
#include "ledger/records.h"
#include "ledger/schema.h"

/* In the first format each file was of one capture, and the table of files said of which. */
static const char sql_begin[] = "BEGIN IMMEDIATE; ALTER TABLE sighting_file RENAME TO sighting_file_1;";
static const char sql_fill[] =
    "INSERT INTO sighting_file (day, file, rows, placed) SELECT day, file, rows, placed FROM sighting_file_1;"
    "INSERT INTO capture_day (day, intake, rows, file) SELECT day, intake, rows, file FROM sighting_file_1;"
    "DROP TABLE sighting_file_1;"
    "UPDATE meta SET value = '2' WHERE name = 'format'; COMMIT;";

bool migrate(struct ledger *ledger, struct fault *fault)
{
    struct fault ignored;
    if (records_run(ledger->records, sql_begin, fault) &&
        records_run(ledger->records, ledger_schema_sightings, fault) &&
        records_run(ledger->records, sql_fill, fault))
        return true;
    records_run(ledger->records, "ROLLBACK", &ignored);
    return fault_while(fault, "cannot bring '%s' up to this mimamori's format", ledger->path);
}
