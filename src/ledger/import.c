#include "base/csv.h"
#include "base/progress.h"
#include "base/stop.h"
#include "ledger/content.h"
#include "ledger/import_header.h"
#include "ledger/import_kind.h"
#include "ledger/intake.h"
#include "ledger/rejected.h"
#include <string.h>
#include <sys/stat.h>

static const struct import_kind *const import_kinds[] = {&import_malware, &import_access,
                                                         &import_consultations, &import_history};

enum { IMPORT_TOLD_BYTES = 64 * 1024 };

/* One run of an import. */
struct run {
    struct import import;
    const struct import_kind *kind;
    const char *name; /* of the file, for people */
    struct csv_reader *reader;
    struct content_sum *sum;
    struct rejected *rejected; /* NULL until a row is left out */
    struct import_header header;
    struct progress progress;
    uint64_t bytes;
};

OWNED_TYPE(csv_reader_free, struct csv_reader)

const struct import_kind *import_kind_find(const char *name)
{
    for (size_t i = 0; i < sizeof import_kinds / sizeof *import_kinds; i++)
        if (strcmp(import_kinds[i]->name, name) == 0)
            return import_kinds[i];
    return NULL;
}

void import_account_clear(struct import_account *account)
{
    text_clear(&account->told);
}

/* Counts a bad row, tells of it where not too many were told, and puts it aside. fault holds the row's
 * sentence on the way in. */
static bool leave_out(struct run *run, const struct csv_row *row, struct fault *fault)
{
    struct import_account *account = run->import.account;
    account->bad++;
    if (account->bad <= IMPORT_TOLD_MOST)
        text_addf(&account->told, "%s\n", fault->text);
    if (!run->import.order->skip_bad)
        return true;
    if (row->raw_length >= CSV_ROW_MOST)
        return false; /* it was not read whole, so it cannot be put aside whole */
    if (run->rejected == NULL)
        run->rejected =
            rejected_open(run->import.order->path, run->header.raw.bytes, run->header.raw.length, fault);
    return run->rejected != NULL && rejected_add(run->rejected, row->raw, row->raw_length, fault);
}

/* True where all cells are what their columns ask for. */
static bool read_cells(const struct run *run, const struct csv_row *row, struct import_value *values,
                       struct fault *fault)
{
    bool show = run->kind->columns[0].type != IMPORT_REPORTER;
    if (import_header_is(run->kind, row))
        return fault_set(fault, "a second header (expected one, at the top)");
    if (row->count != run->header.width)
        return fault_set(fault, "%zu %s (expected %zu, as in the header)", row->count,
                         row->count == 1 ? "cell" : "cells", run->header.width);
    for (size_t column = 0; run->kind->columns[column].name != NULL; column++) {
        size_t cell = run->header.places[column];
        if (!import_cell(&run->kind->columns[column], show, row->cells[cell], row->lengths[cell],
                         &values[column], fault))
            return false;
    }
    return true;
}

static bool take_row(struct run *run, const struct csv_row *row, struct fault *fault)
{
    struct import_value values[IMPORT_COLUMNS_MOST];
    enum import_row taken = IMPORT_ROW_BAD;
    if (read_cells(run, row, values, fault))
        taken = run->kind->take(&run->import, values, fault);
    if (taken == IMPORT_ROW_BAD) {
        fault_while(fault, "%s:%zu", run->name, row->line);
        return leave_out(run, row, fault);
    }
    return taken == IMPORT_ROW_TAKEN;
}

static bool take_rows(struct run *run, struct fault *fault)
{
    struct csv_row row;
    enum csv_next next;
    while ((next = csv_reader_next(run->reader, &row, fault)) != CSV_NEXT_END) {
        if (!stop_check(fault) || csv_reader_failed(run->reader))
            return false;
        run->import.account->rows++;
        if (!(next == CSV_NEXT_BAD ? leave_out(run, &row, fault) : take_row(run, &row, fault)))
            return false;
        progress_tell(&run->progress, run->bytes);
    }
    return true;
}

/* All is on the disk before the rejected rows get their name, and they have it before the commit: whoever is
 * killed in between finds them there and the ledger as it was, and begins again. */
