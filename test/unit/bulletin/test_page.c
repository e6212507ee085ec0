#include "bulletin/html.h"
#include "bulletin/page.h"
#include "bulletin/scripts.h"
#include "month.h"

#include "unit.h"

static struct script *script;

static int open_script(void **state)
{
    (void)state;
    struct fault fault;
    script = scripts_open(&fault);
    return script == NULL;
}

static int close_script(void **state)
{
    (void)state;
    script_free(script);
    return 0;
}

static void render(struct month *month, enum html_for what, struct text *html)
{
    struct fault fault;
    text_init(html, SCRIPT_OUT_MOST);
    json_t *tree = page_gather(&month->issue, script, &fault);
    assert_non_null(tree);
    assert_true(html_render(tree, script, what, html, &fault));
    json_decref(tree);
}

static const char *after(const char *from, const char *words)
{
    const char *found = from == NULL ? NULL : strstr(from, words);
    if (found == NULL)
        fail_msg("'%s' does not follow", words);
    return found;
}

static void the_sections_stand_in_their_order(void **state)
{
    (void)state;
    OWNED(month_free) struct month *month = month_new("ja");
    CLEANUP(text_clear) struct text html;
    month->settings.desk_contact = "電話 03-0000-0000\nmail@example.jp";
    month->settings.desk_name = "見守り窓口";
    render(month, HTML_PAPER, &html);
    const char *at = after(html.bytes, "<html lang=\"ja\">");
    at = after(at, "2011年11月");
    at = after(at, "id=\"call\"");
    at = after(at, "今月の呼びかけはありません。");
    at = after(at, "id=\"viruses\"");
    at = after(at, "図2-1");
    at = after(at, "図2-2");
    at = after(at, "図2-3");
    at = after(at, "id=\"access\"");
    at = after(at, "届出(a)");
    at = after(at, "合計(a+d)");
    at = after(at, "id=\"consultations\"");
    at = after(at, "図4-1");
    at = after(at, "id=\"observation\"");
    at = after(at, "図5-1");
    at = after(at, "図5-2");
    at = after(at, "図5-3");
    at = after(at, "延べ発信元数：");
    at = after(at, "見守り窓口");
    after(at, "mail@example.jp");
}

static void the_same_month_gives_the_same_bytes(void **state)
{
    (void)state;
    OWNED(month_free) struct month *month = month_new("en");
    CLEANUP(text_clear) struct text first, second;
    render(month, HTML_SCREEN, &first);
    render(month, HTML_SCREEN, &second);
    assert_int_equal(first.length, second.length);
    assert_memory_equal(first.bytes, second.bytes, first.length);
}

static void hostile_names_stay_words(void **state)
{
    (void)state;
    OWNED(month_free) struct month *month = month_new("ja");
    CLEANUP(text_clear) struct text html;
    month->figures.virus.by_name.items[0].name = "</script><script>alert(1)</script>";
    month->figures.program.by_name.items[0].name = "{{{title}}}<img src=x onerror=y>";
    month->figures.consultations.topics.items[1].name = "\"><b>";
    month->settings.desk_name = "<i>desk</i>";
    render(month, HTML_SCREEN, &html);
    assert_null(strstr(html.bytes, "<script>alert"));
    assert_null(strstr(html.bytes, "<img src=x"));
    assert_null(strstr(html.bytes, "\"><b>"));
    assert_null(strstr(html.bytes, "<i>desk"));
    assert_non_null(strstr(html.bytes, "{{{title}}}&lt;img src"));
}

static void a_month_of_nothing_is_still_a_page(void **state)
{
    (void)state;
    OWNED(month_free) struct month *month = month_new("ja");
    CLEANUP(text_clear) struct text html;
    struct figures *f = &month->figures;
    memset(&f->virus, 0, sizeof f->virus);
    memset(&f->program, 0, sizeof f->program);
    memset(&f->access, 0, sizeof f->access);
    memset(&f->consultations, 0, sizeof f->consultations);
    memset(&f->observation, 0, sizeof f->observation);
    render(month, HTML_PAPER, &html);
    after(html.bytes, "11月はウイルスの届出がありませんでした。");
    after(html.bytes, "被害のあった届出はありませんでした。");
    after(html.bytes, "2011年11月に観測した観測点はありません。");
    assert_null(strstr(html.bytes, "NaN"));
    assert_null(strstr(html.bytes, "Infinity"));
}

static void the_policy_names_what_is_inside_and_nothing_else(void **state)
{
    (void)state;
    OWNED(month_free) struct month *month = month_new("en");
    CLEANUP(text_clear) struct text html;
    render(month, HTML_SCREEN, &html);
    const char *at =
        after(html.bytes, "Content-Security-Policy\" content=\"default-src &#39;none&#39;; img-src data:; ");
    at = after(at, "style-src &#39;sha256-");
    at = after(at, "script-src &#39;sha256-");
    after(at, "base-uri &#39;none&#39;; form-action &#39;none&#39;");
    assert_null(strstr(html.bytes, "unsafe-"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sections_stand_in_their_order),
        cmocka_unit_test(the_same_month_gives_the_same_bytes),
        cmocka_unit_test(hostile_names_stay_words),
        cmocka_unit_test(a_month_of_nothing_is_still_a_page),
        cmocka_unit_test(the_policy_names_what_is_inside_and_nothing_else),
    };
    return cmocka_run_group_tests_name("page", tests, open_script, close_script);
}
