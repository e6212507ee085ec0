#include "desk/mail_html.h"
#include "base/cleanup.h"
#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { TAG_MOST = 16, LINK_MOST = 2000, ENTITY_MOST = 12 };

struct page {
    const char *at, *end;
    struct text *out;
    size_t begin;    /* of what we add */
    bool blank;      /* a space is due before the next letter */
    unsigned breaks; /* line ends are due */
    struct text link;
    size_t link_begin; /* where its words begin in `out` */
    unsigned kept;     /* within so many <pre> */
};
struct tag {
    char name[TAG_MOST];
    bool closes;
    const char *begin, *end; /* what stands between the name and '>' */
};

static void add_letter(struct page *page, const char *bytes, size_t length)
{
    bool first = page->out->length == page->begin;
    for (; page->breaks > 0 && !first; page->breaks--, page->blank = false)
        text_add_byte(page->out, '\n');
    if (page->blank && !first)
        text_add_byte(page->out, ' ');
    page->blank = false;
    page->breaks = 0;
    text_add(page->out, bytes, length);
}

/* The names that are common in mail; the others are shown as they stand. */
static const struct entity {
    const char *name;
    unsigned code;
} entities[] = {
    {"amp", '&'},      {"lt", '<'},       {"gt", '>'},       {"quot", '"'},     {"apos", '\''},
    {"nbsp", ' '},     {"copy", 0xa9},    {"reg", 0xae},     {"trade", 0x2122}, {"hellip", 0x2026},
    {"mdash", 0x2014}, {"ndash", 0x2013}, {"lsquo", 0x2018}, {"rsquo", 0x2019}, {"ldquo", 0x201c},
    {"rdquo", 0x201d}, {"bull", 0x2022},  {"middot", 0xb7},  {"yen", 0xa5},     {"euro", 0x20ac},
    {"laquo", 0xab},   {"raquo", 0xbb},   {"times", 0xd7},   {"ensp", ' '},     {"emsp", ' '},
    {"thinsp", ' '},   {"shy", 0xad},     {"zwnj", 0x200c},  {"zwj", 0x200d},   {"larr", 0x2190},
    {"rarr", 0x2192},  {"auml", 0xe4},    {"ouml", 0xf6},    {"uuml", 0xfc},    {"szlig", 0xdf},
    {"Auml", 0xc4},    {"Ouml", 0xd6},    {"Uuml", 0xdc},    {"eacute", 0xe9},  {"egrave", 0xe8},
    {"agrave", 0xe0},  {"ccedil", 0xe7},
};

static void add_code(struct text *out, unsigned code)
{
    char bytes[4];
    size_t length = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned char heads[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = length; i-- > 1; code >>= 6)
        bytes[i] = (char)(0x80 | (code & 0x3f));
    bytes[0] = (char)(heads[length] | code);
    bool allowed = text_is_utf8(bytes, length) && (length > 1 || (unsigned char)bytes[0] >= ' ');
    text_add(out, allowed ? bytes : "\xef\xbf\xbd", allowed ? length : 3);
}

/* An entity that begins at `at`; 0: it is none. */
static size_t read_entity(const char *at, const char *end, unsigned *code)
{
    char name[ENTITY_MOST] = "";
    size_t length = 1, count = 0;
    while (at + length < end && count + 1 < sizeof name &&
           (isalnum((unsigned char)at[length]) || at[length] == '#'))
        name[count++] = at[length++];
    if (count == 0)
        return 0;
    bool closed = at + length < end && at[length] == ';';
    if (name[0] == '#') {
        bool hexadecimal = tolower((unsigned char)name[1]) == 'x';
        const char *digits = name + 1 + hexadecimal;
        unsigned long value = strtoul(digits, NULL, hexadecimal ? 16 : 10);
        *code = value > 0x10ffff ? 0xfffd : (unsigned)value;
        return isxdigit((unsigned char)*digits) ? length + closed : 0;
    }
    for (size_t i = 0; i < sizeof entities / sizeof *entities && closed; i++)
        if (strcmp(entities[i].name, name) == 0) {
            *code = entities[i].code;
            return length + 1;
        }
    return 0;
}

/* One character of text at page->at. */
static void take_character(struct page *page)
{
    CLEANUP(text_clear) struct text letter;
    unsigned code = 0;
    size_t step = *page->at == '&' ? read_entity(page->at, page->end, &code) : 0;
    text_init(&letter, 8);
    if (step == 0) {
        bool white = isspace((unsigned char)*page->at);
        if (white && page->kept > 0 && *page->at == '\n')
            page->breaks += page->breaks < 2;
        else if (white)
            page->blank = true;
        else
            add_letter(page, page->at, 1);
        page->at++;
        return;
    }
    page->at += step;
    if (code <= ' ') {
        page->blank = true;
        return;
    }
    add_code(&letter, code);
    add_letter(page, letter.bytes, letter.length);
}

/* The end of a tag: the '>' that stands in no quotes. */
static const char *tag_end(const char *at, const char *end)
{
    char quote = '\0';
    for (; at < end; at++) {
        if (quote != '\0')
            quote = *at == quote ? '\0' : quote;
        else if (*at == '>')
            return at;
        else if ((*at == '"' || *at == '\'') && at[-1] == '=')
            quote = *at;
    }
    return NULL;
}

