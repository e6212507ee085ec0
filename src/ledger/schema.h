/* schema: desk.sqlite as it is made. Days and months are numbers as base/calendar.h counts them. All tables
 * are STRICT. */
#pragma once

static const char ledger_schema[] =
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;"
    "INSERT INTO meta VALUES ('format', '3');"
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

/* The desk: what was told, sealed; who works here; what was done (src/cases/ reads and writes these). Times
 * are seconds since 1970, `_on` days of the ledger's zone. A sealed column can be opened with the key of its
 * case only (cases/seal.h). */
static const char ledger_schema_desk[] =
    /* one row: the desk's key pair. The secret is kept for nobody: each of the staff has it wrapped
     * (staff.wrapped), and the recovery code. mailer: the public key of the process that sends mail. */
    "CREATE TABLE desk_key (id INTEGER PRIMARY KEY CHECK (id = 1), public BLOB NOT NULL, recovery BLOB NOT "
    "NULL,"
    " mailer BLOB NOT NULL) STRICT;"
    /* state: invited, active, stopped. wrapped: the desk's secret key and the one-time code's secret, under
     * the password's key (or the invitation's). code_step: the last time step of a one-time code that was
     * accepted */
    "CREATE TABLE staff (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, shown TEXT NOT NULL, rights "
    "INTEGER NOT NULL,"
    " language TEXT NOT NULL, state TEXT NOT NULL, salt BLOB NOT NULL, wrapped BLOB NOT NULL, code_step "
    "INTEGER NOT NULL,"
    " made_s INTEGER NOT NULL, signed_in_s INTEGER) STRICT;"
    /* id: a hash of the cookie's token; wrapped: the desk's secret key under the token's key */
    "CREATE TABLE session (id BLOB PRIMARY KEY, staff INTEGER NOT NULL REFERENCES staff, made_s INTEGER NOT "
    "NULL,"
    " seen_s INTEGER NOT NULL, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID;"
    /* failed sign-ins; staff 0: no such name. source: a keyed hash of the address. browser: it knew this
       browser */
    "CREATE TABLE attempt (id INTEGER PRIMARY KEY, staff INTEGER NOT NULL, source BLOB NOT NULL, browser "
    "BLOB,"
    " at_s INTEGER NOT NULL) STRICT;"
    "CREATE INDEX attempt_staff ON attempt (staff, at_s);"
    "CREATE INDEX attempt_source ON attempt (source, at_s);"
    "CREATE TABLE browser (id BLOB PRIMARY KEY, staff INTEGER NOT NULL REFERENCES staff, made_s INTEGER NOT "
    "NULL)"
    " STRICT, WITHOUT ROWID;"
    /* kind: malware, access, consultation; channel: web, mail, phone, post, fax, counter; state: new,
     * working, waiting, answered, closed, rejected, withdrawn. reporter: the pseudonym, NULL where nobody
     * said who they are. receipt: a hash of it; once: a hash of what makes this case itself, so that it is
     * taken in once. desk_key, own_key: the case's key, sealed to the desk and to the receipt; NULL once the
     * person is erased. access_report, consultation: the rows this case counts as at present */
    "CREATE TABLE casefile (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, channel TEXT NOT NULL, language TEXT "
    "NOT NULL,"
    " state TEXT NOT NULL, received_s INTEGER NOT NULL, received_on INTEGER NOT NULL, changed_s INTEGER NOT "
    "NULL,"
    " due_on INTEGER, assigned INTEGER REFERENCES staff, reporter BLOB, receipt BLOB UNIQUE, once BLOB NOT "
    "NULL UNIQUE,"
    " desk_key BLOB, own_key BLOB, merged_into INTEGER REFERENCES casefile, linked INTEGER REFERENCES "
    "casefile,"
    " erased_s INTEGER, rsit TEXT, access_report INTEGER, consultation INTEGER) STRICT;"
    /* the queue's: a case that is merged into another is not in it */
    "CREATE INDEX casefile_state ON casefile (state, kind, id) WHERE merged_into IS NULL;"
    "CREATE INDEX casefile_assigned ON casefile (assigned, state, kind, id) WHERE merged_into IS NULL;"
    "CREATE INDEX casefile_due ON casefile (due_on, state, kind, assigned) WHERE due_on IS NOT NULL AND "
    "merged_into IS NULL AND state "
    "IN"
    " ('new', 'working', 'waiting');"
    "CREATE INDEX casefile_merged ON casefile (merged_into) WHERE merged_into IS NOT NULL;"
    "CREATE INDEX casefile_linked ON casefile (linked) WHERE linked IS NOT NULL;"
    "CREATE INDEX casefile_received ON casefile (received_on);"
    "CREATE INDEX casefile_erased ON casefile (erased_s) WHERE erased_s IS NOT NULL;"
    /* what: told, added, answer, note, withdrawn; staff: who of the staff wrote it, NULL: the reporter. once:
       as above */
    "CREATE TABLE told (id INTEGER PRIMARY KEY, casefile INTEGER NOT NULL REFERENCES casefile, at_s INTEGER "
    "NOT NULL,"
    " what TEXT NOT NULL, staff INTEGER REFERENCES staff, once BLOB UNIQUE, sealed BLOB) STRICT;"
    "CREATE INDEX told_casefile ON told (casefile, id);"
    "CREATE TABLE attachment (id INTEGER PRIMARY KEY, told INTEGER NOT NULL REFERENCES told, bytes INTEGER "
    "NOT NULL,"
    " sealed_name BLOB NOT NULL, sealed BLOB NOT NULL) STRICT;"
    "CREATE INDEX attachment_told ON attachment (told);"
    /* how the staff classified a case; the same columns and rules as `import` has */
    "CREATE TABLE classed_malware (casefile INTEGER NOT NULL REFERENCES casefile, line INTEGER NOT NULL, "
    "accepted_on INTEGER"
    " NOT NULL, detected_on INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, detections INTEGER NOT "
    "NULL, route"
    " TEXT NOT NULL, PRIMARY KEY (casefile, line)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE classed_access (casefile INTEGER PRIMARY KEY REFERENCES casefile, received_on INTEGER NOT "
    "NULL,"
    " harm INTEGER NOT NULL, category TEXT NOT NULL, cause TEXT NOT NULL) STRICT;"
    "CREATE TABLE classed_consultation (casefile INTEGER PRIMARY KEY REFERENCES casefile, received_on "
    "INTEGER NOT NULL,"
    " channel TEXT NOT NULL, topic TEXT NOT NULL, access INTEGER NOT NULL, harm INTEGER) STRICT;"
    /* what a case has added to malware_report at present, so that it can be taken away again */
    "CREATE TABLE counted_malware (casefile INTEGER NOT NULL, line INTEGER NOT NULL, month INTEGER NOT NULL, "
    "name TEXT NOT"
    " NULL, reporter BLOB NOT NULL, detected_on INTEGER NOT NULL, detections INTEGER NOT NULL,"
    " PRIMARY KEY (casefile, line)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX counted_malware_key ON counted_malware (reporter, detected_on, name, month);"
    "CREATE TABLE virus_name (name TEXT PRIMARY KEY, kind TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE virus_alias (alias TEXT PRIMARY KEY, name TEXT NOT NULL REFERENCES virus_name) STRICT, "
    "WITHOUT ROWID;"
    "CREATE TABLE answer_template (id INTEGER PRIMARY KEY, title TEXT NOT NULL, language TEXT NOT NULL, body "
    "TEXT NOT NULL)"
    " STRICT;"
    /* who did what, each entry chained to the one before by its hash (cases/deeds.h). Never anything personal
     */
    "CREATE TABLE deed (id INTEGER PRIMARY KEY, at_s INTEGER NOT NULL, staff INTEGER, what TEXT NOT NULL, "
    "casefile INTEGER,"
    " detail TEXT NOT NULL, hash BLOB NOT NULL) STRICT;"
    "CREATE INDEX deed_casefile ON deed (casefile, id) WHERE casefile IS NOT NULL;"
    /* words of what was told: term is a keyed hash of two characters, sealed the numbers of the cases. A
     * batch is made of the entries from told_first to told_last; case_last is the newest case in it
     * (cases/search.h) */
    "CREATE TABLE search_posting (batch INTEGER NOT NULL, term INTEGER NOT NULL, sealed BLOB NOT NULL,"
    " PRIMARY KEY (batch, term)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE search_batch (batch INTEGER PRIMARY KEY, told_first INTEGER NOT NULL, told_last INTEGER "
    "NOT NULL,"
    " case_last INTEGER NOT NULL, entries INTEGER NOT NULL, made_s INTEGER NOT NULL, salt BLOB NOT NULL) "
    "STRICT;"
    /* mail to be sent, sealed to desk_key.mailer; gone once it is sent */
    "CREATE TABLE outbox (id INTEGER PRIMARY KEY, casefile INTEGER, made_s INTEGER NOT NULL, due_s INTEGER "
    "NOT NULL,"
    " tries INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT;"
    "CREATE INDEX outbox_due ON outbox (due_s);"
    /* acknowledgements sent of late, so that nobody is sent many: address is a keyed hash (desk/mail_ack.c)
     */
    "CREATE TABLE acknowledged (address BLOB NOT NULL, at_s INTEGER NOT NULL) STRICT;"
    "CREATE INDEX acknowledged_address ON acknowledged (address, at_s);"
    "CREATE INDEX acknowledged_at ON acknowledged (at_s);"
    /* what the processes of the desk tell the administrator's page: mail.stuck, backup.last ... */
    "CREATE TABLE desk_state (name TEXT PRIMARY KEY, at_s INTEGER NOT NULL, value TEXT NOT NULL) STRICT, "
    "WITHOUT ROWID;";
