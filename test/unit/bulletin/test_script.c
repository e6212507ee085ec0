#include "bulletin/scripts.h"

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

static void becomes(const char *words, const char *html)
{
    struct fault fault;
    CLEANUP(text_clear) struct text out;
    text_init(&out, SCRIPT_OUT_MOST);
    assert_true(
        script_call(script, "markdown", json_pack("{s:s, s:i}", "text", words, "top", 4), &out, &fault));
    assert_string_equal(out.bytes, html);
}

static void emphasis_works_beside_japanese_punctuation(void **state)
{
    (void)state;
    becomes("**重要。**次", "<p><strong>重要。</strong>次</p>\n");
    becomes("前**「語」**後", "<p>前<strong>「語」</strong>後</p>\n");
    becomes("これは**（注）**です", "<p>これは<strong>（注）</strong>です</p>\n");
    becomes("**a**b *c* 2 * 3 * 4", "<p><strong>a</strong>b <em>c</em> 2 * 3 * 4</p>\n");
    becomes("snake_case_name", "<p>snake_case_name</p>\n");
}

static void html_is_shown_as_text(void **state)
{
    (void)state;
    becomes("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n");
    becomes("a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n");
}

static void links_lead_to_the_web_to_mail_or_into_the_page(void **state)
{
    (void)state;
    becomes("[a](https://example.jp/)", "<p><a href=\"https://example.jp/\">a</a></p>\n");
    becomes("[a](mailto:desk@example.jp)", "<p><a href=\"mailto:desk@example.jp\">a</a></p>\n");
    becomes("[a](#access)", "<p><a href=\"#access\">a</a></p>\n");
    becomes("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>\n");
    becomes("[a](JaVaScRiPt:alert(1))", "<p>[a](JaVaScRiPt:alert(1))</p>\n");
    becomes("[a](&#106;avascript:alert(1))", "<p>[a](javascript:alert(1))</p>\n");
    becomes("[a](data:text/html,x)", "<p>[a](data:text/html,x)</p>\n");
    becomes("[a](//example.jp/)", "<p>[a](//example.jp/)</p>\n");
    becomes("<vbscript:x>", "<p>&lt;vbscript:x&gt;</p>\n");
}

static void images_are_not_loaded(void **state)
{
    (void)state;
    becomes("![a map](https://example.jp/x.png)", "<p>a map</p>\n");
    becomes("![<b>](/etc/passwd)", "<p>![&lt;b&gt;](/etc/passwd)</p>\n");
    becomes("![<b>](https://example.jp/x.png)", "<p>&lt;b&gt;</p>\n");
}

static void a_table_is_aligned_without_a_style_attribute(void **state)
{
    (void)state;
    becomes("| a |\n|--:|\n| 1 |\n",
            "<table>\n<thead>\n<tr>\n<th class=\"to-right\">a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n"
            "<td class=\"to-right\">1</td>\n</tr>\n</tbody>\n</table>\n");
}

static void headings_go_on_one_level_at_a_time(void **state)
{
    (void)state;
    becomes("# a\n\n### b\n", "<h4>a</h4>\n<h5>b</h5>\n");
    becomes("###### a\n\n## b\n", "<h5>a</h5>\n<h4>b</h4>\n");
}

static void characters_beyond_sixteen_bits_come_back_as_utf8(void **state)
{
    (void)state;
    becomes("𠮷野家 😀 &#128512;", "<p>𠮷野家 😀 😀</p>\n");
    becomes("half &#xD83D; a pair", "<p>half \xef\xbf\xbd a pair</p>\n");
}

static void a_figure_is_named_and_its_words_are_escaped(void **state)
{
    (void)state;
    struct fault fault;
    CLEANUP(text_clear) struct text svg, again;
    text_init(&svg, SCRIPT_OUT_MOST);
    text_init(&again, SCRIPT_OUT_MOST);
    json_t *given = json_pack(
        "{s:s, s:s, s:s, s:b, s:{s:s, s:s, s:[s, s], s:n, s:[{s:s, s:b, s:[i, i]}, {s:s, s:b, s:[i, i]}]}}",
        "id", "figure-9", "title", "<script>alert(1)</script>", "description", "a & b", "narrow", 0, "option",
        "kind", "stacked-months", "unit", "", "categories", "<i>", "Nov", "marks", "series", "name",
        "<script>x", "rest", 0, "data", 1, 2, "name", "\"'=cmd()", "rest", 1, "data", 3, 4);
    assert_non_null(given);
    json_incref(given);
    assert_true(script_call(script, "draw", given, &svg, &fault));
    assert_true(script_call(script, "draw", given, &again, &fault));
    assert_null(strstr(svg.bytes, "<script"));
    assert_null(strstr(svg.bytes, "<i>"));
    assert_null(strstr(svg.bytes, "style="));
    assert_null(strstr(svg.bytes, "<style"));
    assert_non_null(strstr(svg.bytes, "role=\"img\" aria-labelledby=\"figure-9-title figure-9-desc\""));
    assert_non_null(
        strstr(svg.bytes, "<title id=\"figure-9-title\">&lt;script&gt;alert(1)&lt;/script&gt;</title>"));
    assert_non_null(strstr(svg.bytes, "<desc id=\"figure-9-desc\">a &amp; b</desc>"));
    assert_non_null(strstr(svg.bytes, "&lt;script&gt;x</text>"));
    assert_string_equal(svg.bytes, again.bytes);
}

static void a_script_that_fails_is_a_fault(void **state)
{
    (void)state;
    struct fault fault;
    CLEANUP(text_clear) struct text out;
    text_init(&out, SCRIPT_OUT_MOST);
    assert_false(script_call(script, "draw", json_object(), &out, &fault));
    assert_non_null(strstr(fault.text, "script 'draw' failed: TypeError"));
    assert_false(script_call(script, "no_such_function", json_object(), &out, &fault));
    assert_int_equal(out.length, 0);
    becomes("still well", "<p>still well</p>\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(emphasis_works_beside_japanese_punctuation),
        cmocka_unit_test(html_is_shown_as_text),
        cmocka_unit_test(links_lead_to_the_web_to_mail_or_into_the_page),
        cmocka_unit_test(images_are_not_loaded),
        cmocka_unit_test(a_table_is_aligned_without_a_style_attribute),
        cmocka_unit_test(headings_go_on_one_level_at_a_time),
        cmocka_unit_test(characters_beyond_sixteen_bits_come_back_as_utf8),
        cmocka_unit_test(a_figure_is_named_and_its_words_are_escaped),
        cmocka_unit_test(a_script_that_fails_is_a_fault),
    };
    return cmocka_run_group_tests_name("script", tests, open_script, close_script);
}
