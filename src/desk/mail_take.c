#include "desk/mail_take.h"
#include "cases/change.h"
#include "cases/keyed.h"
#include "cases/reporter.h"
#include "cases/state.h"
#include "desk/mail_ack.h"
#include "desk/mail_told.h"
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { RECEIPT_SEED = 32, STATE_NAME_MOST = 64, REPORTER_MOST = 4096 };

struct intake {
    struct ledger *ledger;
    struct mail mail;
    json_t *told;
    struct text content; /* what the message is known by */
    int64_t now_s;
};

static void intake_clear(struct intake *intake)
{
    json_decref(intake->told);
    text_clear(&intake->content);
    mail_clear(&intake->mail);
}

static bool leave_out(struct intake *intake, enum bounce why, struct mail_outcome *outcome,
                      struct fault *fault)
{
    char name[STATE_NAME_MOST];
    snprintf(name, sizeof name, "mail.left_out.%s", bounce_words[why]);
    if (!state_count(intake->ledger, name, fault))
        return false;
    *outcome = (struct mail_outcome){.taken = MAIL_LEFT_OUT, .why = why};
    return true;
}

/* The case whose receipt stands in the message. CASE_NONE also where its person was erased. */
static bool find_case(struct intake *intake, struct casefile *file, struct seal_key *key,
                      enum case_found *found, struct fault *fault)
{
    struct receipt receipt;
    struct seal_pair pair;
    *found = CASE_NONE;
    if (!receipt_find(intake->mail.text.bytes, intake->mail.text.length, &receipt))
        return true;
    if (!casefile_by_receipt(intake->ledger, &receipt, file, found, fault))
        return false;
    receipt_pair(&receipt, &pair);
    if (*found == CASE_FOUND && (file->erased_s != 0 || !casefile_key(file, &pair, key)))
        *found = CASE_NONE;
    sodium_memzero(&pair, sizeof pair);
    sodium_memzero(&receipt, sizeof receipt);
    return true;
}

static bool join(struct intake *intake, const struct casefile *file, const struct seal_key *key,
                 struct mail_outcome *outcome, struct fault *fault)
{
    unsigned char once[16];
    enum case_taken taken;
    casefile_once(intake->ledger, intake->content.bytes, intake->content.length, once);
    const struct case_add add = {.what = CASE_ADDED,
                                 .fields = intake->told,
                                 .attachments = intake->mail.attachments,
                                 .attachments_count = intake->mail.attachments_count,
                                 .once = once,
                                 .at_s = intake->now_s};
    if (!casefile_add(intake->ledger, file, key, &add, &taken, fault))
        return false;
    *outcome =
        (struct mail_outcome){.taken = taken == CASE_TAKEN ? MAIL_ADDED : MAIL_KNOWN, .casefile = file->id};
    return true;
}

/* Of the message and the ledger's key, so that whoever takes the same message in again after a crash gives
 * the same receipt; and nobody who does not know all of the message can guess it. */
static struct receipt make_receipt(const struct intake *intake)
{
    unsigned char seed[RECEIPT_SEED];
    keyed_hash(intake->ledger, "receipt by mail", intake->content.bytes, intake->content.length,
               (struct keyed_bytes){seed, sizeof seed});
    struct receipt receipt = receipt_make(intake->ledger, seed);
    sodium_memzero(seed, sizeof seed);
    return receipt;
}

static bool acknowledge(struct intake *intake, const struct case_intake *as, struct mail_outcome *outcome,
                        struct fault *fault)
{
    const struct mail_ack ack = {.casefile = outcome->casefile,
                                 .now_s = intake->now_s,
                                 .told = intake->told,
                                 .language = as->language,
                                 .receipt = as->receipt};
    return bounce_no_answer(&intake->mail) ||
           mail_ack(intake->ledger, &intake->mail, &ack, &outcome->acknowledged, fault);
}

/* The case and its acknowledgement are written together. */
static bool write_case(struct intake *intake, const struct case_intake *as, struct mail_outcome *outcome,
                       struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    struct mail_outcome made = {.taken = MAIL_TAKEN};
    enum case_taken taken;
    if (!change_begin(&change, intake->ledger, fault) ||
        !casefile_take(intake->ledger, as, &taken, &made.casefile, fault))
        return false;
    if (taken == CASE_KNOWN)
        made.taken = MAIL_KNOWN;
    else if (!acknowledge(intake, as, &made, fault))
        return false;
    if (!change_commit(&change, fault))
        return false;
    *outcome = made;
    return true;
}

static bool begin_case(struct intake *intake, enum case_kind kind, struct mail_outcome *outcome,
                       struct fault *fault)
{
    CLEANUP(text_clear) struct text reporter;
    char secret[RECEIPT_TEXT];
    text_init(&reporter, REPORTER_MOST);
    struct receipt receipt = make_receipt(intake);
    receipt_text(&receipt, secret);
    json_object_set_new(intake->told, "receipt", json_string(secret)); /* sealed: what we answer quotes it */
    struct case_intake as = {.kind = kind,
                             .channel = CASE_MAIL,
                             .language = mail_language(&intake->mail),
                             .receipt = &receipt,
                             .reporter = reporter_of(intake->told, &reporter) ? reporter.bytes : NULL,
                             .told = intake->told,
                             .attachments = intake->mail.attachments,
                             .attachments_count = intake->mail.attachments_count,
                             .at_s = intake->now_s};
    casefile_once(intake->ledger, intake->content.bytes, intake->content.length, as.once);
    bool well = write_case(intake, &as, outcome, fault);
    sodium_memzero(&receipt, sizeof receipt);
    sodium_memzero(secret, sizeof secret);
    return well;
}

bool mail_take(struct ledger *ledger, const char *bytes, size_t length, struct mail_outcome *outcome,
               struct fault *fault)
{
    CLEANUP(intake_clear) struct intake intake = {.ledger = ledger, .now_s = time(NULL)};
    const char *desk_mail = ledger->settings.desk_mail;
    struct casefile file;
    struct seal_key key;
    enum case_kind kind;
    enum case_found found;
    text_init(&intake.content, MAIL_MOST + 8 * (size_t)MAIL_HEADERS_MOST * 1024);
    if (!mail_read(&intake.mail, bytes, length, fault)) {
        *outcome = (struct mail_outcome){.taken = MAIL_UNREADABLE};
        return true;
    }
    enum bounce why = bounce_of(&intake.mail, desk_mail);
    if (why != BOUNCE_NONE)
        return leave_out(&intake, why, outcome, fault);
    mail_told_content(&intake.mail, bytes, length, &intake.content);
    if (!find_case(&intake, &file, &key, &found, fault))
        return false;
    intake.told = mail_told(&intake.mail, desk_mail, found == CASE_NONE ? &kind : NULL);
    if (found == CASE_NONE)
        return begin_case(&intake, kind, outcome, fault);
    bool well = join(&intake, &file, &key, outcome, fault);
    sodium_memzero(&key, sizeof key);
    return well;
}