static bool commit(struct run *run, struct fault *fault)
{
    sqlite3 *records = run->import.ledger->records;
    int flushed = sqlite3_db_cacheflush(records);
    if (flushed != SQLITE_OK) /* a full disk shows here */
        return fault_set(fault, "'%s': %s", sqlite3_db_filename(records, "main"), sqlite3_errstr(flushed));
    if (run->rejected != NULL && !rejected_place(run->rejected, fault))
        return false;
    if (records_run(records, "COMMIT", fault))
        return true;
    if (run->rejected != NULL)
        rejected_take_back(run->rejected);
    return false;
}

static bool add_intake(struct run *run, struct content content, struct fault *fault)
{
    const struct import_account *account = run->import.account;
    const char *slash = strrchr(run->name, '/'), *name = slash == NULL ? run->name : slash + 1;
    return intake_add(run->import.ledger, run->kind->name, content, name, account->rows - account->bad,
                      fault);
}

/* Decides what becomes of the rows, and keeps them where they are to be kept. */
static bool conclude(struct run *run, struct fault *fault)
{
    struct import_account *account = run->import.account;
    struct content content = content_sum_value(run->sum);
    bool known;
    if (!intake_knows(run->import.ledger, run->kind->name, content, &known, fault))
        return false;
    if (known && !(run->kind->replaces && account->records > 0))
        account->outcome = IMPORT_KNOWN;
    else if (account->bad > 0 && !run->import.order->skip_bad)
        account->outcome = IMPORT_REFUSED;
    else
        account->outcome = account->bad > 0 ? IMPORT_PART : IMPORT_TAKEN;
    if (account->outcome == IMPORT_TAKEN || account->outcome == IMPORT_PART)
        return (known || add_intake(run, content, fault)) && commit(run, fault);
    return records_run(run->import.ledger->records, "ROLLBACK", fault);
}

static void see_bytes(void *context, const void *bytes, size_t length)
{
    struct run *run = context;
    content_sum_add(run->sum, bytes, length);
    run->bytes += length;
}

static bool prepare(struct run *run, struct fault *fault)
{
    for (size_t i = 0; run->kind->sql[i] != NULL; i++) {
        run->import.statements[i] = records_prepare(run->import.ledger->records, run->kind->sql[i], fault);
        if (run->import.statements[i] == NULL)
            return false;
    }
    return true;
}

static bool run_all(struct run *run, struct fault *fault)
{
    return records_run(run->import.ledger->records, "BEGIN IMMEDIATE", fault) && prepare(run, fault) &&
           import_header_read(&run->header, run->kind, run->reader, fault) && take_rows(run, fault) &&
           conclude(run, fault);
}

static void run_clear(struct run *run)
{
    progress_end(&run->progress);
    for (size_t i = 0; i < IMPORT_STATEMENTS_MOST; i++)
        sqlite3_finalize(run->import.statements[i]);
    csv_reader_free(run->reader);
    content_sum_free(run->sum);
    rejected_free(run->rejected);
    import_header_clear(&run->header);
}

bool import_run(struct ledger *ledger, const struct import_order *order, struct import_account *account,
                struct fault *fault)
{
    struct import_account begun = {0};
    bool standard = strcmp(order->path, "-") == 0;
    if (standard && order->skip_bad)
        return fault_set(
            fault,
            "bad rows of standard input cannot be left out (expected a file, to leave them beside it)");
    CLEANUP(run_clear)
    struct run run = {
        .import = {.ledger = ledger, .order = order, .account = &begun},
        .kind = order->kind,
        .name = standard ? "standard input" : order->path,
    };
    struct stat status;
    stop_listen(); /* for what lies beside the file until the end */
    progress_begin(&run.progress, "import",
                   !standard && stat(order->path, &status) == 0 ? (uint64_t)status.st_size : 0);
    text_init(&begun.told, IMPORT_TOLD_BYTES);
    run.header.name = run.name;
    run.reader = csv_reader_open(order->path, fault);
    run.sum = content_sum_new(ledger);
    if (run.reader != NULL) {
        csv_reader_watch(run.reader, see_bytes, &run);
        if (run_all(&run, fault)) {
            *account = begun;
            return true;
        }
        struct fault ignored;
        records_run(ledger->records, "ROLLBACK", &ignored);
    }
    import_account_clear(&begun);
    return false;
}
