#include "desk/mail.h"
#include "base/cleanup.h"
#include "base/memory.h"
#include "desk/charset.h"
#include "desk/mail_body.h"
#include "desk/mail_header.h"
#include "ledger/conf.h"
#include <gmime/gmime.h>
#include <string.h>
#include <strings.h>

enum { LINE_MOST = 2000, MESSAGE_ID_MOST = 500 };

void mail_open(void)
{
    g_mime_init();
    charset_open();
}

static void free_object(void *pointer)
{
    GObject **object = pointer;
    if (*object != NULL)
        g_object_unref(*object);
}

/* The fields of the message, then those of its body, which GMime keeps apart. */
static void add_fields(struct mail *mail, GMimeObject *object, struct mail_field *fields)
{
    GMimeHeaderList *list = g_mime_object_get_header_list(object);
    int count = g_mime_header_list_get_count(list);
    for (int i = 0; i < count && mail->fields_count < MAIL_HEADERS_MOST; i++) {
        GMimeHeader *header = g_mime_header_list_get_header_at(list, i);
        const char *name = g_mime_header_get_name(header), *raw = g_mime_header_get_raw_value(header);
        if (name == NULL || raw == NULL)
            continue;
        fields[mail->fields_count++] =
            (struct mail_field){arena_string(&mail->arena, name, strlen(name)),
                                arena_string(&mail->arena, raw, strnlen(raw, MAIL_HEADER_MOST))};
    }
}

const char *mail_raw(const struct mail *mail, const char *name)
{
    for (size_t i = 0; i < mail->fields_count; i++)
        if (strcasecmp(mail->fields[i].name, name) == 0)
            return mail->fields[i].raw;
    return NULL;
}

static const char *keep(struct mail *mail, const struct text *text)
{
    return arena_string(&mail->arena, text->bytes, text->length);
}

const char *mail_word(struct mail *mail, const char *name)
{
    CLEANUP(text_clear) struct text word;
    text_init(&word, MAIL_HEADER_MOST + 1);
    mail_header_word(mail_raw(mail, name), &word);
    return keep(mail, &word);
}

/* At most LINE_MOST bytes, whole characters. */
static const char *keep_line(struct mail *mail, const struct text *text)
{
    size_t length = text->length < LINE_MOST ? text->length : LINE_MOST;
    while (length > 0 && !text_is_utf8(text->bytes, length))
        length--;
    return arena_string(&mail->arena, text->bytes, length);
}

static const char *read_address(struct mail *mail, const char *field, const char **name)
{
    CLEANUP(text_clear) struct text address, shown;
    text_init(&address, 4 * MAIL_HEADER_MOST);
    text_init(&shown, 4 * MAIL_HEADER_MOST);
    mail_header_address(mail_raw(mail, field), &address, &shown);
    if (name != NULL)
        *name = keep_line(mail, &shown);
    return conf_is_mail(address.bytes) ? keep(mail, &address) : "";
}

/* <left@right>: only what can stand in a header of ours again. */
static const char *read_message_id(struct mail *mail)
{
    const char *raw = mail_raw(mail, "Message-ID");
    const char *begin = raw == NULL ? NULL : strchr(raw, '<'),
               *end = begin == NULL ? NULL : strchr(begin, '>');
    if (end == NULL || end - begin > MESSAGE_ID_MOST)
        return "";
    for (const char *at = begin + 1; at < end; at++)
        if (*at <= ' ' || *at >= 0x7f || *at == '<')
            return "";
    return arena_string(&mail->arena, begin, (size_t)(end + 1 - begin));
}

static void read_fields(struct mail *mail, GMimeMessage *message, GMimeObject *root)
{
    CLEANUP(text_clear) struct text subject;
    struct mail_field *fields = arena_new(&mail->arena, MAIL_HEADERS_MOST, sizeof *fields);
    mail->fields = fields;
    add_fields(mail, GMIME_OBJECT(message), fields);
    if (root != NULL)
        add_fields(mail, root, fields);
    text_init(&subject, 4 * MAIL_HEADER_MOST);
    mail_header_text(mail_raw(mail, "Subject"), &subject);
    mail->subject = keep_line(mail, &subject);
    mail->from = read_address(mail, "From", &mail->name);
    mail->reply_to = read_address(mail, "Reply-To", NULL);
    mail->message_id = read_message_id(mail);
    mail->type = mail_word(mail, "Content-Type");
}

