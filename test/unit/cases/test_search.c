#include "office.h"
#include "base/file.h"
#include "base/memory.h"
#include "cases/change.h"
#include "cases/fold.h"
#include "cases/search.h"
#include <dirent.h>

static const struct case_filter all = {.kind = -1, .state = -1, .assigned = -1, .most = 50};

static void index_all(struct office *office, unsigned most)
{
    struct fault fault;
    uint64_t left = 1;
    while (left > 0)
        OFFICE_OK(search_index(office->ledger, &office->desk, most, &left, &fault));
}

/* "3 1 " for the cases found, in their order. */
static void expect_of(struct office *office, const struct seal_pair *desk, struct case_filter filter,
                      const char *words, const char *expected)
{
    struct fault fault;
    CLEANUP(case_list_clear) struct case_list list = {0};
    CLEANUP(text_clear) struct text found;
    text_init(&found, 1 << 16);
    OFFICE_OK(search_find(office->ledger, desk, words, &filter, &list, &fault));
    for (size_t i = 0; i < list.count; i++)
        text_addf(&found, "%lld ", (long long)list.files[i].id);
    assert_string_equal(found.bytes, expected);
}

static void expect(struct office *office, const char *words, const char *expected)
{
    expect_of(office, &office->desk, all, words, expected);
}

static int64_t tell(struct office *office, enum case_kind kind, const char *text)
{
    return office_take(office, (struct office_case){.kind = kind, .text = text});
}

static void words_of_two_characters_are_found_in_any_width(void **state)
{
    struct office *office = *state;
    tell(office, CASE_CONSULTATION, "ワンクリック請求の相談です。");
    tell(office, CASE_MALWARE, "届出します。W32/Netsky を見つけました");
    tell(office, CASE_CONSULTATION, "ｳｲﾙｽの件で相談。ＮＥＴＳＫＹ");
    for (int indexed = 0; indexed < 2; indexed++) {
        expect(office, "相談", "3 1 ");
        expect(office, "届出", "2 ");
        expect(office, "ウイルス", "3 ");
        expect(office, "netsky", "3 2 ");
        expect(office, "ＮｅｔＳｋｙ　見つ", "2 ");
        expect(office, "相談 netsky", "3 ");
        expect(office, "談相", "");
        expect(office, "相談です netsky", "");
        expect(office, "相", "");
        expect(office, "", "");
        expect(office, "見つ を", "2 ");
        expect(office, "見つ ね", "");
        index_all(office, 2);
    }
}

static void a_word_does_not_run_from_one_field_into_the_next(void **state)
{
    struct office *office = *state;
    struct fault fault;
    enum case_taken taken;
    int64_t id;
    json_t *told = json_pack("{s:s, s:s}", "name", "山田", "text", "太郎です");
    struct case_intake intake = {.language = "ja", .told = told, .at_s = 1320710400};
    OFFICE_OK(records_run(office->ledger->records, "BEGIN IMMEDIATE", &fault));
    OFFICE_OK(casefile_take(office->ledger, &intake, &taken, &id, &fault));
    OFFICE_OK(records_run(office->ledger->records, "COMMIT", &fault));
    json_decref(told);
    index_all(office, 10);
    expect(office, "山田", "1 ");
    expect(office, "田太", "");
    expect(office, "山田太郎", "");
}

static void add(struct office *office, int64_t id, enum case_told what, const char *text)
{
    struct fault fault;
    struct casefile file;
    enum case_found found;
    enum case_taken taken;
    struct seal_key key;
    OFFICE_OK(casefile_read(office->ledger, id, &file, &found, &fault));
    assert_true(casefile_key(&file, &office->desk, &key));
    json_t *fields = json_pack("{s:s}", "text", text);
    const struct case_attachment attachment = {"写真帳.png", "x", 1};
    OFFICE_OK(casefile_add(office->ledger, &file, &key,
                           &(struct case_add){.what = what,
                                              .fields = fields,
                                              .attachments = &attachment,
                                              .attachments_count = what == CASE_NOTE,
                                              .at_s = 1320710400},
                           &taken, &fault));
    json_decref(fields);
}

