#include "desk/door_head.h"
#include "base/number.h"
#include <string.h>
#include <strings.h>

#define LETTERS_AND_DIGITS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

/* Headers that may stand once at most; two of one is how requests are smuggled. */
enum once {
    HOST,
    CONTENT_LENGTH,
    TRANSFER_ENCODING,
    CONTENT_TYPE,
    CONTENT_ENCODING,
    EXPECT,
    ORIGIN,
    SEC_FETCH_SITE,
    COOKIE,
    IF_NONE_MATCH,
    ACCEPT_LANGUAGE,
    ONCE
};
static const char *const once_names[ONCE] = {
    [HOST] = "Host",
    [CONTENT_LENGTH] = "Content-Length",
    [TRANSFER_ENCODING] = "Transfer-Encoding",
    [CONTENT_TYPE] = "Content-Type",
    [CONTENT_ENCODING] = "Content-Encoding",
    [EXPECT] = "Expect",
    [ORIGIN] = "Origin",
    [SEC_FETCH_SITE] = "Sec-Fetch-Site",
    [COOKIE] = "Cookie",
    [IF_NONE_MATCH] = "If-None-Match",
    [ACCEPT_LANGUAGE] = "Accept-Language",
};

/* RFC 9110: a name is a token, a value printable characters, blanks and tabs. */
static bool is_line(const struct door_line *line)
{
    if (line->name_length == 0 ||
        strspn(line->name, LETTERS_AND_DIGITS "!#$%&'*+-.^_`|~") != line->name_length ||
        strlen(line->value) != line->value_length)
        return false;
    for (const unsigned char *at = (const unsigned char *)line->value; *at != '\0'; at++)
        if ((*at < ' ' && *at != '\t') || *at == 0x7f)
            return false;
    return true;
}

static bool too_long(const struct door_line *lines, size_t count)
{
    for (size_t i = 0; i < count && i < DOOR_LINES_MOST; i++)
        if (lines[i].value_length > REQUEST_HEAD_MOST)
            return true;
    return count > DOOR_LINES_MOST;
}

static bool sort_lines(const struct door_line *lines, size_t count, const char *values[ONCE],
                       const char **forwarded)
{
    for (size_t i = 0; i < count; i++) {
        if (!is_line(&lines[i]))
            return false;
        if (strcasecmp(lines[i].name, "X-Forwarded-For") == 0)
            *forwarded = lines[i].value;
        for (size_t name = 0; name < ONCE; name++) {
            if (strcasecmp(lines[i].name, once_names[name]) != 0)
                continue;
            if (values[name] != NULL)
                return false;
            values[name] = lines[i].value;
        }
    }
    return true;
}

static bool is_host(const char *host)
{
    size_t length = host == NULL ? 0 : strspn(host, LETTERS_AND_DIGITS ".-_:[]");
    return length > 0 && length < 256 && host[length] == '\0';
}

static bool is_ascii(const char *value)
{
    for (; value != NULL && *value != '\0'; value++)
        if ((unsigned char)*value >= 0x80)
            return false;
    return true;
}

static bool read_length(const char *length, struct door_head *head)
{
    uint64_t number = 0;
    head->length = -1;
    if (length == NULL)
        return true;
    if (!number_parse(length, strlen(length), INT64_MAX, &number))
        return false;
    head->length = (int64_t)number;
    return true;
}

static unsigned read_form(const char *type, struct door_head *head)
{
    static const char plain[] = "application/x-www-form-urlencoded", parts[] = "multipart/form-data";
    size_t length = type == NULL ? 0 : strcspn(type, "; \t");
    head->type = type;
    if (length == sizeof plain - 1 && strncasecmp(type, plain, length) == 0)
        head->form = DOOR_FORM_PLAIN;
    else if (length == sizeof parts - 1 && strncasecmp(type, parts, length) == 0)
        head->form = DOOR_FORM_MULTIPART;
    return head->form == DOOR_FORM_NONE ? 415 : 0;
}

static unsigned read_body(const char *values[ONCE], struct door_head *head)
{
    if (head->method == REQUEST_GET)
        return head->length > 0 ? 400 : 0;
    if (head->length < 0)
        return 411;
    if (values[CONTENT_ENCODING] != NULL)
        return 415;
    if (values[EXPECT] != NULL && strcasecmp(values[EXPECT], "100-continue") != 0)
        return 417;
    return read_form(values[CONTENT_TYPE], head);
}

static bool read_method(const char *method, struct door_head *head)
{
    head->head = strcmp(method, "HEAD") == 0;
    head->method = strcmp(method, "POST") == 0 ? REQUEST_POST : REQUEST_GET;
    return head->head || head->method == REQUEST_POST || strcmp(method, "GET") == 0;
}

unsigned door_head_read(const char *method, const char *version, const struct door_line *lines, size_t count,
                        struct door_head *head)
{
    const char *values[ONCE] = {0};
    *head = (struct door_head){.length = -1};
    bool newer = strcmp(version, "HTTP/1.1") == 0;
    if (!newer && strcmp(version, "HTTP/1.0") != 0)
        return 505;
    if (too_long(lines, count))
        return 431;
    if (!sort_lines(lines, count, values, &head->forwarded) || !read_length(values[CONTENT_LENGTH], head) ||
        ((newer || values[HOST] != NULL) && !is_host(values[HOST])))
        return 400;
    /* A body in chunks no browser sends, and no two servers read them alike. */
    if (values[TRANSFER_ENCODING] != NULL)
        return values[CONTENT_LENGTH] != NULL ? 400 : 411;
    if (!is_ascii(values[ORIGIN]) || !is_ascii(values[SEC_FETCH_SITE]) || !is_ascii(values[ACCEPT_LANGUAGE]))
        return 400;
    if (!read_method(method, head))
        return 405;
    head->host = values[HOST];
    head->origin = values[ORIGIN];
    head->site = values[SEC_FETCH_SITE];
    head->languages = values[ACCEPT_LANGUAGE];
    head->cookie = values[COOKIE];
    head->known = values[IF_NONE_MATCH];
    return read_body(values, head);
}

bool door_head_cookie(const char *cookies, const char *name, char *out, size_t room)
{
    size_t name_length = strlen(name), length = 0;
    const char *found = NULL;
    for (const char *at = cookies; at != NULL && *at != '\0';) {
        at += strspn(at, " \t;");
        size_t whole = strcspn(at, ";");
        if (whole > name_length && strncmp(at, name, name_length) == 0 && at[name_length] == '=') {
            if (found != NULL)
                return false;
            found = at + name_length + 1;
            length = whole - name_length - 1;
        }
        at += whole;
    }
    if (found == NULL || length == 0 || length >= room || strspn(found, LETTERS_AND_DIGITS "-_") < length)
        return false;
    memcpy(out, found, length);
    out[length] = '\0';
    return true;
}

bool door_head_forwarded(const char *forwarded, struct address *address)
{
    char one[ADDRESS_TEXT_SIZE];
    const char *comma = forwarded == NULL ? NULL : strrchr(forwarded, ',');
    const char *at = comma == NULL ? forwarded : comma + 1;
    if (at == NULL)
        return false;
    at += strspn(at, " \t");
    size_t length = strcspn(at, " \t");
    if (length >= sizeof one || at[length + strspn(at + length, " \t")] != '\0')
        return false;
    memcpy(one, at, length);
    one[length] = '\0';
    return address_parse(one, address);
}
