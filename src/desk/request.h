/* request: what the door understood of one HTTP request. It is all that the pages ever see of one, and what
 * goes through the socket between the door, which talks to the world, and the processes behind it
 * (desk/wire.h). */
#pragma once
#include "base/address.h"
#include "base/text.h"
#include <stdbool.h>
#include <stddef.h>

enum request_method { REQUEST_GET, REQUEST_POST }; /* HEAD is a GET whose body the door keeps back */

enum {
    REQUEST_HEAD_MOST = 4 << 10 /* the path, one header */,
    REQUEST_NAME_MOST = 512 /* of a field or a file */,
    REQUEST_FIELDS_MOST = 256,
    REQUEST_FIELD_MOST = 64 << 10,
    REQUEST_FIELD_LONG = 1 << 20 /* the table of a CSV sent on */,
    REQUEST_FILE_MOST = 10 << 20,
    REQUEST_FILES_MOST = 5,
    REQUEST_MOST = 52 << 20
};

struct request_field {
    const char *name, *value; /* value: `length` bytes and a NUL; UTF-8 unless it is a file */
    size_t length;
    const char *file; /* the file's name as it was sent, UTF-8; NULL: not a file */
};
enum request_cookie { REQUEST_SESSION, REQUEST_BROWSER, REQUEST_COOKIES };
struct request {
    enum request_method method;
    const char *path; /* decoded once, UTF-8, no NUL, no //, begins with '/'; the language is still in it:
                         /ja/report */
    const char *host, *origin, *site; /* Host, Origin, Sec-Fetch-Site; NULL: not sent */
    const char *languages;            /* Accept-Language */
    const char *cookies[REQUEST_COOKIES];
    struct address source;              /* for limits only: never kept as it is, never in a log */
    bool secure;                        /* came over TLS here */
    const struct request_field *fields; /* of the query (GET) or the body (POST), in order */
    size_t fields_count;
};
const struct request_field *request_find(const struct request *request,
                                         const char *name); /* the first; NULL */
