/* door_head: the header lines of a request, checked before anything believes them. libmicrohttpd 0.9.75 takes
 * the first of two Content-Length headers, passes Content-Length beside Transfer-Encoding and two Host
 * headers: each lets one request carry another past whatever stands before us. */
#pragma once
#include "desk/request.h"
#include <stdint.h>

struct door_line {
    const char *name, *value; /* both end with NUL */
    size_t name_length, value_length;
};
enum { DOOR_LINES_MOST = 64 };
enum door_form { DOOR_FORM_NONE, DOOR_FORM_PLAIN, DOOR_FORM_MULTIPART };
struct door_head {
    enum request_method method;
    bool head; /* HEAD: the body is kept back */
    const char *host, *origin, *site, *languages, *cookie, *type, *forwarded, *known /* If-None-Match */;
    enum door_form form;
    int64_t length; /* of the body; -1: not said */
};
/* 0: all is well; else the status to refuse with. */
unsigned door_head_read(const char *method, const char *version, const struct door_line *lines, size_t count,
                        struct door_head *head);

/* The cookie of that name, copied to `out`; false where it is not there, there twice, or not of letters,
 * digits, '-' and '_'. */
bool door_head_cookie(const char *cookies, const char *name, char *out, size_t room);
/* The last address in X-Forwarded-For: the one the proxy before us has seen. */
bool door_head_forwarded(const char *forwarded, struct address *address);
