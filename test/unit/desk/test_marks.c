/* Forms filled in as text, and texts that are none. */
#include "unit.h"

#include "base/cleanup.h"
#include "desk/marks.h"
#include <time.h>

/* What a text was read as; released by the test. */
static json_t *read_form(const char *text, enum case_kind expected)
{
    enum case_kind kind = CASE_KINDS;
    json_t *told = json_object();
    if (marks_read(text, told, &kind) != MARKS_FORM)
        fail_msg("not a form: %s", text);
    assert_int_equal(kind, expected);
    return told;
}

static void expect(json_t *told, const char *name, const char *value)
{
    const char *read = json_string_value(json_object_get(told, name));
    if (value == NULL ? read != NULL : read == NULL || strcmp(read, value) != 0)
        fail_msg("%s is '%s', not '%s'", name, read == NULL ? "(nothing)" : read,
                 value == NULL ? "(nothing)" : value);
}

static void expect_none(const char *text)
{
    enum case_kind kind = CASE_KINDS;
    json_t *told = json_object();
    if (marks_read(text, told, &kind) != MARKS_NONE)
        fail_msg("read as a form of kind %d: %s", (int)kind, json_dumps(told, 0));
    assert_int_equal(json_object_size(told), 0);
    json_decref(told);
}

static const char virus_japanese[] =
    "お世話になっております。添付の様式のとおり届け出ます。\r\n"
    "\r\n"
    "コンピュータウイルス届出様式\r\n"
    "届出年月日：2026年11月4日\r\n"
    "\r\n"
    "■届出者\r\n"
    "住所（都道府県まで）：東京都\r\n"
    "社名：株式会社みまもり\r\n"
    "氏名：見守 花子\r\n"
    "TEL：０３－１２３４－５６７８\r\n"
    "FAX：\r\n"
    "E-Mail：Hanako@Example.JP\r\n"
    "\r\n"
    "コンピュータウイルスの（■発見　□感染）について届け出ます。\r\n"
    "\r\n"
    "１．ウイルス名称\r\n"
    "　　W32/Mydoom\r\n"
    "２．発見年月日　2026年11月3日　3件（個）\r\n"
    "３．発見場所（機器）\r\n"
    "　■パソコン　□サーバ　■スマートフォン・タブレット　□ネットワーク機器　□その他（　）　□不明\r\n"
    "４－１．インターネット接続　■あり　□なし　□不明\r\n"
    "４－２．OS\r\n"
    "　■Windows（□10　□8/8.1　■7　□他）　□UNIX・Linux（□Ubuntu　□RedHat/CentOS　□他）\r\n"
    "　□MacOS・iOS　□Android　□その他（　）　□不明\r\n"
    "５．発見方法\r\n"
    "　■セキュリティソフト（社名：みほん社　ソフト名：みほんセキュリティ 12）　□目視　□外部からの連絡\r\n"
    "　□その他（　）\r\n"
    "６．推定される感染経路\r\n"
    "　■電子メール　□Web閲覧　□ダウンロードファイル　□その他　□不明\r\n"
    "７．被害状況\r\n"
    "　添付ファイルを開いた1台で見つかりました。\r\n"
    "　・時刻: 10:20\r\n"
    "　ほかの端末に広がってはいません。\r\n"
    "-- \r\n"
    "株式会社みまもり 見守\r\n";

static void a_japanese_virus_form_is_read_field_by_field(void **state)
{
    (void)state;
    json_t *told = read_form(virus_japanese, CASE_MALWARE);
    expect(told, "prefecture", "東京都");
    expect(told, "organisation", "株式会社みまもり");
    expect(told, "name", "見守 花子");
    expect(told, "phone", "03-1234-5678");
    expect(told, "fax", NULL);
    expect(told, "email", "Hanako@example.jp");
    expect(told, "found", "found");
    expect(told, "virus_name", "W32/Mydoom");
    expect(told, "detected_on", "2026-11-03");
    expect(told, "detections", "3");
    expect(told, "place", "pc,phone");
    expect(told, "connected", "yes");
    expect(told, "system", "windows");
    expect(told, "found_how", "software");
    expect(told, "software_maker", "みほん社");
    expect(told, "software_name", "みほんセキュリティ 12");
    expect(told, "route", "mail");
    expect(told, "damage",
           "添付ファイルを開いた1台で見つかりました。\n　・時刻: 10:20\n　ほかの端末に広がってはいません。");
    json_decref(told);
}