static void what_was_added_answered_and_noted_is_found_with_its_case(void **state)
{
    struct office *office = *state;
    int64_t id = tell(office, CASE_ACCESS, "不正アクセスの痕跡");
    tell(office, CASE_ACCESS, "パスワードを変えました");
    index_all(office, 10);
    add(office, id, CASE_ADDED, "パスワードを変えました");
    for (int indexed = 0; indexed < 2; indexed++) {
        expect(office, "痕跡 パスワード", "1 ");
        expect(office, "変えました", "2 1 ");
        index_all(office, 10);
    }
    add(office, id, CASE_ANSWER, "ご連絡ありがとうございます");
    add(office, id, CASE_NOTE, "要確認");
    for (int indexed = 0; indexed < 2; indexed++) {
        expect(office, "痕跡 連絡 要確", "1 ");
        expect(office, "写真帳", "1 ");
        index_all(office, 10);
    }
}

static void filters_and_pages_narrow_what_is_found(void **state)
{
    struct office *office = *state;
    for (int i = 1; i <= 12; i++)
        tell(office, (enum case_kind)(i % 3), i % 2 ? "奇数の相談" : "偶数の相談");
    index_all(office, 5);
    office_run(office, "UPDATE casefile SET state = 'closed' WHERE id IN (2, 3, 8, 9)");
    struct case_filter filter = all;
    filter.kind = CASE_ACCESS; /* 1, 4, 7, 10 */
    expect_of(office, &office->desk, filter, "相談", "10 7 4 1 ");
    expect_of(office, &office->desk, filter, "奇数", "7 1 ");
    filter = all;
    filter.state = CASE_CLOSED;
    expect_of(office, &office->desk, filter, "偶数", "8 2 ");
    filter.kind = CASE_MALWARE;
    expect_of(office, &office->desk, filter, "相談", "9 3 ");
    filter = all;
    filter.open = 1;
    filter.most = 3;
    expect_of(office, &office->desk, filter, "相談", "12 11 10 ");
    filter.before = 10;
    expect_of(office, &office->desk, filter, "相談", "7 6 5 ");
    filter.before = 5;
    expect_of(office, &office->desk, filter, "相談", "4 1 ");

    struct fault fault;
    CLEANUP(case_list_clear) struct case_list list = {0};
    filter = all;
    filter.most = 12;
    OFFICE_OK(search_find(office->ledger, &office->desk, "相談", &filter, &list, &fault));
    assert_false(list.more);
    case_list_clear(&list);
    filter.most = 11;
    OFFICE_OK(search_find(office->ledger, &office->desk, "相談", &filter, &list, &fault));
    assert_true(list.more);
    assert_int_equal(list.count, 11);
}

static void who_was_erased_is_never_found_and_leaves_the_index(void **state)
{
    struct office *office = *state;
    struct fault fault;
    tell(office, CASE_CONSULTATION, "山田太郎の相談");
    tell(office, CASE_CONSULTATION, "鈴木花子の相談");
    index_all(office, 10);
    int64_t before = office_number(office, "SELECT count(*) FROM search_posting");
    OFFICE_OK(casefile_erase(office->ledger, 1, 1, &fault));
    expect(office, "山田", "");
    expect(office, "相談", "2 ");
    index_all(office, 10);
    expect(office, "鈴木 相談", "2 ");
    /* 山田 田太 太郎 郎の are nobody's any more */
    assert_int_equal(office_number(office, "SELECT count(*) FROM search_posting"), before - 4);
}

static void nothing_is_found_without_the_desks_secret(void **state)
{
    struct office *office = *state;
    tell(office, CASE_CONSULTATION, "相談 netsky");
    struct seal_pair other;
    seal_pair_make(&other);
    expect_of(office, &other, all, "相談", "");
    index_all(office, 10);
    expect_of(office, &other, all, "相談", "");
    expect(office, "相談", "1 ");
}

/* All that a thief of the folder has. */
static void read_folder(const char *path, struct text *bytes)
{
    struct fault fault;
    DIR *folder = opendir(path);
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char file[512];
        if (strncmp(entry->d_name, "desk.sqlite", 11) != 0)
            continue;
        snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
        CLEANUP(text_clear) struct text read;
        text_init(&read, 64 << 20);
        OFFICE_OK(file_read(file, &read, &fault));
        text_add(bytes, read.bytes, read.length);
    }
    closedir(folder);
}

static bool holds(const struct text *bytes, const char *word)
{
    return memmem(bytes->bytes, bytes->length, word, strlen(word)) != NULL;
}

