#include "unit.h"
#include "base/calendar.h"
#include "check/versions/cpe.h"
#include "check/versions/feed_add.h"
#include "check/versions/feed_advisory.h"
#include "check/versions/feed_fold.h"
#include "check/versions/feed_kind.h"
#include "check/versions/feed_name.h"
#include "check/versions/feed_result.h"
#include "check/versions/feed_xml.h"
#include "check/versions/fetch_address.h"
#include "check/versions/myjvn_pages.h"
#include "check/versions/myjvn_status.h"

static struct fault fault;

static void folds_to(const char *string, const char *wanted)
{
    CLEANUP(text_clear) struct text out;
    text_init(&out, 1000);
    feed_fold(string, &out);
    assert_string_equal(out.bytes, wanted);
}
static void names_are_folded_to_one_way_of_writing(void **state)
{
    (void)state;
    folds_to("Ｆｉｒｅｆｏｘ　１０", "firefox 10");
    folds_to("  Adobe®  Reader™ ", "adobe reader");
    folds_to("ﾌﾗｯｼｭ ﾌﾟﾚｰﾔｰ ｳﾞｧﾝ ｶﾞｷﾞﾎﾞｯ", "フラッシュ プレーヤー ヴァン ガギボッ");
    folds_to("1.0〜1.4～1.5", "1.0~1.4~1.5");
    folds_to("a—b−c‐d", "a-b-c-d");
    folds_to("一太郎\t2011\r\n創", "一太郎 2011 創");
    folds_to("\xff\x80\xe3\x81", "\xff\x80\xe3\x81");
    folds_to("😀ｱ\xef\xbe", "😀ア\xef\xbe");
    folds_to("", "");
}

static void cpe_is(const char *cpe, enum cpe_part part, const char *wanted)
{
    char got[CPE_PART_SIZE] = "untouched";
    assert_int_equal(cpe_part(cpe, part, got), wanted != NULL);
    assert_string_equal(got, wanted == NULL ? "untouched" : wanted);
}
static void a_cpe_name_is_taken_apart(void **state)
{
    char long_name[CPE_PART_SIZE + 20];
    (void)state;
    cpe_is("cpe:/a:Mozilla:firefox:3.6", CPE_KIND, "a");
    cpe_is("cpe:/a:Mozilla:firefox:3.6", CPE_VENDOR, "mozilla");
    cpe_is("cpe:/a:mozilla:firefox:3.6", CPE_PRODUCT, "firefox");
    cpe_is("cpe:/a:mozilla:firefox:3.6", CPE_VERSION, "3.6");
    cpe_is("cpe:/a:mozilla:firefox:3.6:sp1", CPE_UPDATE, "sp1");
    cpe_is("cpe:/a:apache:xerces-c%2b%2b", CPE_PRODUCT, "xerces-c++");
    cpe_is("cpe:/a:mozilla:firefox", CPE_VERSION, NULL);
    cpe_is("cpe:/a:mozilla:firefox:", CPE_VERSION, NULL);
    cpe_is("cpe:/a:mozilla:firefox:-", CPE_VERSION, NULL);
    cpe_is("cpe:/a:moz%00illa:firefox", CPE_VENDOR, NULL);
    cpe_is("cpe:/a:moz%2", CPE_VENDOR, NULL);
    cpe_is("cpe:2.3:a:mozilla:firefox:3.6:*:*:*:*:*:*:*", CPE_VENDOR, "mozilla");
    cpe_is("cpe:2.3:a:mozilla:firefox:3.6:*:*:*:*:*:*:*", CPE_VERSION, "3.6");
    cpe_is("cpe:2.3:a:mozilla:firefox:3.6:*:*:*:*:*:*:*", CPE_UPDATE, NULL);
    cpe_is("cpe:2.3:a:v:a\\:b\\+\\+:*", CPE_PRODUCT, "a:b++");
    cpe_is("cpe:2.3:a:v:a\\", CPE_PRODUCT, NULL);
    cpe_is("cpe:2.4:a:mozilla:firefox", CPE_VENDOR, NULL);
    cpe_is("", CPE_KIND, NULL);
    snprintf(long_name, sizeof long_name, "cpe:/a:%0*d", CPE_PART_SIZE, 1);
    cpe_is(long_name, CPE_VENDOR, NULL);
}

