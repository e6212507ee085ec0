#include "cases/session.h"
#include "base/text.h"
#include "cases/change.h"
#include "cases/deeds.h"
#include "cases/secret.h"
#include "ledger/records.h"
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum {
    SESSION_WRAPPED_MOST = 256,
    SESSION_NOTE_S = 60, /* how far the time kept may lag behind */
    SESSION_SEEN_MOST = 1024,
    SESSION_WHOSE = 64,
    TOKEN_BYTES = 32
};

/* When a session was last used, as far as this process knows: a GET cannot write it down. The one unused for
 * longest makes room. */
static struct session_seen {
    unsigned char id[16];
    int64_t at_s;
} session_seen[SESSION_SEEN_MOST];
static pthread_mutex_t session_seen_turn = PTHREAD_MUTEX_INITIALIZER;

static struct session_seen *find_seen(const unsigned char id[16])
{
    struct session_seen *oldest = &session_seen[0];
    for (size_t i = 0; i < SESSION_SEEN_MOST; i++) {
        if (memcmp(session_seen[i].id, id, sizeof session_seen[i].id) == 0)
            return &session_seen[i];
        if (session_seen[i].at_s < oldest->at_s)
            oldest = &session_seen[i];
    }
    memcpy(oldest->id, id, sizeof oldest->id);
    oldest->at_s = 0;
    return oldest;
}

/* False: it was idle for too long. Looked at and noted in one go. */
static bool note_seen(const unsigned char id[16], int64_t kept_s, int64_t now_s)
{
    pthread_mutex_lock(&session_seen_turn);
    struct session_seen *seen = find_seen(id);
    int64_t last_s = seen->at_s > kept_s ? seen->at_s : kept_s;
    bool awake = now_s - last_s < SESSION_IDLE_S;
    if (awake && now_s > seen->at_s)
        seen->at_s = now_s;
    pthread_mutex_unlock(&session_seen_turn);
    return awake;
}

