#include "desk/mail_body.h"
#include "base/cleanup.h"
#include "desk/charset.h"
#include "desk/mail_header.h"
#include "desk/mail_html.h"
#include <string.h>

enum { NAME_MOST = 200, LABEL_MOST = 200 };

struct walk {
    struct mail *mail;
    unsigned parts, depth;
    bool texts_wanted; /* false: another form of the same text was taken */
};
enum leaf { LEAF_PLAIN, LEAF_HTML, LEAF_FILE };

static const char *raw_header(GMimeObject *object, const char *name)
{
    GMimeHeader *header = g_mime_header_list_get_header(g_mime_object_get_header_list(object), name);
    return header == NULL ? NULL : g_mime_header_get_raw_value(header);
}

static bool word_is(GMimeObject *object, const char *header, const char *wanted)
{
    CLEANUP(text_clear) struct text word;
    text_init(&word, MAIL_HEADER_MOST + 1);
    mail_header_word(raw_header(object, header), &word);
    return strcmp(word.bytes, wanted) == 0;
}

/* One character at `at`, as it may be shown; returns its length. */
static size_t tame_character(const char *at, bool first, struct text *out)
{
    const unsigned char *bytes = (const unsigned char *)at;
    size_t step = text_unruly(at);
    if (step > 1) { /* shown, so that staff see what was tried */
        unsigned code = step == 2 ? (bytes[0] & 31u) << 6 | (bytes[1] & 63u)
                                  : (bytes[0] & 15u) << 12 | (bytes[1] & 63u) << 6 | (bytes[2] & 63u);
        text_addf(out, "[U+%04X]", code);
        return step;
    }
    if (step == 1 || *at == '/' || *at == '\\' || (*at == '.' && first)) {
        text_add_byte(out, '_');
        return 1;
    }
    for (step = 1; (bytes[step] & 0xc0) == 0x80; step++)
        ;
    text_add(out, at, step);
    return step;
}

static size_t whole_characters(const char *bytes, size_t length)
{
    while (length > 0 && ((unsigned char)bytes[length] & 0xc0) == 0x80)
        length--;
    return length;
}

/* What is too long loses its middle: its end says what kind of file it is. */
void mail_body_tame(const char *name, struct text *out)
{
    enum { BEGIN = 140, END = 40 };
    CLEANUP(text_clear) struct text tame;
    text_init(&tame, 32 * (size_t)MAIL_HEADER_MOST);
    for (const char *at = name; *at != '\0';)
        at += tame_character(at, at == name, &tame);
    if (tame.length <= NAME_MOST) {
        text_add(out, tame.bytes, tame.length);
        return;
    }
    text_add(out, tame.bytes, whole_characters(tame.bytes, BEGIN));
    text_add_string(out, "…");
    text_add_string(out, tame.bytes + whole_characters(tame.bytes, tame.length - END));
}

/* Where it is said how a part is named: first where the standard has it, then where it was before. */
static bool read_name(GMimeObject *object, struct text *name)
{
    CLEANUP(text_clear) struct text said;
    text_init(&said, 4 * MAIL_HEADER_MOST);
    bool found = mail_header_parameter(raw_header(object, "Content-Disposition"), "filename", &said) ||
                 mail_header_parameter(raw_header(object, "Content-Type"), "name", &said);
    mail_body_tame(said.bytes, name);
    return found;
}

static void default_name(GMimeObject *object, const struct walk *walk, struct text *name)
{
    bool message = GMIME_IS_MESSAGE_PART(object);
    if (name->length == 0)
        text_addf(name, "%s-%u.%s", message ? "message" : "part", walk->parts, message ? "eml" : "bin");
}

static void leave_out(struct mail *mail, const struct text *name, size_t length)
{
    text_addf(&mail->left_out, "%s (%zu)\n", name->bytes, length);
}

static void attach(struct walk *walk, const struct text *name, const char *bytes, size_t length)
{
    struct mail *mail = walk->mail;
    if (length > MAIL_ATTACHMENT_MOST || mail->attachments_count == MAIL_ATTACHMENTS_MOST) {
        leave_out(mail, name, length);
        return;
    }
    mail->attachments[mail->attachments_count++] =
        (struct case_attachment){.name = arena_string(&mail->arena, name->bytes, name->length),
                                 .bytes = arena_string(&mail->arena, bytes, length),
                                 .length = length};
}

/* What stands in a part, decoded. A stream in memory that the caller lets go of. */
static GByteArray *decode(GMimeObject *object, GMimeStream **stream)
{
    *stream = g_mime_stream_mem_new();
    if (GMIME_IS_MESSAGE_PART(object)) {
        GMimeMessage *message = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
        if (message != NULL)
            g_mime_object_write_to_stream(GMIME_OBJECT(message), NULL, *stream);
    } else {
        GMimeDataWrapper *content = g_mime_part_get_content(GMIME_PART(object));
        if (content != NULL)
            g_mime_data_wrapper_write_to_stream(content, *stream);
    }
    g_mime_stream_flush(*stream);
    return g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(*stream));
}

static bool is_blank(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)bytes[i] > ' ')
            return false;
    return true;
}

/* A page may say itself how it is written, where the mail does not. */
static void find_label(const char *html, size_t length, struct text *label)
{
    enum { LOOK = 2048 };
    size_t look = length < LOOK ? length : LOOK;
    const char *found = memmem(html, look, "charset=", 8), *end = html + look;
    if (found == NULL)
        return;
    for (found += 8; found < end && label->length < LABEL_MOST && strchr("\"' />;", *found) == NULL; found++)
        text_add_byte(label, *found);
}