static void an_english_virus_form_is_read_field_by_field(void **state)
{
    (void)state;
    json_t *told = read_form("Virus report\n"
                             "Name: Hanako Mimamori\n"
                             "Organisation: Mimamori Ltd.\n"
                             "Email address: hanako@example.com\n"
                             "\n"
                             "1. Virus name: Netsky.P\n"
                             "2. Day found: 2026/11/03\n"
                             "3. How many: 1,204\n"
                             "4. Where found\n"
                             "   [x] Personal computer [ ] Server [x] Network device\n"
                             "5. How found\n"
                             "   [x] Security software (maker: Sample Inc., product: Sample 9) [ ] By eye\n"
                             "6. Suspected route\n"
                             "   [ ] E-mail [ ] Web [x] USB stick\n"
                             "7. Measures taken\n"
                             "Deleted it.\n"
                             "\n"
                             "Told everybody.\n",
                             CASE_MALWARE);
    expect(told, "name", "Hanako Mimamori");
    expect(told, "virus_name", "Netsky.P");
    expect(told, "detected_on", "2026-11-03");
    expect(told, "detections", "1204");
    expect(told, "place", "pc,network");
    expect(told, "found_how", "software");
    expect(told, "route", "media");
    expect(told, "measures", "Deleted it.\n\nTold everybody.");
    json_decref(told);
}

static void a_mark_before_a_question_is_not_a_box(void **state)
{
    (void)state;
    json_t *told = read_form("■発見年月日: 令和8年11月3日\n"
                             "■ウイルス名: RLTRAP\n"
                             "■OS: Windows 7\n"
                             "■発見場所: サーバ\n",
                             CASE_MALWARE);
    expect(told, "detected_on", "2026-11-03");
    expect(told, "virus_name", "RLTRAP");
    expect(told, "system", "windows");
    expect(told, "place", "server");
    json_decref(told);
}

static void a_form_that_was_quoted_is_read(void **state)
{
    (void)state;
    json_t *told = read_form("> ■ウイルス名称: Klez\n"
                             "> ■発見年月日: 2026年1月31日 12件(個)\n"
                             "> ■被害状況:\n"
                             "> 一行目\n"
                             "> 二行目\n"
                             "> ■担当部署: 総務\n",
                             CASE_MALWARE);
    expect(told, "virus_name", "Klez");
    expect(told, "detections", "12");
    expect(told, "damage", "一行目\n 二行目");
    json_decref(told);
}

static void an_access_form_is_read_field_by_field(void **state)
{
    (void)state;
    json_t *told = read_form("コンピュータ不正アクセス届出様式\n"
                             "企業・組織名：見守り大学\n"
                             "氏名：見守 太郎\n"
                             "1 届出の業務種別\n"
                             "　□エンドユーザ　■システム（ネットワーク，サーバ）管理者　□その他\n"
                             "2-1 被害機器　□パソコン ■Webサーバ ■メールサーバ □不明\n"
                             "2-2 設置場所　□オンプレミス ■クラウド □不明\n"
                             "3 発見年月日：2026.11.2\n"
                             "4 発見方法\n"
                             "　■監視ツール（ツール名：見張り君）　□目視\n"
                             "5 不正アクセスの種別：■なりすまし □侵入\n"
                             "6 被害の有無　■あり　□なし　□不明\n"
                             "7 原因　■設定不備 □不明\n"
                             "8 被害の状況\n"
                             "管理者の画面に入られました。\n"
                             "9 対策\n"
                             "パスワードを変えました。\n",
                             CASE_ACCESS);
    expect(told, "organisation", "見守り大学");
    expect(told, "work", "administrator");
    expect(told, "device", "web-server,mail-server");
    expect(told, "stands", "cloud");
    expect(told, "detected_on", "2026-11-02");
    expect(told, "found_how", "tool");
    expect(told, "found_with", "見張り君");
    expect(told, "category", "impersonation");
    expect(told, "harm", "yes");
    expect(told, "cause", "misconfiguration");
    expect(told, "what", "管理者の画面に入られました。");
    expect(told, "measures", "パスワードを変えました。");
    json_decref(told);
}

