#include "cases/limit.h"
#include "cases/change.h"
#include "cases/deeds.h"
#include "cases/keyed.h"
#include "ledger/records.h"
#include <stdio.h>
#include <string.h>

enum { LIMIT_WINDOW_S = 3600, LIMIT_SKEW_S = 60, LIMIT_ID = 16 };

/* After `free` failures within the hour the next has to wait 2, 4, 8 ... seconds after the last, at most
 * `longest_s`; `closed` failures (0: never) close until the first of them is an hour old. */
struct limit_rule {
    int64_t free, longest_s, closed;
};
static const struct limit_rule limit_account = {3, 60, 10};
static const struct limit_rule limit_source = {10, 60, 60};
static const struct limit_rule limit_browser = {5, 900, 0};

/* The network of 64 bits is one source: whoever has one address of it has them all (RFC 6177). */
static void hash_source(const struct ledger *ledger, struct address source, unsigned char out[LIMIT_ID])
{
    if (!address_is_ipv4(source))
        source.low = 0;
    uint64_t both[2] = {source.high, source.low};
    keyed_hash(ledger, "source", both, sizeof both, (struct keyed_bytes){out, LIMIT_ID});
}

int64_t limit_nobody(const struct ledger *ledger, const char *name)
{
    unsigned char hash[LIMIT_ID];
    int64_t number = 0;
    keyed_hash(ledger, "nobody", name, strlen(name), (struct keyed_bytes){hash, sizeof hash});
    memcpy(&number, hash, sizeof number);
    return number | INT64_MIN; /* less than 0, as nobody's number is */
}

struct limit_count {
    int64_t failures, last_s;
};
struct limit_judged {
    bool wait, closes; /* closes: if this one fails, only known browsers are let in */
};

static bool must_wait(const struct limit_rule *rule, struct limit_count count, int64_t now_s)
{
    int64_t over = count.failures - rule->free;
    if (rule->closed > 0 && count.failures >= rule->closed)
        return true;
    if (over < 0)
        return false;
    int64_t delay_s = over < 16 ? INT64_C(2) << over : rule->longest_s;
    return now_s < count.last_s + (delay_s < rule->longest_s ? delay_s : rule->longest_s);
}

static const char limit_account_sql[] = "SELECT count(*), ifnull(max(at_s), 0) FROM attempt"
                                        " WHERE staff = ?1 AND browser IS NULL";
static const char limit_source_sql[] = "SELECT count(*), ifnull(max(at_s), 0) FROM attempt"
                                       " WHERE source = ?1 AND browser IS NULL";
static const char limit_browser_sql[] = "SELECT count(*), ifnull(max(at_s), 0) FROM attempt"
                                        " WHERE staff = ?1 AND browser = ?2";
static const char limit_lapse_sql[] = "DELETE FROM attempt WHERE at_s <= ?1 OR at_s > ?2";
static const char limit_add_sql[] =
    "INSERT INTO attempt (staff, source, browser, at_s) VALUES (?1, ?2, ?3, ?4)";
static const char limit_back_sql[] = "DELETE FROM attempt WHERE id = ?1";

static bool count_row(sqlite3_stmt *statement, struct limit_count *count, struct fault *fault)
{
    bool row;
    if (!records_step(statement, &row, fault))
        return false;
    *count = (struct limit_count){sqlite3_column_int64(statement, 0), sqlite3_column_int64(statement, 1)};
    return true;
}

/* Only those of the last hour are there (and none of a clock that was set back since). */
static bool lapse(struct ledger *ledger, int64_t now_s, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *lapse = records_prepare(ledger->records, limit_lapse_sql, fault);
    if (lapse == NULL)
        return false;
    sqlite3_bind_int64(lapse, 1, now_s - LIMIT_WINDOW_S);
    sqlite3_bind_int64(lapse, 2, now_s + LIMIT_SKEW_S);
    return records_do(lapse, fault);
}