static void add_text(struct walk *walk, const char *bytes, size_t length)
{
    struct mail *mail = walk->mail;
    if (is_blank(bytes, length))
        return;
    while (length > 0 && (unsigned char)bytes[length - 1] <= ' ')
        length--;
    if (mail->text.length > 0)
        text_add_string(&mail->text, "\n\n");
    text_add(&mail->text, bytes, length);
}

static void take_text(struct walk *walk, GMimeObject *object, enum leaf leaf, const GByteArray *bytes)
{
    CLEANUP(text_clear) struct text label, text, words;
    const char *data = (const char *)bytes->data;
    text_init(&label, 4 * MAIL_HEADER_MOST);
    text_init(&text, 4 * (size_t)bytes->len + 1);
    text_init(&words, 8 * (size_t)bytes->len + 64);
    mail_header_parameter(raw_header(object, "Content-Type"), "charset", &label);
    if (leaf == LEAF_HTML && label.length == 0 && bytes->len > 0)
        find_label(data, bytes->len, &label);
    charset_decode(label.bytes, data, bytes->len, &text);
    walk->mail->japanese_charset = walk->mail->japanese_charset || charset_is_japanese(label.bytes);
    if (leaf == LEAF_HTML)
        mail_html_text(text.bytes, text.length, &words);
    const struct text *taken = leaf == LEAF_HTML ? &words : &text;
    add_text(walk, taken->bytes, taken->length);
}

static enum leaf leaf_of(GMimeObject *object, bool named)
{
    if (!GMIME_IS_PART(object) || named || word_is(object, "Content-Disposition", "attachment"))
        return LEAF_FILE;
    if (word_is(object, "Content-Type", "text/plain") || word_is(object, "Content-Type", "") ||
        word_is(object, "Content-Type", "text"))
        return LEAF_PLAIN;
    return word_is(object, "Content-Type", "text/html") ? LEAF_HTML : LEAF_FILE;
}

static void take_leaf(struct walk *walk, GMimeObject *object)
{
    CLEANUP(text_clear) struct text name;
    GMimeStream *stream;
    text_init(&name, 8 * NAME_MOST);
    enum leaf leaf = leaf_of(object, read_name(object, &name));
    if (leaf != LEAF_FILE && !walk->texts_wanted)
        return;
    const GByteArray *bytes = decode(object, &stream);
    default_name(object, walk, &name);
    if (leaf == LEAF_FILE)
        attach(walk, &name, bytes->len == 0 ? "" : (const char *)bytes->data, bytes->len);
    else
        take_text(walk, object, leaf, bytes);
    g_object_unref(stream);
}

static bool take(struct walk *walk, GMimeObject *object, struct fault *fault);

/* The same in several forms: the plain one, else the next that has any words. What is a file is kept. */
static bool take_alternative(struct walk *walk, GMimeMultipart *parts, struct fault *fault)
{
    bool wanted = walk->texts_wanted, well = true;
    int count = g_mime_multipart_get_count(parts);
    for (int round = 0; round < 2 && well; round++)
        for (int i = 0; i < count && well; i++) {
            GMimeObject *part = g_mime_multipart_get_part(parts, i);
            bool plain = GMIME_IS_PART(part) && leaf_of(part, false) == LEAF_PLAIN;
            size_t before = walk->mail->text.length;
            if (plain != (round == 0))
                continue;
            well = take(walk, part, fault);
            walk->texts_wanted = walk->texts_wanted && walk->mail->text.length == before;
        }
    walk->texts_wanted = wanted;
    return well;
}

static bool take_parts(struct walk *walk, GMimeMultipart *parts, struct fault *fault)
{
    if (word_is(GMIME_OBJECT(parts), "Content-Type", "multipart/alternative"))
        return take_alternative(walk, parts, fault);
    int count = g_mime_multipart_get_count(parts);
    for (int i = 0; i < count; i++)
        if (!take(walk, g_mime_multipart_get_part(parts, i), fault))
            return false;
    return true;
}

static bool take(struct walk *walk, GMimeObject *object, struct fault *fault)
{
    if (++walk->parts > MAIL_PARTS_MOST)
        return fault_set(fault, "the message has over %d parts (expected at most that)", MAIL_PARTS_MOST);
    if (!GMIME_IS_MULTIPART(object)) {
        take_leaf(walk, object);
        return true;
    }
    if (++walk->depth > MAIL_DEPTH_MOST)
        return fault_set(fault, "the parts of the message lie over %d deep (expected at most that)",
                         MAIL_DEPTH_MOST);
    bool well = take_parts(walk, GMIME_MULTIPART(object), fault);
    walk->depth--;
    return well;
}

/* A text that is too long for a page: all of it is a file, its beginning is shown. */
static void shorten(struct walk *walk)
{
    CLEANUP(text_clear) struct text name;
    struct text *text = &walk->mail->text;
    size_t length = MAIL_TEXT_MOST;
    text_init(&name, NAME_MOST);
    if (text->length <= length)
        return;
    text_add_string(&name, "message.txt");
    attach(walk, &name, text->bytes, text->length);
    while (((unsigned char)text->bytes[length] & 0xc0) == 0x80)
        length--;
    text->length = length;
    text->bytes[length] = '\0';
}

/* Where the parts say nothing (there is no end of them, or no beginning) all of it is the text. */
bool mail_body_read(struct mail *mail, GMimeObject *root, struct mail_bytes body, struct fault *fault)
{
    struct walk walk = {.mail = mail, .texts_wanted = true};
    if (!take(&walk, root, fault))
        return false;
    if (mail->text.length == 0 && mail->attachments_count == 0 && mail->left_out.length == 0)
        charset_decode(NULL, body.bytes, body.length, &mail->text);
    shorten(&walk);
    return true;
}
