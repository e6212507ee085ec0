#include "desk/mail_write.h"
#include "base/words.h"
#include "cases/keyed.h"
#include "desk/bounce.h"
#include "ledger/conf.h"
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    MESSAGE_MOST = 4 << 20,
    WORD_BYTES = 45, /* in base64 with its marks a word of at most 75 characters (RFC 2047 section 2) */
    BASE64_LINE = 57,
    LINE_MOST = 900, /* a line as it stands: RFC 5322 section 2.1.1 has 998 */
    MARK = 16,
    SUBJECT_MOST = 800
};

static const char how_to_use[] = N_("Your receipt:\n\n    %s\n\nIt opens what you told us and our answers, "
                                    "so please keep it to yourself. To add "
                                    "something, answer this mail and leave the receipt in it.");
static const char where_to_use[] = N_("You can also read and add on our site, with your receipt:");

static const char *string_of(const json_t *mail, const char *name)
{
    const char *value = json_string_value(json_object_get(mail, name));
    return value == NULL ? "" : value;
}

static bool is_plain(const char *string)
{
    size_t line = 0;
    for (; *string != '\0'; string++) {
        line = *string == '\n' ? 0 : line + 1;
        bool printable = *string >= ' ' && *string < 0x7f;
        if ((!printable && *string != '\n') || line > LINE_MOST)
            return false;
    }
    return true;
}

static void add_base64(struct text *out, const char *bytes, size_t length)
{
    char encoded[sodium_base64_ENCODED_LEN(BASE64_LINE, sodium_base64_VARIANT_ORIGINAL)];
    sodium_bin2base64(encoded, sizeof encoded, (const unsigned char *)bytes, length,
                      sodium_base64_VARIANT_ORIGINAL);
    text_add_string(out, encoded);
}

/* One line of words: as they are where they are plain and short, else encoded, cut between characters. */
static void add_words(struct text *out, const char *value)
{
    size_t left = strlen(value);
    if (is_plain(value) && left < BASE64_LINE && strpbrk(value, "\n=\"()<>@,;:\\[]") == NULL) {
        text_add_string(out, value);
        return;
    }
    for (const char *at = value; left > 0;) {
        size_t length = left < WORD_BYTES ? left : WORD_BYTES;
        while (length > 1 && length < left && ((unsigned char)at[length] & 0xc0) == 0x80)
            length--;
        text_add_string(out, at == value ? "=?UTF-8?B?" : "\n =?UTF-8?B?");
        add_base64(out, at, length);
        text_add_string(out, "?=");
        at += length;
        left -= length;
    }
}

static bool is_message_id(const char *id, size_t length)
{
    for (size_t i = 1; i + 1 < length; i++)
        if (id[i] <= ' ' || id[i] >= 0x7f || id[i] == '<' || id[i] == '>')
            return false;
    return length > 2 && id[0] == '<' && id[length - 1] == '>';
}

/* A field of Message-IDs, a line each; nothing where there are none. */
static void add_ids(struct text *out, const char *field, const char *ids, const char *more)
{
    const char *const lists[] = {ids, more};
    const char *lead = field;
    for (size_t i = 0; i < 2; i++)
        for (const char *at = lists[i]; *at != '\0';) {
            size_t length = strcspn(at, " ");
            if (length < LINE_MOST && is_message_id(at, length)) {
                text_addf(out, "%s%.*s\n", lead, (int)length, at);
                lead = " ";
            }
            at += length + strspn(at + length, " ");
        }
}

static void add_date(struct text *out, int64_t at_s)
{
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    time_t time = (time_t)at_s;
    struct tm utc;
    gmtime_r(&time, &utc);
    text_addf(out, "Date: %s, %d %s %d %02d:%02d:%02d +0000\n", days[utc.tm_wday], utc.tm_mday,
              months[utc.tm_mon], 1900 + utc.tm_year, utc.tm_hour, utc.tm_min, utc.tm_sec);
}

/* Of the row in the outbox: sent again, it has the same. */
static void add_own_id(struct text *out, const struct ledger *ledger, const struct outbox_mail *mail)
{
    unsigned char mark[MARK];
    char hex[2 * MARK + 1];
    const int64_t row[] = {mail->id, mail->made_s, mail->casefile};
    keyed_hash(ledger, "message-id", row, sizeof row, (struct keyed_bytes){mark, sizeof mark});
    text_addf(out, "Message-ID: <mimamori.%s%s>\n", sodium_bin2hex(hex, sizeof hex, mark, sizeof mark),
              strchr(ledger->settings.desk_mail, '@'));
}

