#include "cases/staff_row.h"
#include "base/text.h"
#include "ledger/records.h"
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define STAFF_ROW_COLUMNS "id, name, rights, language, state, salt, wrapped, code_step, made_s"
static const char staff_by_id_sql[] = "SELECT " STAFF_ROW_COLUMNS " FROM staff WHERE id = ?1";
static const char staff_by_name_sql[] = "SELECT " STAFF_ROW_COLUMNS " FROM staff WHERE name = ?1";

/* What does not fit is as if it were not there: it opens nothing. */
static size_t read_blob(sqlite3_stmt *from, int column, unsigned char *out, size_t size)
{
    if (sqlite3_column_bytes(from, column) != (int)size)
        return 0;
    memcpy(out, sqlite3_column_blob(from, column), size);
    return size;
}

static enum staff_state state_of(const char *word)
{
    for (int i = 0; staff_states[i] != NULL; i++)
        if (word != NULL && strcmp(word, staff_states[i]) == 0)
            return (enum staff_state)i;
    return STAFF_STOPPED;
}

static void read_row(sqlite3_stmt *from, struct staff_row *row)
{
    struct staff_row read = {.id = sqlite3_column_int64(from, 0),
                             .rights = (unsigned)sqlite3_column_int(from, 2) & STAFF_ALL_RIGHTS,
                             .state = state_of((const char *)sqlite3_column_text(from, 4)),
                             .code_step = sqlite3_column_int64(from, 7),
                             .made_s = sqlite3_column_int64(from, 8)};
    snprintf(read.name, sizeof read.name, "%s", (const char *)sqlite3_column_text(from, 1));
    snprintf(read.language, sizeof read.language, "%s", (const char *)sqlite3_column_text(from, 3));
    read.salt_length = read_blob(from, 5, read.salt, sizeof read.salt);
    read.wrapped_length = read_blob(from, 6, read.wrapped, sizeof read.wrapped);
    *row = read;
}

static bool step(sqlite3_stmt *find, struct staff_row *row, bool *found, struct fault *fault)
{
    bool is_row;
    if (!records_step(find, &is_row, fault))
        return false;
    *found = is_row;
    if (is_row)
        read_row(find, row);
    return true;
}

bool staff_row_by_id(struct ledger *ledger, int64_t id, struct staff_row *row, bool *found,
                     struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *find = records_prepare(ledger->records, staff_by_id_sql, fault);
    if (find == NULL)
        return false;
    sqlite3_bind_int64(find, 1, id);
    return step(find, row, found, fault);
}

bool staff_row_by_name(struct ledger *ledger, const char *folded, struct staff_row *row, bool *found,
                       struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *find = records_prepare(ledger->records, staff_by_name_sql, fault);
    if (find == NULL)
        return false;
    sqlite3_bind_text(find, 1, folded, -1, SQLITE_STATIC);
    return step(find, row, found, fault);
}

bool staff_find(struct ledger *ledger, const char *name, int64_t *id, bool *found, struct fault *fault)
{
    char folded[64];
    struct staff_row row;
    *found = false;
    if (!staff_fold_name(name, folded))
        return true;
    if (!staff_row_by_name(ledger, folded, &row, found, fault))
        return false;
    if (*found)
        *id = row.id;
    return true;
}

bool staff_row_open(const struct staff_row *row, const struct seal_key *key, struct staff_secrets *secrets)
{
    return secret_open(key, row->name, row->wrapped, row->wrapped_length, secrets, sizeof *secrets);
}

enum secret_worked staff_row_wrap(struct staff_row *row, const char *password,
                                  const struct staff_secrets *secrets, const struct secret_place *place)
{
    struct seal_key key;
    CLEANUP(text_clear) struct text wrapped;
    text_init(&wrapped, sizeof row->wrapped);
    struct staff_row new = *row;
    randombytes_buf(new.salt, sizeof new.salt);
    if (secret_of_password(place, password, new.salt, &key) == SECRET_BUSY)
        return SECRET_BUSY;
    secret_close(&key, row->name, secrets, sizeof *secrets, &wrapped);
    sodium_memzero(&key, sizeof key);
    memcpy(new.wrapped, wrapped.bytes, wrapped.length);
    new.salt_length = sizeof new.salt;
    new.wrapped_length = wrapped.length;
    *row = new;
    return SECRET_DONE;
}

/* Only where nobody else has changed it meanwhile. A code used meanwhile stays used. */
static const char staff_write_sql[] =
    "UPDATE staff SET state = 'active', salt = ?2, wrapped = ?3, code_step = max(code_step, ?4)"
    " WHERE id = ?1 AND state = ?5 AND wrapped = ?6";

bool staff_row_write(struct ledger *ledger, const struct staff_row *before, const struct staff_row *after,
                     bool *done, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *write = records_prepare(ledger->records, staff_write_sql, fault);
    if (write == NULL)
        return false;
    sqlite3_bind_int64(write, 1, after->id);
    sqlite3_bind_blob(write, 2, after->salt, (int)after->salt_length, SQLITE_STATIC);
    sqlite3_bind_blob(write, 3, after->wrapped, (int)after->wrapped_length, SQLITE_STATIC);
    sqlite3_bind_int64(write, 4, after->code_step);
    sqlite3_bind_text(write, 5, staff_states[before->state], -1, SQLITE_STATIC);
    sqlite3_bind_blob(write, 6, before->wrapped, (int)before->wrapped_length, SQLITE_STATIC);
    if (!records_do(write, fault))
        return false;
    *done = sqlite3_changes(ledger->records) == 1;
    return true;
}
