#include "desk/reply.h"

void reply_init(struct reply *reply)
{
    *reply = (struct reply){.status = 200, .type = "text/html; charset=utf-8"};
    text_init(&reply->body, REPLY_MOST);
}

void reply_clear(struct reply *reply)
{
    text_clear(&reply->body);
}
