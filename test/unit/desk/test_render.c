#include "base/parts.h"
#include "base/shelf.h"
#include "desk/render.h"

#include "unit.h"
#include <regex.h>

static struct render *render;

static int open_render(void **state)
{
    (void)state;
    struct fault fault;
    render = render_new(&fault);
    if (render == NULL)
        fail_msg("%s", fault.text);
    return 0;
}

static int close_render(void **state)
{
    (void)state;
    render_free(render);
    return 0;
}

static void expect(const char *template, const char *language, const char *wanted)
{
    struct fault fault;
    CLEANUP(text_clear) struct text out;
    text_init(&out, 10000);
    assert_true(shelf_translate(template, language, &out, &fault));
    assert_string_equal(out.bytes, wanted);
}

static void a_message_is_said_in_the_page_s_language(void **state)
{
    (void)state;
    expect("<p>[[From]]</p>[[From]]!", "en", "<p>From</p>From!");
    expect("<p>[[From]]</p>[[From]]!", "ja", "<p>原因・経過</p>原因・経過!");
    expect("[[ Causes\n    and  damage ]]", "ja", "原因と被害");
    expect("[[no catalogue holds this: a < b & \"c\"]]", "en",
           "no catalogue holds this: a &lt; b &amp; &quot;c&quot;");
    expect("[[holds {{a.value}}]]", "ja", "holds {{a.value}}");
}

static void a_template_that_would_not_escape_is_none(void **state)
{
    (void)state;
    struct fault fault;
    CLEANUP(text_clear) struct text out;
    text_init(&out, 10000);
    assert_false(shelf_translate("{{{html}}}", "en", &out, &fault));
    assert_false(shelf_translate("{{&html}}", "en", &out, &fault));
    assert_false(shelf_translate("[[no end", "en", &out, &fault));
}

/* "refused" in its frame. */
static void show(const char *refused, struct text *out)
{
    struct fault fault;
    json_t *frame = json_pack("{s:s, s:s, s:[], s:[], s:b, s:s, s:s, s:s, s:b, s:b}", "title", "t", "desk",
                              "d", "contact", "ways", "staff", 0, "other_language", "en", "other_name",
                              "English", "other_address", "/en/", "who", 0, "message", 0);
    json_t *model = json_pack("{s:s, s:s, s:o}", "language", "ja", "refused", refused, "frame", frame);
    text_empty(out);
    if (!render_page(render, "ja", "refused", model, out, &fault))
        fail_msg("%s", fault.text);
}

static void every_value_is_escaped(void **state)
{
    (void)state;
    CLEANUP(text_clear) struct text out;
    text_init(&out, 1 << 20);
    show("<script>alert(1)</script>\"' & {{title}} {{> frame}} [[From]]", &out);
    assert_non_null(
        strstr(out.bytes,
               "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39; &amp; {{title}} {{&gt; frame}} [[From]]"));
    show("a\xe2\x80\xae"
         "b\x01"
         "c\xc2\x85"
         "d\xe2\x80\xa8"
         "e",
         &out);
    assert_non_null(strstr(out.bytes, "a[U+202E]b[U+0001]c[U+0085]d[U+2028]e"));
    show("花子 😀 𠮟る\n二行目", &out);
    assert_non_null(strstr(out.bytes, "花子 😀 𠮟る\n二行目"));
}

static void a_template_that_is_not_there_is_a_fault(void **state)
{
    (void)state;
    struct fault fault;
    CLEANUP(text_clear) struct text out;
    text_init(&out, 1 << 20);
    assert_false(render_page(render, "ja", "no_such_template", json_object(), &out, &fault));
    assert_false(render_page(render, "fr", "refused", json_object(), &out, &fault));
}

/* The strict policy of every page (desk/headers.c) would stop it; better that it is never written. */
static void no_template_has_scripts_or_styles_of_its_own(void **state)
{
    (void)state;
    struct fault fault;
    static const char pattern[] =
        "[ \"']style=|<style|<script[^>]*>[^<]|[ \"']on[a-z]+=|javascript:|(src|href|action)=\"(https?:|//)";
    regex_t strange;
    assert_int_equal(regcomp(&strange, pattern, REG_EXTENDED | REG_NOSUB | REG_ICASE), 0);
    assert_int_equal(regexec(&strange, "<p style=\"x\">", 0, NULL, 0), 0);
    assert_int_equal(regexec(&strange, "<a onclick=\"x\">", 0, NULL, 0), 0);
    assert_int_equal(regexec(&strange, "<script>x</script>", 0, NULL, 0), 0);
    json_t *templates = parts_folder("templates/desk", ".mustache", &fault), *template;
    assert_non_null(templates);
    assert_true(json_object_size(templates) > 10);
    const char *name;
    json_object_foreach(templates, name, template) if (regexec(&strange, json_string_value(template), 0, NULL,
                                                               0) == 0) fail_msg("template '%s'", name);
    json_decref(templates);
    regfree(&strange);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_is_said_in_the_page_s_language),
        cmocka_unit_test(a_template_that_would_not_escape_is_none),
        cmocka_unit_test(every_value_is_escaped),
        cmocka_unit_test(a_template_that_is_not_there_is_a_fault),
        cmocka_unit_test(no_template_has_scripts_or_styles_of_its_own),
    };
    return cmocka_run_group_tests_name("render", tests, open_render, close_render);
}
