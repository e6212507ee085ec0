#include "desk/headers.h"
#include "base/cleanup.h"
#include <string.h>

struct line {
    const char *name, *value;
};
static const struct line every[] = {
    {"X-Content-Type-Options", "nosniff"},
    /* not "no-referrer": with it a browser says "Origin: null" of our own forms (Fetch, "serializing a
       request origin") */
    {"Referrer-Policy", "same-origin"},
    {"X-Frame-Options", "DENY"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
    {0},
};
static const struct line kinds[][3] = {
    [HEADERS_PAGE] = {{"Content-Security-Policy",
                       "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
                       "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
                      {"Cache-Control", "no-store"}},
    [HEADERS_STATIC] = {{"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
                        {"Cache-Control", "public, max-age=300, must-revalidate"}},
    [HEADERS_DOWNLOAD] = {{"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox"},
                          {"Cache-Control", "no-store"}},
};
static const char *const cookies[2][REQUEST_COOKIES] = {
    {[REQUEST_SESSION] = "session", [REQUEST_BROWSER] = "browser"},
    {[REQUEST_SESSION] = "__Host-session", [REQUEST_BROWSER] = "__Host-browser"},
};
/* A session ends with the browser; that a browser was here before is remembered a year. */
static const char *const lasting[REQUEST_COOKIES] = {
    [REQUEST_SESSION] = "", [REQUEST_BROWSER] = "; Max-Age=31536000"};

const char *headers_cookie(enum request_cookie cookie, bool secure)
{
    return cookies[secure][cookie];
}

static void add_lines(struct MHD_Response *response, const struct line *lines, size_t most)
{
    for (size_t i = 0; i < most && lines[i].name != NULL; i++)
        MHD_add_response_header(response, lines[i].name, lines[i].value);
}

void headers_add(struct MHD_Response *response, const struct headers *headers)
{
    add_lines(response, every, sizeof every / sizeof *every);
    add_lines(response, kinds[headers->kind], 3);
    if (headers->secure)
        MHD_add_response_header(response, "Strict-Transport-Security", "max-age=31536000");
    if (headers->close)
        MHD_add_response_header(response, "Connection", "close");
}

static void add_cookie(struct MHD_Response *response, enum request_cookie cookie, const char *value,
                       bool secure)
{
    CLEANUP(text_clear) struct text line;
    bool taken_back = strcmp(value, "-") == 0;
    text_init(&line, 1024);
    text_addf(&line, "%s=%s; Path=/; HttpOnly; SameSite=Strict%s%s", headers_cookie(cookie, secure),
              taken_back ? "" : value, secure ? "; Secure" : "",
              taken_back ? "; Max-Age=0" : lasting[cookie]);
    MHD_add_response_header(response, "Set-Cookie", line.bytes);
}

/* RFC 6266 and 8187: the name for every browser of today, all but letters and digits as %XX. */
static void add_download(struct MHD_Response *response, const char *name)
{
    CLEANUP(text_clear) struct text line;
    text_init(&line, 4096);
    text_add_string(&line, "attachment; filename*=UTF-8''");
    for (; *name != '\0'; name++) {
        unsigned char c = (unsigned char)*name;
        bool plain = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '.' ||
                     c == '-' || c == '_';
        text_addf(&line, plain ? "%c" : "%%%02X", c);
    }
    MHD_add_response_header(response, "Content-Disposition", line.bytes);
}

void headers_add_reply(struct MHD_Response *response, const struct reply *reply, bool secure)
{
    if (reply->type[0] != '\0')
        MHD_add_response_header(response, "Content-Type", reply->type);
    if (reply->location[0] != '\0')
        MHD_add_response_header(response, "Location", reply->location);
    if (reply->download[0] != '\0')
        add_download(response, reply->download);
    for (size_t i = 0; i < REQUEST_COOKIES; i++)
        if (reply->cookies[i][0] != '\0')
            add_cookie(response, i, reply->cookies[i], secure);
}
