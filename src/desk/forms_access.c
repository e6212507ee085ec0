/* A report of unauthorised access (コンピュータ不正アクセス届出様式): what happened, to what, how it was
 * found, who tells. */
#include "desk/forms_parts.h"

static const struct field_choice works[] = {
    {"user", N_("I use computers, at home or at work"), "エンドユーザ|エンドユーザー|利用者|end user"},
    {"administrator", N_("I look after computers or networks"),
     "システム(ネットワーク,サーバ)管理者|システム管理者|ネットワーク管理者|サーバ管理者|管理者|"
     "administrator|system administrator"},
    {"provider", N_("I work for a network or Internet provider"),
     "ネットワークサービス事業者|サービス事業者|プロバイダ|network service provider|provider"},
    {"vendor", N_("I work for a maker of hardware or software"),
     "ハード・ソフトのベンダ|ベンダ|ベンダー|vendor|maker"},
    {"other", N_("Other"), "その他|other"},
    {0},
};
static const struct field_choice devices[] = {
    {"pc", N_("Personal computer"), "パソコン|PC|personal computer|computer"},
    {"phone", N_("Smartphone or tablet"),
     "スマートフォン・タブレット|スマートフォン|タブレット|smartphone|tablet"},
    {"web-server", N_("Web server"), "Webサーバ|ウェブサーバ|Webサーバー|web server"},
    {"shop-server", N_("Server of an online shop"), "ECサーバ|ECサイト|ECサーバー|shop server|online shop"},
    {"mail-server", N_("Mail server"), "メールサーバ|メールサーバー|mail server"},
    {"domain-controller", N_("Domain controller"),
     "ドメインコントローラ|ドメインコントローラー|domain controller"},
    {"file-server", N_("File server or NAS"), "ファイルサーバ|ファイルサーバー|NAS|file server"},
    {"database", N_("Database server"), "DBサーバ|データベースサーバ|データベース|database|database server"},
    {"other-server", N_("Another server"), "その他サーバ|その他のサーバ|サーバ|サーバー|other server|server"},
    {"network", N_("Network device"), "ネットワーク機器|ルータ|network device|router"},
    {"account", N_("An account, such as one of mail or of a web service"), "アカウント|account"},
    {"other", N_("Other"), "その他|other"},
    {"unknown", N_("I do not know"), "不明|わからない|unknown|not known"},
    {0},
};
static const struct field_choice stands[] = {
    {"own", N_("With us"), "オンプレミス|オンプレ|自社内|社内|on-premises|on premises"},
    {"cloud", N_("In a cloud (rented machines)"), "クラウド|クラウド(IaaS/PaaS)|cloud"},
    {"saas", N_("A program used over the web (SaaS)"), "SaaS|クラウド(SaaS)"},
    {"hosting", N_("With a hosting company"), "ホスティング|レンタルサーバ|レンタルサーバー|hosting"},
    {"service", N_("A service on the Internet (mail, social media and the like)"),
     "インターネットサービス|インターネット上のサービス|internet service"},
    {"closed", N_("In a closed network"), "閉域網|閉域ネットワーク|クローズド|closed network|closed"},
    {"other", N_("Other"), "その他|other"},
    {"unknown", N_("I do not know"), "不明|わからない|unknown|not known"},
    {0},
};
static const struct field_choice hows[] = {
    {"eye", N_("We saw it ourselves"), "目視|届出者自身|自身|by eye|ourselves"},
    {"tool", N_("A program that watches told us"),
     "監視ツール|検知ツール|ツール|侵入検知|monitoring tool|tool"},
    {"customer", N_("A customer or a user told us"), "顧客|顧客からの連絡|利用者からの連絡|customer"},
    {"operator", N_("The company that runs it told us"),
     "外部サービス事業者|サービス事業者|委託先|運用事業者|service operator|operator"},
    {"outside", N_("Somebody else outside told us"),
     "外部からの連絡|外部からの指摘|外部|outside|from outside"},
    {"other", N_("Another way"), "その他|other"},
    {0},
};
/* The words of ledger/codes.h: codes_categories and codes_causes. */
static const struct field_choice categories[] = {
    {"intrusion", N_("Somebody broke in"), "侵入|侵入行為|intrusion"},
    {"impersonation", N_("Somebody used another's account"), "なりすまし|『なりすまし』行為|impersonation"},
    {"dos", N_("A service was made unusable"),
     "DoS|DoS攻撃|サービス妨害|サービス妨害(DoS)攻撃|denial of service"},
    {"malware-implant", N_("A harmful program was put in"),
     "不正プログラムの埋め込み|不正プログラム埋め込み|不正プログラム|malware implant"},
    {"mail-relay", N_("Our mail server sent others' mail"), "メール不正中継|不正中継|mail relay"},
    {"worm", N_("Infected by a worm"), "ワーム感染|worm|worm infection"},
    {"address-spoofing", N_("Our address was used as a false sender"), "アドレス詐称|address spoofing"},
    {"other-harm", N_("Something else, with harm"), "その他(被害あり)|other harm"},
    {"probe", N_("Somebody tried, without harm"), "アクセス形跡(未遂)|アクセス形跡|未遂|probe|attempt"},
    {"worm-trace", N_("Traces of a worm, without harm"), "ワーム形跡|worm trace"},
    {"other", N_("Something else, without harm"), "その他(被害なし)|other without harm"},
    {"unknown", N_("I do not know"), "不明|わからない|unknown|not known"},
    {0},
};
static const struct field_choice causes[] = {
    {"password", N_("A password was weak or known to others"),
     "ID・パスワード管理の不備|ID・パスワード管理不備|パスワード|パスワード管理不備|password"},
    {"old-version", N_("An old version, or an update not installed"),
     "古いバージョン使用・パッチ未導入|古いバージョン|パッチ未導入|脆弱性|old version|unpatched"},
    {"misconfiguration", N_("A wrong setting"), "設定不備|設定の不備|misconfiguration|wrong setting"},
    {"other", N_("Another way"), "その他|other"},
    {"unknown", N_("I do not know"), "不明|わからない|unknown|not known"},
    {0},
};

