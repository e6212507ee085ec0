#include "desk/mail_told.h"
#include "base/cleanup.h"
#include "base/words.h"
#include "desk/mail_header.h"
#include "desk/marks.h"
#include "desk/narrow.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { FROM_MOST = 3000, REFERENCES_MOST = 1000, ADDRESS_MOST = 300 };

/* What a form said of its own is not said over. */
static void set(json_t *told, const char *name, const char *value)
{
    if (value[0] != '\0' && json_object_get(told, name) == NULL)
        json_object_set_new(told, name, json_string(value));
}

static void set_line(json_t *told, const char *name, const char *value)
{
    CLEANUP(text_clear) struct text line;
    text_init(&line, 8 * MAIL_HEADER_MOST);
    narrow_line(value, strlen(value), NARROW_BLANKS, &line);
    set(told, name, line.bytes);
}

static void set_from(json_t *told, const struct mail *mail)
{
    CLEANUP(text_clear) struct text from, address, name;
    text_init(&from, FROM_MOST);
    text_init(&address, 4 * MAIL_HEADER_MOST);
    text_init(&name, 4 * MAIL_HEADER_MOST);
    mail_header_address(mail_raw(mail, "From"), &address, &name);
    text_addf(&from, mail->name[0] == '\0' ? "%s%.1000s" : "%s <%.1000s>", mail->name, address.bytes);
    set_line(told, "from", from.bytes);
    set_line(told, "name", mail->name);
    set(told, "email", mail->reply_to[0] != '\0' ? mail->reply_to : mail->from);
}

/* The text, and in the reporter's language what was not kept of the message. */
static void set_text(json_t *told, const struct mail *mail)
{
    CLEANUP(text_clear) struct text text;
    text_init(&text, 10 * (size_t)MAIL_TEXT_MOST + MAIL_TEXT_MOST);
    narrow_lines(mail->text.bytes, mail->text.length, &text);
    if (mail->left_out.length > 0)
        text_addf(
            &text, "%s%s\n%s", text.length == 0 ? "" : "\n\n",
            words_in(mail_language(mail), N_("These attachments were too large, or too many, to be kept:")),
            mail->left_out.bytes);
    set(told, "text", text.bytes);
}

/* The Message-IDs of a References field, the newest where there are many. */
static void set_references(json_t *told, const struct mail *mail)
{
    CLEANUP(text_clear) struct text kept;
    const char *raw = mail_raw(mail, "References"), *begin = raw == NULL ? "" : raw;
    if (strlen(begin) > REFERENCES_MOST)
        begin += strlen(begin) - REFERENCES_MOST;
    text_init(&kept, REFERENCES_MOST + 1);
    while ((begin = strchr(begin, '<')) != NULL) {
        size_t length = 1;
        while (begin[length] > ' ' && begin[length] < 0x7f && begin[length] != '>' && begin[length] != '<')
            length++;
        if (begin[length] == '>')
            text_addf(&kept, "%s%.*s", kept.length == 0 ? "" : " ", (int)length + 1, begin);
        begin += length;
    }
    set(told, "references", kept.bytes);
}

/* Whether the message was written to the desk's address with this behind its name: desk+virus@example.jp. */
static bool written_to(const struct mail *mail, const char *desk_mail, const char *suffix)
{
    static const char *const names[] = {"To", "Cc", "Delivered-To", "X-Original-To"};
    char address[ADDRESS_MOST];
    int local = (int)strcspn(desk_mail, "@");
    if (desk_mail[0] == '\0')
        return false;
    snprintf(address, sizeof address, "%.*s+%s%s", local, desk_mail, suffix, desk_mail + local);
    for (size_t i = 0; i < mail->fields_count; i++)
        for (size_t n = 0; n < sizeof names / sizeof *names; n++)
            if (strcasecmp(mail->fields[i].name, names[n]) == 0 &&
                strcasestr(mail->fields[i].raw, address) != NULL)
                return true;
    return false;
}

static enum case_kind read_form(const struct mail *mail, const char *desk_mail, json_t *told)
{
    enum case_kind kind;
    if (marks_read(mail->text.bytes, told, &kind) == MARKS_FORM)
        return kind;
    return written_to(mail, desk_mail, "virus")    ? CASE_MALWARE
           : written_to(mail, desk_mail, "access") ? CASE_ACCESS
                                                   : CASE_CONSULTATION;
}

json_t *mail_told(const struct mail *mail, const char *desk_mail, enum case_kind *kind)
{
    json_t *told = json_object();
    if (kind != NULL)
        *kind = read_form(mail, desk_mail, told);
    set_line(told, "subject", mail->subject);
    set_text(told, mail);
    set_from(told, mail);
    set(told, "message_id", mail->message_id);
    set_references(told, mail);
    return told;
}

static void add_field(const struct mail *mail, const char *name, struct text *content)
{
    const char *raw = mail_raw(mail, name);
    for (const char *at = raw == NULL ? "" : raw; *at != '\0'; at++)
        if (!isspace((unsigned char)*at)) /* lines are folded anew on the way */
            text_add_byte(content, *at);
    text_add_byte(content, '\n');
}

void mail_told_content(const struct mail *mail, const char *bytes, size_t length, struct text *content)
{
    static const char *const names[] = {"Message-ID", "From", "Date", "Subject"};
    const struct mail_bytes below = mail_below(bytes, length);
    const char *at = below.bytes, *end = at + below.length;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        add_field(mail, names[i], content);
    while (end > at && isspace((unsigned char)end[-1]))
        end--;
    while (at < end) { /* the same with either end of lines */
        const char *line = memchr(at, '\r', (size_t)(end - at));
        text_add(content, at, (size_t)((line == NULL ? end : line) - at));
        at = line == NULL ? end : line + 1;
    }
}
