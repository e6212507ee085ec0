#include "check/versions/feed_result.h"
#include "base/arena.h"
#include "base/cleanup.h"
#include "check/versions/feed_xml.h"
#include <string.h>

enum { BOUND_MOST = 64 };

/* A prefix and its namespace, as the <Result> binds them for all it holds. */
struct bound {
    const char *prefix, *space;
};
struct split {
    struct arena arena;
    const struct text *bytes;
    const struct feed_result_taker *taker;
    size_t most;
    struct bound outer[BOUND_MOST], inner[BOUND_MOST];
    size_t outer_count, inner_count; /* inner: of the document itself */
    size_t depth, begins, begun;     /* begins: of the document's first tag; begun: behind it */
    bool inside;
    struct text document;
    struct fault fault;
};

static void bind_prefix(void *context, struct feed_xml *xml, const char *prefix, const char *space)
{
    struct split *split = context;
    if (split->inside || split->depth > 1)
        return;
    size_t *count = split->depth == 0 ? &split->outer_count : &split->inner_count;
    struct bound *all = split->depth == 0 ? split->outer : split->inner;
    if (*count == BOUND_MOST) {
        feed_xml_refuse(xml, "binds more than %d prefixes", BOUND_MOST);
        return;
    }
    const char *word = prefix == NULL ? "" : prefix;
    all[(*count)++] = (struct bound){arena_string(&split->arena, word, strlen(word)),
                                     arena_string(&split->arena, space, strlen(space))};
}

static bool bound_again(const struct split *split, const char *prefix)
{
    for (size_t i = 0; i < split->inner_count; i++)
        if (strcmp(split->inner[i].prefix, prefix) == 0)
            return true;
    return false;
}

static void add_escaped(struct text *out, const char *string)
{
    for (; *string != '\0'; string++)
        if (*string == '&')
            text_add_string(out, "&amp;");
        else if (*string == '<')
            text_add_string(out, "&lt;");
        else if (*string == '"')
            text_add_string(out, "&quot;");
        else
            text_add_byte(out, *string);
}

/* The document's first tag as it stands, with the outer prefixes behind its name. */
static void begin_document(struct split *split, const struct feed_element *element)
{
    const char *tag = split->bytes->bytes + element->begins;
    size_t length = element->ends - element->begins, name = strcspn(tag, " \t\r\n/>");
    text_init(&split->document, split->most);
    text_add_string(&split->document, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    text_add(&split->document, tag, name);
    for (size_t i = 0; i < split->outer_count; i++) {
        if (bound_again(split, split->outer[i].prefix))
            continue;
        text_add_string(&split->document, split->outer[i].prefix[0] == '\0' ? " xmlns" : " xmlns:");
        text_add_string(&split->document, split->outer[i].prefix);
        text_add_string(&split->document, "=\"");
        add_escaped(&split->document, split->outer[i].space);
        text_add_string(&split->document, "\"");
    }
    text_add(&split->document, tag + name, length - name);
    split->begins = element->begins;
    split->begun = element->ends;
    split->inside = true;
}

static bool is_document(const struct feed_element *element)
{
    return element->depth == 2 &&
           (feed_element_is(element, "oval.mitre.org/XMLSchema/oval-definitions-5", "oval_definitions") ||
            feed_element_is(element, "checklists.nist.gov/xccdf/1.", "Benchmark"));
}

static void start(void *context, struct feed_xml *xml, const struct feed_element *element)
{
    struct split *split = context;
    (void)xml;
    split->depth = element->depth;
    if (is_document(element))
        begin_document(split, element);
    if (element->depth == 2)
        split->inner_count = 0;
}

static void end(void *context, struct feed_xml *xml, const struct feed_element *element)
{
    struct split *split = context;
    split->depth = element->depth - 1;
    if (!split->inside || element->depth != 2)
        return;
    split->inside = false;
    if (element->ends > split->begun) /* else the document was one empty tag */
        text_add(&split->document, split->bytes->bytes + split->begun, element->ends - split->begun);
    if (!text_whole(&split->document)) {
        feed_xml_refuse(xml, "holds a document of more than %zu bytes", split->most);
        return;
    }
    struct text document = split->document;
    split->document = (struct text){0};
    if (!split->taker->take(split->taker->context, &document, &split->fault))
        feed_xml_refuse(xml, "%s", split->fault.text);
}

static void split_clear(struct split *split)
{
    arena_clear(&split->arena);
    text_clear(&split->document);
}

bool feed_result_split(const char *name, const struct text *bytes, size_t most,
                       const struct feed_result_taker *taker, struct fault *fault)
{
    static const struct feed_xml_reader reader = {start, end, bind_prefix};
    CLEANUP(split_clear) struct split split = {.bytes = bytes, .taker = taker, .most = most};
    arena_init(&split.arena);
    /* Documents are cut out by their bytes, so what is declared here must be what they are. */
    if (bytes->length >= 2 && (bytes->bytes[0] == '\0' || bytes->bytes[1] == '\0'))
        return fault_set(fault, "%s: is not written in UTF-8", name);
    return feed_xml_read(&reader, &split, name, bytes, fault);
}