#define WHAT                                                                                                 \
    {.name = "detected_on",                                                                                  \
     .kind = FIELD_DAY,                                                                                      \
     .label = N_("Day it was found"),                                                                        \
     .hint = N_("For example 2026-11-03. If you are not sure, the day you noticed it."),                     \
     .required = true,                                                                                       \
     .marks = "発見年月日|発見日|検知日|detected on|day found|date found|date of discovery"},                \
        {.name = "what",                                                                                     \
         .kind = FIELD_TEXT,                                                                                 \
         .label = N_("What happened"),                                                                       \
         .hint = N_("In your own words. It need not be complete."),                                          \
         .required = true,                                                                                   \
         .most = 10000,                                                                                      \
         .marks = "被害の状況|被害状況|被害内容|状況|事象|what happened|damage|incident"},                   \
        {.name = "harm",                                                                                     \
         .kind = FIELD_CHOICE,                                                                               \
         .label = N_("Was harm done?"),                                                                      \
         .hint = N_("A try that did not succeed is no harm, but we are glad to hear of it."),                \
         .choices = forms_yes_no_unknown,                                                                    \
         .marks = "被害の有無|被害有無|実被害|was harm done|harm"},                                          \
    {                                                                                                        \
        .name = "category", .kind = FIELD_CHOICE, .label = N_("What comes nearest?"), .choices = categories, \
        .marks = "不正アクセスの種別|被害の種別|種別|手口|分類|category|kind of access"  \
    }

#define WHERE                                                                                                                    \
    {.name = "device",                                                                                                           \
     .kind = FIELD_CHOICES,                                                                                                      \
     .label = N_("What was attacked?"),                                                                                          \
     .choices = devices,                                                                                                         \
     .marks = "被害機器|被害のあった機器|被害を受けた機器|対象機器|damaged device|attacked device|device"},                      \
        {.name = "stands",                                                                                                       \
         .kind = FIELD_CHOICES,                                                                                                  \
         .label = N_("Where does it stand?"),                                                                                    \
         .choices = stands,                                                                                                      \
         .marks = "設置場所|機器の設置場所|被害機器の設置場所|システム環境|where it stands|location"},                           \
        {.name = "system",                                                                                                       \
         .kind = FIELD_CHOICES,                                                                                                  \
         .label = N_("Operating system"),                                                                                        \
         .choices = forms_systems,                                                                                               \
         .marks = "OS|使用OS|基本ソフト|operating system"},                                                                      \
    {                                                                                                                            \
        .name = "configuration", .kind = FIELD_TEXT, .label = N_("How it is set up and connected"),                              \
        .hint =                                                                                                                  \
            N_("Programs and their versions, and how it is reached from outside. You may attach a drawing "                      \
               "on the last page."),                                                                                             \
        .most = 10000,                                                                                                           \
        .marks = "システム構成|接続形態|接続形態図|システムの構成|ネットワーク構成|configuration|" \
                 "system configuration"                                                                                          \
    }

