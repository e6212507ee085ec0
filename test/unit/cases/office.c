#include "office.h"
#include "base/file.h"
#include "ledger/import.h"
#include <sodium.h>
#include <unistd.h>

void office_open(struct office *office)
{
    struct fault fault;
    *office = (struct office){.seed = 0x2545f4914f6cdd1d};
    snprintf(office->folder, sizeof office->folder, "/tmp/mimamori-test-XXXXXX");
    assert_non_null(mkdtemp(office->folder));
    snprintf(office->path, sizeof office->path, "%s/ledger", office->folder);
    OFFICE_OK(ledger_make(office->path, "Asia/Tokyo", "ja", &fault));
    office->ledger = ledger_open(office->path, LEDGER_WRITE, &fault);
    OFFICE_OK(office->ledger != NULL);

    seal_pair_make(&office->desk);
    OWNED(sqlite3_finalize)
    sqlite3_stmt *key = records_prepare(office->ledger->records,
                                        "INSERT INTO desk_key (id, public, recovery, mailer) VALUES (1, ?1, "
                                        "x'00', x'00')",
                                        &fault);
    OFFICE_OK(key != NULL);
    sqlite3_bind_blob(key, 1, office->desk.public.bytes, sizeof office->desk.public.bytes, SQLITE_STATIC);
    OFFICE_OK(records_do(key, &fault));
}

void office_close(struct office *office)
{
    struct fault fault;
    ledger_free(office->ledger);
    OFFICE_OK(file_remove_tree(office->folder, &fault));
}

/* xorshift64: the same numbers in every run. */
uint64_t office_random(struct office *office, uint64_t below)
{
    office->seed ^= office->seed << 13;
    office->seed ^= office->seed >> 7;
    office->seed ^= office->seed << 17;
    return office->seed % below;
}

int32_t office_day(const char *day)
{
    int32_t number;
    assert_true(calendar_parse_day(day, &number));
    return number;
}

int64_t office_take(struct office *office, struct office_case given)
{
    struct fault fault;
    enum case_taken taken;
    int64_t id;
    json_t *told = json_pack("{s:s}", "text", given.text == NULL ? "" : given.text);
    struct case_intake intake = {
        .kind = given.kind,
        .channel = given.channel,
        .language = "ja",
        .reporter = given.reporter,
        .told = told,
        .at_s = zone_day_begins_s(&office->ledger->zone,
                                  office_day(given.day == NULL ? "2011-11-08" : given.day)) +
                3600,
    };
    office->told++;
    casefile_once(office->ledger, &office->told, sizeof office->told, intake.once);
    OFFICE_OK(records_run(office->ledger->records, "BEGIN IMMEDIATE", &fault));
    OFFICE_OK(casefile_take(office->ledger, &intake, &taken, &id, &fault));
    OFFICE_OK(records_run(office->ledger->records, "COMMIT", &fault));
    assert_int_equal(taken, CASE_TAKEN);
    json_decref(told);
    return id;
}

void office_run(struct office *office, const char *sql)
{
    struct fault fault;
    OFFICE_OK(records_run(office->ledger->records, sql, &fault));
}

int64_t office_number(struct office *office, const char *sql)
{
    struct fault fault;
    bool row = false;
    OWNED(sqlite3_finalize)
    sqlite3_stmt *statement = records_prepare(office->ledger->records, sql, &fault);
    OFFICE_OK(statement != NULL && records_step(statement, &row, &fault));
    assert_true(row);
    return sqlite3_column_int64(statement, 0);
}

char *office_lines(struct office *office, const char *sql)
{
    struct fault fault;
    bool row = true;
    struct text out;
    text_init(&out, 64 << 20);
    OWNED(sqlite3_finalize)
    sqlite3_stmt *statement = records_prepare(office->ledger->records, sql, &fault);
    OFFICE_OK(statement != NULL);
    while (row) {
        OFFICE_OK(records_step(statement, &row, &fault));
        for (int column = 0; row && column < sqlite3_column_count(statement); column++) {
            const char *cell = (const char *)sqlite3_column_text(statement, column);
            text_addf(&out, "%s%s", column == 0 ? "" : "|", cell == NULL ? "-" : cell);
        }
        if (row)
            text_add_byte(&out, '\n');
    }
    text_add_byte(&out, '\0');
    return out.bytes;
}

void office_import(struct office *office, const char *kind, const char *rows)
{
    static const char *const headers[][2] = {
        {"malware", "reporter,accepted_on,detected_on,name,kind,detections,route"},
        {"access", "reporter,received_on,harm,category,cause"},
        {"consultations", "received_on,channel,topic,access,harm"},
    };
    CLEANUP(text_clear) struct text csv;
    text_init(&csv, 16 << 20);
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        if (strcmp(headers[i][0], kind) == 0)
            text_addf(&csv, "%s\n", headers[i][1]);
    text_add_string(&csv, rows);
    char path[sizeof office->folder + 16];
    snprintf(path, sizeof path, "%s/records.csv", office->folder);
    struct fault fault;
    const struct import_order order = {.kind = import_kind_find(kind), .path = path};
    CLEANUP(import_account_clear) struct import_account account = {0};
    OFFICE_OK(file_write(path, csv.bytes, csv.length, &fault));
    OFFICE_OK(import_run(office->ledger, &order, &account, &fault));
    if (account.outcome != IMPORT_TAKEN)
        fail_msg("%s", account.told.bytes);
}
