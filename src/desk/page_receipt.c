#include "desk/page_receipt.h"
#include "base/words.h"
#include "desk/desk.h"
#include "desk/forms.h"
#include "desk/receipt_view.h"
#include "desk/sending.h"
#include "desk/tries.h"
#include <sodium.h>
#include <string.h>

#define RECEIPT                                                                                              \
    {                                                                                                        \
        .name = "receipt", .kind = FIELD_LINE, .label = N_("Your receipt"),                                  \
        .hint =                                                                                              \
            N_("Seven groups of four letters and digits. Large or small letters, with or without hyphens."), \
        .required = true, .most = 100                                                                        \
    }
const struct field page_receipt_fields[] = {RECEIPT, {0}};
const struct field page_receipt_add_fields[] = {
    RECEIPT,
    {.name = "once", .kind = FIELD_HIDDEN, .most = 64},
    {.name = "text",
     .kind = FIELD_TEXT,
     .label = N_("What you want to add"),
     .required = true,
     .most = 10000},
    {.name = "attachments",
     .kind = FIELD_FILES,
     .label = N_("Attachments"),
     .hint = N_("Up to 5 files of 10 MB each. Please attach no virus itself.")},
    {0},
};
const struct field page_receipt_withdraw_fields[] = {
    RECEIPT,
    {.name = "sure", .kind = FIELD_HIDDEN, .most = 8},
    {.name = "erase", .kind = FIELD_CHECK, .label = N_("Erase what I wrote, too")},
    {0},
};
const struct field page_receipt_file_fields[] = {
    RECEIPT,
    {.name = "attachment",
     .kind = FIELD_NUMBER,
     .label = N_("Attachments"),
     .required = true,
     .most_number = INT64_MAX},
    {0},
};

/* The case that came with the request, and nothing else: what this process can open is what this receipt
 * opens. */
struct opened {
    struct receipt receipt;
    struct seal_pair pair;
    struct casefile file;
};

static void opened_wipe(struct opened *opened)
{
    sodium_memzero(opened, sizeof *opened);
}

bool page_receipt_ask(struct call *call, struct fault *fault)
{
    struct form form;
    form_blank(&form, page_receipt_fields);
    call_form(call, &form);
    form_clear(&form);
    return call_show(call, "receipt_ask", N_("I have a receipt"), fault);
}

static bool ask_again(struct call *call, const char *problem, unsigned status, struct fault *fault)
{
    struct form form;
    form_blank(&form, page_receipt_fields);
    form_set(&form, "receipt", form_value(&call->form, "receipt"));
    form_problem(&form, "receipt", problem);
    call_form(call, &form);
    form_clear(&form);
    call->reply->status = status;
    return call_show(call, "receipt_ask", N_("I have a receipt"), fault);
}

enum open { OPEN_DONE, OPEN_ANSWERED /* the page says why not */, OPEN_FAILED };
static enum open answered(bool well)
{
    return well ? OPEN_ANSWERED : OPEN_FAILED;
}

static enum open open_case(struct call *call, struct opened *opened, struct fault *fault)
{
    const char *typed = form_value(&call->form, "receipt");
    enum case_found found;
    if (!receipt_parse(typed, strlen(typed), &opened->receipt))
        return answered(ask_again(
            call, N_("This is not a receipt: a letter may be wrong, or one is missing."), 200, fault));
    if (!tries_may(call->desk->tries, &call->request->source, call->now_s))
        return answered(call_refuse(call, 429,
                                    N_("Too many receipts from where you are were not right. Please try "
                                       "again in a quarter of an hour."),
                                    fault));
    if (!casefile_by_receipt(call->ledger, &opened->receipt, &opened->file, &found, fault))
        return OPEN_FAILED;
    if (found == CASE_NONE) {
        tries_wrong(call->desk->tries, &call->request->source, call->now_s);
        return answered(ask_again(call, N_("We know nothing of this receipt."), 404, fault));
    }
    receipt_pair(&opened->receipt, &opened->pair);
    return OPEN_DONE;
}

/* `add`: the form to add a line, as it was typed; NULL: empty. */
static bool show(struct call *call, const struct opened *opened, const struct form *add, struct fault *fault)
{
    char text[RECEIPT_TEXT], once[SENDING_ONCE_TEXT];
    struct form blank;
    form_blank(&blank, page_receipt_add_fields + 2);
    if (!receipt_view(call, &opened->file, &opened->pair, fault)) {
        form_clear(&blank);
        return false;
    }
    receipt_text(&opened->receipt, text);
    sending_once(once);
    json_object_set_new(call->model, "receipt", json_string(text));
    json_object_set_new(call->model, "once",
                        json_string(add != NULL ? form_value(&call->form, "once") : once));
    call_form(call, add != NULL ? add : &blank);
    form_clear(&blank);
    return call_show(call, "receipt", N_("Your receipt"), fault);
}

