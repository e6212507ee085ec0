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

/* Whether a page that was sent before says what it said then. Its receipt opens what it said. */
static enum sending compare(struct call *call, const struct receipt *receipt, json_t *told,
                            struct fault *fault)
{
    struct casefile file;
    struct seal_pair pair;
    enum case_found found;
    if (!casefile_by_receipt(call->ledger, receipt, &file, &found, fault))
        return SENDING_FAILED;
    if (found == CASE_NONE || file.erased_s != 0)
        return SENDING_KNOWN;
    receipt_pair(receipt, &pair);
    json_t *before = casefile_told(call->ledger, &file, &pair, true, fault);
    sodium_memzero(&pair, sizeof pair);
    if (before == NULL)
        return SENDING_FAILED;
    bool same = json_equal(json_object_get(json_array_get(before, 0), "fields"), told);
    json_decref(before);
    return same ? SENDING_KNOWN : SENDING_OTHER;
}

enum sending sending_take(struct call *call, enum case_kind kind, json_t *told, struct receipt *receipt,
                          struct fault *fault)
{
    unsigned char once[ONCE];
    struct case_attachment attachments[REQUEST_FILES_MOST];
    CLEANUP(text_clear) struct text reporter;
    enum case_taken taken;
    int64_t id;
    text_init(&reporter, REPORTER_MOST);
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
    if (reporter_of(told, &reporter))
        intake.reporter = reporter.bytes;
    if (!taker_take(call->taker, &intake, &taken, &id, fault))
        return sending_is_full(fault) ? SENDING_FULL : SENDING_FAILED;
    *receipt = made;
    return taken == CASE_TAKEN ? SENDING_TAKEN : compare(call, &made, told, fault);
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
    return call_show(call, "received", N_("It has arrived"), fault);
}

static void renew(struct call *call)
{
    char once[SENDING_ONCE_TEXT];
    sending_once(once);
    form_set(&call->form, "once", once);
}

unsigned sending_sorry(struct call *call, enum sending sent, const struct receipt *receipt)
{
    char text[RECEIPT_TEXT];
    switch (sent) {
    case SENDING_FULL:
        call->message = N_(
            "The desk has no room left just now, and nothing was taken in. What you typed is still on this "
            "page: please send it again a little later, or telephone us.");
        return 507;
    case SENDING_FORGED:
        renew(call);
        call->message =
            N_("This page was damaged on its way. Please look at it once more and send it again.");
        return 400;
    case SENDING_OTHER:
        renew(call);
        receipt_text(receipt, text);
        json_object_set_new(call->model, "earlier", json_string(text));
        call->message =
            N_("This page was sent before, and said something else then; that is safe. If this is something "
               "new, please send it once more.");
        return 409;
    case SENDING_FAILED:
    case SENDING_TAKEN:
    case SENDING_KNOWN:
        break;
    }
    call->message =
        N_("The desk could not take this in just now, and nothing was kept of it. What you typed is still "
           "on this page: please send it again a little later, or telephone us.");
    return 503;
}