static bool judge_browser(struct ledger *ledger, const struct limit_try *attempt, struct limit_judged *judged,
                          struct fault *fault)
{
    struct limit_count count;
    OWNED(sqlite3_finalize) sqlite3_stmt *find = records_prepare(ledger->records, limit_browser_sql, fault);
    if (find == NULL)
        return false;
    sqlite3_bind_int64(find, 1, attempt->staff);
    sqlite3_bind_blob(find, 2, attempt->browser, LIMIT_ID, SQLITE_STATIC);
    if (!count_row(find, &count, fault))
        return false;
    judged->wait = must_wait(&limit_browser, count, attempt->at_s);
    return true;
}

/* A loopback address is that of a proxy and says nothing of who comes through it. */
static bool judge_stranger(struct ledger *ledger, const struct limit_try *attempt,
                           const unsigned char source[LIMIT_ID], struct limit_judged *judged,
                           struct fault *fault)
{
    static const struct address loopback6 = {0, 1};
    struct limit_count account, from;
    OWNED(sqlite3_finalize) sqlite3_stmt *find = records_prepare(ledger->records, limit_account_sql, fault);
    OWNED(sqlite3_finalize)
    sqlite3_stmt *find_source =
        find == NULL ? NULL : records_prepare(ledger->records, limit_source_sql, fault);
    if (find_source == NULL)
        return false;
    sqlite3_bind_int64(find, 1, attempt->staff);
    sqlite3_bind_blob(find_source, 1, source, LIMIT_ID, SQLITE_STATIC);
    if (!count_row(find, &account, fault) || !count_row(find_source, &from, fault))
        return false;
    bool proxy = address_equal(attempt->source, loopback6) ||
                 (address_is_ipv4(attempt->source) && address_ipv4(attempt->source) >> 24 == 127);
    judged->wait = must_wait(&limit_account, account, attempt->at_s) ||
                   (!proxy && must_wait(&limit_source, from, attempt->at_s));
    judged->closes = !judged->wait && account.failures + 1 == limit_account.closed;
    return true;
}

static bool add(struct ledger *ledger, const struct limit_try *attempt, const unsigned char source[LIMIT_ID],
                int64_t *number, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *add = records_prepare(ledger->records, limit_add_sql, fault);
    if (add == NULL)
        return false;
    sqlite3_bind_int64(add, 1, attempt->staff);
    sqlite3_bind_blob(add, 2, source, LIMIT_ID, SQLITE_STATIC);
    if (attempt->browser != NULL)
        sqlite3_bind_blob(add, 3, attempt->browser, LIMIT_ID, SQLITE_STATIC);
    sqlite3_bind_int64(add, 4, attempt->at_s);
    if (!records_do(add, fault))
        return false;
    *number = sqlite3_last_insert_rowid(ledger->records);
    return true;
}

/* A deed of it, but only where it is somebody's account: strangers cannot fill the record with names. */
static bool note_closing(struct ledger *ledger, int64_t staff, struct fault *fault)
{
    char detail[32];
    snprintf(detail, sizeof detail, "%jd", (intmax_t)staff);
    return staff <= 0 || deeds_add(ledger, 0, "staff.closed", 0, detail, fault);
}

bool limit_take(struct ledger *ledger, const struct limit_try *attempt, enum limit_verdict *verdict,
                int64_t *number, struct fault *fault)
{
    int64_t added = 0;
    struct limit_judged judged = {0};
    unsigned char source[LIMIT_ID];
    CLEANUP(change_undo) struct change change = {0};
    hash_source(ledger, attempt->source, source);
    if (!change_begin(&change, ledger, fault) || !lapse(ledger, attempt->at_s, fault) ||
        !(attempt->browser != NULL ? judge_browser(ledger, attempt, &judged, fault)
                                   : judge_stranger(ledger, attempt, source, &judged, fault)) ||
        (!judged.wait && !add(ledger, attempt, source, &added, fault)) ||
        (judged.closes && !note_closing(ledger, attempt->staff, fault)) || !change_commit(&change, fault))
        return false;
    *verdict = judged.wait ? LIMIT_WAIT : LIMIT_TRY;
    if (!judged.wait)
        *number = added;
    return true;
}

bool limit_give_back(struct ledger *ledger, int64_t number, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *back = records_prepare(ledger->records, limit_back_sql, fault);
    if (back == NULL)
        return false;
    sqlite3_bind_int64(back, 1, number);
    return records_do(back, fault);
}