static void add_headers(struct text *out, const struct ledger *ledger, const struct outbox_mail *mail)
{
    const struct ledger_settings *settings = &ledger->settings;
    const char *id = string_of(mail->mail, "in_reply_to");
    text_add_string(out, "From: ");
    if (settings->desk_name[0] != '\0') {
        add_words(out, settings->desk_name);
        text_add_string(out, "\n ");
    }
    text_addf(out, "<%s>\nTo: <%s>\nSubject: ", settings->desk_mail, string_of(mail->mail, "to"));
    add_words(out, string_of(mail->mail, "subject"));
    text_add_byte(out, '\n');
    add_date(out, mail->made_s);
    add_own_id(out, ledger, mail);
    add_ids(out, "In-Reply-To: ", id, "");
    add_ids(out, "References: ", string_of(mail->mail, "references"), id);
    if (json_is_true(json_object_get(mail->mail, "automatic")))
        text_add_string(out, "Auto-Submitted: auto-replied\nX-Auto-Response-Suppress: All\n");
    text_addf(out, "%s: 1\nMIME-Version: 1.0\nContent-Language: %s\n", BOUNCE_OURS,
              strcmp(string_of(mail->mail, "language"), "ja") == 0 ? "ja" : "en");
}

static void add_receipt(struct text *body, const struct ledger *ledger, const json_t *mail)
{
    const char *language = strcmp(string_of(mail, "language"), "ja") == 0 ? "ja" : "en";
    const char *receipt = string_of(mail, "receipt"), *address = ledger->settings.desk_address;
    if (receipt[0] == '\0')
        return;
    text_add_string(body, "\n\n");
    const char *how = words_in(language, how_to_use), *place = strstr(how, "%s");
    text_add(body, how, (size_t)(place - how));
    text_add_string(body, receipt);
    text_add_string(body, place + 2);
    if (address[0] != '\0')
        text_addf(body, "\n\n%s\n%s/%s/receipt", words_in(language, where_to_use), address, language);
}

static void add_footer(struct text *body, const struct ledger *ledger)
{
    if (ledger->settings.desk_name[0] != '\0' || ledger->settings.desk_address[0] != '\0')
        text_addf(body, "\n\n-- \n%s%s%s", ledger->settings.desk_name,
                  ledger->settings.desk_name[0] == '\0' ? "" : "\n", ledger->settings.desk_address);
    text_add_byte(body, '\n');
}

static void add_encoded(struct text *out, const struct text *body)
{
    CLEANUP(text_clear) struct text lines; /* text is encoded with its lines' ends (RFC 2045 section 6.8) */
    text_init(&lines, 2 * (size_t)MESSAGE_MOST);
    for (size_t i = 0; i < body->length; i++) {
        if (body->bytes[i] == '\n')
            text_add_byte(&lines, '\r');
        text_add_byte(&lines, body->bytes[i]);
    }
    for (size_t at = 0; at < lines.length; at += BASE64_LINE) {
        size_t left = lines.length - at;
        add_base64(out, lines.bytes + at, left < BASE64_LINE ? left : BASE64_LINE);
        text_add_byte(out, '\n');
    }
}

static void add_body(struct text *out, const struct text *body)
{
    bool plain = is_plain(body->bytes);
    text_addf(out, "Content-Type: text/plain; charset=%s\nContent-Transfer-Encoding: %s\n\n",
              plain ? "US-ASCII" : "UTF-8", plain ? "7bit" : "base64");
    if (plain)
        text_add(out, body->bytes, body->length);
    else
        add_encoded(out, body);
}

bool mail_write(const struct ledger *ledger, const struct outbox_mail *mail, struct mail_written *written,
                struct fault *fault)
{
    CLEANUP(text_clear) struct text body;
    const char *to = string_of(mail->mail, "to"), *from = ledger->settings.desk_mail;
    text_init(&body, MESSAGE_MOST / 2);
    if (!conf_is_mail(to))
        return fault_set(fault, "a mail of case %lld has no address that can be written to",
                         (long long)mail->casefile);
    if (strlen(string_of(mail->mail, "subject")) > SUBJECT_MOST)
        return fault_set(fault, "a mail of case %lld has too long a subject", (long long)mail->casefile);
    bool automatic = json_is_true(json_object_get(mail->mail, "automatic"));
    *written = (struct mail_written){.from = automatic ? "" : from, .to = to};
    text_init(&written->message, MESSAGE_MOST);
    text_add_string(&body, string_of(mail->mail, "text"));
    add_receipt(&body, ledger, mail->mail);
    add_footer(&body, ledger);
    add_headers(&written->message, ledger, mail);
    add_body(&written->message, &body);
    sodium_memzero(body.bytes, body.length);
    return true;
}

void mail_written_clear(struct mail_written *written)
{
    text_clear(&written->message);
    *written = (struct mail_written){0};
}
