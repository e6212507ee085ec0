#include "base/template.h"
#include <stdint.h>
#include <string.h>

enum { DEPTH_MOST = 64 };

/* What names mean: the model, and what the sections around are about, innermost last. */
struct about {
    const json_t *values[DEPTH_MOST];
    size_t depth;
};

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

/* The number of an unruly character of one to three bytes. */
static uint32_t number_of(const char *at, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)at;
    if (length == 1)
        return bytes[0];
    if (length == 2)
        return (uint32_t)(bytes[0] & 0x1f) << 6 | (bytes[1] & 0x3f);
    return (uint32_t)(bytes[0] & 0x0f) << 12 | (uint32_t)(bytes[1] & 0x3f) << 6 | (bytes[2] & 0x3f);
}

void template_escape(const char *string, struct text *out)
{
    const char *from = string;
    while (*string != '\0') {
        const char *escaped = entity(*string);
        bool plain = *string == '\n' || *string == '\t' || *string == '\r';
        size_t unruly = plain ? 0 : text_unruly(string);
        if (escaped == NULL && unruly == 0) {
            string++;
            continue;
        }
        text_add(out, from, (size_t)(string - from));
        if (escaped != NULL)
            text_add_string(out, escaped);
        else
            text_addf(out, "[U+%04X]", number_of(string, unruly));
        string += unruly > 0 ? unruly : 1;
        from = string;
    }
    text_add(out, from, (size_t)(string - from));
}

/* The value of a name in one thing that is talked about. NULL: it has none. */
static const json_t *value_in(const json_t *value, const struct template_node *node)
{
    const char *part = node->bytes;
    for (size_t i = 0; i < node->length && value != NULL; i++, part += strlen(part) + 1)
        value = json_object_get(value, part); /* NULL where it is no object */
    return value;
}

static const json_t *look_up(const struct about *about, const struct template_node *node)
{
    if (node->length == 0)
        return about->values[about->depth - 1];
    const json_t *found = NULL;
    for (size_t i = about->depth; i > 0 && found == NULL; i--)
        found = value_in(about->values[i - 1], node);
    return found;
}

static bool says_something(const json_t *value)
{
    switch (value != NULL ? json_typeof(value) : JSON_NULL) {
    case JSON_NULL:
    case JSON_FALSE:
        return false;
    case JSON_STRING:
        return json_string_length(value) > 0;
    case JSON_ARRAY:
        return json_array_size(value) > 0;
    case JSON_INTEGER:
        return json_integer_value(value) != 0;
    case JSON_REAL:
    case JSON_TRUE:
    case JSON_OBJECT:
        return true;
    }
    return false;
}

static void add_value(const json_t *value, struct text *out)
{
    if (json_is_string(value))
        template_escape(json_string_value(value), out);
    else if (json_is_integer(value))
        text_addf(out, "%lld", (long long)json_integer_value(value));
}

static bool render(const struct template *template, size_t from, size_t to, struct about *about,
                   struct text *out);

/* A section's nodes about one value. */
static bool render_about(const struct template *template, size_t index, struct about *about,
                         const json_t *value, struct text *out)
{
    if (about->depth == DEPTH_MOST)
        return false;
    about->values[about->depth++] = value;
    bool well = render(template, index + 1, template->nodes[index].end, about, out);
    about->depth--;
    return well;
}

static bool render_section(const struct template *template, size_t index, struct about *about,
                           struct text *out)
{
    const json_t *value = look_up(about, &template->nodes[index]);
    bool said = says_something(value), well = true;
    if (said != (template->nodes[index].kind == TEMPLATE_SECTION))
        return true;
    if (!said || json_is_true(value))
        return render_about(template, index, about, about->values[about->depth - 1], out);
    if (!json_is_array(value))
        return render_about(template, index, about, value, out);
    for (size_t i = 0; well && i < json_array_size(value); i++)
        well = render_about(template, index, about, json_array_get(value, i), out);
    return well;
}

static bool render_partial(const struct template *partial, struct about *about, struct text *out)
{
    if (about->depth == DEPTH_MOST)
        return false;
    about->values[about->depth] = about->values[about->depth - 1];
    about->depth++;
    bool well = render(partial, 0, partial->count, about, out);
    about->depth--;
    return well;
}

static bool render(const struct template *template, size_t from, size_t to, struct about *about,
                   struct text *out)
{
    bool well = true;
    for (size_t i = from; well && i < to; i++) {
        const struct template_node *node = &template->nodes[i];
        switch (node->kind) {
        case TEMPLATE_TEXT:
            text_add(out, node->bytes, node->length);
            break;
        case TEMPLATE_VALUE:
            add_value(look_up(about, node), out);
            break;
        case TEMPLATE_SECTION:
        case TEMPLATE_INVERTED:
            well = render_section(template, i, about, out);
            i = node->end - 1;
            break;
        case TEMPLATE_PARTIAL:
            well = render_partial(node->partial, about, out);
            break;
        }
    }
    return well;
}

bool template_render(const struct template *template, const json_t *model, struct text *out,
                     struct fault *fault)
{
    struct about about = {.values = {model}, .depth = 1};
    return render(template, 0, template->count, &about, out) ||
           fault_set(fault, "templates are nested too deeply");
}