static bool read_tag(const struct page *page, struct tag *tag)
{
    const char *at = page->at + 1;
    size_t length = 0;
    *tag = (struct tag){.closes = at < page->end && *at == '/'};
    at += tag->closes;
    while (at < page->end && length + 1 < sizeof tag->name && isalnum((unsigned char)*at))
        tag->name[length++] = (char)tolower((unsigned char)*at++);
    if (length == 0 && (at >= page->end || (*at != '!' && *at != '?')))
        return false;
    tag->begin = at;
    const char *end = tag_end(at, page->end);
    if (end == NULL) /* an open quote: the next '>' ends it, as browsers would not, but nothing is lost */
        end = memchr(at, '>', (size_t)(page->end - at));
    tag->end = end == NULL ? page->end : end;
    return true;
}

static bool is_one_of(const char *name, const char *list)
{
    size_t length = strlen(name);
    for (const char *at = list; length > 0 && (at = strstr(at, name)) != NULL; at += length)
        if (at[-1] == ' ' && at[length] == ' ')
            return true;
    return false;
}

/* Up to the closing tag: what nobody reads. */
static void skip_element(struct page *page, const char *name)
{
    size_t length = strlen(name);
    while (page->at < page->end) {
        const char *found = memchr(page->at, '<', (size_t)(page->end - page->at));
        page->at = found == NULL ? page->end : found + 1;
        if (found != NULL && (size_t)(page->end - found) > length + 1 && found[1] == '/' &&
            strncasecmp(found + 2, name, length) == 0) {
            const char *end = memchr(found, '>', (size_t)(page->end - found));
            page->at = end == NULL ? page->end : end + 1;
            return;
        }
    }
}

static void open_link(struct page *page, const struct tag *tag)
{
    const char *at = tag->begin;
    text_empty(&page->link);
    page->link_begin = page->out->length;
    for (; at + 5 < tag->end; at++)
        if (strncasecmp(at, "href=", 5) == 0)
            break;
    if (at + 5 >= tag->end)
        return;
    at += 5;
    char quote = *at == '"' || *at == '\'' ? *at++ : '\0';
    while (at < tag->end && *at != quote && !(quote == '\0' && isspace((unsigned char)*at))) {
        unsigned code;
        size_t step = *at == '&' ? read_entity(at, tag->end, &code) : 0;
        if (step > 0)
            add_code(&page->link, code);
        else if (!isspace((unsigned char)*at))
            text_add_byte(&page->link, *at);
        at += step > 0 ? step : 1;
    }
}

/* The address behind the words, unless it is the words. */
static void close_link(struct page *page)
{
    struct text *link = &page->link;
    bool leads = strncasecmp(link->bytes, "http", 4) == 0 || strncasecmp(link->bytes, "ftp:", 4) == 0;
    size_t from = page->link_begin < page->out->length ? page->link_begin : page->out->length;
    while (from < page->out->length && isspace((unsigned char)page->out->bytes[from]))
        from++;
    bool same = page->out->length - from == link->length &&
                memcmp(page->out->bytes + from, link->bytes, link->length) == 0;
    if (leads && !same && text_whole(link) && text_is_utf8(link->bytes, link->length)) {
        page->blank = true;
        add_letter(page, "<", 1);
        add_letter(page, link->bytes, link->length);
        add_letter(page, ">", 1);
    }
    text_empty(link);
}

static void break_lines(struct page *page, unsigned count)
{
    if (page->breaks < count)
        page->breaks = count;
    page->blank = false;
}

static void take_tag(struct page *page, const struct tag *tag)
{
    static const char hidden[] =
        " script style head title template noscript svg math object iframe textarea ";
    static const char paragraphs[] = " p h1 h2 h3 h4 h5 h6 ul ol dl table blockquote pre form ";
    static const char lines[] = " div tr li dt dd hr section article header footer address center caption ";
    page->at = tag->end < page->end ? tag->end + 1 : page->end;
    if (strcmp(tag->name, "a") == 0 && (tag->closes || page->link.length > 0))
        close_link(page);
    if (strcmp(tag->name, "a") == 0 && !tag->closes)
        open_link(page, tag);
    else if (strcmp(tag->name, "br") == 0)
        page->breaks += page->breaks < 2;
    else if (is_one_of(tag->name, paragraphs))
        break_lines(page, 2);
    else if (is_one_of(tag->name, lines))
        break_lines(page, 1);
    else if (strcmp(tag->name, "td") == 0 || strcmp(tag->name, "th") == 0)
        page->blank = true;
    else if (!tag->closes && is_one_of(tag->name, hidden))
        skip_element(page, tag->name);
    if (strcmp(tag->name, "pre") == 0)
        page->kept = tag->closes ? 0 : 1;
}

static bool skip_comment(struct page *page)
{
    if (page->end - page->at < 4 || memcmp(page->at, "<!--", 4) != 0)
        return false;
    const char *end = memmem(page->at + 4, (size_t)(page->end - page->at) - 4, "-->", 3);
    page->at = end == NULL ? page->end : end + 3;
    return true;
}

void mail_html_text(const char *html, size_t length, struct text *out)
{
    struct page page = {.at = html, .end = html + length, .out = out, .begin = out->length};
    struct tag tag;
    text_init(&page.link, LINK_MOST);
    while (page.at < page.end) {
        if (*page.at != '<')
            take_character(&page);
        else if (skip_comment(&page))
            continue;
        else if (read_tag(&page, &tag))
            take_tag(&page, &tag);
        else
            take_character(&page);
    }
    text_clear(&page.link);
}
