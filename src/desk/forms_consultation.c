/* A consultation (相談): anybody asks for advice, in plain words. */
#include "desk/forms_parts.h"

/* Those that codes_topics knows, and what else people ask; any word may stand in the record. */
static const struct field_choice topics[] = {
    {"one-click", N_("A web page wants money from me that I do not owe"),
     "ワンクリック請求|ワンクリック詐欺|不当請求|架空請求|one-click billing|one-click"},
    {"fake-antivirus", N_("A warning on the screen says I have a virus"),
     "偽セキュリティソフト|偽セキュリティ対策ソフト|偽警告|fake antivirus|fake warning"},
    {"targeted-mail", N_("A suspicious mail came to me or to our organisation"),
     "標的型メール|標的型攻撃メール|不審なメール|不審メール|迷惑メール|suspicious mail|targeted mail"},
    {"winny", N_("A file-sharing program (Winny and the like)"),
     "Winny|ファイル共有|ファイル共有ソフト|file sharing"},
    {"virus", N_("I may have a virus"), "ウイルス|ウイルス感染|virus"},
    {"access", N_("Somebody else uses my account or computer"), "不正アクセス|乗っ取り|unauthorised access"},
    {"phone", N_("Smartphone"), "スマートフォン|スマホ|smartphone"},
    {"other", N_("Something else"), "その他|other"},
    {0},
};
static const struct field_choice answers[] = {
    {"receipt", N_("On this site, with my receipt"), "受付票|receipt"},
    {"mail", N_("By mail"), "メール|電子メール|mail|email"},
    {"phone", N_("By telephone"), "電話|telephone|phone"},
    {0},
};

#define WHAT                                                                                                        \
    {.name = "topic",                                                                                               \
     .kind = FIELD_CHOICE,                                                                                          \
     .label = N_("What is it about?"),                                                                              \
     .choices = topics,                                                                                             \
     .marks = "相談の種別|相談種別|相談内容の種別|件名|topic|about"},                                               \
        {.name = "what",                                                                                            \
         .kind = FIELD_TEXT,                                                                                        \
         .label = N_("What happened, and what do you want to know?"),                                               \
         .hint = N_("In your own words. Please write no passwords and no card numbers."),                           \
         .required = true,                                                                                          \
         .most = 10000,                                                                                             \
         .marks = "相談内容|ご相談内容|内容|質問|問い合わせ内容|what happened|question|inquiry"},                   \
        {.name = "happened_on",                                                                                     \
         .kind = FIELD_DAY,                                                                                         \
         .label = N_("Since when"),                                                                                 \
         .marks = "発生日|発生年月日|発生日時|いつから|since when|since"},                                          \
    {                                                                                                               \
        .name = "done", .kind = FIELD_TEXT, .label = N_("What you have done so far"),                               \
        .hint =                                                                                                     \
            N_("For example: paid, telephoned, clicked, installed, changed a password. Or nothing yet."),           \
        .most = 10000,                                                                                              \
        .marks = "対応|対応状況|実施した対応|行った操作|対処|what was done|done so far|measures" \
    }

#define WITH                                                                                                 \
    {.name = "system",                                                                                       \
     .kind = FIELD_CHOICES,                                                                                  \
     .label = N_("Operating system"),                                                                        \
     .choices = forms_systems,                                                                               \
     .marks = "OS|使用OS|基本ソフト|operating system"},                                                      \
    {                                                                                                        \
        .name = "software", .kind = FIELD_TEXT,                                                              \
        .label = N_("Programs it is about, and your security software"), .most = 2000,                       \
        .marks = "使用ソフト|セキュリティソフト|ソフトウェア|software|programs"          \
    }

#define WHO                                                                                                  \
    {.name = "answer_by",                                                                                    \
     .kind = FIELD_CHOICE,                                                                                   \
     .label = N_("How shall we answer?"),                                                                    \
     .choices = answers,                                                                                     \
     .marks = "回答方法|希望する回答方法|連絡方法|answer by|how to answer"},                                 \
        FORMS_WHO

static const struct field what[] = {WHAT, {0}};
static const struct field with[] = {WITH, {0}};
static const struct field who[] = {WHO, {0}};
static const struct field all[] = {WHAT, WITH, WHO, {0}};
const struct field forms_consultation_page[] = {WHAT, WITH, WHO, FORMS_FLOW, {0}};
const struct field forms_consultation_typed[] = {
    WHAT,
    {.name = "about_access",
     .kind = FIELD_CHOICE,
     .label = N_("Is it about unauthorised access?"),
     .hint = N_("With the topic, the consultation is counted at once."),
     .choices = labels_about_access},
    WITH,
    WHO,
    FORMS_TYPED,
    {0}};

const struct forms forms_consultation = {
    .kind = CASE_CONSULTATION,
    .path = "/ask",
    .title = N_("Ask for advice"),
    .steps = {{N_("Your question"), what},
              {N_("Your computer or telephone"), with},
              {N_("How we can reach you"), who}},
    .all = all,
};