/* Is what is installed what the note names? */
static bool matches(const char *name, const char *version, const char *vendor,
                    const struct affected *affected)
{
    struct product product = {.name = name, .version = version, .vendor = vendor};
    struct feed_name installed;
    struct feed_noted noted;
    feed_name_of(&product, &installed);
    feed_noted_of(affected, &noted);
    return feed_name_matches(&installed, &noted);
}
static const struct affected firefox = {
    .vendor = "Mozilla Foundation", .product = "Mozilla Firefox", .cpe = "cpe:/a:mozilla:firefox"};

static void a_product_is_known_by_its_whole_name(void **state)
{
    static const struct affected zip = {.vendor = "7-Zip", .product = "7-Zip", .cpe = "cpe:/a:7-zip:7-zip"};
    static const struct affected office = {.vendor = "The Document Foundation",
                                           .product = "LibreOffice",
                                           .cpe = "cpe:/a:libreoffice:libreoffice"};
    static const struct affected reader = {
        .vendor = "アドビシステムズ", .product = "Adobe Reader", .cpe = "cpe:/a:adobe:acrobat_reader"};
    static const struct affected player = {
        .vendor = "アドビシステムズ", .product = "Ａｄｏｂｅ　Ｆｌａｓｈ　Ｐｌａｙｅｒ", .cpe = ""};
    static const struct affected taro = {
        .vendor = "ジャストシステム", .product = "一太郎 2011 創", .cpe = ""};
    static const struct affected plus = {.vendor = "Lhaplus", .product = "Lhaplus", .cpe = ""};
    (void)state;
    assert_true(matches("Mozilla Firefox (x64 ja)", "140.0", "Mozilla", &firefox));
    assert_true(matches("Mozilla Firefox 8.0 (x86 ja)", "8.0", "Mozilla", &firefox));
    assert_true(matches("Firefox", "140.0", "Mozilla Corporation", &firefox));
    assert_true(matches("7-Zip 9.20 (x64 edition)", "9.20.00.0", "Igor Pavlov", &zip));
    assert_true(matches("LibreOffice 3.4", "3.4.402", "The Document Foundation", &office));
    assert_true(
        matches("Adobe Reader X (10.1.1) - Japanese", "10.1.1", "Adobe Systems Incorporated", &reader));
    assert_true(matches("Adobe Flash Player 11 ActiveX 64-bit", "11.1.102.55", "Adobe Systems Incorporated",
                        &player));
    assert_true(matches("Lhaplus", "1.59", "", &plus));
    assert_true(matches("一太郎２０１１　創", "21.0.1.0", "JustSystems Corporation", &taro));
    assert_false(matches("一太郎2010", "20.0", "JustSystems Corporation", &taro));
}

static void a_name_that_only_holds_another_is_another_product(void **state)
{
    static const struct affected esr = {.vendor = "Mozilla Foundation",
                                        .product = "Mozilla Firefox ESR",
                                        .cpe = "cpe:/a:mozilla:firefox_esr"};
    static const struct affected reader = {
        .vendor = "Foxit", .product = "Reader", .cpe = "cpe:/a:foxit:reader"};
    static const struct affected nameless = {.vendor = "", .product = "", .cpe = ""};
    (void)state;
    assert_false(matches("Mozilla Firefox ESR (x64 ja)", "140.0", "Mozilla", &firefox));
    assert_false(matches("Mozilla Firefox (x64 ja)", "140.0", "Mozilla", &esr));
    assert_true(matches("Mozilla Firefox ESR (x64 ja)", "140.0", "Mozilla", &esr));
    assert_false(matches("Mozilla Thunderbird", "8.0", "Mozilla", &firefox));
    assert_false(matches("Mozilla Firefox Helper", "8.0", "Mozilla", &firefox));
    assert_false(matches("Firefox", "8.0", "Somebody Else", &firefox));
    assert_false(matches("Adobe Reader", "10.1", "Adobe Systems Incorporated", &reader));
    assert_false(matches("", "1", "", &nameless));
    assert_false(matches("Mozilla", "1", "Mozilla", &firefox));
}