bool page_receipt(struct call *call, struct fault *fault)
{
    CLEANUP(opened_wipe) struct opened opened = {0};
    enum open open = open_case(call, &opened, fault);
    return open == OPEN_DONE ? show(call, &opened, NULL, fault) : open == OPEN_ANSWERED;
}

/* What was typed, shown again with what is wrong. */
static bool show_again(struct call *call, const struct opened *opened, struct fault *fault)
{
    struct form form;
    form_blank(&form, page_receipt_add_fields + 2);
    form_set(&form, "text", form_value(&call->form, "text"));
    for (const struct field *field = form.fields; field->name != NULL; field++) {
        const char *problem = forms_problem_of(&call->form, field->name);
        if (problem != NULL)
            form_problem(&form, field->name, problem);
    }
    bool shown = show(call, opened, &form, fault);
    form_clear(&form);
    return shown;
}

static bool add(struct call *call, const struct opened *opened, enum case_taken *taken, struct fault *fault)
{
    struct case_attachment attachments[REQUEST_FILES_MOST];
    unsigned char once[16];
    struct seal_key key;
    const char *typed = form_value(&call->form, "once");
    casefile_once(call->ledger, typed, strlen(typed), once);
    if (!casefile_key(&opened->file, &opened->pair, &key))
        return fault_set(fault, "a case does not open with its own receipt (expected its key)");
    json_t *fields = json_pack("{s:s}", "text", form_value(&call->form, "text"));
    struct case_add line = {.what = CASE_ADDED,
                            .fields = fields,
                            .attachments = attachments,
                            .attachments_count = sending_attachments(call, attachments),
                            .once = typed[0] != '\0' ? once : NULL,
                            .at_s = call->now_s};
    bool added = casefile_add(call->ledger, &opened->file, &key, &line, taken, fault);
    sodium_memzero(&key, sizeof key);
    json_decref(fields);
    return added;
}

bool page_receipt_add(struct call *call, struct fault *fault)
{
    CLEANUP(opened_wipe) struct opened opened = {0};
    enum open open = open_case(call, &opened, fault);
    enum case_taken taken;
    if (open != OPEN_DONE)
        return open == OPEN_ANSWERED;
    if (opened.file.erased_s != 0)
        return call_refuse(call, 409, N_("This has been erased, and nothing can be added to it."), fault);
    if (!call->form.well)
        return show_again(call, &opened, fault);
    if (!add(call, &opened, &taken, fault)) {
        struct fault why = *fault;
        unsigned status =
            sending_sorry(call, sending_is_full(fault) ? SENDING_FULL : SENDING_FAILED, &opened.receipt);
        if (show_again(call, &opened, fault)) {
            call->reply->status = status;
            *fault = why;
        }
        return false;
    }
    call->message = N_("It has been added.");
    return show(call, &opened, NULL, fault);
}

bool page_receipt_withdraw(struct call *call, struct fault *fault)
{
    CLEANUP(opened_wipe) struct opened opened = {0};
    enum open open = open_case(call, &opened, fault);
    char text[RECEIPT_TEXT];
    if (open != OPEN_DONE)
        return open == OPEN_ANSWERED;
    if (strcmp(form_value(&call->form, "sure"), "yes") != 0) {
        receipt_text(&opened.receipt, text);
        json_object_set_new(call->model, "receipt", json_string(text));
        return call_show(call, "receipt_withdraw", N_("Take it back"), fault);
    }
    bool erase = form_value(&call->form, "erase")[0] != '\0';
    if (opened.file.state != CASE_WITHDRAWN &&
        !casefile_set_state(call->ledger, opened.file.id, CASE_WITHDRAWN, 0, fault))
        return false;
    if (erase && !casefile_erase(call->ledger, opened.file.id, 0, fault))
        return false;
    if (erase)
        return call_show(call, "receipt_gone", N_("Taken back and erased"), fault);
    call->message = N_("You have taken it back. It is not counted.");
    open = open_case(call, &opened, fault); /* as it is now */
    return open == OPEN_DONE ? show(call, &opened, NULL, fault) : open == OPEN_ANSWERED;
}

bool page_receipt_file(struct call *call, struct fault *fault)
{
    CLEANUP(opened_wipe) struct opened opened = {0};
    CLEANUP(text_clear) struct text name, bytes;
    enum case_found found;
    text_init(&name, REQUEST_FIELD_MOST);
    text_init(&bytes, REQUEST_FILE_MOST);
    enum open open = open_case(call, &opened, fault);
    if (open != OPEN_DONE)
        return open == OPEN_ANSWERED;
    if (!casefile_attachment(call->ledger, &opened.file, &opened.pair, form_number(&call->form, "attachment"),
                             &name, &bytes, &found, fault))
        return false;
    if (found == CASE_NONE)
        return call_refuse(call, 404, N_("There is no such attachment."), fault);
    return call_file(call, name.bytes, bytes.bytes, bytes.length);
}
