#include "base/text.h"
#include "check/oval/function.h"

#include <inttypes.h>
#include <string.h>

static enum oval_result begin(const char *value, const char *character, struct values *out)
{
    struct text whole;
    text_init(&whole, FUNCTION_LENGTH_MOST * 2);
    if (strncmp(value, character, strlen(character)) != 0)
        text_add_string(&whole, character);
    text_add_string(&whole, value);
    function_add(out, whole.bytes, whole.length);
    text_clear(&whole);
    return OVAL_TRUE;
}

static enum oval_result end(const char *value, const char *character, struct values *out)
{
    struct text whole;
    size_t length = strlen(value), tail = strlen(character);
    text_init(&whole, FUNCTION_LENGTH_MOST * 2);
    text_add_string(&whole, value);
    if (length < tail || strcmp(value + length - tail, character) != 0)
        text_add_string(&whole, character);
    function_add(out, whole.bytes, whole.length);
    text_clear(&whole);
    return OVAL_TRUE;
}

static enum oval_result escape(const char *value, struct values *out)
{
    struct text whole;
    text_init(&whole, FUNCTION_LENGTH_MOST * 2);
    for (const char *c = value; *c != '\0'; c++) {
        if (strchr("^$\\.[](){}*+?|", *c) != NULL)
            text_add_byte(&whole, '\\');
        text_add_byte(&whole, *c);
    }
    function_add(out, whole.bytes, whole.length);
    text_clear(&whole);
    return OVAL_TRUE;
}

static enum oval_result split(const char *value, const char *delimiter, struct values *out)
{
    const char *next;
    if (delimiter[0] == '\0')
        return function_fails(out, "split has no delimiter");
    while ((next = strstr(value, delimiter)) != NULL && !out->overfull) {
        function_add(out, value, (size_t)(next - value));
        value = next + strlen(delimiter);
    }
    function_add(out, value, strlen(value));
    return OVAL_TRUE;
}

/* `count` characters on, or the end. */
static const char *characters_on(const char *string, int64_t count)
{
    for (; count > 0 && *string != '\0'; count--)
        for (string++; (*string & 0xc0) == 0x80; string++)
            continue;
    return string;
}

/* Counted in characters, the first is 1. */
static enum oval_result substring(const struct oval_component *component, const char *value,
                                  struct values *out)
{
    const char *start = characters_on(value, component->start - 1);
    if (*start == '\0')
        return function_fails(out, "substring begins at %" PRId64 " of '%.60s'", component->start, value);
    const char *stop =
        component->length < 0 ? start + strlen(start) : characters_on(start, component->length);
    function_add(out, start, (size_t)(stop - start));
    return OVAL_TRUE;
}

/* The first group of the first place that matches; "" where there is none. */
static enum oval_result capture(struct patterns *patterns, const char *pattern, const char *value,
                                struct values *out)
{
    struct pattern_span spans[PATTERN_CAPTURES_MOST];
    size_t count = 0;
    const char *why = "";
    struct pattern_subject subject = {.bytes = value, .length = strlen(value)};
    switch (pattern_match(patterns, pattern, &subject, spans, &count, &why)) {
    case PATTERN_FAILS:
        return function_fails(out, "%s", why);
    case PATTERN_DIFFERS:
        count = 0;
        break;
    case PATTERN_MATCHES:
        break;
    }
    bool took_part = count > 1 && spans[1].begin <= spans[1].end && spans[1].end <= subject.length;
    function_add(out, took_part ? value + spans[1].begin : "", took_part ? spans[1].end - spans[1].begin : 0);
    return OVAL_TRUE;
}

enum oval_result function_of_value(struct patterns *patterns, const struct oval_component *component,
                                   const char *value, struct values *out)
{
    switch (component->function) {
    case COMPONENT_BEGIN:
        return begin(value, component->text, out);
    case COMPONENT_END:
        return end(value, component->text, out);
    case COMPONENT_ESCAPE_REGEX:
        return escape(value, out);
    case COMPONENT_SPLIT:
        return split(value, component->text, out);
    case COMPONENT_SUBSTRING:
        return substring(component, value, out);
    case COMPONENT_REGEX_CAPTURE:
        return capture(patterns, component->text, value, out);
    default:
        return function_fails(out, "a function is not known here");
    }
}
