#include "desk/bounce.h"
#include "base/cleanup.h"
#include "desk/mail_header.h"
#include <string.h>
#include <strings.h>

enum { RECEIVED_MOST = 50 /* RFC 5321 section 6.3 lets nobody go on far beyond 100 */ };

const char *const bounce_words[BOUNCES] = {
    [BOUNCE_NONE] = "none",           [BOUNCE_RETURNED] = "returned", [BOUNCE_LOOP] = "loop",
    [BOUNCE_AUTOMATIC] = "automatic", [BOUNCE_AWAY] = "away",         [BOUNCE_LIST] = "list",
};

static bool has(const struct mail *mail, const char *name)
{
    return mail_raw(mail, name) != NULL;
}

static size_t skip_blanks(const char *raw)
{
    return strspn(raw, " \t\r\n");
}

/* Return-Path: <> is what every message of a mail server itself has (RFC 5321 section 4.5.5). */
static bool has_empty_path(const struct mail *mail)
{
    const char *raw = mail_raw(mail, "Return-Path");
    if (raw == NULL)
        return false;
    raw += skip_blanks(raw);
    return raw[0] == '<' && raw[1 + skip_blanks(raw + 1)] == '>';
}

static bool is_from_server(const struct mail *mail)
{
    static const char *const servers[] = {"mailer-daemon", "mail-daemon", "postmaster", "mailerdaemon"};
    size_t local = strcspn(mail->from, "@");
    for (size_t i = 0; i < sizeof servers / sizeof *servers; i++)
        if (strlen(servers[i]) == local && strncasecmp(mail->from, servers[i], local) == 0)
            return true;
    const char *raw = mail_raw(mail, "From");
    return raw != NULL && strncasecmp(raw + skip_blanks(raw), "mailer-daemon", 13) == 0;
}

/* Delivery and read reports; but a report about abuse (RFC 5965) is one that a person meant for us. */
static bool is_report(const struct mail *mail)
{
    CLEANUP(text_clear) struct text type;
    text_init(&type, 4 * MAIL_HEADER_MOST);
    if (strcmp(mail->type, "multipart/report") != 0 && strcmp(mail->type, "message/delivery-status") != 0)
        return false;
    mail_header_parameter(mail_raw(mail, "Content-Type"), "report-type", &type);
    return strcasecmp(type.bytes, "feedback-report") != 0;
}

static bool is_returned(const struct mail *mail)
{
    return has_empty_path(mail) || is_from_server(mail) || is_report(mail) ||
           has(mail, "X-Failed-Recipients");
}

static bool is_loop(const struct mail *mail, const char *desk_mail)
{
    size_t received = 0;
    for (size_t i = 0; i < mail->fields_count; i++)
        received += strcasecmp(mail->fields[i].name, "Received") == 0;
    bool from_us = desk_mail[0] != '\0' && strcasecmp(mail->from, desk_mail) == 0;
    return received > RECEIVED_MOST || has(mail, BOUNCE_OURS) || from_us ||
           strncmp(mail->message_id, "<mimamori.", 10) == 0;
}

/* "X-Autoreply", "X-Auto-Reply-From", "X-Autorespond" ...: every such program has a field of its own. */
static bool has_own_field(const struct mail *mail)
{
    static const char *const names[] = {"X-Mail-Autoreply", "X-MS-Exchange-Inbox-Rules-Loop", "X-Vacation"};
    for (size_t i = 0; i < mail->fields_count; i++) {
        const char *name = mail->fields[i].name;
        if (strncasecmp(name, "X-Auto", 6) == 0 && strcasecmp(name, "X-Auto-Response-Suppress") != 0)
            return true;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (has(mail, names[i]))
            return true;
    return false;
}

/* What programs write for somebody who is away. Only together with a field that a program wrote it: a person
 * may write of an automatic answer too. */
static bool says_away(const struct mail *mail)
{
    static const char *const words[] = {
        "自動応答",        "自動返信",   "不在",       "休暇中",    "out of office", "out-of-office",
        "automatic reply", "auto reply", "auto-reply", "autoreply", "away from",     "on vacation"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcasestr(mail->subject, words[i]) != NULL)
            return true;
    return false;
}

enum bounce bounce_of(struct mail *mail, const char *desk_mail)
{
    const char *automatic = mail_word(mail, "Auto-Submitted"), *precedence = mail_word(mail, "Precedence");
    if (is_returned(mail))
        return BOUNCE_RETURNED;
    if (is_loop(mail, desk_mail))
        return BOUNCE_LOOP;
    bool by_program = (automatic[0] != '\0' && strcmp(automatic, "no") != 0) || has_own_field(mail) ||
                      strcmp(precedence, "auto_reply") == 0 || strcmp(precedence, "auto-reply") == 0;
    bool to_many =
        strcmp(precedence, "bulk") == 0 || strcmp(precedence, "list") == 0 || strcmp(precedence, "junk") == 0;
    if ((by_program || to_many || has(mail, "X-Auto-Response-Suppress")) && says_away(mail))
        return BOUNCE_AWAY;
    return by_program ? BOUNCE_AUTOMATIC : to_many ? BOUNCE_LIST : BOUNCE_NONE;
}

bool bounce_no_answer(struct mail *mail)
{
    CLEANUP(text_clear) struct text suppressed;
    text_init(&suppressed, 4 * MAIL_HEADER_MOST);
    mail_header_text(mail_raw(mail, "X-Auto-Response-Suppress"), &suppressed);
    bool unwanted =
        strcasestr(suppressed.bytes, "all") != NULL || strcasestr(suppressed.bytes, "autoreply") != NULL;
    return unwanted || has(mail, "List-Id") || strcmp(mail->type, "multipart/report") == 0;
}