static void java_is_known_by_its_own_numbers(void **state)
{
    static const struct affected jre = {.vendor = "オラクル", .product = "JRE", .cpe = "cpe:/a:oracle:jre"};
    static const struct affected sun = {
        .vendor = "Sun Microsystems", .product = "JRE", .cpe = "cpe:/a:sun:jre"};
    struct product product = {.name = "Java 8 Update 45 (64-bit)", .version = "8.0.450", .vendor = "Oracle"};
    struct feed_name name;
    (void)state;
    feed_name_of(&product, &name);
    assert_string_equal(name.version, "8u45");
    assert_true(matches(product.name, product.version, product.vendor, &jre));
    assert_true(matches("Java(TM) 6 Update 29", "6.0.290", "Oracle", &sun));
    assert_false(matches("Java 8 Update 45 Development Kit", "8.0.450", "Oracle", &sun));
}

static void a_flatpak_is_known_by_its_turned_domain(void **state)
{
    struct product product = {.system = PRODUCT_FLATPAK, .name = "org.mozilla.firefox", .vendor = ""};
    struct product other = {.system = PRODUCT_FLATPAK, .name = "org.example.Firefox", .vendor = ""};
    struct feed_name name, second;
    struct feed_noted noted;
    (void)state;
    feed_name_of(&product, &name);
    feed_name_of(&other, &second);
    feed_noted_of(&firefox, &noted);
    assert_true(feed_name_matches(&name, &noted));
    assert_false(feed_name_matches(&second, &noted));
}

static bool pages(struct myjvn_pages *all, struct myjvn_status status, uint64_t entries,
                  enum myjvn_page *page)
{
    status.there = true;
    return myjvn_pages_next(all, &status, entries, page, &fault);
}
static void pages_are_read_until_all_are_there(void **state)
{
    struct myjvn_pages all = {0};
    enum myjvn_page page;
    (void)state;
    assert_true(pages(&all, (struct myjvn_status){.total = 120, .returned = 50, .first = 1}, 50, &page));
    assert_int_equal(page, MYJVN_MORE);
    assert_true(pages(&all, (struct myjvn_status){.total = 120, .returned = 50, .first = 51}, 50, &page));
    assert_int_equal(page, MYJVN_MORE);
    assert_true(pages(&all, (struct myjvn_status){.total = 120, .returned = 20, .first = 101}, 20, &page));
    assert_int_equal(page, MYJVN_ALL);
    all = (struct myjvn_pages){0};
    assert_true(pages(&all, (struct myjvn_status){.total = 0}, 0, &page));
    assert_int_equal(page, MYJVN_ALL);
}
static void figures_that_cannot_be_true_are_noticed(void **state)
{
    enum myjvn_page page;
    struct myjvn_pages begun = {.total = 120, .had = 50, .asked = 1}, all;
    struct myjvn_status none = {0};
    (void)state;
    all = begun;
    assert_false(pages(&all, (struct myjvn_status){.total = 120, .returned = 0, .first = 51}, 0, &page));
    assert_string_equal(fault.text, "an empty answer after 50 of 120 entries");
    all = begun;
    assert_false(pages(&all, (struct myjvn_status){.total = 120, .returned = 80, .first = 51}, 80, &page));
    all = begun;
    assert_false(pages(&all, (struct myjvn_status){.total = 120, .returned = 50, .first = 1}, 50, &page));
    all = begun;
    assert_false(pages(&all, (struct myjvn_status){.total = 120, .returned = 50, .first = 51}, 49, &page));
    all = begun;
    assert_true(pages(&all, (struct myjvn_status){.total = 170, .returned = 50, .first = 51}, 50, &page));
    assert_int_equal(page, MYJVN_CHANGED);
    assert_false(myjvn_pages_next(&all, &none, 50, &page, &fault));
}

