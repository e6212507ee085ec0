/* session: who is asking. The cookie's token is kept nowhere: its hash finds the session, and a key of it
 * opens the desk's secret, so that between two requests the server holds no key at all. A session ends 12
 * hours after signing in, 30 minutes after the last request, and with a change of password, rights or state.
 */
#pragma once
#include "cases/staff.h"

enum { SESSION_LONGEST_S = 12 * 3600, SESSION_IDLE_S = 30 * 60, SESSION_TOKEN = 44 };
enum session_found { SESSION_OPEN, SESSION_NONE /* unknown, damaged or over */ };

/* For every request of the staff's pages. `token`: the cookie's, NULL is fine. Where the ledger can be
 * written it also notes the time; a GET cannot, so the process remembers it too. Any thread, each with its
 * own ledger. `session` is wiped by session_clear(). */
bool session_open(struct ledger *ledger, const char *token, int64_t now_s, struct staff_session *session,
                  enum session_found *found, struct fault *fault);
void session_clear(struct staff_session *session);
/* The hidden field `token` of a form: is it this session's? In constant time; NULL is fine. */
bool session_token_right(const struct staff_session *session, const char *token);

/* In the caller's transaction: a new session of one who has just proven who they are. */
bool session_begin(struct ledger *ledger, int64_t staff, const unsigned char desk_secret[32], int64_t now_s,
                   char token[SESSION_TOKEN], struct fault *fault);
/* In the caller's transaction: ends this person's sessions, all but `keep` (16 bytes, or NULL). */
bool session_end_all(struct ledger *ledger, int64_t staff, const unsigned char *keep, struct fault *fault);
/* One transaction, with its deed. */
bool session_end(struct ledger *ledger, const struct staff_session *session, struct fault *fault);
bool session_end_others(struct ledger *ledger, const struct staff_session *session, struct fault *fault);
/* Those that are not over. */
bool session_count(struct ledger *ledger, int64_t now_s, uint64_t *count, struct fault *fault);
