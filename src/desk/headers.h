/* headers: what every answer carries, whoever made it, and what keeps one from being more than it is. */
#pragma once
#include "desk/reply.h"
#include <microhttpd.h>

enum headers_kind { HEADERS_PAGE, HEADERS_STATIC, HEADERS_DOWNLOAD };
struct headers {
    enum headers_kind kind;
    bool secure; /* the world comes by https: cookies and the browser are held to it */
    bool close;  /* Connection: close */
};
void headers_add(struct MHD_Response *response, const struct headers *headers);
/* Location, Content-Disposition, cookies. */
void headers_add_reply(struct MHD_Response *response, const struct reply *reply, bool secure);
/* A cookie's name: one that a browser sends back only where it is safe has a name that says so (RFC 6265bis
 * section 4.1.3). */
const char *headers_cookie(enum request_cookie cookie, bool secure);