static struct text bytes_of(const char *string)
{
    struct text bytes;
    text_init(&bytes, 1 << 20);
    text_add_string(&bytes, string);
    return bytes;
}
#define STATUS(attributes) "<r xmlns:s='http://jvndb.jvn.jp/myjvn/Status'><s:Status " attributes "/></r>"
static void a_status_that_tells_an_error_is_a_fault(void **state)
{
    CLEANUP(text_clear)
    struct text well = bytes_of(STATUS("retCd='0' totalRes='7' totalResRet='5' firstRes='1'"));
    CLEANUP(text_clear)
    struct text error = bytes_of(STATUS("retCd='1' errCd='E2' errMsg='no such&#10;method'"));
    CLEANUP(text_clear) struct text odd = bytes_of(STATUS("retCd='0' totalRes='-7'"));
    CLEANUP(text_clear) struct text none = bytes_of("<r/>");
    struct myjvn_status status;
    (void)state;
    assert_true(myjvn_status_read("f", &well, &status, &fault));
    assert_true(status.there && status.total == 7 && status.returned == 5 && status.first == 1);
    assert_false(myjvn_status_read("f", &error, &status, &fault));
    assert_string_equal(fault.text, "f:1: MyJVN answers with an error: E2 no such?method");
    assert_false(myjvn_status_read("f", &odd, &status, &fault));
    assert_string_equal(fault.text, "f:1: the status's totalRes is '-7' (expected a number of entries)");
    assert_true(myjvn_status_read("f", &none, &status, &fault));
    assert_false(status.there);
}

static void is_kind(const char *xml, enum feed_kind kind, int32_t day)
{
    CLEANUP(text_clear) struct text bytes = bytes_of(xml);
    struct feed_seen seen;
    if (!feed_kind_see("f", &bytes, &seen, &fault))
        fail_msg("%s", fault.text);
    assert_int_equal(seen.kind, kind);
    assert_int_equal(seen.written_day, day);
}
static void a_feed_is_known_by_its_root_and_dated_by_its_own_word(void **state)
{
    int32_t day = calendar_day(2011, 11, 8);
    (void)state;
    is_kind("<o:oval_definitions xmlns:o='http://oval.mitre.org/XMLSchema/oval-definitions-5' "
            "xmlns:c='http://oval.mitre.org/XMLSchema/oval-common-5'><generator><c:timestamp> "
            "2011-11-08T10:00:00</c:timestamp></generator><definitions>broken",
            FEED_OVAL, day);
    is_kind("<Benchmark xmlns='http://checklists.nist.gov/xccdf/1.1'><status date='2011-11-08'>draft</status>"
            "<Group/></Benchmark>",
            FEED_XCCDF, day);
    is_kind(
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' "
        "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:t='http://purl.org/dc/terms/'><channel>"
        "<dc:date>2011-11-07T10:00+09:00</dc:date><t:modified>2011-11-08T10:00+09:00</t:modified></channel>"
        "<item><dc:date>2012-01-01</dc:date></item></rdf:RDF>",
        FEED_JVNRSS, day);
    is_kind("<VULDEF-Document xmlns='http://jvn.jp/vuldef/'/>", FEED_VULDEF, INT32_MIN);
    is_kind("<VULDEF-Document xmlns='https://jvn.jp/vuldef/'/>", FEED_VULDEF, INT32_MIN);
    is_kind("<Result xmlns='http://jvndb.jvn.jp/myjvn/Results'/>", FEED_MYJVN, INT32_MIN);
}