static void the_database_holds_no_word_and_no_pair_of_characters(void **state)
{
    struct office *office = *state;
    static const char *const text = "鈴木花子のパソコンがqzjxvkに感染";
    tell(office, CASE_CONSULTATION, text);
    index_all(office, 10);
    CLEANUP(text_clear) struct text bytes;
    text_init(&bytes, 256 << 20);
    read_folder(office->path, &bytes);
    assert_true(bytes.length > 4096);
    assert_true(holds(&bytes, "consultation")); /* it would be seen */
    for (const char *at = text; at[3] != '\0'; at++)
        if (((unsigned char)at[0] & 0xc0) != 0x80) {
            char pair[8] = "";
            memcpy(pair, at, (unsigned char)*at < 0x80 ? 3 : 6);
            if (text_is_utf8(pair, strlen(pair)))
                assert_false(holds(&bytes, pair));
        }
}

/* --- against the slow way --- */

enum { WORDS = 12, CASES = 400 };
static const char *const vocabulary[WORDS] = {"相談",   "届出", "ウイルス", "感染",   "請求",       "winny",
                                              "メール", "添付", "侵入",     "改ざん", "パスワード", "worm32"};

static void many_batches_merged_and_erased_agree_with_reading_all(void **state)
{
    struct office *office = *state;
    struct fault fault;
    static bool held[CASES + 1][WORDS];
    memset(held, 0, sizeof held);
    for (int64_t id = 1; id <= CASES; id++) {
        char text[512] = "";
        for (int word = 0; word < WORDS; word++)
            if (office_random(office, 3) == 0) {
                held[id][word] = true;
                snprintf(text + strlen(text), sizeof text - strlen(text), "%s。", vocabulary[word]);
            }
        assert_int_equal(tell(office, CASE_CONSULTATION, text), id);
        if (office_random(office, 2) == 0)
            index_all(office, 3);
        if (office_random(office, 20) == 0) {
            int64_t gone = 1 + (int64_t)office_random(office, (uint64_t)id);
            if (office_number(office, "SELECT count(*) FROM casefile WHERE erased_s IS NULL") > 1) {
                struct casefile file;
                enum case_found found;
                OFFICE_OK(casefile_read(office->ledger, gone, &file, &found, &fault));
                if (file.erased_s == 0)
                    OFFICE_OK(casefile_erase(office->ledger, gone, 1, &fault));
                memset(held[gone], 0, sizeof held[gone]);
            }
        }
    }
    assert_in_range(office_number(office, "SELECT count(*) FROM search_batch"), 2, 64);
    struct case_filter filter = all;
    filter.most = CASES;
    for (int one = 0; one < WORDS; one++)
        for (int other = one; other < WORDS; other++) {
            CLEANUP(text_clear) struct text expected;
            char words[64];
            text_init(&expected, 1 << 16);
            for (int64_t id = CASES; id > 0; id--)
                if (held[id][one] && held[id][other])
                    text_addf(&expected, "%lld ", (long long)id);
            snprintf(words, sizeof words, "%s %s", vocabulary[one], vocabulary[other]);
            expect_of(office, &office->desk, filter, words, expected.bytes);
        }
}

static void indexing_that_is_not_committed_leaves_nothing(void **state)
{
    struct office *office = *state;
    struct fault fault;
    uint64_t left;
    tell(office, CASE_CONSULTATION, "相談");
    {
        CLEANUP(change_undo) struct change change = {0};
        OFFICE_OK(change_begin(&change, office->ledger, &fault));
        OFFICE_OK(search_index(office->ledger, &office->desk, 10, &left, &fault));
        assert_int_equal(left, 0);
    }
    assert_int_equal(office_number(office, "SELECT count(*) FROM search_posting"), 0);
    index_all(office, 10);
    int64_t batch = office_number(office, "SELECT max(batch) FROM search_batch");
    index_all(office, 10); /* nothing is new: nothing is written */
    assert_int_equal(office_number(office, "SELECT max(batch) FROM search_batch"), batch);
    expect(office, "相談", "1 ");
}

static int setup(void **state)
{
    static struct office office;
    office_open(&office);
    *state = &office;
    return 0;
}

static int teardown(void **state)
{
    office_close(*state);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(words_of_two_characters_are_found_in_any_width),
        TEST(a_word_does_not_run_from_one_field_into_the_next),
        TEST(what_was_added_answered_and_noted_is_found_with_its_case),
        TEST(filters_and_pages_narrow_what_is_found),
        TEST(who_was_erased_is_never_found_and_leaves_the_index),
        TEST(nothing_is_found_without_the_desks_secret),
        TEST(the_database_holds_no_word_and_no_pair_of_characters),
        TEST(many_batches_merged_and_erased_agree_with_reading_all),
        TEST(indexing_that_is_not_committed_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
