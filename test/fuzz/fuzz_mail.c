/* Any bytes are a mail, or are over a limit. What is read of one is UTF-8 that a page may show, its addresses
 * can be written to, and what the desk answers has no header that somebody else wrote. */
#include "fuzz.h"

#include "base/cleanup.h"
#include "desk/bounce.h"
#include "desk/mail_told.h"
#include "desk/mail_write.h"
#include "ledger/conf.h"

#include <ctype.h>
#include <string.h>

static void must_be_text(const char *string, bool lines)
{
    MUST(text_is_utf8(string, strlen(string)));
    for (; *string != '\0'; string++)
        MUST((unsigned char)*string >= ' ' || (lines && (*string == '\n' || *string == '\t')));
}

static void must_be_fields(json_t *told)
{
    const char *name;
    json_t *value;
    json_object_foreach(told, name, value)
    {
        MUST(json_is_string(value) && json_string_value(value)[0] != '\0');
        must_be_text(json_string_value(value), strcmp(name, "subject") != 0 && strcmp(name, "from") != 0);
    }
}

/* Every header of ours is one that we write, and a line that goes on begins with a blank. */
static void must_be_ours(const char *message)
{
    static const char *const ours[] = {
        "From: ",       "To: ",       "Subject: ",       "Date: ",          "Message-ID: ",   "In-Reply-To: ",
        "References: ", "Auto-Submi", "X-Auto-Response", "X-Mimamori-Desk", "MIME-Version: ", "Content-"};
    for (const char *line = message; *line != '\n'; line = strchr(line, '\n') + 1) {
        size_t known = 0;
        for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
            known += strncmp(line, ours[i], strlen(ours[i])) == 0;
        MUST((*line == ' ' || known == 1) && strchr(line, '\n') != NULL && strchr(line, '\n') - line < 998);
        for (const char *at = line; *at != '\n'; at++)
            MUST(*at >= ' ' && *at < 0x7f);
    }
}

static void answer(const struct mail *mail, json_t *told)
{
    struct ledger ledger = {.settings = {.desk_name = (char *)"見守り",
                                         .desk_mail = (char *)"desk@example.jp",
                                         .desk_address = (char *)""}};
    struct outbox_mail out = {.id = 1, .made_s = 1, .mail = json_object()};
    static const char *const copied[][2] = {{"email", "to"},
                                            {"subject", "subject"},
                                            {"text", "text"},
                                            {"message_id", "in_reply_to"},
                                            {"references", "references"}};
    for (size_t i = 0; i < sizeof copied / sizeof *copied; i++)
        if (json_object_get(told, copied[i][0]) != NULL)
            json_object_set(out.mail, copied[i][1], json_object_get(told, copied[i][0]));
    struct mail_written written;
    struct fault fault;
    if (mail_write(&ledger, &out, &written, &fault)) {
        must_be_ours(written.message.bytes);
        mail_written_clear(&written);
    } else
        MUST(mail->from[0] == '\0' || strlen(mail->subject) > 700 || json_object_get(told, "email") != NULL);
    json_decref(out.mail);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct mail mail;
    struct fault fault;
    enum case_kind kind;
    CLEANUP(text_clear) struct text content;
    text_init(&content, MAIL_MOST);
    if (mail_read(&mail, (const char *)bytes, length, &fault)) {
        MUST(mail.from[0] == '\0' || conf_is_mail(mail.from));
        MUST(mail.reply_to[0] == '\0' || conf_is_mail(mail.reply_to));
        must_be_text(mail.text.bytes, true);
        for (size_t i = 0; i < mail.attachments_count; i++) {
            MUST(mail.attachments[i].name[0] != '\0' && strpbrk(mail.attachments[i].name, "/\\") == NULL);
            must_be_text(mail.attachments[i].name, false);
        }
        MUST(bounce_of(&mail, "desk@example.jp") < BOUNCES);
        bounce_no_answer(&mail);
        json_t *told = mail_told(&mail, "desk@example.jp", &kind);
        MUST(kind < CASE_KINDS);
        must_be_fields(told);
        answer(&mail, told);
        json_decref(told);
        mail_told_content(&mail, (const char *)bytes, length, &content);
    }
    mail_clear(&mail);
    return 0;
}
