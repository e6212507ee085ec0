#include "check/oval/beginning.h"
#include "base/cleanup.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Alternatives at the outermost level begin anew. */
static bool has_alternatives(const char *pattern)
{
    int depth = 0;
    bool in_class = false;
    for (const char *at = pattern; *at != '\0'; at++) {
        if (*at == '\\' && at[1] != '\0')
            at++;
        else if (*at == '[')
            in_class = true;
        else if (*at == ']')
            in_class = false;
        else if (!in_class && (*at == '(' || *at == ')'))
            depth += *at == '(' ? 1 : -1;
        else if (!in_class && *at == '|' && depth <= 0)
            return true;
    }
    return false;
}

static const char *behind(const char *string, const char *prefix)
{
    size_t length = strlen(prefix);
    return strncmp(string, prefix, length) == 0 ? string + length : string;
}

/* The character that stands for itself at *at, 0 where none does. */
static char literal_at(const char **at)
{
    const char *next = *at;
    char literal = *next++;
    if (literal == '\\') {
        literal = *next;
        if (literal == '\0' || isalnum((unsigned char)literal))
            return 0; /* \d, \b, \Q and the like */
        next++;
    } else if (literal == '\0' || strchr("^$.[]|()?*+{}", literal) != NULL) {
        return 0;
    }
    if (*next != '\0' && strchr("?*+{", *next) != NULL)
        return 0; /* it may be there, or many times */
    *at = next;
    return literal;
}

bool beginning_of(const char *pattern, struct text *out)
{
    const char *at = behind(behind(behind(pattern, "(?i)"), "^"), "(?i)");
    bool anchored = pattern[0] == '^' || strncmp(pattern, "(?i)^", 5) == 0;
    if (!anchored || has_alternatives(pattern))
        return false;
    CLEANUP(text_clear) struct text literal;
    text_init(&literal, out->limit);
    for (char next; (next = literal_at(&at)) != 0;)
        text_add_byte(&literal, next);
    bool whole = strcmp(at, "$") == 0;
    const char *last = literal.length == 0 ? NULL : memrchr(literal.bytes, '\\', literal.length);
    if (whole && literal.length > 0)
        text_add(out, literal.bytes, literal.length);
    else if (last != NULL)
        text_add(out, literal.bytes, (size_t)(last - literal.bytes));
    return whole;
}
