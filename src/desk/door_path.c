#include "desk/door_path.h"
#include "desk/request.h"
#include <string.h>

static int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

int door_path_hex(const char *digits)
{
    int high = digit(digits[0]);
    int low = high < 0 ? -1 : digit(digits[1]);
    return low < 0 ? -1 : high << 4 | low;
}

/* What may stand in a path as it is: pchar of RFC 3986, and '/'. */
static bool is_plain(char c)
{
    bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    return letter || (c >= '0' && c <= '9') || (c != '\0' && strchr("/-._~!$&'()*+,;=:@", c) != NULL);
}

static bool is_refused(int byte)
{
    return byte < ' ' || byte == 0x7f || byte == '/' || byte == '\\';
}

static bool decode(const char *at, size_t length, struct text *path)
{
    for (const char *end = at + length; at < end; at++) {
        if (*at != '%') {
            if (!is_plain(*at))
                return false;
            text_add_byte(path, *at);
            continue;
        }
        int byte = end - at > 2 ? door_path_hex(at + 1) : -1;
        if (is_refused(byte))
            return false;
        text_add_byte(path, (char)byte);
        at += 2;
    }
    return true;
}

static bool segments_well(const char *path)
{
    for (const char *at = path; *at == '/';) {
        size_t length = strcspn(++at, "/");
        bool last = at[length] == '\0';
        if ((length == 0 && !last) || (length == 1 && at[0] == '.') ||
            (length == 2 && at[0] == '.' && at[1] == '.'))
            return false;
        at += length;
    }
    return true;
}

enum door_path door_path_read(const char *target, struct text *path, const char **query)
{
    size_t length = strcspn(target, "?");
    if (strlen(target) > REQUEST_HEAD_MOST)
        return DOOR_PATH_LONG;
    if (target[0] != '/' || !decode(target, length, path) || !text_whole(path) ||
        !text_is_utf8(path->bytes, path->length) || !segments_well(path->bytes))
        return DOOR_PATH_BAD;
    *query = target[length] == '?' ? target + length + 1 : NULL;
    return DOOR_PATH_WELL;
}