static void a_consultation_form_is_read(void **state)
{
    (void)state;
    json_t *told = read_form("相談票\n"
                             "お名前：見守\n"
                             "相談内容：\n"
                             "動画を見ようとしたら、料金の請求が出ました。\n"
                             "・時刻: 昨日の夜\n"
                             "発生日：2026/11/1\n"
                             "対応：まだ何もしていません\n",
                             CASE_CONSULTATION);
    expect(told, "name", "見守");
    expect(told, "what", "動画を見ようとしたら、料金の請求が出ました。\n・時刻: 昨日の夜");
    expect(told, "happened_on", "2026-11-01");
    expect(told, "done", "まだ何もしていません");
    json_decref(told);
}

static void an_empty_form_tells_nothing(void **state)
{
    (void)state;
    expect_none("コンピュータウイルス届出様式\n"
                "住所（都道府県まで）：\n社名：\n氏名：\nTEL：\n"
                "１．ウイルス名称\n"
                "２．発見年月日　XXXX年XX月XX日　XX件（個）\n"
                "３．発見場所（機器）\n　□パソコン　□サーバ　□その他（　）　□不明\n"
                "６．推定される感染経路\n　□電子メール　□Web閲覧　□不明\n");
}

static void ordinary_mail_is_no_form(void **state)
{
    (void)state;
    expect_none("");
    expect_none(
        "はじめまして。パソコンの調子が悪いので相談させてください。\n昨日からウイルスの警告が出ます。\n");
    expect_none("名前: 見守\nTEL: 03-1234-5678\nE-mail: a@example.jp\n\n教えてください。\n");
    expect_none("Hello,\n\nmy computer says: virus found. What shall I do?\nPlease help: quickly.\n");
    expect_none("新製品のご案内です。\n■価格: 1,000円\n■対応OS: Windows\n■特長: 速い\n");
    expect_none("ウイルス届出の状況について質問です。\n■ご質問: 先月は何件でしたか。\n");
}

static void a_value_that_does_not_hold_is_left_to_the_text(void **state)
{
    (void)state;
    json_t *told =
        read_form("ウイルス届出\nウイルス名称: Klez\n発見年月日: 昨日\n件数: たくさん\nE-Mail: 電話で\n"
                  "感染経路: 友人から\n",
                  CASE_MALWARE);
    expect(told, "virus_name", "Klez");
    expect(told, "detected_on", NULL);
    expect(told, "detections", NULL);
    expect(told, "email", NULL);
    expect(told, "route", NULL);
    json_decref(told);
}

static void what_stood_before_stays_and_the_first_answer_counts(void **state)
{
    (void)state;
    enum case_kind kind;
    json_t *told = json_pack("{s:s, s:s}", "subject", "届出", "text", "all of it");
    assert_int_equal(marks_read("ウイルス名: A\nウイルス名: B\n発見日: 2026-11-03\n", told, &kind),
                     MARKS_FORM);
    expect(told, "virus_name", "A");
    expect(told, "subject", "届出");
    expect(told, "text", "all of it");
    json_decref(told);
}

static void a_large_text_is_read_in_little_time(void **state)
{
    (void)state;
    enum { LINES = 200000 };
    CLEANUP(text_clear) struct text text;
    json_t *told = json_object();
    enum case_kind kind;
    text_init(&text, 64 << 20);
    for (int i = 0; i < LINES; i++)
        text_add_string(&text, i % 3 == 0 ? "■a: b (c) □ d: e\n" : "((((((□■□■□■:：:\n");
    time_t begin = time(NULL);
    assert_int_equal(marks_read(text.bytes, told, &kind), MARKS_NONE);
    assert_true(time(NULL) - begin <= 5);
    json_decref(told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_japanese_virus_form_is_read_field_by_field),
        cmocka_unit_test(an_english_virus_form_is_read_field_by_field),
        cmocka_unit_test(a_mark_before_a_question_is_not_a_box),
        cmocka_unit_test(a_form_that_was_quoted_is_read),
        cmocka_unit_test(an_access_form_is_read_field_by_field),
        cmocka_unit_test(a_consultation_form_is_read),
        cmocka_unit_test(an_empty_form_tells_nothing),
        cmocka_unit_test(ordinary_mail_is_no_form),
        cmocka_unit_test(a_value_that_does_not_hold_is_left_to_the_text),
        cmocka_unit_test(what_stood_before_stays_and_the_first_answer_counts),
        cmocka_unit_test(a_large_text_is_read_in_little_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
