/* reply: what a page answers; the door adds the headers that hold for every page (desk/headers.c). */
#pragma once
#include "base/text.h"
#include "desk/request.h"
#include <stdbool.h>

enum { REPLY_MOST = 16 << 20 };
struct reply {
    unsigned status;                    /* 200, 303 ... */
    char type[64];                      /* "text/html; charset=utf-8" */
    char location[512];                 /* of a 303: a path of ours */
    char download[512];                 /* not "": an attachment of this name (UTF-8), never shown in place */
    char cookies[REQUEST_COOKIES][128]; /* not "": set to this; "-": taken back */
    struct text body;
};
void reply_init(struct reply *reply);
void reply_clear(struct reply *reply);