static bool parse_token(const char *token, unsigned char bytes[TOKEN_BYTES])
{
    size_t length;
    return token != NULL &&
           sodium_base642bin(bytes, TOKEN_BYTES, token, strlen(token), NULL, &length, NULL,
                             sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
           length == TOKEN_BYTES;
}

static void write_token(const unsigned char bytes[TOKEN_BYTES], char token[SESSION_TOKEN])
{
    sodium_bin2base64(token, SESSION_TOKEN, bytes, TOKEN_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

/* Three different things of one token, none of which tells another: where it is kept, what opens it, and what
 * its forms carry. */
static void derive(const unsigned char token[TOKEN_BYTES], const char *what, void *out, size_t size)
{
    crypto_generichash(out, size, (const unsigned char *)what, strlen(what), token, TOKEN_BYTES);
}

static void whose_text(char out[SESSION_WHOSE], int64_t staff)
{
    snprintf(out, SESSION_WHOSE, "session of %jd", (intmax_t)staff);
}

static const char session_begin_sql[] = "INSERT INTO session (id, staff, made_s, seen_s, wrapped)"
                                        " VALUES (?1, ?2, ?3, ?3, ?4)";
static const char session_lapsed_sql[] = "DELETE FROM session WHERE made_s <= ?1 OR made_s > ?2";

/* Sessions that are over are forgotten whenever a new one begins. */
static bool forget_lapsed(struct ledger *ledger, int64_t now_s, struct fault *fault)
{
    OWNED(sqlite3_finalize)
    sqlite3_stmt *forget = records_prepare(ledger->records, session_lapsed_sql, fault);
    if (forget == NULL)
        return false;
    sqlite3_bind_int64(forget, 1, now_s - SESSION_LONGEST_S);
    sqlite3_bind_int64(forget, 2, now_s + SESSION_LONGEST_S);
    return records_do(forget, fault);
}

bool session_begin(struct ledger *ledger, int64_t staff, const unsigned char desk_secret[32], int64_t now_s,
                   char token[SESSION_TOKEN], struct fault *fault)
{
    unsigned char bytes[TOKEN_BYTES], id[16];
    struct seal_key key;
    char whose[SESSION_WHOSE];
    CLEANUP(text_clear) struct text wrapped;
    text_init(&wrapped, SESSION_WRAPPED_MOST);
    randombytes_buf(bytes, sizeof bytes);
    derive(bytes, "session id", id, sizeof id);
    derive(bytes, "session key", key.bytes, sizeof key.bytes);
    whose_text(whose, staff);
    secret_close(&key, whose, desk_secret, 32, &wrapped);
    sodium_memzero(&key, sizeof key);
    OWNED(sqlite3_finalize)
    sqlite3_stmt *begin = forget_lapsed(ledger, now_s, fault)
                              ? records_prepare(ledger->records, session_begin_sql, fault)
                              : NULL;
    if (begin == NULL)
        return false;
    sqlite3_bind_blob(begin, 1, id, sizeof id, SQLITE_STATIC);
    sqlite3_bind_int64(begin, 2, staff);
    sqlite3_bind_int64(begin, 3, now_s);
    sqlite3_bind_blob(begin, 4, wrapped.bytes, (int)wrapped.length, SQLITE_STATIC);
    if (!records_do(begin, fault))
        return false;
    write_token(bytes, token);
    sodium_memzero(bytes, sizeof bytes);
    return true;
}

static const char session_open_sql[] =
    "SELECT s.staff, s.made_s, s.seen_s, s.wrapped, p.rights, p.name, p.shown, p.language, k.public"
    " FROM session s JOIN staff p ON p.id = s.staff JOIN desk_key k ON k.id = 1"
    " WHERE s.id = ?1 AND p.state = 'active'";

/* Fills all but the token's own things. */
static bool read_row(sqlite3_stmt *row, const struct seal_key *key, struct staff_session *session)
{
    char whose[SESSION_WHOSE];
    session->staff = sqlite3_column_int64(row, 0);
    session->rights = ((unsigned)sqlite3_column_int(row, 4) & STAFF_ALL_RIGHTS) | STAFF_SIGNED_IN;
    snprintf(session->name, sizeof session->name, "%s", (const char *)sqlite3_column_text(row, 5));
    snprintf(session->shown, sizeof session->shown, "%s", (const char *)sqlite3_column_text(row, 6));
    snprintf(session->language, sizeof session->language, "%s", (const char *)sqlite3_column_text(row, 7));
    whose_text(whose, session->staff);
    if (sqlite3_column_bytes(row, 8) != (int)sizeof session->desk.public ||
        !secret_open(key, whose, sqlite3_column_blob(row, 3), (size_t)sqlite3_column_bytes(row, 3),
                     session->desk.secret, sizeof session->desk.secret))
        return false;
    memcpy(session->desk.public.bytes, sqlite3_column_blob(row, 8), sizeof session->desk.public);
    return true;
}

static bool is_over(sqlite3_stmt *row, const unsigned char id[16], int64_t now_s)
{
    int64_t made_s = sqlite3_column_int64(row, 1), seen_s = sqlite3_column_int64(row, 2);
    return now_s - made_s >= SESSION_LONGEST_S || !note_seen(id, seen_s, now_s);
}

static const char session_note_sql[] = "UPDATE session SET seen_s = ?2 WHERE id = ?1 AND seen_s < ?3";

static bool note(struct ledger *ledger, const unsigned char id[16], int64_t now_s, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *note = records_prepare(ledger->records, session_note_sql, fault);
    if (note == NULL)
        return false;
    sqlite3_bind_blob(note, 1, id, 16, SQLITE_STATIC);
    sqlite3_bind_int64(note, 2, now_s);
    sqlite3_bind_int64(note, 3, now_s - SESSION_NOTE_S);
    return records_do(note, fault);
}

static bool look_up(struct ledger *ledger, const unsigned char token[TOKEN_BYTES], int64_t now_s,
                    struct staff_session *session, bool *open, struct fault *fault)
{
    bool row;
    struct seal_key key;
    OWNED(sqlite3_finalize) sqlite3_stmt *find = records_prepare(ledger->records, session_open_sql, fault);
    if (find == NULL)
        return false;
    derive(token, "session id", session->id, sizeof session->id);
    derive(token, "session key", key.bytes, sizeof key.bytes);
    sqlite3_bind_blob(find, 1, session->id, sizeof session->id, SQLITE_STATIC);
    if (!records_step(find, &row, fault))
        return false;
    *open = row && !is_over(find, session->id, now_s) && read_row(find, &key, session);
    sodium_memzero(&key, sizeof key);
    return true;
}

bool session_open(struct ledger *ledger, const char *token, int64_t now_s, struct staff_session *session,
                  enum session_found *found, struct fault *fault)
{
    unsigned char bytes[TOKEN_BYTES], form[TOKEN_BYTES];
    CLEANUP(session_clear) struct staff_session opened = {0};
    bool open = false;
    if (parse_token(token, bytes) && !look_up(ledger, bytes, now_s, &opened, &open, fault))
        return false;
    if (open && sqlite3_db_readonly(ledger->records, "main") == 0 && !note(ledger, opened.id, now_s, fault))
        return false;
    *found = open ? SESSION_OPEN : SESSION_NONE;
    if (!open)
        return true;
    derive(bytes, "session form", form, sizeof form);
    write_token(form, opened.token);
    sodium_memzero(bytes, sizeof bytes);
    *session = opened;
    return true;
}

void session_clear(struct staff_session *session)
{
    sodium_memzero(session, sizeof *session);
}

bool session_token_right(const struct staff_session *session, const char *token)
{
    return token != NULL && strlen(token) == sizeof session->token - 1 &&
           sodium_memcmp(session->token, token, sizeof session->token - 1) == 0;
}

static const char session_end_all_sql[] = "DELETE FROM session WHERE staff = ?1 AND id IS NOT ?2";
static const char session_end_sql[] = "DELETE FROM session WHERE id = ?1";

bool session_end_all(struct ledger *ledger, int64_t staff, const unsigned char *keep, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *end = records_prepare(ledger->records, session_end_all_sql, fault);
    if (end == NULL)
        return false;
    sqlite3_bind_int64(end, 1, staff);
    if (keep != NULL)
        sqlite3_bind_blob(end, 2, keep, 16, SQLITE_STATIC);
    return records_do(end, fault);
}

bool session_end(struct ledger *ledger, const struct staff_session *session, struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    if (!change_begin(&change, ledger, fault))
        return false;
    OWNED(sqlite3_finalize) sqlite3_stmt *end = records_prepare(ledger->records, session_end_sql, fault);
    if (end == NULL)
        return false;
    sqlite3_bind_blob(end, 1, session->id, sizeof session->id, SQLITE_STATIC);
    return records_do(end, fault) && deeds_add(ledger, session->staff, "staff.sign-out", 0, "", fault) &&
           change_commit(&change, fault);
}

bool session_end_others(struct ledger *ledger, const struct staff_session *session, struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    return change_begin(&change, ledger, fault) &&
           session_end_all(ledger, session->staff, session->id, fault) &&
           deeds_add(ledger, session->staff, "staff.sessions", 0, "", fault) && change_commit(&change, fault);
}

static const char session_count_sql[] = "SELECT count(*) FROM session WHERE made_s > ?1 AND seen_s > ?2";

bool session_count(struct ledger *ledger, int64_t now_s, uint64_t *count, struct fault *fault)
{
    bool row;
    OWNED(sqlite3_finalize) sqlite3_stmt *find = records_prepare(ledger->records, session_count_sql, fault);
    if (find == NULL)
        return false;
    sqlite3_bind_int64(find, 1, now_s - SESSION_LONGEST_S);
    sqlite3_bind_int64(find, 2, now_s - SESSION_IDLE_S);
    if (!records_step(find, &row, fault))
        return false;
    *count = row ? (uint64_t)sqlite3_column_int64(find, 0) : 0;
    return true;
}
