/* The structured headers: mailboxes (RFC 5322 section 3.4), and words with parameters (RFC 2045, RFC 2231).
 */
#include "desk/mail_header.h"
#include "base/cleanup.h"
#include "base/number.h"
#include "desk/charset.h"
#include "desk/mail_scan.h"
#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { SEGMENTS_MOST = 64, ROOM = 4 * MAIL_HEADER_MOST };

static void add_decoded(const struct text *raw, struct text *out)
{
    if (raw->length > 0)
        mail_scan_decode(raw->bytes, raw->length, out);
}

/* What has been read of a mailbox. */
struct mailbox {
    struct text phrase, address, comment;
    bool angle;  /* within < > */
    bool angled; /* there were some */
};

/* One byte outside quotes. False: the first mailbox is complete. */
static bool take_byte(struct mailbox *box, char byte)
{
    if (byte == '<' && !box->angled) {
        box->angle = box->angled = true;
        return true;
    }
    if (byte == '>')
        box->angle = false;
    else if ((byte == ',' || byte == ';') && !box->angle)
        return !box->angled && strchr(box->phrase.bytes, '@') == NULL;
    else if (byte == ':' && !box->angle && !box->angled)
        text_empty(&box->phrase); /* the name of a group */
    else if (box->angle && byte != ' ' && byte != '\t')
        text_add_byte(&box->address, byte);
    else if (!box->angle && !box->angled)
        text_add_byte(&box->phrase, byte);
    return true;
}

static void read_mailbox(const struct text *line, struct mailbox *box)
{
    struct mail_scan scan;
    bool more = true;
    mail_scan_init(&scan, line);
    while (more && mail_scan_next(&scan)) {
        struct text *to = scan.kind == MAIL_SCAN_COMMENT ? &box->comment
                          : box->angle                   ? &box->address
                          : !box->angled                 ? &box->phrase
                                                         : NULL;
        if (scan.kind == MAIL_SCAN_BYTE)
            more = take_byte(box, scan.piece.bytes[0]);
        else if (to != NULL && scan.piece.length > 0)
            text_add(to, scan.piece.bytes, scan.piece.length);
    }
    mail_scan_clear(&scan);
}

static void add_without_blanks(const struct text *from, struct text *out)
{
    for (size_t i = 0; i < from->length; i++)
        if ((unsigned char)from->bytes[i] > ' ' && from->bytes[i] != 0x7f)
            text_add_byte(out, from->bytes[i]);
}

void mail_header_address(const char *raw, struct text *address, struct text *name)
{
    CLEANUP(text_clear) struct text line, bare;
    struct mailbox box = {0};
    struct text *const parts[] = {&line, &bare, &box.phrase, &box.address, &box.comment};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        text_init(parts[i], MAIL_HEADER_MOST + 1);
    mail_scan_unfold(raw, &line);
    read_mailbox(&line, &box);
    add_without_blanks(box.angled ? &box.address : &box.phrase, &bare);
    add_decoded(&bare, address);
    add_decoded(box.angled && box.phrase.length > 0 ? &box.phrase : &box.comment, name);
    text_clear(&box.phrase);
    text_clear(&box.address);
    text_clear(&box.comment);
}

void mail_header_word(const char *raw, struct text *out)
{
    CLEANUP(text_clear) struct text line;
    struct mail_scan scan;
    text_init(&line, MAIL_HEADER_MOST + 1);
    mail_scan_unfold(raw, &line);
    mail_scan_init(&scan, &line);
    while (mail_scan_next(&scan) && !(scan.kind == MAIL_SCAN_BYTE && scan.piece.bytes[0] == ';')) {
        unsigned char byte = scan.kind == MAIL_SCAN_BYTE ? (unsigned char)scan.piece.bytes[0] : ' ';
        if (byte > ' ' && byte < 0x7f)
            text_add_byte(out, (char)tolower(byte));
    }
    mail_scan_clear(&scan);
}

/* name*2*=value */
struct segment {
    struct text value;
    uint64_t number;
    bool extended; /* percent-coded, and the first one says how it is written */
};
struct segments {
    struct segment list[SEGMENTS_MOST];
    size_t count;
};

