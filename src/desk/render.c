#include "desk/render.h"
#include "base/memory.h"
#include "base/parts.h"
#include "base/words.h"
#include "desk/template.h"
#include <string.h>

enum { TEMPLATES_MOST = 256, TEMPLATE_MOST = 4 << 20, MESSAGE_MOST = 4096 };

/* One language's. */
struct shelf {
    const char *language;
    char *names[TEMPLATES_MOST];
    struct template templates[TEMPLATES_MOST];
    size_t count;
    struct template content; /* the page that is in the frame at present: {{> content}} */
};
struct render {
    struct shelf shelves[2];
};

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
            template_escape(words_in(language, message.bytes), out);
        template = end + 2;
    }
    text_add_string(out, template);
    return text_whole(out) || fault_set(fault, "a template is too long");
}

static const struct template *find(const void *among, const char *name)
{
    const struct shelf *shelf = among;
    for (size_t i = 0; i < shelf->count; i++)
        if (strcmp(shelf->names[i], name) == 0)
            return &shelf->templates[i];
    return strcmp(name, "content") == 0 ? &shelf->content : NULL;
}

static bool add(struct shelf *shelf, const char *name, const char *source, struct fault *fault)
{
    CLEANUP(text_clear) struct text translated;
    text_init(&translated, TEMPLATE_MOST);
    if (shelf->count == TEMPLATES_MOST)
        return fault_set(fault, "too many templates (expected at most %d)", TEMPLATES_MOST);
    shelf->names[shelf->count] = memory_string(name);
    struct template *template = &shelf->templates[shelf->count++];
    return (render_translate(source, shelf->language, &translated, fault) &&
            template_parse(template, translated.length > 0 ? translated.bytes : "", fault)) ||
           fault_while(fault, "template '%s'", name);
}

static bool fill(struct shelf *shelf, const char *language, json_t *sources, struct fault *fault)
{
    const char *name;
    json_t *source;
    shelf->language = language;
    json_object_foreach(sources, name,
                        source) if (!add(shelf, name, json_string_value(source), fault)) return false;
    for (size_t i = 0; i < shelf->count; i++)
        if (!template_link(&shelf->templates[i], find, shelf, fault))
            return fault_while(fault, "template '%s'", shelf->names[i]);
    return true;
}

struct render *render_new(struct fault *fault)
{
    OWNED(render_free) struct render *render = memory_new(1, sizeof *render);
    json_t *sources = parts_folder("templates/desk", ".mustache", fault);
    bool well = sources != NULL && fill(&render->shelves[0], "ja", sources, fault) &&
                fill(&render->shelves[1], "en", sources, fault);
    json_decref(sources);
    return well ? HANDOVER(render) : NULL;
}

void render_free(struct render *render)
{
    for (size_t i = 0; render != NULL && i < 2; i++)
        for (size_t k = 0; k < render->shelves[i].count; k++) {
            template_clear(&render->shelves[i].templates[k]);
            free(render->shelves[i].names[k]);
        }
    free(render);
}

static bool render_in_frame(struct render *render, const char *language, const char *name,
                            const json_t *model, struct text *out, struct fault *fault)
{
    struct shelf *shelf = &render->shelves[strcmp(language, "ja") == 0 ? 0 : 1];
    const struct template *frame = find(shelf, "frame"), *page = find(shelf, name);
    if (strcmp(shelf->language, language) != 0 || frame == NULL || page == NULL || page == &shelf->content)
        return fault_set(fault, "there is no template '%s' in '%s'", name, language);
    shelf->content = *page;
    bool well = template_render(frame, model, out, fault);
    shelf->content = (struct template){0};
    return well && (text_whole(out) || fault_set(fault, "the page '%s' is too large", name));
}

bool render_page(struct render *render, const char *language, const char *name, json_t *model,
                 struct text *out, struct fault *fault)
{
    bool well = render_in_frame(render, language, name, model, out, fault);
    json_decref(model);
    return well;
}
