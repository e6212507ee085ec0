#include "base/cleanup.h"
#include "base/file.h"
#include "bulletin/editor.h"

#include "unit.h"

static char folder[] = "/tmp/mimamori-editor-XXXXXX";
static struct ledger ledger;

static int make_folder(void **state)
{
    (void)state;
    struct fault fault;
    char path[256];
    if (mkdtemp(folder) == NULL)
        return 1;
    ledger.path = folder;
    snprintf(ledger.settings.language, sizeof ledger.settings.language, "ja");
    snprintf(path, sizeof path, "%s/editor/2011-11", folder);
    return !file_make_folder(path, &fault);
}

static int remove_folder(void **state)
{
    (void)state;
    struct fault fault;
    return !file_remove_tree(folder, &fault);
}

static void put(const char *name, const char *bytes, size_t length)
{
    struct fault fault;
    char path[256];
    snprintf(path, sizeof path, "%s/editor/2011-11/%s", folder, name);
    assert_true(file_write(path, bytes, length, &fault));
}

enum { NOVEMBER = 2011 * 12 + 10 };

static void a_month_without_an_editor_is_well(void **state)
{
    (void)state;
    struct fault fault;
    CLEANUP(editor_clear) struct editor editor;
    assert_true(editor_read(&editor, &ledger, NOVEMBER + 1, "ja", &fault));
    assert_null(editor.parts[EDITOR_CALL]);
    assert_null(editor.causes);
    assert_null(editor.title);
    assert_false(editor.published_known);
}

static void each_language_has_its_own_words(void **state)
{
    (void)state;
    struct fault fault;
    put("call.md", "\xef\xbb\xbf呼びかけ", 15);
    put("call.en.md", "A call", 6);
    put("questions.md", "問い", 6);
    static const char conf[] = "number = 第1号\nnumber-en = No. 1\npublished = 2011-12-05\ntitle = 題\n";
    put("issue.conf", conf, sizeof conf - 1);
    CLEANUP(editor_clear) struct editor ja;
    CLEANUP(editor_clear) struct editor en;
    assert_true(editor_read(&ja, &ledger, NOVEMBER, "ja", &fault));
    assert_true(editor_read(&en, &ledger, NOVEMBER, "en", &fault));
    assert_string_equal(ja.parts[EDITOR_CALL], "呼びかけ");
    assert_string_equal(en.parts[EDITOR_CALL], "A call");
    assert_string_equal(ja.parts[EDITOR_QUESTIONS], "問い");
    assert_null(en.parts[EDITOR_QUESTIONS]);
    assert_string_equal(ja.number, "第1号");
    assert_string_equal(en.number, "No. 1");
    assert_string_equal(ja.title, "題");
    assert_null(en.title); /* a Japanese title on an English page would be worse than the standing one */
    assert_int_equal(ja.published, calendar_day(2011, 12, 5));
}

static void refuses(const char *name, const char *bytes, size_t length, const char *sentence)
{
    struct fault fault;
    struct editor editor;
    char path[256];
    put(name, bytes, length);
    assert_false(editor_read(&editor, &ledger, NOVEMBER, "ja", &fault));
    if (strstr(fault.text, sentence) == NULL)
        fail_msg("%s", fault.text);
    snprintf(path, sizeof path, "%s/editor/2011-11/%s", folder, name);
    assert_int_equal(unlink(path), 0);
}

static void what_cannot_be_read_is_refused_by_name(void **state)
{
    (void)state;
    refuses("virus.md", "\xff\xfe", 2, "virus.md: not UTF-8 text");
    refuses("cases.md", "a\0b", 3, "cases.md: not UTF-8 text");
    refuses("issue.conf", "published = 2011-02-30\n", 23, "issue.conf:1: ");
    refuses("issue.conf", "colour = red\n", 13, "issue.conf:1: ");
    char *much = calloc(1, 300 << 10);
    memset(much, 'a', 300 << 10);
    refuses("access.md", much, 300 << 10, "access.md");
    free(much);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_month_without_an_editor_is_well),
        cmocka_unit_test(each_language_has_its_own_words),
        cmocka_unit_test(what_cannot_be_read_is_refused_by_name),
    };
    return cmocka_run_group_tests_name("editor", tests, make_folder, remove_folder);
}
