/* schema: desk.sqlite as it is made. Days and months are numbers as base/calendar.h counts them. All tables
 * are STRICT. */
#pragma once

static const char ledger_schema[] =
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;"
    "INSERT INTO meta VALUES ('format', '2');"
    /* every file taken in, known by its content (ledger/content.h) */
    "CREATE TABLE intake (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, content BLOB NOT NULL, name TEXT NOT "
    "NULL,"
    " taken_s INTEGER NOT NULL, rows INTEGER NOT NULL, UNIQUE (kind, content)) STRICT;"
    "CREATE TABLE point (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;"
    /* the network's text form; open ends are NULL */
    "CREATE TABLE point_watch (point INTEGER NOT NULL REFERENCES point, network TEXT NOT NULL, since INTEGER,"
    " until INTEGER) STRICT;"
    /* one row for each (reporter, day of detection, name, month accepted); reporter is a keyed pseudonym */
    "CREATE TABLE malware_report (reporter BLOB NOT NULL, detected_on INTEGER NOT NULL, name TEXT NOT NULL,"
    " month INTEGER NOT NULL, accepted_on INTEGER NOT NULL, kind TEXT NOT NULL, detections INTEGER NOT NULL,"
    " route TEXT NOT NULL, PRIMARY KEY (month, name, reporter, detected_on)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE access_report (id INTEGER PRIMARY KEY, reporter BLOB NOT NULL, received_on INTEGER NOT "
    "NULL,"
    " harm INTEGER NOT NULL, category TEXT NOT NULL, cause TEXT NOT NULL) STRICT;"
    "CREATE INDEX access_report_day ON access_report (received_on);"
    "CREATE TABLE consultation (id INTEGER PRIMARY KEY, received_on INTEGER NOT NULL, channel TEXT NOT NULL,"
    " topic TEXT NOT NULL, access INTEGER NOT NULL, harm INTEGER) STRICT;" /* harm NULL unless access */
    /* all that the tally groups by, so that millions are counted in the index's own order, without sorting */
    "CREATE INDEX consultation_day ON consultation (received_on, channel, topic, access, harm);"
    "CREATE TABLE history (month INTEGER NOT NULL, figure TEXT NOT NULL, value INTEGER NOT NULL,"
    " PRIMARY KEY (month, figure)) STRICT, WITHOUT ROWID;"
    /* days whose summary file must be made again */
    "CREATE TABLE summary_due (day INTEGER PRIMARY KEY) STRICT;";

/* What is kept of captures (ledger/manifest.h tells the tables). */
static const char ledger_schema_sightings[] =
    /* which Parquet files count; placed: it was renamed from spool/ to sightings/ */
    "CREATE TABLE sighting_file (day INTEGER NOT NULL, file TEXT NOT NULL, rows INTEGER NOT NULL, placed "
    "INTEGER"
    " NOT NULL, bytes INTEGER, sum BLOB, PRIMARY KEY (day, file)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE sighting_gone (day INTEGER NOT NULL, file TEXT NOT NULL, PRIMARY KEY (day, file)) STRICT,"
    " WITHOUT ROWID;"
    "CREATE TABLE capture_day (day INTEGER NOT NULL, intake INTEGER NOT NULL REFERENCES intake, rows INTEGER "
    "NOT"
    " NULL, file TEXT, PRIMARY KEY (day, intake)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX capture_day_intake ON capture_day (intake);"
    "CREATE TABLE summary_file (day INTEGER PRIMARY KEY, bytes INTEGER NOT NULL, sum BLOB NOT NULL) STRICT;"
    /* why: 'let go' (retention) or 'lost' (repair found sightings missing) */
    "CREATE TABLE day_held (day INTEGER PRIMARY KEY, why TEXT NOT NULL) STRICT;"
    "INSERT INTO meta VALUES ('changes', '0');";
