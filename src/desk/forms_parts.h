/* forms_parts: what more than one form asks, and what each page of a guided form carries besides. The lists
 * are macros because a step's fields and the form's are two arrays of the same fields. */
#pragma once
#include "base/words.h"
#include "desk/forms.h"
#include "desk/labels.h"

extern const struct field_choice forms_reporter_classes[], forms_systems[], forms_yes_no_unknown[];

/* Who tells: nobody must say. The mail address, else organisation and name, is by what reports of one
 * reporter are counted once (cases/reporter.h). */
#define FORMS_WHO                                                                                            \
    {.name = "reporter_class",                                                                               \
     .kind = FIELD_CHOICE,                                                                                   \
     .label = N_("Who is telling us?"),                                                                      \
     .choices = forms_reporter_classes,                                                                      \
     .marks = "届出者区分|届出者の区分|reporter|kind of reporter"},                                          \
        {.name = "prefecture",                                                                               \
         .kind = FIELD_LINE,                                                                                 \
         .label = N_("Prefecture"),                                                                          \
         .hint = N_("The prefecture is enough. We do not need your address."),                               \
         .most = 100,                                                                                        \
         .marks = "住所|都道府県|所在地|prefecture|address"},                                                \
        {.name = "organisation",                                                                             \
         .kind = FIELD_LINE,                                                                                 \
         .label = N_("Company, school or other organisation"),                                               \
         .most = 200,                                                                                        \
         .marks = "社名|会社名|企業・組織名|企業名|組織名|団体名|所属|organisation|organization|company"},   \
        {.name = "name",                                                                                     \
         .kind = FIELD_LINE,                                                                                 \
         .label = N_("Your name"),                                                                           \
         .most = 200,                                                                                        \
         .marks = "氏名|お名前|名前|担当者|担当者名|name|your name"},                                        \
        {.name = "email",                                                                                    \
         .kind = FIELD_MAIL,                                                                                 \
         .label = N_("Mail address"),                                                                        \
         .hint = N_("Only if you want an answer by mail. You can read our answer with your receipt, too."),  \
         .marks = "E-Mail|Eメール|メール|メールアドレス|電子メールアドレス|mail address|email address"},     \
        {.name = "phone",                                                                                    \
         .kind = FIELD_PHONE,                                                                                \
         .label = N_("Telephone"),                                                                           \
         .marks = "TEL|電話|電話番号|telephone|phone"},                                                      \
    {                                                                                                        \
        .name = "fax", .kind = FIELD_PHONE, .label = N_("Fax"), .marks = "FAX|ファックス|FAX番号"     \
    }

/* `once` makes the receipt (cases/receipt.h); `step` is the page that was sent, `reached` the furthest one
 * seen, `go` says where to. */
#define FORMS_FLOW                                                                                           \
    {.name = "once", .kind = FIELD_HIDDEN, .most = 64},                                                      \
        {.name = "step", .kind = FIELD_NUMBER, .most_number = 99},                                           \
        {.name = "reached", .kind = FIELD_NUMBER, .most_number = 99},                                        \
        {.name = "go", .kind = FIELD_HIDDEN, .most = 16},                                                    \
    {                                                                                                        \
        .name = "attachments", .kind = FIELD_FILES, .label = N_("Attachments")                               \
    }

/* What staff add who type in what came by phone, post, fax or at the counter (desk/page_new.c). */
#define FORMS_TYPED                                                                                          \
    {.name = "received_on",                                                                                  \
     .kind = FIELD_DAY,                                                                                      \
     .label = N_("Day it was received"),                                                                     \
     .hint = N_("It is counted in the month of this day."),                                                  \
     .required = true},                                                                                      \
        {.name = "language",                                                                                 \
         .kind = FIELD_CHOICE,                                                                               \
         .label = N_("Language of the reporter"),                                                            \
         .required = true,                                                                                   \
         .choices = labels_languages},                                                                       \
        {.name = "attachments", .kind = FIELD_FILES, .label = N_("Attachments, for example the letter")},    \
    {                                                                                                        \
        .name = "once", .kind = FIELD_HIDDEN, .most = 64                                                     \
    }
