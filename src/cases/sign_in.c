#include "cases/sign_in.h"
#include "cases/change.h"
#include "cases/deeds.h"
#include "cases/keyed.h"
#include "cases/limit.h"
#include "cases/secret.h"
#include "cases/staff_row.h"
#include "ledger/records.h"
#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { BROWSER_ID = 16, BROWSER_BYTES = 32 };

/* One cookie may be known to several of the staff who share a computer: what is kept differs for each. */
static bool browser_id(const struct ledger *ledger, const char *cookie, int64_t staff,
                       unsigned char id[BROWSER_ID])
{
    struct {
        int64_t staff;
        unsigned char browser[BROWSER_BYTES];
    } both = {.staff = staff};
    size_t length;
    if (cookie == NULL ||
        sodium_base642bin(both.browser, sizeof both.browser, cookie, strlen(cookie), NULL, &length, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        length != sizeof both.browser)
        return false;
    keyed_hash(ledger, "browser", &both, sizeof both, (struct keyed_bytes){id, BROWSER_ID});
    return true;
}

static const char browser_find_sql[] = "SELECT 1 FROM browser WHERE id = ?1 AND staff = ?2 AND made_s > ?3";
static const char browser_add_sql[] = "INSERT INTO browser (id, staff, made_s) VALUES (?1, ?2, ?3)"
                                      " ON CONFLICT (id) DO UPDATE SET made_s = ?3";
static const char browser_lapse_sql[] = "DELETE FROM browser WHERE made_s <= ?1";

static bool browser_known(struct ledger *ledger, const unsigned char id[BROWSER_ID], int64_t staff,
                          int64_t now_s, bool *known, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *find = records_prepare(ledger->records, browser_find_sql, fault);
    if (find == NULL)
        return false;
    sqlite3_bind_blob(find, 1, id, BROWSER_ID, SQLITE_STATIC);
    sqlite3_bind_int64(find, 2, staff);
    sqlite3_bind_int64(find, 3, now_s - SIGN_IN_BROWSER_S);
    return records_step(find, known, fault);
}

static bool browser_keep(struct ledger *ledger, const unsigned char id[BROWSER_ID], int64_t staff,
                         int64_t now_s, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *lapse = records_prepare(ledger->records, browser_lapse_sql, fault);
    OWNED(sqlite3_finalize)
    sqlite3_stmt *add = lapse == NULL ? NULL : records_prepare(ledger->records, browser_add_sql, fault);
    if (add == NULL)
        return false;
    sqlite3_bind_int64(lapse, 1, now_s - SIGN_IN_BROWSER_S);
    sqlite3_bind_blob(add, 1, id, BROWSER_ID, SQLITE_STATIC);
    sqlite3_bind_int64(add, 2, staff);
    sqlite3_bind_int64(add, 3, now_s);
    return records_do(lapse, fault) && records_do(add, fault);
}

bool sign_in_welcome(struct ledger *ledger, int64_t staff, const unsigned char desk_secret[32],
                     const char *browser, int64_t now_s, struct sign_in_welcome *welcome, struct fault *fault)
{
    unsigned char id[BROWSER_ID], bytes[BROWSER_BYTES];
    struct sign_in_welcome made = *welcome;
    made.staff = staff;
    if (browser_id(ledger, browser, staff, id)) {
        snprintf(made.browser, sizeof made.browser, "%s", browser);
    } else {
        randombytes_buf(bytes, sizeof bytes);
        sodium_bin2base64(made.browser, sizeof made.browser, bytes, sizeof bytes,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING);
        browser_id(ledger, made.browser, staff, id);
    }
    OWNED(sqlite3_finalize)
    sqlite3_stmt *note =
        records_prepare(ledger->records, "UPDATE staff SET signed_in_s = ?2 WHERE id = ?1", fault);
    if (note == NULL)
        return false;
    sqlite3_bind_int64(note, 1, staff);
    sqlite3_bind_int64(note, 2, now_s);
    if (!records_do(note, fault) || !browser_keep(ledger, id, staff, now_s, fault) ||
        !session_begin(ledger, staff, desk_secret, now_s, made.session, fault))
        return false;
    *welcome = made;
    return true;
}

/* Who is asking, as far as a name goes: a person, or a stand-in whose password nobody knows. */
struct claimant {
    struct staff_row row;
    bool real, known;
    unsigned char browser[BROWSER_ID];
};

static bool find_claimant(struct ledger *ledger, const struct sign_in *claim, struct claimant *who,
                          struct fault *fault)
{
    char folded[64];
    bool found = false, fits = staff_fold_name(claim->name, folded);
    const char *name = fits ? folded : claim->name; /* counted alike, however it was typed */
    if (fits && !staff_row_by_name(ledger, name, &who->row, &found, fault))
        return false;
    who->real = found && who->row.state == STAFF_ACTIVE && who->row.salt_length > 0;
    if (!found)
        who->row.id = limit_nobody(ledger, name);
    if (!who->real)
        keyed_hash(ledger, "stand-in", name, strlen(name),
                   (struct keyed_bytes){who->row.salt, sizeof who->row.salt});
    return !browser_id(ledger, claim->browser, who->row.id, who->browser) ||
           browser_known(ledger, who->browser, who->row.id, claim->now_s, &who->known, fault);
}

static const char code_used_sql[] =
    "UPDATE staff SET code_step = ?2 WHERE id = ?1 AND code_step < ?2 AND state = 'active' AND wrapped = ?3";

/* A code is used in the same transaction as the session begins: of two tries side by side with one code the
 * second finds it used. *used is false too where the password was changed meanwhile. */
static bool use_code(struct ledger *ledger, const struct staff_row *row, int64_t step, bool *used,
                     struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *use = records_prepare(ledger->records, code_used_sql, fault);
    if (use == NULL)
        return false;
    sqlite3_bind_int64(use, 1, row->id);
    sqlite3_bind_int64(use, 2, step);
    sqlite3_bind_blob(use, 3, row->wrapped, (int)row->wrapped_length, SQLITE_STATIC);
    if (!records_do(use, fault))
        return false;
    *used = sqlite3_changes(ledger->records) == 1;
    return true;
}

/* What one try holds and where its answer goes. */
struct trying {
    struct secret_place place;
    int64_t number;
    enum sign_in_answer *answer;
    struct sign_in_welcome *welcome;
};

static void stop_trying(struct trying *trying)
{
    secret_leave(&trying->place);
}

struct proof {
    struct staff_secrets secrets;
    int64_t step, attempt;
    const char *browser;
    int64_t now_s;
};

static bool let_in(struct ledger *ledger, const struct staff_row *row, const struct proof *proof,
                   enum sign_in_answer *answer, struct sign_in_welcome *welcome, struct fault *fault)
{
    bool used;
    struct sign_in_welcome made = {.rights = row->rights};
    CLEANUP(change_undo) struct change change = {0};
    snprintf(made.language, sizeof made.language, "%s", row->language);
    if (!change_begin(&change, ledger, fault) || !use_code(ledger, row, proof->step, &used, fault))
        return false;
    *answer = SIGN_IN_REFUSED;
    if (!used)
        return true;
    if (!limit_give_back(ledger, proof->attempt, fault) ||
        !sign_in_welcome(ledger, row->id, proof->secrets.desk, proof->browser, proof->now_s, &made, fault) ||
        !deeds_add(ledger, row->id, "staff.sign-in", 0, "", fault) || !change_commit(&change, fault))
        return false;
    *answer = SIGN_IN_WELCOME;
    *welcome = made;
    return true;
}

/* A try that was counted; *answer is SIGN_IN_REFUSED unless all three were right. */
static bool check(struct ledger *ledger, const struct sign_in *claim, const struct claimant *who,
                  struct trying *trying, struct fault *fault)
{
    struct seal_key key;
    struct proof proof = {.attempt = trying->number, .browser = claim->browser, .now_s = claim->now_s};
    if (secret_of_password(&trying->place, claim->password, who->row.salt, &key) == SECRET_BUSY) {
        *trying->answer = SIGN_IN_BUSY;
        return limit_give_back(ledger, trying->number, fault);
    }
    bool right = who->real && staff_row_open(&who->row, &key, &proof.secrets);
    right =
        right && totp_step(&proof.secrets.totp, claim->code, claim->now_s, who->row.code_step, &proof.step);
    *trying->answer = SIGN_IN_REFUSED;
    bool well = !right || let_in(ledger, &who->row, &proof, trying->answer, trying->welcome, fault);
    sodium_memzero(&proof, sizeof proof);
    sodium_memzero(&key, sizeof key);
    return well;
}

/* A place in the lane comes first: while it is full, strangers cost no write. */
bool sign_in_try(struct ledger *ledger, const struct sign_in *claim, enum sign_in_answer *answer,
                 struct sign_in_welcome *welcome, struct fault *fault)
{
    enum limit_verdict verdict;
    struct claimant who = {0};
    CLEANUP(stop_trying) struct trying trying = {.answer = answer, .welcome = welcome};
    if (!find_claimant(ledger, claim, &who, fault))
        return false;
    *answer = SIGN_IN_BUSY;
    if (!secret_enter(&trying.place, who.known ? SECRET_KNOWN : SECRET_STRANGER))
        return true;
    const struct limit_try attempt = {who.row.id, claim->source, who.known ? who.browser : NULL,
                                      claim->now_s};
    if (!limit_take(ledger, &attempt, &verdict, &trying.number, fault))
        return false;
    *answer = SIGN_IN_WAIT;
    return verdict == LIMIT_WAIT || check(ledger, claim, &who, &trying, fault);
}
