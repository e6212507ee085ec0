#include "desk/render.h"
#include "base/memory.h"
#include "base/parts.h"
#include "base/script.h"
#include "base/words.h"
#include <string.h>

struct render {
    struct script *script;
};
enum { TEMPLATE_MOST = 4 << 20, MESSAGE_MOST = 4096 };

static const char *entity(char byte)
{
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

static void add_escaped(struct text *out, const char *string)
{
    for (; *string != '\0'; string++) {
        const char *escaped = entity(*string);
        if (escaped != NULL)
            text_add_string(out, escaped);
        else
            text_add_byte(out, *string);
    }
}

/* The message between [[ and ]], its blanks and line ends as one space: as po/check reads it. */
static void take_message(struct text *message, const char *from, size_t length)
{
    text_empty(message);
    for (size_t i = 0; i < length; i++) {
        bool blank = from[i] == ' ' || from[i] == '\n';
        if (!blank)
            text_add_byte(message, from[i]);
        else if (message->length > 0 && message->bytes[message->length - 1] != ' ')
            text_add_byte(message, ' ');
    }
    if (message->length > 0 && message->bytes[message->length - 1] == ' ')
        message->bytes[--message->length] = '\0';
}

bool render_translate(const char *template, const char *language, struct text *out, struct fault *fault)
{
    CLEANUP(text_clear) struct text message;
    text_init(&message, MESSAGE_MOST);
    if (strstr(template, "{{{") != NULL || strstr(template, "{{&") != NULL)
        return fault_set(fault, "a template has a value that is not escaped (expected {{name}})");
    for (const char *begin; (begin = strstr(template, "[[")) != NULL;) {
        const char *end = strstr(begin, "]]");
        if (end == NULL)
            return fault_set(fault, "a message '%.40s' is not closed (expected ']]')", begin);
        text_add(out, template, (size_t)(begin - template));
        take_message(&message, begin + 2, (size_t)(end - begin) - 2);
        if (message.length > 0)
            add_escaped(out, words_in(language, message.bytes));
        template = end + 2;
    }
    text_add_string(out, template);
    return text_whole(out) || fault_set(fault, "a template is too long");
}

static json_t *translate_all(json_t *templates, const char *language, struct fault *fault)
{
    json_t *translated = json_object(), *template;
    const char *name;
    CLEANUP(text_clear) struct text out;
    text_init(&out, TEMPLATE_MOST);
    json_object_foreach(templates, name, template)
    {
        text_empty(&out);
        if (!render_translate(json_string_value(template), language, &out, fault)) {
            fault_while(fault, "template '%s'", name);
            json_decref(translated);
            return NULL;
        }
        json_object_set_new(translated, name, json_stringn(out.bytes, out.length));
    }
    return translated;
}

static bool load(struct render *render, const char *language, json_t *templates, struct fault *fault)
{
    json_t *translated = translate_all(templates, language, fault);
    if (translated == NULL)
        return false;
    CLEANUP(text_clear) struct text unused;
    text_init(&unused, 16);
    return script_call(render->script, "load",
                       json_pack("{s:s, s:o}", "language", language, "templates", translated), &unused,
                       fault);
}

struct render *render_new(struct fault *fault)
{
    static const char *const scripts[] = {"vendor/mustache.min.js", "scripts/pages.js", NULL};
    OWNED(render_free) struct render *render = memory_new(1, sizeof *render);
    json_t *templates = parts_folder("templates/desk", ".mustache", fault);
    if (templates == NULL)
        return NULL;
    render->script = script_open(scripts, fault);
    bool well = render->script != NULL && load(render, "ja", templates, fault) &&
                load(render, "en", templates, fault);
    json_decref(templates);
    return well ? HANDOVER(render) : NULL;
}

void render_free(struct render *render)
{
    if (render == NULL)
        return;
    script_free(render->script);
    free(render);
}

bool render_page(struct render *render, const char *language, const char *name, json_t *model,
                 struct text *out, struct fault *fault)
{
    json_t *given = json_pack("{s:s, s:s, s:o}", "language", language, "name", name, "view", model);
    if (given == NULL)
        return fault_set(fault, "the model of '%s' is not JSON", name);
    return script_call(render->script, "show", given, out, fault) &&
           (text_whole(out) || fault_set(fault, "the page '%s' is too large", name));
}
