#include "desk/mail_header.h"
#include "base/cleanup.h"
#include "desk/charset.h"
#include "desk/mail_scan.h"
#include <ctype.h>
#include <gmime/gmime.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { LABEL_MOST = 64, ROOM = 4 * MAIL_HEADER_MOST };

/* =?charset*language?B?text?= */
struct word {
    char label[LABEL_MOST];
    char way; /* 'B', 'Q' */
    const char *text, *text_end, *end;
};

/* An encoded word that begins at `at`. Blanks in its text, which mail programs leave there, are taken. */
static bool find_word(const char *at, const char *end, struct word *word)
{
    if (end - at < 8 || at[0] != '=' || at[1] != '?')
        return false;
    const char *label = at + 2, *mark = memchr(label, '?', (size_t)(end - label));
    if (mark == NULL || mark == label || mark - label >= LABEL_MOST || end - mark < 5 || mark[2] != '?')
        return false;
    size_t length = strcspn(label, "*?");
    memcpy(word->label, label, length);
    word->label[length] = '\0';
    word->way = (char)toupper((unsigned char)mark[1]);
    word->text = mark + 3;
    word->text_end = memmem(word->text, (size_t)(end - word->text), "?=", 2);
    if (word->text_end == NULL || (word->way != 'B' && word->way != 'Q'))
        return false;
    word->end = word->text_end + 2;
    return true;
}

static int hex(char digit)
{
    const char *digits = "0123456789abcdef";
    const char *found = digit == '\0' ? NULL : strchr(digits, tolower((unsigned char)digit));
    return found == NULL ? -1 : (int)(found - digits);
}

/* Adds bytes in which `mark` and two digits are one byte. */
static void add_escaped(const char *at, const char *end, char mark, struct text *bytes)
{
    for (; at < end; at++) {
        int high = end - at > 2 && *at == mark ? hex(at[1]) : -1, low = high < 0 ? -1 : hex(at[2]);
        text_add_byte(bytes, low < 0 ? (mark == '=' && *at == '_' ? ' ' : *at) : (char)(high << 4 | low));
        at += low < 0 ? 0 : 2;
    }
}

static void add_base64(const char *at, const char *end, struct text *bytes)
{
    gint state = 0;
    guint32 save = 0;
    size_t length = (size_t)(end - at);
    OWNED_MEMORY unsigned char *decoded = malloc(length + 4);
    if (decoded == NULL)
        abort();
    text_add(bytes, (char *)decoded,
             g_mime_encoding_base64_decode_step((const unsigned char *)at, length, decoded, &state, &save));
}

/* Words that follow each other in one charset are one text: a character may be cut by the end of a word. */
static const char *add_words(const struct word *first, const char *end, struct text *out)
{
    CLEANUP(text_clear) struct text bytes;
    struct word word = *first;
    const char *behind;
    text_init(&bytes, MAIL_HEADER_MOST);
    do {
        if (word.way == 'B')
            add_base64(word.text, word.text_end, &bytes);
        else
            add_escaped(word.text, word.text_end, '=', &bytes);
        behind = word.end;
        const char *next = behind;
        while (next < end && (*next == ' ' || *next == '\t' || *next == '\n' || *next == '\r'))
            next++;
        if (!find_word(next, end, &word))
            break;
        behind = next;
    } while (strcasecmp(word.label, first->label) == 0);
    charset_decode(first->label, bytes.bytes, bytes.length, out);
    return behind;
}

/* One line: blanks instead of what ends lines, and of tabs. */
static void add_line(const struct text *decoded, struct text *out)
{
    const char *at = decoded->bytes, *end = at + decoded->length;
    while (at < end && strchr(" \t\n", *at) != NULL)
        at++;
    while (end > at && strchr(" \t\n", end[-1]) != NULL)
        end--;
    for (; at < end; at++)
        text_add_byte(out, *at == '\n' || *at == '\t' ? ' ' : *at);
}

void mail_scan_decode(const char *raw, size_t length, struct text *out)
{
    CLEANUP(text_clear) struct text decoded;
    const char *end = raw + length, *plain = raw;
    struct word word;
    text_init(&decoded, ROOM);
    for (const char *at = raw; at < end;) {
        if (!find_word(at, end, &word)) {
            at++;
            continue;
        }
        bool between = plain > raw; /* blanks between two words are none of the text */
        for (const char *blank = plain; blank < at && between; blank++)
            between = strchr(" \t\r\n", *blank) != NULL;
        if (!between)
            charset_decode(NULL, plain, (size_t)(at - plain), &decoded);
        plain = at = add_words(&word, end, &decoded);
    }
    charset_decode(NULL, plain, (size_t)(end - plain), &decoded);
    add_line(&decoded, out);
}

void mail_scan_unfold(const char *raw, struct text *out)
{
    size_t length = raw == NULL ? 0 : strnlen(raw, MAIL_HEADER_MOST);
    for (size_t i = 0; i < length; i++)
        if (raw[i] != '\r' && raw[i] != '\n')
            text_add_byte(out, raw[i]);
}

void mail_scan_percent(const char *bytes, size_t length, struct text *out)
{
    add_escaped(bytes, bytes + length, '%', out);
}

void mail_header_text(const char *raw, struct text *out)
{
    CLEANUP(text_clear) struct text line;
    text_init(&line, MAIL_HEADER_MOST + 1);
    mail_scan_unfold(raw, &line);
    if (line.length > 0)
        mail_scan_decode(line.bytes, line.length, out);
}
