/* A client of SMTP (RFC 5321) as small as one mail needs, with STARTTLS (RFC 3207). */
#include "base/cleanup.h"
#include "desk/send.h"
#include "desk/send_line.h"
#include <ctype.h>
#include <string.h>
#include <strings.h>

OWNED_TYPE(send_line_close, struct send_line)
enum { LINE_MOST = 600, LINES_MOST = 100, COMMAND_MOST = 600 };

struct reply {
    int code;       /* 0: none that could be read */
    bool start_tls; /* the server offers it (EHLO) */
};

static bool read_reply(struct send_line *line, struct reply *reply, struct fault *why)
{
    char text[LINE_MOST];
    *reply = (struct reply){0};
    for (int i = 0; i < LINES_MOST; i++) {
        if (!send_line_read(line, text, sizeof text, why))
            return false;
        bool number = isdigit((unsigned char)text[0]) && isdigit((unsigned char)text[1]) &&
                      isdigit((unsigned char)text[2]);
        if (!number)
            return fault_set(why, "the mail server does not speak SMTP");
        reply->code = (text[0] - '0') * 100 + (text[1] - '0') * 10 + (text[2] - '0');
        reply->start_tls = reply->start_tls || strncasecmp(text + 3, "-STARTTLS", 9) == 0 ||
                           strncasecmp(text + 3, " STARTTLS", 9) == 0;
        if (text[3] != '-')
            return true;
    }
    return fault_set(why, "the mail server does not come to an end");
}

/* A line of ours, and what is said to it. Nothing that came from elsewhere may end the line early. */
static bool ask(struct send_line *line, const char *verb, const char *argument, struct reply *reply,
                struct fault *why)
{
    CLEANUP(text_clear) struct text command;
    text_init(&command, COMMAND_MOST);
    text_addf(&command, "%s%s\r\n", verb, argument);
    if (!text_whole(&command) || strpbrk(argument, "\r\n") != NULL)
        return fault_set(why, "a command to the mail server is too long");
    return send_line_write(line, command.bytes, command.length, why) && read_reply(line, reply, why);
}

static bool expect(const struct reply *reply, int class, const char *what, struct fault *why)
{
    return reply->code / 100 == class ||
           fault_set(why, "the mail server said %d to %s (expected %dxx)", reply->code, what, class);
}

static bool greet(struct send_line *line, const char *server, const char *name, struct fault *why)
{
    struct reply reply;
    if (!read_reply(line, &reply, why) || !expect(&reply, 2, "a connection", why) ||
        !ask(line, "EHLO ", name, &reply, why) || !expect(&reply, 2, "EHLO", why))
        return false;
    if (!reply.start_tls)
        return true;
    return ask(line, "STARTTLS", "", &reply, why) && expect(&reply, 2, "STARTTLS", why) &&
           send_line_secure(line, server, why) && ask(line, "EHLO ", name, &reply, why) &&
           expect(&reply, 2, "EHLO", why);
}

/* A reply to what is about this mail only: 5xx is for good. */
static enum send_result judge(const struct reply *reply, int class, const char *what, struct fault *why)
{
    if (expect(reply, class, what, why))
        return SEND_SENT;
    return reply->code / 100 == 5 ? SEND_NEVER : SEND_LATER;
}

static enum send_result name_both(struct send_line *line, const struct mail_written *mail, struct fault *why)
{
    CLEANUP(text_clear) struct text from, to;
    struct reply reply;
    text_init(&from, COMMAND_MOST);
    text_init(&to, COMMAND_MOST);
    text_addf(&from, "<%s>", mail->from);
    text_addf(&to, "<%s>", mail->to);
    if (!ask(line, "MAIL FROM:", from.bytes, &reply, why))
        return SEND_DOWN;
    if (!expect(&reply, 2, "MAIL", why)) /* about us, not about this mail */
        return SEND_LATER;
    if (!ask(line, "RCPT TO:", to.bytes, &reply, why))
        return SEND_DOWN;
    enum send_result named = judge(&reply, 2, "RCPT", why);
    if (named != SEND_SENT)
        return named;
    if (!ask(line, "DATA", "", &reply, why))
        return SEND_DOWN;
    return judge(&reply, 3, "DATA", why);
}

/* Lines end with CR LF, and one that begins with a dot has one more (section 4.5.2). */
static bool write_message(struct send_line *line, const struct text *message, struct fault *why)
{
    CLEANUP(text_clear) struct text data;
    bool begins = true;
    text_init(&data, 3 * message->length + 16);
    for (size_t i = 0; i < message->length; i++) {
        char byte = message->bytes[i];
        if (begins && byte == '.')
            text_add_byte(&data, '.');
        if (byte == '\n')
            text_add_byte(&data, '\r');
        text_add_byte(&data, byte);
        begins = byte == '\n';
    }
    text_add_string(&data, begins ? ".\r\n" : "\r\n.\r\n");
    return send_line_write(line, data.bytes, data.length, why);
}

enum send_result send_by_smtp(const char *server, const char *name, const struct mail_written *mail,
                              struct fault *why)
{
    struct reply reply;
    struct fault ignored;
    OWNED(send_line_close) struct send_line *line = send_line_open(server, why);
    if (line == NULL || !greet(line, server, name, why))
        return SEND_DOWN;
    enum send_result result = name_both(line, mail, why);
    if (result == SEND_SENT) {
        if (!write_message(line, &mail->message, why) || !read_reply(line, &reply, why))
            return SEND_LATER;
        result = judge(&reply, 2, "the mail", why);
    }
    ask(line, "QUIT", "", &reply, &ignored);
    return result;
}