/* Whether `key` is `name`, perhaps with *, *0 or *0* behind it. */
static bool matches(const char *key, const char *name, struct segment *segment)
{
    size_t length = strlen(name), left;
    if (strncasecmp(key, name, length) != 0 || (key[length] != '\0' && key[length] != '*'))
        return false;
    left = strlen(key + length);
    segment->extended = left > 0 && key[length + left - 1] == '*';
    left -= segment->extended;
    segment->number = 0;
    return left == 0 || number_parse(key + length + 1, left - 1, SEGMENTS_MOST - 1, &segment->number);
}

static void trim(struct text *text)
{
    while (text->length > 0 && (unsigned char)text->bytes[text->length - 1] <= ' ')
        text->bytes[--text->length] = '\0';
}

/* One "key=value" up to the next ';'. */
static bool read_pair(struct mail_scan *scan, struct text *key, struct text *value)
{
    bool behind = false, more;
    text_empty(key);
    text_empty(value);
    while ((more = mail_scan_next(scan)) && !(scan->kind == MAIL_SCAN_BYTE && scan->piece.bytes[0] == ';')) {
        if (scan->kind == MAIL_SCAN_COMMENT || scan->piece.length == 0)
            continue;
        bool blank = scan->kind == MAIL_SCAN_BYTE && (unsigned char)scan->piece.bytes[0] <= ' ';
        if (scan->kind == MAIL_SCAN_BYTE && scan->piece.bytes[0] == '=' && !behind)
            behind = true;
        else if (!blank || (behind && value->length > 0))
            text_add(behind ? value : key, scan->piece.bytes, scan->piece.length);
    }
    trim(value);
    return more || key->length > 0;
}

static void gather(const struct text *line, const char *name, struct segments *segments)
{
    CLEANUP(text_clear) struct text key, value;
    struct mail_scan scan;
    text_init(&key, MAIL_HEADER_MOST + 1);
    text_init(&value, MAIL_HEADER_MOST + 1);
    mail_scan_init(&scan, line);
    while (segments->count < SEGMENTS_MOST && read_pair(&scan, &key, &value)) {
        struct segment *segment = &segments->list[segments->count];
        if (key.length == 0 || !matches(key.bytes, name, segment))
            continue;
        text_init(&segment->value, MAIL_HEADER_MOST + 1);
        text_add(&segment->value, value.bytes, value.length);
        segments->count++;
    }
    mail_scan_clear(&scan);
}

/* charset'language'text: what it is written in, and where the text begins. */
static size_t read_label(const struct text *value, struct text *label)
{
    const char *bytes = value->bytes;
    const char *first = strchr(bytes, '\''), *second = first == NULL ? NULL : strchr(first + 1, '\'');
    if (second == NULL)
        return 0;
    text_add(label, bytes, (size_t)(first - bytes));
    return (size_t)(second + 1 - bytes);
}

/* All the parts in the order of their numbers. */
static void join(const struct segments *segments, struct text *out)
{
    CLEANUP(text_clear) struct text bytes, label;
    bool extended = false;
    text_init(&bytes, ROOM);
    text_init(&label, MAIL_HEADER_MOST + 1);
    for (uint64_t number = 0; number < SEGMENTS_MOST; number++)
        for (size_t i = 0; i < segments->count; i++) {
            const struct segment *segment = &segments->list[i];
            if (segment->number != number || segment->value.length == 0)
                continue;
            size_t from = segment->extended && !extended ? read_label(&segment->value, &label) : 0;
            extended = extended || segment->extended;
            if (segment->extended)
                mail_scan_percent(segment->value.bytes + from, segment->value.length - from, &bytes);
            else
                text_add(&bytes, segment->value.bytes, segment->value.length);
        }
    if (bytes.length > 0 && extended)
        charset_decode(label.bytes, bytes.bytes, bytes.length, out);
    else if (bytes.length > 0)
        mail_scan_decode(bytes.bytes, bytes.length, out);
}

bool mail_header_parameter(const char *raw, const char *name, struct text *out)
{
    CLEANUP(text_clear) struct text line, value;
    struct segments segments = {.count = 0};
    text_init(&line, MAIL_HEADER_MOST + 1);
    text_init(&value, ROOM);
    mail_scan_unfold(raw, &line);
    gather(&line, name, &segments);
    join(&segments, &value);
    for (size_t i = 0; i < value.length; i++) /* decoded parts may hold line ends */
        text_add_byte(out, (unsigned char)value.bytes[i] < ' ' ? ' ' : value.bytes[i]);
    for (size_t i = 0; i < segments.count; i++)
        text_clear(&segments.list[i].value);
    return segments.count > 0;
}
