#include "ledger/migrate.h"
#include "ledger/records.h"
#include "ledger/schema.h"

#include <stdio.h>

/* In the first format each file was of one capture, and the table of files said of which. */
static const char sql_begin_1[] = "ALTER TABLE sighting_file RENAME TO sighting_file_1;";
static const char sql_fill_1[] =
    "INSERT INTO sighting_file (day, file, rows, placed) SELECT day, file, rows, placed FROM sighting_file_1;"
    "INSERT INTO capture_day (day, intake, rows, file) SELECT day, intake, rows, file FROM sighting_file_1;"
    "DROP TABLE sighting_file_1;";

static bool from_1(sqlite3 *records, struct fault *fault)
{
    return records_run(records, sql_begin_1, fault) && records_run(records, ledger_schema_sightings, fault) &&
           records_run(records, sql_fill_1, fault);
}

/* The second format knew no desk. */
static bool from_2(sqlite3 *records, struct fault *fault)
{
    return records_run(records, ledger_schema_desk, fault);
}

static bool (*const steps[])(sqlite3 *records, struct fault *fault) = {[1] = from_1, [2] = from_2};

static bool set_format(sqlite3 *records, struct fault *fault)
{
    char sql[96];
    snprintf(sql, sizeof sql, "UPDATE meta SET value = '%d' WHERE name = 'format'; COMMIT", LEDGER_FORMAT);
    return records_run(records, sql, fault);
}

bool migrate(struct ledger *ledger, long format, struct fault *fault)
{
    struct fault ignored;
    bool well = records_run(ledger->records, "BEGIN IMMEDIATE", fault);
    for (; well && format < LEDGER_FORMAT; format++)
        well = steps[format](ledger->records, fault);
    if (well && set_format(ledger->records, fault))
        return true;
    records_run(ledger->records, "ROLLBACK", &ignored);
    return fault_while(fault, "cannot bring '%s' up to this mimamori's format", ledger->path);
}
