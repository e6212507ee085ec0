#include "base/template.h"
#include "base/memory.h"
#include <string.h>

enum { NAME_MOST = 100, NESTING_MOST = 32 };

/* What is between {{ and }}. */
struct mark {
    char sign; /* '#', '^', '/', '>', '!'; 0: a value */
    const char *name;
    size_t length;
    const char *after;
};

struct parser {
    struct template *template;
    size_t open[NESTING_MOST]; /* sections not yet closed */
    size_t depth;
    struct fault *fault;
};

static struct template_node *add_node(struct template *template, enum template_kind kind)
{
    template->nodes = memory_resize(template->nodes, template->count + 1, sizeof *template->nodes);
    template->nodes[template->count] = (struct template_node){.kind = kind};
    return &template->nodes[template->count++];
}

static void add_text(struct template *template, const char *bytes, size_t length)
{
    if (length == 0)
        return;
    struct template_node *node = add_node(template, TEMPLATE_TEXT);
    char *copy = memory_new(length + 1, 1);
    memcpy(copy, bytes, length);
    node->bytes = copy;
    node->length = length;
}

/* "a.b" becomes "a\0b\0\0" and 2; "." has no part. */
static void add_name(struct template *template, enum template_kind kind, const struct mark *mark)
{
    struct template_node *node = add_node(template, kind);
    char *copy = memory_new(mark->length + 2, 1);
    memcpy(copy, mark->name, mark->length);
    node->bytes = copy;
    if (mark->length == 1 && mark->name[0] == '.')
        return;
    node->length = 1;
    for (char *at = copy; kind != TEMPLATE_PARTIAL && (at = strchr(at, '.')) != NULL; node->length++)
        *at++ = '\0';
}

static bool read_mark(const char *at, struct mark *mark, struct fault *fault)
{
    static const char blanks[] = " \t\n";
    const char *end = strstr(at, "}}");
    if (end == NULL)
        return fault_set(fault, "'%.20s' is not closed (expected '}}')", at);
    at += 2;
    *mark = (struct mark){.after = end + 2};
    if (at < end && strchr("#^/>!", *at) != NULL)
        mark->sign = *at++;
    at += strspn(at, blanks);
    while (end > at && strchr(blanks, end[-1]) != NULL)
        end--;
    mark->name = at;
    mark->length = end > at ? (size_t)(end - at) : 0;
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.";
    bool well = mark->sign == '!' ||
                (mark->length > 0 && mark->length < NAME_MOST && strspn(at, letters) >= mark->length);
    return well || fault_set(fault, "'%.*s' is no name", (int)mark->length, at);
}

static bool open_section(struct parser *parser, const struct mark *mark)
{
    if (parser->depth == NESTING_MOST)
        return fault_set(parser->fault, "sections are nested too deeply");
    parser->open[parser->depth++] = parser->template->count;
    add_name(parser->template, mark->sign == '#' ? TEMPLATE_SECTION : TEMPLATE_INVERTED, mark);
    return true;
}

static bool is_named(const struct template_node *node, const struct mark *mark)
{
    size_t at = 0;
    for (const char *part = node->bytes; at < mark->length; at++)
        if (part[at] != mark->name[at] && !(part[at] == '\0' && mark->name[at] == '.'))
            return false;
    return node->bytes[at] == '\0' && node->bytes[at + 1] == '\0';
}

static bool close_section(struct parser *parser, const struct mark *mark)
{
    struct template_node *node =
        parser->depth > 0 ? &parser->template->nodes[parser->open[parser->depth - 1]] : NULL;
    if (node == NULL || !is_named(node, mark))
        return fault_set(parser->fault, "'{{/%.*s}}' closes what is not open", (int)mark->length, mark->name);
    node->end = parser->template->count;
    parser->depth--;
    return true;
}

static bool take_mark(struct parser *parser, const struct mark *mark)
{
    switch (mark->sign) {
    case '#':
    case '^':
        return open_section(parser, mark);
    case '/':
        return close_section(parser, mark);
    case '>':
        add_name(parser->template, TEMPLATE_PARTIAL, mark);
        return true;
    case '!':
        return true;
    default:
        add_name(parser->template, TEMPLATE_VALUE, mark);
        return true;
    }
}

/* A line of blanks and marks that show nothing by themselves: its blanks and its end are left out. */
static bool stands_alone(const char *line, const char **end)
{
    bool marked = false;
    while (*line != '\0' && *line != '\n') {
        if (strncmp(line, "{{", 2) == 0) {
            struct fault ignored;
            struct mark mark;
            if (!read_mark(line, &mark, &ignored) || mark.sign == 0)
                return false;
            marked = true;
            line = mark.after;
        } else if (*line == ' ' || *line == '\t') {
            line++;
        } else {
            return false;
        }
    }
    *end = *line == '\n' ? line + 1 : line;
    return marked;
}

/* Marks from `at` up to `end`; text between them only where it `shows`. */
static bool parse_line(struct parser *parser, const char *at, const char *end, bool shows)
{
    while (at < end) {
        const char *begin = strstr(at, "{{");
        const char *until = begin != NULL && begin < end ? begin : end;
        if (shows)
            add_text(parser->template, at, (size_t)(until - at));
        at = until;
        if (until == end)
            continue;
        struct mark mark;
        if (!read_mark(begin, &mark, parser->fault) || !take_mark(parser, &mark))
            return false;
        at = mark.after;
    }
    return true;
}

bool template_parse(struct template *template, const char *source, struct fault *fault)
{
    struct parser parser = {.template = template, .fault = fault};
    *template = (struct template){0};
    for (const char *end; *source != '\0'; source = end) {
        bool alone = stands_alone(source, &end);
        if (!alone) {
            const char *newline = strchr(source, '\n');
            end = newline != NULL ? newline + 1 : source + strlen(source);
        }
        if (!parse_line(&parser, source, end, !alone))
            return false;
    }
    return parser.depth == 0 || fault_set(fault, "a section '%s' is not closed",
                                          template->nodes[parser.open[parser.depth - 1]].bytes);
}

bool template_link(struct template *template, template_find *find, const void *among, struct fault *fault)
{
    for (size_t i = 0; i < template->count; i++) {
        struct template_node *node = &template->nodes[i];
        if (node->kind != TEMPLATE_PARTIAL)
            continue;
        node->partial = find(among, node->bytes);
        if (node->partial == NULL)
            return fault_set(fault, "there is no template '%s'", node->bytes);
    }
    return true;
}

void template_clear(struct template *template)
{
    for (size_t i = 0; i < template->count; i++)
        free((char *)template->nodes[i].bytes);
    free(template->nodes);
    *template = (struct template){0};
}
