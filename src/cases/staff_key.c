/* The desk's key: made with the first of the staff, opened by the recovery code. */
#include "base/file.h"
#include "base/text.h"
#include "cases/change.h"
#include "cases/deeds.h"
#include "cases/secret.h"
#include "cases/staff.h"
#include "ledger/records.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { STAFF_KEY_WRAPPED_MOST = 128 };

bool staff_key_exists(struct ledger *ledger, bool *exists, struct fault *fault)
{
    OWNED(sqlite3_finalize)
    sqlite3_stmt *find = records_prepare(ledger->records, "SELECT 1 FROM desk_key WHERE id = 1", fault);
    return find != NULL && records_step(find, exists, fault);
}

static void wrap_for_recovery(const struct seal_pair *desk, struct receipt *recovery, struct text *wrapped)
{
    struct seal_key key;
    randombytes_buf(recovery->bytes, sizeof recovery->bytes);
    secret_of_code(recovery, "recovery", &key);
    secret_close(&key, "desk", desk->secret, sizeof desk->secret, wrapped);
    sodium_memzero(&key, sizeof key);
}

/* 0600 from its first moment on. One that was left by a key never finished opens nothing, and goes. */
static bool write_mailer_key(const struct ledger *ledger, const struct seal_pair *mailer, struct fault *fault)
{
    OWNED_MEMORY char *path = ledger_path(ledger, "mailer.key");
    OWNED_MEMORY char *beside = ledger_path(ledger, "mailer.key.new");
    unlink(beside);
    CLEANUP(cleanup_descriptor) int file = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    ssize_t written = file < 0 ? -1 : write(file, mailer->secret, sizeof mailer->secret);
    if (written != (ssize_t)sizeof mailer->secret || fsync(file) != 0)
        return fault_errno(fault, "cannot write '%s'", beside);
    return file_rename(beside, path, fault);
}

static const char staff_key_insert_sql[] =
    "INSERT INTO desk_key (id, public, recovery, mailer) VALUES (1, ?1, ?2, ?3)";

static bool insert(struct ledger *ledger, const struct seal_pair *desk, const struct seal_pair *mailer,
                   const struct text *recovery, struct fault *fault)
{
    OWNED(sqlite3_finalize)
    sqlite3_stmt *insert = records_prepare(ledger->records, staff_key_insert_sql, fault);
    if (insert == NULL)
        return false;
    sqlite3_bind_blob(insert, 1, desk->public.bytes, sizeof desk->public.bytes, SQLITE_STATIC);
    sqlite3_bind_blob(insert, 2, recovery->bytes, (int)recovery->length, SQLITE_STATIC);
    sqlite3_bind_blob(insert, 3, mailer->public.bytes, sizeof mailer->public.bytes, SQLITE_STATIC);
    return records_do(insert, fault);
}

bool staff_key_make(struct ledger *ledger, struct receipt *recovery, struct seal_pair *desk,
                    struct fault *fault)
{
    struct seal_pair made, mailer;
    struct receipt code;
    CLEANUP(text_clear) struct text wrapped;
    text_init(&wrapped, STAFF_KEY_WRAPPED_MOST);
    seal_pair_make(&made);
    seal_pair_make(&mailer);
    wrap_for_recovery(&made, &code, &wrapped);
    CLEANUP(change_undo) struct change change = {0};
    bool kept = change_begin(&change, ledger, fault) && insert(ledger, &made, &mailer, &wrapped, fault) &&
                write_mailer_key(ledger, &mailer, fault) && deeds_add(ledger, 0, "desk.key", 0, "", fault) &&
                change_commit(&change, fault);
    if (kept) {
        *recovery = code;
        *desk = made;
    }
    sodium_memzero(&made, sizeof made);
    sodium_memzero(&mailer, sizeof mailer);
    return kept;
}

bool staff_key_recover(struct ledger *ledger, const struct receipt *recovery, struct seal_pair *desk,
                       enum staff_key *key, struct fault *fault)
{
    bool row;
    struct seal_key code;
    struct seal_pair opened;
    OWNED(sqlite3_finalize)
    sqlite3_stmt *find =
        records_prepare(ledger->records, "SELECT public, recovery FROM desk_key WHERE id = 1", fault);
    if (find == NULL || !records_step(find, &row, fault))
        return false;
    *key = STAFF_KEY_NONE;
    if (!row)
        return true;
    secret_of_code(recovery, "recovery", &code);
    bool right = sqlite3_column_bytes(find, 0) == (int)sizeof opened.public.bytes &&
                 secret_open(&code, "desk", sqlite3_column_blob(find, 1),
                             (size_t)sqlite3_column_bytes(find, 1), opened.secret, sizeof opened.secret);
    *key = right ? STAFF_KEY_OPENED : STAFF_KEY_WRONG;
    if (right) {
        memcpy(opened.public.bytes, sqlite3_column_blob(find, 0), sizeof opened.public.bytes);
        *desk = opened;
    }
    sodium_memzero(&code, sizeof code);
    sodium_memzero(&opened, sizeof opened);
    return true;
}

bool staff_key_renew(struct ledger *ledger, const struct seal_pair *desk, int64_t by,
                     struct receipt *recovery, struct fault *fault)
{
    struct receipt code;
    CLEANUP(text_clear) struct text wrapped;
    text_init(&wrapped, STAFF_KEY_WRAPPED_MOST);
    wrap_for_recovery(desk, &code, &wrapped);
    CLEANUP(change_undo) struct change change = {0};
    if (!change_begin(&change, ledger, fault))
        return false;
    OWNED(sqlite3_finalize)
    sqlite3_stmt *renew =
        records_prepare(ledger->records, "UPDATE desk_key SET recovery = ?1 WHERE id = 1", fault);
    if (renew == NULL)
        return false;
    sqlite3_bind_blob(renew, 1, wrapped.bytes, (int)wrapped.length, SQLITE_STATIC);
    if (!records_do(renew, fault) || !deeds_add(ledger, by, "desk.recovery", 0, "", fault) ||
        !change_commit(&change, fault))
        return false;
    *recovery = code;
    return true;
}
