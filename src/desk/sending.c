#include "desk/sending.h"
#include "base/words.h"
#include "cases/reporter.h"
#include "ledger/records.h"
#include <sodium.h>
#include <string.h>

enum { ONCE = 32, REPORTER_MOST = 4096 };

void sending_once(char out[SENDING_ONCE_TEXT])
{
    unsigned char bytes[ONCE];
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2hex(out, SENDING_ONCE_TEXT, bytes, sizeof bytes);
    sodium_memzero(bytes, sizeof bytes);
}

static bool read_once(const struct call *call, unsigned char once[ONCE])
{
    const char *typed = form_value(&call->form, "once");
    size_t length;
    return strlen(typed) == SENDING_ONCE_TEXT - 1 &&
           sodium_hex2bin(once, ONCE, typed, SENDING_ONCE_TEXT - 1, NULL, &length, NULL) == 0 &&
           length == ONCE;
}

size_t sending_attachments(const struct call *call, struct case_attachment out[REQUEST_FILES_MOST])
{
    size_t count = 0;
    for (size_t i = 0; i < call->form.files_count; i++) {
        const struct request_field *file = call->form.files[i];
        if (file->length > 0 || file->file[0] != '\0') /* an empty one is a box that nobody filled */
            out[count++] = (struct case_attachment){file->file, file->value, file->length};
    }
    return count;
}

bool sending_is_full(const struct fault *fault)
{
    return strstr(fault->text, sqlite3_errstr(SQLITE_FULL)) != NULL;
}

enum sending sending_take(struct call *call, enum case_kind kind, json_t *told, struct receipt *receipt,
                          struct fault *fault)
{
    unsigned char once[ONCE];
    struct case_attachment attachments[REQUEST_FILES_MOST];
    CLEANUP(text_clear) struct text reporter;
    enum case_taken taken;
    int64_t id;
    if (!read_once(call, once))
        return SENDING_FORGED;
    struct receipt made = receipt_make(call->ledger, once);
    struct case_intake intake = {.kind = kind,
                                 .channel = CASE_WEB,
                                 .language = call->language,
                                 .receipt = &made,
                                 .told = told,
                                 .attachments = attachments,
                                 .attachments_count = sending_attachments(call, attachments),
                                 .at_s = call->now_s};
    casefile_once(call->ledger, once, sizeof once, intake.once);
    text_init(&reporter, REPORTER_MOST);
    if (reporter_of(told, &reporter))
        intake.reporter = reporter.bytes;
    if (!taker_take(call->taker, &intake, &taken, &id, fault))
        return sending_is_full(fault) ? SENDING_FULL : SENDING_FAILED;
    *receipt = made;
    return taken == CASE_TAKEN ? SENDING_TAKEN : SENDING_KNOWN;
}

bool sending_show(struct call *call, enum case_kind kind, enum sending sent, const struct receipt *receipt,
                  struct fault *fault)
{
    char text[RECEIPT_TEXT];
    receipt_text(receipt, text);
    json_t *groups = json_array();
    for (const char *at = text; *at != '\0'; at += strspn(at, "-")) {
        size_t length = strcspn(at, "-");
        json_array_append_new(groups, json_stringn(at, length));
        at += length;
    }
    json_object_set_new(call->model, "receipt", json_string(text));
    json_object_set_new(call->model, "groups", groups);
    json_object_set_new(call->model, "known", json_boolean(sent == SENDING_KNOWN));
    json_object_set_new(call->model, "consultation", json_boolean(kind == CASE_CONSULTATION));
    return call_show(call, "received", N_("Your receipt"), fault);
}

const char *sending_sorry(enum sending sent, unsigned *status)
{
    switch (sent) {
    case SENDING_FULL:
        *status = 507;
        return N_(
            "The desk has no room left just now, and nothing was taken in. What you typed is still on this "
            "page: please send it again a little later, or telephone us.");
    case SENDING_FORGED:
        *status = 400;
        return N_("This page was damaged on its way. Please look at it once more and send it again.");
    case SENDING_FAILED:
    case SENDING_TAKEN:
    case SENDING_KNOWN:
        break;
    }
    *status = 503;
    return N_(
        "The desk could not take this in just now, and nothing was kept of it. What you typed is still on "
        "this page: please send it again a little later, or telephone us.");
}
