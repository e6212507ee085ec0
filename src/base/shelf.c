#include "base/shelf.h"
#include "base/memory.h"
#include "base/template.h"
#include "base/words.h"
#include <stdio.h>
#include <string.h>

enum { TEMPLATES_MOST = 256, TEMPLATE_MOST = 4 << 20, MESSAGE_MOST = 4096, LANGUAGE_SIZE = 8 };

struct shelf {
    char language[LANGUAGE_SIZE];
    char *names[TEMPLATES_MOST];
    struct template templates[TEMPLATES_MOST];
    size_t count;
    struct template content; /* the page that is in the frame at present: {{> content}} */
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

bool shelf_translate(const char *template, const char *language, struct text *out, struct fault *fault)
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
    return (shelf_translate(source, shelf->language, &translated, fault) &&
            template_parse(template, translated.length > 0 ? translated.bytes : "", fault)) ||
           fault_while(fault, "template '%s'", name);
}

static bool fill(struct shelf *shelf, json_t *sources, struct fault *fault)
{
    const char *name;
    json_t *source;
    json_object_foreach(sources, name,
                        source) if (!add(shelf, name, json_string_value(source), fault)) return false;
    for (size_t i = 0; i < shelf->count; i++)
        if (!template_link(&shelf->templates[i], find, shelf, fault))
            return fault_while(fault, "template '%s'", shelf->names[i]);
    return true;
}

struct shelf *shelf_new(const char *language, json_t *sources, struct fault *fault)
{
    OWNED(shelf_free) struct shelf *shelf = memory_new(1, sizeof *shelf);
    snprintf(shelf->language, sizeof shelf->language, "%s", language);
    return fill(shelf, sources, fault) ? HANDOVER(shelf) : NULL;
}

void shelf_free(struct shelf *shelf)
{
    for (size_t i = 0; shelf != NULL && i < shelf->count; i++) {
        template_clear(&shelf->templates[i]);
        free(shelf->names[i]);
    }
    free(shelf);
}

bool shelf_render(struct shelf *shelf, const char *frame, const char *page, const json_t *model,
                  struct text *out, struct fault *fault)
{
    const struct template *around = find(shelf, frame), *inside = page != NULL ? find(shelf, page) : NULL;
    if (around == NULL || (page != NULL && (inside == NULL || inside == &shelf->content)))
        return fault_set(fault, "there is no template '%s' in '%s'", around == NULL ? frame : page,
                         shelf->language);
    if (inside != NULL)
        shelf->content = *inside;
    bool well = template_render(around, model, out, fault);
    shelf->content = (struct template){0};
    return well &&
           (text_whole(out) || fault_set(fault, "the page '%s' is too large", page != NULL ? page : frame));
}
