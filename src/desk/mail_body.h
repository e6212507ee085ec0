/* mail_body: the tree of a message's parts: its text, and what is attached. */
#pragma once
#include "desk/mail.h"
#include <gmime/gmime.h>

/* Fills text, attachments and what was left out. `body`: all below the headers, as it came. A fault: too
 * deep, or too many parts. */
bool mail_body_read(struct mail *mail, GMimeObject *root, struct mail_bytes body, struct fault *fault);

/* A name of a file as it may be shown and kept: no folders, nothing that breaks or turns a line. */
void mail_body_tame(const char *name, struct text *out);
