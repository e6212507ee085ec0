#include "bulletin/html.h"
#include "base/parts.h"
#include <sodium.h>
#include <string.h>

enum { PART_MOST = 8 << 20 };

static bool read_parts(struct text *out, const char *const *names, struct fault *fault)
{
    for (; *names != NULL; names++) {
        if (!parts_read(*names, out, fault))
            return false;
        text_add_byte(out, '\n');
    }
    return true;
}

/* 'sha256-...' of the bytes of an element, as a policy names it. */
static void add_hash(struct text *policy, const struct text *bytes)
{
    unsigned char sum[crypto_hash_sha256_BYTES];
    char base64[sodium_base64_ENCODED_LEN(sizeof sum, sodium_base64_VARIANT_ORIGINAL)];
    crypto_hash_sha256(sum, (const unsigned char *)bytes->bytes, bytes->length);
    sodium_bin2base64(base64, sizeof base64, sum, sizeof sum, sodium_base64_VARIANT_ORIGINAL);
    text_addf(policy, "'sha256-%s'", base64);
}

/* What page.js needs of the figures; "<" is written so that no name can end the element it lies in. */
static json_t *live_data(const json_t *tree)
{
    json_t *list = json_array(), *figure;
    size_t i;
    json_array_foreach(json_object_get(tree, "figures"), i,
                       figure) if (json_object_get(figure, "option") != NULL)
        json_array_append_new(list, json_pack("{s:O, s:O, s:O, s:O}", "id", json_object_get(figure, "id"),
                                              "title", json_object_get(figure, "caption"), "description",
                                              json_object_get(figure, "description"), "option",
                                              json_object_get(figure, "option")));
    OWNED_MEMORY char *json = json_dumps(list, JSON_COMPACT);
    json_decref(list);
    CLEANUP(text_clear) struct text safe;
    text_init(&safe, PART_MOST);
    for (const char *at = json; *at != '\0'; at++) {
        if (*at == '<')
            text_add_string(&safe, "\\u003c");
        else
            text_add_byte(&safe, *at);
    }
    return json_stringn(safe.bytes, safe.length);
}

static void set(json_t *view, const char *name, const struct text *text)
{
    json_object_set_new(view, name, json_stringn(text->bytes, text->length));
}

static bool add_screen(json_t *view, struct script *script, struct fault *fault)
{
    static const char *const styles[] = {"vendor/pico.classless.min.css", "style/bulletin.css", NULL};
    static const char *const scripts[] = {"vendor/echarts.common.min.js", "scripts/chart.js",
                                          "scripts/page.js", NULL};
    CLEANUP(text_clear) struct text style, source, policy;
    text_init(&style, PART_MOST);
    text_init(&source, PART_MOST);
    text_init(&policy, 4096);
    if (!read_parts(&style, styles, fault) || !script_call(script, "darken", json_object(), &style, fault) ||
        !read_parts(&source, scripts, fault))
        return false;
    text_add_string(&policy, "default-src 'none'; img-src data:; style-src ");
    add_hash(&policy, &style);
    text_add_string(&policy, "; script-src ");
    add_hash(&policy, &source);
    text_add_string(&policy, "; base-uri 'none'; form-action 'none'");
    set(view, "style", &style);
    set(view, "policy", &policy);
    json_t *live = json_pack("{s:o}", "data", live_data(view));
    set(live, "script", &source);
    json_object_set_new(view, "live", live);
    return true;
}

static bool add_paper(json_t *view, struct fault *fault)
{
    static const char *const styles[] = {"style/paper.css", NULL};
    CLEANUP(text_clear) struct text style;
    text_init(&style, PART_MOST);
    if (!read_parts(&style, styles, fault))
        return false;
    set(view, "style", &style);
    return true;
}

static bool add_template(json_t *to, const char *as, const char *name, struct fault *fault)
{
    CLEANUP(text_clear) struct text template;
    text_init(&template, PART_MOST);
    if (!parts_read(name, &template, fault))
        return false;
    set(to, as, &template);
    return true;
}

bool html_render(json_t *tree, struct script *script, enum html_for what, struct text *out,
                 struct fault *fault)
{
    json_t *view = json_copy(tree), *partials = json_object(), *given = json_object();
    json_object_set_new(given, "view", view);
    json_object_set_new(given, "partials", partials);
    bool ready = add_template(given, "template", "templates/page.mustache", fault) &&
                 add_template(partials, "figure", "templates/figure.mustache", fault) &&
                 add_template(partials, "table", "templates/table.mustache", fault) &&
                 (what == HTML_SCREEN ? add_screen(view, script, fault) : add_paper(view, fault));
    if (!ready) {
        json_decref(given);
        return false;
    }
    return script_call(script, "render", given, out, fault);
}