/* What a mailbox file puts before a message is none of it. */
static size_t mailbox_line(const char *bytes, size_t length)
{
    const char *end = length > 5 && memcmp(bytes, "From ", 5) == 0 ? memchr(bytes, '\n', length) : NULL;
    return end == NULL ? 0 : (size_t)(end + 1 - bytes);
}

struct mail_bytes mail_below(const char *bytes, size_t length)
{
    const char *end = bytes + length;
    for (const char *at = bytes; at < end && (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++) {
        const char *next = at + 1;
        next += next < end && *next == '\r';
        if (next < end && *next == '\n')
            return (struct mail_bytes){next + 1, (size_t)(end - next) - 1};
    }
    return (struct mail_bytes){end, 0};
}

static bool has_few_edges(const char *bytes, size_t length)
{
    const char *end = bytes + length;
    size_t edges = 0;
    for (const char *at = bytes; edges <= MAIL_EDGES_MOST; at++) {
        edges += end - at > 1 && at[0] == '-' && at[1] == '-';
        at = at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;
        if (at == NULL)
            return true;
    }
    return false;
}

bool mail_read(struct mail *mail, const char *bytes, size_t length, struct fault *fault)
{
    *mail =
        (struct mail){.type = "", .subject = "", .from = "", .name = "", .reply_to = "", .message_id = ""};
    arena_init(&mail->arena);
    text_init(&mail->text, 4 * (size_t)MAIL_MOST);
    text_init(&mail->left_out, MAIL_TEXT_MOST);
    if (length > MAIL_MOST)
        return fault_set(fault, "the message is over %d MB (expected at most that)", MAIL_MOST >> 20);
    if (!has_few_edges(bytes, length))
        return fault_set(fault, "the message has over %d lines that begin with '--' (expected at most that)",
                         MAIL_EDGES_MOST);
    mail_open();
    size_t skip = mailbox_line(bytes, length);
    CLEANUP(free_object) GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes + skip, length - skip);
    CLEANUP(free_object) GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    CLEANUP(free_object) GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    if (message == NULL)
        return fault_set(fault, "the message is empty (expected a mail)");
    GMimeObject *root = g_mime_message_get_mime_part(message);
    read_fields(mail, message, root);
    return root == NULL || mail_body_read(mail, root, mail_below(bytes, length), fault);
}

void mail_clear(struct mail *mail)
{
    arena_clear(&mail->arena);
    text_clear(&mail->text);
    text_clear(&mail->left_out);
}

/* Whether a header is written as only Japanese mail is. */
static bool is_japanese(const char *raw)
{
    static const char *const signs[] = {"=?iso-2022-jp", "=?shift_jis", "=?euc-jp", "=?cp932",
                                        "=?windows-31j", "\x1b$B",      "\x1b$@"};
    for (size_t i = 0; raw != NULL && i < sizeof signs / sizeof *signs; i++)
        if (strcasestr(raw, signs[i]) != NULL)
            return true;
    return false;
}

static bool has_kana(const char *at)
{
    for (; *at != '\0'; at++) {
        unsigned char first = (unsigned char)at[0], second = (unsigned char)at[1];
        if (first == 0xe3 && second >= 0x81 && second <= 0x83)
            return true; /* U+3040 to U+30FF */
    }
    return false;
}

const char *mail_language(const struct mail *mail)
{
    const char *said = mail_raw(mail, "Content-Language");
    bool japanese = has_kana(mail->text.bytes) || has_kana(mail->subject) || mail->japanese_charset ||
                    is_japanese(mail_raw(mail, "Subject")) || is_japanese(mail_raw(mail, "From")) ||
                    (said != NULL && strncasecmp(said + strspn(said, " \t"), "ja", 2) == 0);
    return japanese ? "ja" : "en";
}
