/* The sender: what lies in the outbox goes out. */
#include "base/command.h"
#include "base/file.h"
#include "base/stop.h"
#include "base/words.h"
#include "cases/outbox.h"
#include "cases/state.h"
#include "desk/mailer.h"
#include "desk/rights.h"
#include "desk/send.h"
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { LOOK_MS = 1000, DOWN_S = 60, TELL_S = 60, SHUT_S = 3600, WORDS = 256 };

struct sender {
    struct ledger *ledger;
    struct seal_pair mailer;
    bool has_key, shut;  /* shut: mail.shut stands, perhaps since before this process */
    time_t down_until_s; /* nobody takes mail until then */
    time_t told_s;
};

static void pause_ms(long ms)
{
    const struct timespec wait = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    nanosleep(&wait, NULL);
}

/* The secret is a file, the public half is computed from it. Before the first of the staff there is none. */
static bool read_key(struct sender *sender, struct fault *fault)
{
    OWNED_MEMORY char *path = ledger_path(sender->ledger, "mailer.key");
    CLEANUP(text_clear) struct text key;
    text_init(&key, sizeof sender->mailer.secret + 1);
    if (sender->has_key || !file_exists(path))
        return true;
    if (!file_read(path, &key, fault))
        return false;
    if (key.length != sizeof sender->mailer.secret)
        return fault_set(fault, "'%s' is %zu bytes long (expected %zu)", path, key.length,
                         sizeof sender->mailer.secret);
    memcpy(sender->mailer.secret, key.bytes, key.length);
    sodium_memzero(key.bytes, key.length);
    crypto_scalarmult_base(sender->mailer.public.bytes, sender->mailer.secret);
    sender->has_key = true;
    return true;
}

static enum send_result send_one(const struct sender *sender, const struct mail_written *mail,
                                 struct fault *why)
{
    const struct ledger_settings *settings = &sender->ledger->settings;
    return settings->desk_sendmail != NULL
               ? send_by_program(settings->desk_sendmail, mail, why)
               : send_by_smtp(settings->desk_smtp, strchr(settings->desk_mail, '@') + 1, mail, why);
}

/* It can never be sent: the administrator's page counts it, and its case is in the record. */
static bool give_up(struct sender *sender, int64_t id, const char *state, struct fault *fault)
{
    return state_count(sender->ledger, state, fault) && outbox_forget(sender->ledger, id, fault);
}

static bool put_off(struct sender *sender, const struct outbox_mail *mail, const struct fault *why,
                    struct fault *fault)
{
    bool later;
    if (!outbox_later(sender->ledger, mail, time(NULL), &later, fault))
        return false;
    if (later)
        return true;
    command_say("a mail of case %lld was not sent for days and is given up: %s", (long long)mail->casefile,
                why->text);
    return give_up(sender, mail->id, "mail.unsent", fault);
}

static bool after(struct sender *sender, const struct outbox_mail *mail, enum send_result result,
                  const struct fault *why, struct fault *fault)
{
    switch (result) {
    case SEND_SENT:
        return outbox_forget(sender->ledger, mail->id, fault);
    case SEND_NEVER:
        command_say("a mail of case %lld cannot be sent: %s", (long long)mail->casefile, why->text);
        return give_up(sender, mail->id, "mail.refused", fault);
    case SEND_DOWN:
        sender->down_until_s = time(NULL) + DOWN_S;
        command_say("no mail is sent for %d s: %s", DOWN_S, why->text);
        return put_off(sender, mail, why, fault);
    case SEND_LATER:
        break;
    }
    return put_off(sender, mail, why, fault);
}

static bool deal_with(struct sender *sender, const struct outbox_mail *mail, struct fault *fault)
{
    CLEANUP(mail_written_clear) struct mail_written written = {0};
    struct fault why = {""};
    enum send_result result = SEND_NEVER;
    if (mail_write(sender->ledger, mail, &written, &why))
        result = send_one(sender, &written, &why);
    return after(sender, mail, result, &why, fault);
}

/* One that is sealed to another key waits: perhaps the key comes back. */
static bool deal_with_shut(struct sender *sender, const struct outbox_mail *mail, struct fault *fault)
{
    static const struct fault why = {"it is sealed to another key than 'mailer.key'"};
    sender->has_key = false; /* and is read again */
    sender->shut = true;
    return state_set(sender->ledger, "mail.shut", why.text, fault) && put_off(sender, mail, &why, fault);
}

static bool tell_open(struct sender *sender, struct fault *fault)
{
    if (!sender->shut)
        return true;
    sender->shut = false;
    return state_unset(sender->ledger, "mail.shut", fault);
}

/* *sent is false where nothing is due. */
static bool send_next(struct sender *sender, bool *sent, struct fault *fault)
{
    CLEANUP(outbox_clear) struct outbox_mail mail = {0};
    enum outbox_found found;
    if (!outbox_next(sender->ledger, &sender->mailer, time(NULL), &mail, &found, fault))
        return false;
    *sent = found != OUTBOX_NONE;
    return found == OUTBOX_NONE ||
           (found == OUTBOX_SHUT ? deal_with_shut(sender, &mail, fault)
                                 : tell_open(sender, fault) && deal_with(sender, &mail, fault));
}

/* How many wait, and since when. */
static bool tell(struct sender *sender, struct fault *fault)
{
    char waiting[WORDS];
    uint64_t count;
    int64_t oldest_s;
    if (time(NULL) - sender->told_s < TELL_S)
        return true;
    if (!outbox_waiting(sender->ledger, &count, &oldest_s, fault))
        return false;
    snprintf(waiting, sizeof waiting, "%llu since %lld", (unsigned long long)count, (long long)oldest_s);
    if (count == 0 && !tell_open(sender, fault))
        return false;
    sender->told_s = time(NULL);
    return state_set(sender->ledger, "mail.waiting", waiting, fault);
}

static bool go_round(struct sender *sender, struct fault *fault)
{
    bool sent = true;
    if (!read_key(sender, fault))
        return false;
    while (sender->has_key && sent && !stop_asked() && time(NULL) >= sender->down_until_s)
        if (!send_next(sender, &sent, fault))
            return false;
    return tell(sender, fault);
}

/* A program that sends may have to become another user for it, and so cannot be confined with us. */
static bool confine(const struct ledger *ledger, struct fault *fault)
{
    const char *smtp = ledger->settings.desk_smtp;
    if (smtp == NULL)
        return rights_files(RIGHTS_MAILER, ledger->path, fault) && rights_calls(RIGHTS_MAILER, fault);
    return rights_sender(ledger->path, strrchr(smtp, ':') + 1, fault) && rights_calls(RIGHTS_SENDER, fault);
}

bool mailer_send(const char *path, struct fault *fault)
{
    OWNED(ledger_free) struct ledger *ledger = ledger_open(path, LEDGER_SHARE, fault);
    struct sender sender = {.ledger = ledger, .shut = true};
    words_in("ja", "");
    if (ledger == NULL || !confine(ledger, fault))
        return false;
    while (!stop_asked()) {
        if (!go_round(&sender, fault)) {
            command_say("%s", fault->text);
            pause_ms(10L * LOOK_MS);
        }
        pause_ms(LOOK_MS);
    }
    sodium_memzero(&sender.mailer, sizeof sender.mailer);
    return true;
}
