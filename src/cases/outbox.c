#include "cases/outbox.h"
#include "cases/change.h"
#include "ledger/records.h"
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { OUTBOX_MAIL_MOST = 1 << 20, OUTBOX_WAIT_FIRST_S = 60, OUTBOX_WAIT_MOST_S = 6 * 3600 };

static const char sql_mailer[] = "SELECT mailer FROM desk_key WHERE id = 1";
static const char sql_add[] =
    "INSERT INTO outbox (casefile, made_s, due_s, tries, sealed) VALUES (nullif(?1, 0), "
    "?2, ?2, 0, ?3)";
static const char sql_next[] =
    "SELECT id, ifnull(casefile, 0), made_s, tries, sealed FROM outbox WHERE due_s <= ?1 "
    "ORDER BY due_s, id LIMIT 1";
static const char sql_forget[] = "DELETE FROM outbox WHERE id = ?1";
static const char sql_later[] = "UPDATE outbox SET due_s = ?2, tries = tries + 1 WHERE id = ?1";
static const char sql_waiting[] = "SELECT count(*), ifnull(min(made_s), 0) FROM outbox";

static bool read_mailer(struct ledger *ledger, struct seal_public *mailer, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_mailer, fault);
    bool row;
    if (statement == NULL || !records_step(statement, &row, fault))
        return false;
    if (!row || sqlite3_column_bytes(statement, 0) != sizeof mailer->bytes)
        return fault_set(fault,
                         "the desk of '%s' has no key yet (expected its first staff, by 'mimamori desk "
                         "staff add')",
                         ledger->path);
    memcpy(mailer->bytes, sqlite3_column_blob(statement, 0), sizeof mailer->bytes);
    return true;
}

static bool write_sealed(struct ledger *ledger, int64_t casefile, const struct text *sealed,
                         struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_add, fault);
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, casefile);
    sqlite3_bind_int64(statement, 2, time(NULL));
    sqlite3_bind_blob64(statement, 3, sealed->bytes, sealed->length, SQLITE_STATIC);
    return records_do(statement, fault);
}

bool outbox_add(struct ledger *ledger, int64_t casefile, json_t *mail, struct fault *fault)
{
    struct seal_public mailer;
    CLEANUP(text_clear) struct text sealed;
    text_init(&sealed, 2 * OUTBOX_MAIL_MOST);
    if (!read_mailer(ledger, &mailer, fault))
        return false;
    OWNED_MEMORY char *plain = json_dumps(mail, JSON_COMPACT);
    size_t length = plain == NULL ? 0 : strlen(plain);
    if (length == 0 || length > OUTBOX_MAIL_MOST)
        return fault_set(fault, "a mail is too long to be sent (expected at most %d bytes)",
                         OUTBOX_MAIL_MOST);
    seal_to(&mailer, plain, length, &sealed);
    sodium_memzero(plain, length);
    return write_sealed(ledger, casefile, &sealed, fault);
}

static json_t *unseal(const struct seal_pair *mailer, sqlite3_stmt *statement, int column)
{
    CLEANUP(text_clear) struct text plain;
    text_init(&plain, OUTBOX_MAIL_MOST + 1);
    if (!seal_from(mailer, sqlite3_column_blob(statement, column),
                   (size_t)sqlite3_column_bytes(statement, column), &plain))
        return NULL;
    json_t *mail = json_loadb(plain.bytes, plain.length, JSON_REJECT_DUPLICATES, NULL);
    sodium_memzero(plain.bytes, plain.length);
    return mail;
}

bool outbox_next(struct ledger *ledger, const struct seal_pair *mailer, int64_t now_s,
                 struct outbox_mail *mail, enum outbox_found *found, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_next, fault);
    bool row;
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, now_s);
    if (!records_step(statement, &row, fault))
        return false;
    if (!row) {
        *found = OUTBOX_NONE;
        return true;
    }
    *mail = (struct outbox_mail){.id = sqlite3_column_int64(statement, 0),
                                 .casefile = sqlite3_column_int64(statement, 1),
                                 .made_s = sqlite3_column_int64(statement, 2),
                                 .tries = sqlite3_column_int64(statement, 3),
                                 .mail = unseal(mailer, statement, 4)};
    *found = mail->mail == NULL ? OUTBOX_SHUT : OUTBOX_FOUND;
    return true;
}

void outbox_clear(struct outbox_mail *mail)
{
    json_decref(mail->mail);
    *mail = (struct outbox_mail){0};
}

bool outbox_forget(struct ledger *ledger, int64_t id, struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    if (!change_begin(&change, ledger, fault))
        return false;
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_forget, fault);
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, id);
    return records_do(statement, fault) && change_commit(&change, fault);
}

static int64_t wait_s(int64_t tries)
{
    int64_t wait = OUTBOX_WAIT_FIRST_S;
    for (; tries > 0 && wait < OUTBOX_WAIT_MOST_S; tries--)
        wait *= 2;
    return wait < OUTBOX_WAIT_MOST_S ? wait : OUTBOX_WAIT_MOST_S;
}

bool outbox_later(struct ledger *ledger, const struct outbox_mail *mail, int64_t now_s, bool *later,
                  struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    if (now_s >= mail->made_s + OUTBOX_GIVE_UP_S) {
        *later = false;
        return true;
    }
    if (!change_begin(&change, ledger, fault))
        return false;
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_later, fault);
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, mail->id);
    sqlite3_bind_int64(statement, 2, now_s + wait_s(mail->tries));
    if (!records_do(statement, fault) || !change_commit(&change, fault))
        return false;
    *later = true;
    return true;
}

bool outbox_waiting(struct ledger *ledger, uint64_t *count, int64_t *oldest_s, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_waiting, fault);
    bool row;
    if (statement == NULL || !records_step(statement, &row, fault))
        return false;
    *count = (uint64_t)sqlite3_column_int64(statement, 0);
    *oldest_s = sqlite3_column_int64(statement, 1);
    return true;
}
