#include "cases/sealed_case.h"
#include "cases/deeds.h"
#include "ledger/records.h"
#include <sodium.h>
#include <string.h>

static const char sql_known[] = "SELECT id FROM casefile WHERE once = ?1";
static const char sql_take[] =
    "INSERT INTO casefile (kind, channel, language, state, received_s, received_on, changed_s, reporter, "
    "receipt, once, desk_key, own_key) VALUES (?1, ?2, ?3, 'new', ?4, ?5, ?4, ?6, ?7, ?8, ?9, ?10)";

bool sealed_case_make(struct sealed_case *sealed, const struct case_intake *intake,
                      const struct seal_public *desk, struct fault *fault)
{
    struct seal_key key;
    const struct case_add first = {.what = CASE_TOLD,
                                   .fields = intake->told,
                                   .attachments = intake->attachments,
                                   .attachments_count = intake->attachments_count,
                                   .staff = intake->staff,
                                   .at_s = intake->at_s};
    *sealed = (struct sealed_case){.intake = intake, .desk = *desk};
    seal_key_make(&key);
    seal_wrap(&key, desk, &sealed->desk_key);
    if (intake->receipt != NULL) {
        struct seal_pair own;
        receipt_pair(intake->receipt, &own);
        seal_wrap(&key, &own.public, &sealed->own_key);
        sodium_memzero(&own, sizeof own);
    }
    bool well = told_seal(&sealed->told, &(struct told_keys){&key, intake->once, desk}, &first, fault);
    sodium_memzero(&key, sizeof key);
    return well;
}

void sealed_case_clear(struct sealed_case *sealed)
{
    told_clear(&sealed->told);
}

static bool find_known(struct ledger *ledger, const struct case_intake *intake, bool *known, int64_t *id,
                       struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_known, fault);
    if (statement == NULL)
        return false;
    sqlite3_bind_blob(statement, 1, intake->once, sizeof intake->once, SQLITE_STATIC);
    if (!records_step(statement, known, fault))
        return false;
    if (*known)
        *id = sqlite3_column_int64(statement, 0);
    return true;
}

static void bind_who(struct ledger *ledger, sqlite3_stmt *statement, const struct sealed_case *sealed)
{
    const struct case_intake *intake = sealed->intake;
    if (intake->reporter != NULL) {
        const struct pseudonym who = pseudonym_of(ledger, intake->reporter, strlen(intake->reporter));
        sqlite3_bind_blob(statement, 6, who.bytes, sizeof who.bytes, SQLITE_TRANSIENT);
    }
    if (intake->receipt != NULL) {
        const struct receipt_hash hash = receipt_hash(ledger, intake->receipt);
        sqlite3_bind_blob(statement, 7, hash.bytes, sizeof hash.bytes, SQLITE_TRANSIENT);
        sqlite3_bind_blob(statement, 10, sealed->own_key.bytes, sizeof sealed->own_key.bytes, SQLITE_STATIC);
    }
}

static bool write_row(struct ledger *ledger, const struct sealed_case *sealed, int64_t *id,
                      struct fault *fault)
{
    const struct case_intake *intake = sealed->intake;
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_take, fault);
    if (statement == NULL)
        return false;
    sqlite3_bind_text(statement, 1, case_kinds[intake->kind], -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, case_channels[intake->channel], -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 3, intake->language, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 4, intake->at_s);
    sqlite3_bind_int(statement, 5, zone_day(&ledger->zone, intake->at_s));
    bind_who(ledger, statement, sealed);
    sqlite3_bind_blob(statement, 8, intake->once, sizeof intake->once, SQLITE_STATIC);
    sqlite3_bind_blob(statement, 9, sealed->desk_key.bytes, sizeof sealed->desk_key.bytes, SQLITE_STATIC);
    if (!records_do(statement, fault))
        return false;
    *id = sqlite3_last_insert_rowid(ledger->records);
    return true;
}

bool sealed_case_write(struct ledger *ledger, const struct sealed_case *sealed, enum case_taken *taken,
                       int64_t *id, struct fault *fault)
{
    const struct case_intake *intake = sealed->intake;
    bool known;
    enum case_taken first;
    int64_t made;
    if (!find_known(ledger, intake, &known, id, fault))
        return false;
    if (known) {
        *taken = CASE_KNOWN;
        return true;
    }
    if (!write_row(ledger, sealed, &made, fault) || !told_write(ledger, made, &sealed->told, &first, fault) ||
        !deeds_add(ledger, intake->staff == 0 ? -1 : intake->staff, "case.taken", made,
                   case_channels[intake->channel], fault))
        return false;
    *id = made;
    *taken = CASE_TAKEN;
    return true;
}

bool casefile_take(struct ledger *ledger, const struct case_intake *intake, enum case_taken *taken,
                   int64_t *id, struct fault *fault)
{
    struct seal_public desk;
    if (!told_desk(ledger, &desk, fault))
        return false;
    CLEANUP(sealed_case_clear) struct sealed_case sealed = {0};
    return sealed_case_make(&sealed, intake, &desk, fault) &&
           sealed_case_write(ledger, &sealed, taken, id, fault);
}