static void refuses(const char *xml, const char *why)
{
    CLEANUP(text_clear) struct text bytes = bytes_of(xml);
    struct feed_seen seen;
    assert_false(feed_kind_see("f", &bytes, &seen, &fault));
    if (strncmp(fault.text, why, strlen(why)) != 0)
        fail_msg("%s (expected %s)", fault.text, why);
}
static void what_is_no_feed_is_refused_in_a_sentence(void **state)
{
    CLEANUP(text_clear)
    struct text deep = bytes_of("<oval_definitions "
                                "xmlns='http://oval.mitre.org/XMLSchema/oval-definitions-5'>");
    (void)state;
    refuses("<html/>", "f:1: begins with 'html' (expected oval_definitions");
    refuses("<oval_definitions/>", "f:1: begins with 'oval_definitions'");
    refuses("", "f:1: is not well-formed XML");
    refuses("<a", "f:1: is not well-formed XML");
    refuses("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "f:1: has a document type declaration");
    for (int i = 0; i < FEED_XML_DEEPEST + 1; i++)
        text_add_string(&deep, "<a>");
    refuses(deep.bytes, "f:1: elements lie more than 100 deep");
}

/* An answer with two documents, whose prefixes are bound around them. */
static const char answer[] =
    "<?xml version='1.0' encoding='UTF-8'?>\n"
    "<Result xmlns='http://jvndb.jvn.jp/myjvn/Results' xmlns:q='urn:&quot;&amp;&lt;'\n"
    " xmlns:d='http://oval.mitre.org/XMLSchema/oval-definitions-5'>\n"
    "<VendorInfo/><d:oval_definitions xmlns:q='urn:inner'><d:generator q:a='1'>日本語 &amp; <![CDATA[<d>]]>"
    "</d:generator></d:oval_definitions>\n"
    "<Benchmark xmlns='http://checklists.nist.gov/xccdf/1.1' />"
    "<s:Status xmlns:s='http://jvndb.jvn.jp/myjvn/Status' retCd='0'/></Result>";

static void the_documents_in_an_answer_are_feeds_of_their_own(void **state)
{
    CLEANUP(feeds_clear) struct feeds feeds = {0};
    struct text bytes = bytes_of(answer);
    struct feed_origin origin = {"f", 100, 90, false};
    (void)state;
    if (!feed_add(&feeds, &origin, &bytes, &fault))
        fail_msg("%s", fault.text);
    assert_int_equal(feeds.count, 2);
    assert_int_equal(feeds.items[0].kind, FEED_OVAL);
    assert_string_equal(
        feeds.items[0].bytes.bytes,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<d:oval_definitions xmlns=\"http://jvndb.jvn.jp/myjvn/Results\" "
        "xmlns:d=\"http://oval.mitre.org/XMLSchema/oval-definitions-5\" xmlns:q='urn:inner'>"
        "<d:generator q:a='1'>日本語 &amp; <![CDATA[<d>]]></d:generator></d:oval_definitions>");
    assert_int_equal(feeds.items[1].kind, FEED_XCCDF);
    assert_int_equal(feeds.items[0].age_days, 10);
    text_clear(&bytes);
}

/* Wherever the runs end that the parser is given, and whatever stands before: the document is cut out whole.
 */
static void a_document_is_cut_out_wherever_it_lies(void **state)
{
    static const char document[] =
        "<oval_definitions xmlns='http://oval.mitre.org/XMLSchema/oval-definitions-5' "
        "note='日本語'><generator>日本語</generator></oval_definitions>";
    (void)state;
    for (size_t padding = 65536 - 400; padding < 65536 + 10; padding++) {
        CLEANUP(feeds_clear) struct feeds feeds = {0};
        struct text bytes = bytes_of(padding % 2 == 0 ? "\xef\xbb\xbf" : "");
        struct feed_origin origin = {"f", 100, 90, false};
        text_add_string(&bytes, "<Result xmlns='http://jvndb.jvn.jp/myjvn/Results'>");
        while (bytes.length < padding)
            text_add_string(&bytes, "\n");
        text_add_string(&bytes, document);
        text_add_string(&bytes, "</Result>");
        if (!feed_add(&feeds, &origin, &bytes, &fault))
            fail_msg("%zu: %s", padding, fault.text);
        assert_int_equal(feeds.count, 1);
        assert_string_equal(strchr(feeds.items[0].bytes.bytes, '\n') + 1, document);
        text_clear(&bytes);
    }
}

static void an_answer_without_a_document_is_nothing_to_judge_by(void **state)
{
    CLEANUP(feeds_clear) struct feeds feeds = {0};
    struct text bytes = bytes_of("<Result xmlns='http://jvndb.jvn.jp/myjvn/Results'><VendorInfo/></Result>");
    struct feed_origin origin = {"f", 100, 90, false};
    (void)state;
    assert_false(feed_add(&feeds, &origin, &bytes, &fault));
    assert_int_equal(feeds.count, 0);
    text_clear(&bytes);
}

static int32_t age(int32_t day, const char *date, bool answered)
{
    char xml[400];
    CLEANUP(feeds_clear) struct feeds feeds = {0};
    snprintf(xml, sizeof xml,
             "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
             "xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><dc:date>%s</dc:date></channel></rdf:RDF>",
             date);
    struct text bytes = bytes_of(xml);
    struct feed_origin origin = {"f", calendar_day(2026, 11, 23), day, answered};
    assert_true(feed_add(&feeds, &origin, &bytes, &fault));
    text_clear(&bytes);
    return feeds.items[0].age_days;
}
static void a_feed_is_as_old_as_it_says_or_as_its_file(void **state)
{
    int32_t today = calendar_day(2026, 11, 23);
    (void)state;
    assert_int_equal(age(today, "2026-11-20", false), 3);
    assert_int_equal(age(today - 2, "", false), 2);
    assert_int_equal(age(today - 2, "2011-02-30", false), 2);
    assert_int_equal(age(today - 2, "2011-11-08", true), 2);
    assert_int_equal(age(today, "2026-11-24", false), 0); /* where it is tomorrow already */
    assert_int_equal(age(today, "2026-11-25", false), FINDING_NO_AGE);
    assert_true(feed_old(FINDING_NO_AGE) && feed_old(31) && !feed_old(30));
}

static void values_are_encoded_for_an_address(void **state)
{
    CLEANUP(text_clear) struct text out;
    text_init(&out, 1000);
    (void)state;
    myjvn_encode(&out, "cpe:/o:microsoft:windows*&a=b 一");
    assert_string_equal(out.bytes, "cpe%3A%2Fo%3Amicrosoft%3Awindows%2A%26a%3Db%20%E4%B8%80");
}

static void an_address_is_told_from_a_file(void **state)
{
    (void)state;
    assert_true(fetch_is_address("http://127.0.0.1/") && fetch_is_address("HTTPS://example.jp/x"));
    assert_false(fetch_is_address("feeds/http") || fetch_is_address("ftp://example.jp/") ||
                 fetch_is_address("file:///etc/passwd") || fetch_is_address(""));
}

static void a_request_goes_only_where_it_may(void **state)
{
    (void)state;
    assert_true(fetch_address_allow("http://127.0.0.1:80/x?y=z", false, &fault));
    assert_true(fetch_address_allow("https://example.jp/", true, &fault));
    assert_false(fetch_address_allow("http://example.jp/", true, &fault));
    assert_string_equal(fault.text, "leads from https to http (expected https to stay https)");
    assert_false(fetch_address_allow("ftp://example.jp/", false, &fault));
    assert_false(fetch_address_allow("file:///etc/passwd", false, &fault));
    assert_false(fetch_address_allow("https://me@example.jp/", false, &fault));
    assert_false(fetch_address_allow("https://", false, &fault));
    assert_false(fetch_address_allow("", false, &fault));
    assert_false(fetch_address_allow("https://example.jp/\r\nX: y", false, &fault));
}

static void details_are_read_with_all_that_they_say_of_versions(void **state)
{
    static const char xml[] =
        "<VULDEF-Document xmlns='http://jvn.jp/vuldef/'><Vulinfo><VulinfoID>JVNDB-2011-000001</VulinfoID>"
        "<VulinfoData><Title> A\u202etitle </Title><Affected>"
        "<AffectedItem affectedstatus='vulnerable'><Name>ア</Name><ProductName>P</ProductName>"
        "<Cpe version='2.2'>cpe:/a:v:p</Cpe><VersionNumber> 1.0 未満 </VersionNumber><VersionNumber/>"
        "<VersionNumber><RangeBegin operator='ge'>2.0</RangeBegin><RangeEnd operator='lt'>2.5</RangeEnd>"
        "</VersionNumber><Description>only a note</Description></AffectedItem>"
        "<AffectedItem affectedstatus='notvulnerable'><ProductName>Q</ProductName></AffectedItem>"
        "<AffectedItem><ProductName>R</ProductName><Description>3.0 以前</Description></AffectedItem>"
        "</Affected></VulinfoData></Vulinfo><Vulinfo><VulinfoData/></Vulinfo></VULDEF-Document>";
    CLEANUP(text_clear) struct text bytes = bytes_of(xml);
    CLEANUP(advisories_clear) struct advisories all;
    struct feed feed = {FEED_VULDEF, "f", bytes, 0};
    (void)state;
    advisories_init(&all);
    if (!vuldef_read(&feed, &all, &fault))
        fail_msg("%s", fault.text);
    assert_int_equal(all.count, 1);
    assert_string_equal(all.items[0].title, "A?title");
    const struct affected *first = all.items[0].affected;
    assert_int_equal(first->sentence_count, 2);
    assert_string_equal(first->sentences[0], "1.0 未満");
    assert_string_equal(first->sentences[1], "2.0 以上 2.5 未満");
    assert_int_equal(first->next->status, AFFECTED_NO);
    assert_string_equal(first->next->next->sentences[0], "3.0 以前");
    assert_null(first->next->next->next);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_folded_to_one_way_of_writing),
        cmocka_unit_test(a_cpe_name_is_taken_apart),
        cmocka_unit_test(a_product_is_known_by_its_whole_name),
        cmocka_unit_test(a_name_that_only_holds_another_is_another_product),
        cmocka_unit_test(java_is_known_by_its_own_numbers),
        cmocka_unit_test(a_flatpak_is_known_by_its_turned_domain),
        cmocka_unit_test(pages_are_read_until_all_are_there),
        cmocka_unit_test(figures_that_cannot_be_true_are_noticed),
        cmocka_unit_test(a_status_that_tells_an_error_is_a_fault),
        cmocka_unit_test(a_feed_is_known_by_its_root_and_dated_by_its_own_word),
        cmocka_unit_test(what_is_no_feed_is_refused_in_a_sentence),
        cmocka_unit_test(the_documents_in_an_answer_are_feeds_of_their_own),
        cmocka_unit_test(a_document_is_cut_out_wherever_it_lies),
        cmocka_unit_test(an_answer_without_a_document_is_nothing_to_judge_by),
        cmocka_unit_test(a_feed_is_as_old_as_it_says_or_as_its_file),
        cmocka_unit_test(values_are_encoded_for_an_address),
        cmocka_unit_test(an_address_is_told_from_a_file),
        cmocka_unit_test(a_request_goes_only_where_it_may),
        cmocka_unit_test(details_are_read_with_all_that_they_say_of_versions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
