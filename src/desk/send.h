/* send: hands a mail to who delivers it: a program that takes it as sendmail does, or a mail server. */
#pragma once
#include "base/fault.h"
#include "desk/mail_write.h"

enum send_result {
    SEND_SENT,
    SEND_LATER, /* this one is to be tried again */
    SEND_DOWN,  /* so are all: nobody takes mail at present */
    SEND_NEVER  /* it was refused for good */
};
/* What is not SEND_SENT has a sentence in `why`, without anybody's address. */
enum send_result send_by_program(const char *program, const struct mail_written *mail, struct fault *why);
/* `server` is HOST:PORT, `name` how we call ourselves. By TLS where the server offers it; whose certificate
 * it has is not asked, so this is for a server of one's own. */
enum send_result send_by_smtp(const char *server, const char *name, const struct mail_written *mail,
                              struct fault *why);
