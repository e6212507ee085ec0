#include "desk/mail_ack.h"
#include "base/words.h"
#include "cases/keyed.h"
#include "cases/outbox.h"
#include "ledger/records.h"
#include <ctype.h>
#include <string.h>

enum { HASH = 16, ADDRESS_MOST = 300 };

static const char sql_count[] = "SELECT count(*) FROM acknowledged WHERE address = ?1 AND at_s > ?2";
static const char sql_note[] = "INSERT INTO acknowledged (address, at_s) VALUES (?1, ?2)";
static const char sql_forget[] = "DELETE FROM acknowledged WHERE at_s <= ?1";

static const char thanks[] =
    N_("Thank you for writing to us. Your message has arrived, and one of our staff will read it.\n\n"
       "This mail was written by a program. If you can tell us more, simply answer it. Please send no "
       "passwords and no card numbers.");

struct hash {
    unsigned char bytes[HASH];
};

static struct hash hash_of(const struct ledger *ledger, const char *address)
{
    char small[ADDRESS_MOST];
    size_t length = 0;
    struct hash hash;
    for (; address[length] != '\0' && length < sizeof small; length++)
        small[length] = (char)tolower((unsigned char)address[length]);
    keyed_hash(ledger, "acknowledged", small, length, (struct keyed_bytes){hash.bytes, sizeof hash.bytes});
    return hash;
}

static bool too_many(struct ledger *ledger, const struct hash *hash, int64_t now_s, bool *many,
                     struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *count = records_prepare(ledger->records, sql_count, fault);
    bool row;
    if (count == NULL)
        return false;
    sqlite3_bind_blob(count, 1, hash->bytes, sizeof hash->bytes, SQLITE_STATIC);
    sqlite3_bind_int64(count, 2, now_s - MAIL_ACK_DAY_S);
    if (!records_step(count, &row, fault))
        return false;
    *many = sqlite3_column_int64(count, 0) >= MAIL_ACK_MOST;
    return true;
}

static bool note(struct ledger *ledger, const struct hash *hash, int64_t now_s, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *forget = records_prepare(ledger->records, sql_forget, fault);
    OWNED(sqlite3_finalize) sqlite3_stmt *add = records_prepare(ledger->records, sql_note, fault);
    if (forget == NULL || add == NULL)
        return false;
    sqlite3_bind_int64(forget, 1, now_s - MAIL_ACK_DAY_S);
    sqlite3_bind_blob(add, 1, hash->bytes, sizeof hash->bytes, SQLITE_STATIC);
    sqlite3_bind_int64(add, 2, now_s);
    return records_do(forget, fault) && records_do(add, fault);
}

static json_t *compose(const struct mail_ack *ack, const char *to)
{
    char receipt[RECEIPT_TEXT];
    receipt_text(ack->receipt, receipt);
    json_t *mail = json_pack("{s:s, s:s, s:s, s:s, s:s, s:b}", "to", to, "subject",
                             words_in(ack->language, N_("We have received your message")), "text",
                             words_in(ack->language, thanks), "language", ack->language, "receipt", receipt,
                             "automatic", true);
    static const char *const copied[][2] = {{"message_id", "in_reply_to"}, {"references", "references"}};
    for (size_t i = 0; i < 2; i++)
        if (json_object_get(ack->told, copied[i][0]) != NULL)
            json_object_set(mail, copied[i][1], json_object_get(ack->told, copied[i][0]));
    return mail;
}

bool mail_ack(struct ledger *ledger, const struct mail *mail, const struct mail_ack *ack, bool *sent,
              struct fault *fault)
{
    const char *to = mail->reply_to[0] != '\0' ? mail->reply_to : mail->from;
    bool many;
    *sent = false;
    if (to[0] == '\0')
        return true;
    const struct hash hash = hash_of(ledger, to);
    if (!too_many(ledger, &hash, ack->now_s, &many, fault))
        return false;
    if (many)
        return true;
    json_t *reply = compose(ack, to);
    bool well = outbox_add(ledger, ack->casefile, reply, fault) && note(ledger, &hash, ack->now_s, fault);
    json_decref(reply);
    *sent = well;
    return well;
}
