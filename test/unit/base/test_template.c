#include "base/script.h"
#include "base/template.h"

#include "unit.h"

/* What mustache.js says, in the embedded engine. */
static struct script *script;

static int open_script(void **state)
{
    (void)state;
    struct fault fault;
    static const char *const names[] = {"vendor/mustache.min.js", "scripts/render.js", NULL};
    script = script_open(names, &fault);
    return script == NULL;
}

static int close_script(void **state)
{
    (void)state;
    script_free(script);
    return 0;
}

/* The partial "item" of every test. */
static const char item_source[] = "<li>{{name}}{{#deep}}{{> item}}{{/deep}}</li>\n";
static struct template item;

static const struct template *find(const void *among, const char *name)
{
    (void)among;
    return strcmp(name, "item") == 0 ? &item : NULL;
}

static void ours(const char *source, const json_t *model, struct text *out)
{
    struct fault fault;
    CLEANUP(template_clear) struct template template;
    if (!template_parse(&item, item_source, &fault) || !template_link(&item, find, NULL, &fault) ||
        !template_parse(&template, source, &fault) || !template_link(&template, find, NULL, &fault) ||
        !template_render(&template, model, out, &fault))
        fail_msg("%s: %s", source, fault.text);
    template_clear(&item);
}

static void theirs(const char *source, json_t *model, struct text *out)
{
    struct fault fault;
    if (!script_call(script, "render",
                     json_pack("{s:s, s:O, s:{s:s}}", "template", source, "view", model, "partials", "item",
                               item_source),
                     out, &fault))
        fail_msg("%s: %s", source, fault.text);
}

static void it_says_what_mustache_says(void **state)
{
    (void)state;
    static const char *const sources[] = {
        "",
        "plain\n",
        "{{name}}",
        "{{ name }}",
        "{{missing}}|{{a.b.c}}|{{a.x}}|{{x.b}}",
        "{{a.b.c}}",
        "{{#list}}{{.}},{{/list}}",
        "{{#things}}{{name}}{{^last}}, {{/last}}{{/things}}",
        "{{#things}}{{name}}-{{outer}} {{/things}}",
        "{{^list}}none{{/list}}{{^nothing}}none{{/nothing}}",
        "{{#yes}}yes{{/yes}}{{^yes}}no{{/yes}}{{#no}}yes{{/no}}{{^no}}no{{/no}}",
        "{{#empty}}x{{/empty}}{{^empty}}empty{{/empty}}{{#null}}x{{/null}}{{^null}}null{{/null}}",
        "{{#none}}x{{/none}}{{^none}}none{{/none}}",
        "{{#name}}[{{.}}]{{/name}}",
        "{{#number}}{{.}}{{/number}}{{#zero}}x{{/zero}}",
        "{{zero}} {{number}}",
        "{{#a}}{{#b}}{{c}}{{name}}{{/b}}{{/a}}",
        "{{#a.b}}{{c}}{{/a.b}}",
        "{{#things}}{{#things}}{{name}}{{/things}}{{/things}}",
        "{{! a comment }}x{{!}}",
        "<ul>\n{{#things}}\n<li>{{name}}</li>\n{{/things}}\n</ul>\n",
        "  {{#yes}}  \n  x\n  {{/yes}}\ny",
        "{{#yes}} {{#no}} {{/no}} {{/yes}}\nx\n",
        "a {{#yes}}\nb\n{{/yes}} c\n",
        "{{#things}}{{> item}}{{/things}}",
        "<ul>\n{{#things}}\n{{> item}}\n{{/things}}\n</ul>",
        "{{hostile}}",
        "{{#hostile}}{{.}}{{/hostile}}",
        "{{}} }} {",
        "{{#yes}}\n\n{{/yes}}\n",
        "{{name}}\n{{name}}\n\n{{name}}",
        "{{japanese}} は {{name}} です。\n",
    };
    json_error_t error;
    json_t *model =
        json_loads("{\"name\": \"Hanako\", \"a\": {\"b\": {\"c\": \"deep\"}}, \"list\": [\"x\", \"y\"], "
                   "\"outer\": \"out\","
                   " \"things\": [{\"name\": \"one\", \"last\": false}, {\"name\": \"two\", \"last\": true, "
                   "\"deep\": {\"name\": \"in\","
                   " \"deep\": false}}], \"nothing\": [], \"yes\": true, \"no\": false, \"empty\": \"\", "
                   "\"null\": null, \"number\": 42,"
                   " \"zero\": 0, \"hostile\": \"<b>\\\"&' {{name}} {{#yes}}\", \"japanese\": \"日本語😀\"}",
                   0, &error);
    assert_non_null(model);
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++) {
        if (strstr(sources[i], "{{}}") != NULL) /* not a name: ours refuses it */
            continue;
        CLEANUP(text_clear) struct text mine, other;
        text_init(&mine, 10000);
        text_init(&other, 10000);
        text_add_string(&mine, "");
        ours(sources[i], model, &mine);
        theirs(sources[i], model, &other);
        const char *said = mine.length > 0 ? mine.bytes : "", *wanted = other.length > 0 ? other.bytes : "";
        if (strcmp(said, wanted) != 0)
            fail_msg("'%s' gives '%s' (expected '%s')", sources[i], said, wanted);
    }
    json_decref(model);
}

static void what_is_not_well_formed_is_refused(void **state)
{
    (void)state;
    static const char *const sources[] = {
        "{{#a}}", "{{/a}}",  "{{#a}}{{/b}}", "{{#a}}{{#b}}{{/a}}{{/b}}", "{{a",           "{{}}", "{{a b}}",
        "{{&a}}", "{{{a}}}", "{{=<% %>=}}",  "{{#a}}{{/a.b}}",           "{{#a.b}}{{/a}}"};
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++) {
        struct fault fault;
        CLEANUP(template_clear) struct template template;
        if (template_parse(&template, sources[i], &fault))
            fail_msg("'%s' is taken", sources[i]);
    }
}

static void a_partial_that_is_not_there_is_found_out_at_once(void **state)
{
    (void)state;
    struct fault fault;
    CLEANUP(template_clear) struct template template;
    assert_true(template_parse(&template, "{{> missing}}", &fault));
    assert_false(template_link(&template, find, NULL, &fault));
}

static void templates_that_hold_each_other_come_to_an_end(void **state)
{
    (void)state;
    struct fault fault;
    CLEANUP(text_clear) struct text out;
    text_init(&out, 10000);
    json_t *model = json_object();
    assert_true(template_parse(&item, "{{> item}}", &fault));
    assert_true(template_link(&item, find, NULL, &fault));
    assert_false(template_render(&item, model, &out, &fault));
    template_clear(&item);
    json_decref(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_says_what_mustache_says),
        cmocka_unit_test(what_is_not_well_formed_is_refused),
        cmocka_unit_test(a_partial_that_is_not_there_is_found_out_at_once),
        cmocka_unit_test(templates_that_hold_each_other_come_to_an_end),
    };
    return cmocka_run_group_tests_name("template", tests, open_script, close_script);
}
