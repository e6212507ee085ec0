/* mail: what a message is, whatever mail program wrote it: headers, text, attachments. Every byte of it is a
 * stranger's: it is read by a process that can open no file, run nothing and reach nobody (desk/rights.h).
 *
 * mail_open() once, before that; one thread at a time, since GMime and the converters are the process's. */
#pragma once
#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "cases/casefile.h"

enum {
    MAIL_MOST = 30 << 20,
    MAIL_DEPTH_MOST = 20,
    MAIL_PARTS_MOST = 200,
    MAIL_EDGES_MOST =
        20000, /* lines that begin as the edges of parts do: GMime compares each with all that are open */
    MAIL_HEADERS_MOST = 500,
    MAIL_ATTACHMENTS_MOST = 50,
    MAIL_ATTACHMENT_MOST = 10 << 20,
    MAIL_TEXT_MOST = 200 << 10, /* more is kept as an attachment */
};

struct mail_field {
    const char *name, *raw; /* as they stand */
};
struct mail {
    struct arena arena; /* all that follows is in it, or in the texts */
    const struct mail_field *fields;
    size_t fields_count;
    const char *type;                             /* of the whole: "multipart/mixed" */
    const char *subject, *from, *name, *reply_to; /* from, reply_to: "" where it is no address to write to */
    const char *message_id;                       /* with its brackets; "" */
    struct text text;                             /* what a person reads first */
    struct text left_out;                         /* one line for each attachment that was not kept */
    struct case_attachment attachments[MAIL_ATTACHMENTS_MOST]; /* names tamed */
    size_t attachments_count;
    bool japanese_charset;
};

struct mail_bytes {
    const char *bytes;
    size_t length;
};
/* What stands below the headers: behind the first empty line. */
struct mail_bytes mail_below(const char *bytes, size_t length);

void mail_open(void);
/* `bytes` must live as long as `mail`. A fault: more than the limits above. */
bool mail_read(struct mail *mail, const char *bytes, size_t length, struct fault *fault);
void mail_clear(struct mail *mail);

const char *mail_raw(const struct mail *mail, const char *name); /* the first field of that name; NULL */
/* The value before the first ';' in small letters, "" where there is no such field. In the mail's arena. */
const char *mail_word(struct mail *mail, const char *name);
/* "ja" where kana stand in it or it says so, else "en". */
const char *mail_language(const struct mail *mail);