#define HOW                                                                                                               \
    {.name = "found_how",                                                                                                 \
     .kind = FIELD_CHOICE,                                                                                                \
     .label = N_("How was it found?"),                                                                                    \
     .choices = hows,                                                                                                     \
     .marks = "発見方法|発見の契機|発見のきっかけ|発見の方法|how found|found by"},                                        \
        {.name = "found_with",                                                                                            \
         .kind = FIELD_LINE,                                                                                              \
         .label = N_("Name of the program that found it"),                                                                \
         .most = 200,                                                                                                     \
         .marks = "監視ツールツール名|監視ツール製品名|監視ツール名|ツール名|monitoring tool " \
                  "name|製品名|tool name"},                                                                               \
        {.name = "reason",                                                                                                \
         .kind = FIELD_TEXT,                                                                                              \
         .label = N_("Why you think it was unauthorised"),                                                                \
         .hint = N_("For example lines of a log, addresses, times."),                                                     \
         .most = 10000,                                                                                                   \
         .marks = "不正アクセスと判断した理由|判断理由|判断した理由|根拠|why suspected|reason"},                          \
        {.name = "cause",                                                                                                 \
         .kind = FIELD_CHOICE,                                                                                            \
         .label = N_("What do you think made it possible?"),                                                              \
         .choices = causes,                                                                                               \
         .marks = "原因|推定原因|被害原因|cause"},                                                                        \
        {.name = "way_in",                                                                                                \
         .kind = FIELD_TEXT,                                                                                              \
         .label = N_("How do you think they came in?"),                                                                   \
         .most = 10000,                                                                                                   \
         .marks = "推定侵入経路|推定される侵入経路|侵入経路|侵入方法|suspected way in|way in"},                           \
        {.name = "measures",                                                                                              \
         .kind = FIELD_TEXT,                                                                                              \
         .label = N_("What you have done about it"),                                                                      \
         .most = 10000,                                                                                                   \
         .marks = "対策|対処|実施した対策|再発防止策|処置|measures|measures taken|what was done"},                        \
    {                                                                                                                     \
        .name = "remarks", .kind = FIELD_TEXT, .label = N_("Anything else"), .most = 10000,                               \
        .marks = "備考|その他特記事項|その他連絡事項|特記事項|remarks|notes|anything else"            \
    }

#define WHO                                                                                                  \
    {.name = "work",                                                                                         \
     .kind = FIELD_CHOICE,                                                                                   \
     .label = N_("What have you to do with it?"),                                                            \
     .choices = works,                                                                                       \
     .marks = "届出の業務種別|業務種別|届出者の業務|kind of work"},                                          \
        FORMS_WHO

static const struct field what[] = {WHAT, {0}};
static const struct field where[] = {WHERE, {0}};
static const struct field how[] = {HOW, {0}};
static const struct field who[] = {WHO, {0}};
static const struct field all[] = {WHAT, WHERE, HOW, WHO, {0}};
const struct field forms_access_page[] = {WHAT, WHERE, HOW, WHO, FORMS_FLOW, {0}};
const struct field forms_access_typed[] = {WHAT, WHERE, HOW, WHO, FORMS_TYPED, {0}};

const struct forms forms_access = {
    .kind = CASE_ACCESS,
    .path = "/report/access",
    .title = N_("Report an unauthorised access"),
    .steps = {{N_("About the access"), what},
              {N_("What was attacked"), where},
              {N_("How it was found, and how they came in"), how},
              {N_("How we can reach you"), who}},
    .all = all,
};
