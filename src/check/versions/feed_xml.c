#include "check/versions/feed_xml.h"
#include "base/cleanup.h"
#include <expat.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { RUN_SIZE = 64 * 1024, BETWEEN = '\n' /* namespace and name, as expat joins them */ };

struct feed_xml {
    XML_Parser parser;
    const struct feed_xml_reader *reader;
    void *context;
    const char *name;
    struct text text;
    size_t depth;
    bool stopped, refused;
    struct fault fault;
};

static void parser_clear(struct feed_xml *xml)
{
    XML_ParserFree(xml->parser);
    text_clear(&xml->text);
}

void feed_xml_stop(struct feed_xml *xml)
{
    xml->stopped = true;
    XML_StopParser(xml->parser, XML_FALSE);
}

/* What is said may hold a stranger's words, cut anywhere. */
void feed_xml_refuse(struct feed_xml *xml, const char *format, ...)
{
    char why[1024];
    CLEANUP(text_clear) struct text whole;
    CLEANUP(text_clear) struct text tame;
    va_list arguments;
    if (xml->stopped)
        return;
    va_start(arguments, format);
    vsnprintf(why, sizeof why, format, arguments);
    va_end(arguments);
    text_init(&whole, 4 * sizeof why);
    text_init(&tame, 4 * sizeof why);
    text_add_utf8(&whole, why, strlen(why));
    text_add_tame(&tame, whole.bytes);
    fault_set(&xml->fault, "%s:%lu: %s", xml->name, (unsigned long)XML_GetCurrentLineNumber(xml->parser),
              tame.bytes);
    xml->refused = true;
    feed_xml_stop(xml);
}

static struct feed_element element_of(struct feed_xml *xml, const char *joined)
{
    struct feed_element element = {.name = joined, .depth = xml->depth};
    const char *between = strrchr(joined, BETWEEN);
    if (between != NULL) {
        size_t length = (size_t)(between - joined), most = sizeof element.space - 1;
        memcpy(element.space, joined, length < most ? length : most);
        element.name = between + 1;
    }
    element.begins = (size_t)XML_GetCurrentByteIndex(xml->parser);
    element.ends = element.begins + (size_t)XML_GetCurrentByteCount(xml->parser);
    return element;
}

static void XMLCALL heard_start(void *user, const XML_Char *joined, const XML_Char **attributes)
{
    struct feed_xml *xml = user;
    if (xml->stopped) /* expat finishes an empty element even when it was told to stop */
        return;
    if (++xml->depth > FEED_XML_DEEPEST) {
        feed_xml_refuse(xml, "elements lie more than %d deep", FEED_XML_DEEPEST);
        return;
    }
    struct feed_element element = element_of(xml, joined);
    element.attributes = attributes;
    element.text = xml->text.bytes == NULL ? "" : xml->text.bytes;
    if (xml->reader->start != NULL)
        xml->reader->start(xml->context, xml, &element);
    text_empty(&xml->text);
}

static void XMLCALL heard_end(void *user, const XML_Char *joined)
{
    struct feed_xml *xml = user;
    if (xml->stopped)
        return;
    struct feed_element element = element_of(xml, joined);
    element.text = xml->text.bytes == NULL ? "" : xml->text.bytes;
    if (xml->reader->end != NULL)
        xml->reader->end(xml->context, xml, &element);
    text_empty(&xml->text);
    xml->depth--;
}

static void XMLCALL heard_text(void *user, const XML_Char *bytes, int length)
{
    struct feed_xml *xml = user;
    text_add(&xml->text, bytes, (size_t)length);
    if (!text_whole(&xml->text))
        feed_xml_refuse(xml, "an element holds more than %d bytes of text", FEED_XML_TEXT_MOST);
}

static void XMLCALL heard_doctype(void *user, const XML_Char *name, const XML_Char *system,
                                  const XML_Char *public, int internal)
{
    (void)name, (void)system, (void)public, (void)internal;
    feed_xml_refuse(user, "has a document type declaration (expected none, nor entities)");
}

static void XMLCALL heard_space(void *user, const XML_Char *prefix, const XML_Char *space)
{
    struct feed_xml *xml = user;
    if (!xml->stopped && xml->reader->bind != NULL)
        xml->reader->bind(xml->context, xml, prefix, space == NULL ? "" : space);
}

static void listen(struct feed_xml *xml)
{
    XML_SetUserData(xml->parser, xml);
    XML_SetElementHandler(xml->parser, heard_start, heard_end);
    XML_SetCharacterDataHandler(xml->parser, heard_text);
    XML_SetStartDoctypeDeclHandler(xml->parser, heard_doctype);
    XML_SetStartNamespaceDeclHandler(xml->parser, heard_space);
}

static bool parse_run(struct feed_xml *xml, const char *run, size_t length, bool last)
{
    if (XML_Parse(xml->parser, run, (int)length, last) == XML_STATUS_OK || xml->stopped)
        return true;
    return fault_set(&xml->fault, "%s:%lu: is not well-formed XML: %s", xml->name,
                     (unsigned long)XML_GetCurrentLineNumber(xml->parser),
                     XML_ErrorString(XML_GetErrorCode(xml->parser)));
}

static bool parse(struct feed_xml *xml, const struct text *bytes)
{
    bool well = true;
    for (size_t at = 0; well && !xml->stopped; at += RUN_SIZE) {
        bool last = bytes->length - at <= RUN_SIZE;
        size_t length = last ? bytes->length - at : RUN_SIZE;
        well = parse_run(xml, bytes->bytes == NULL ? "" : bytes->bytes + at, length, last);
        if (last)
            break;
    }
    return well && !xml->refused;
}

static bool parse_unpacked(struct feed_xml *xml, struct unpacked *unpacked)
{
    const char *bytes = "";
    size_t length = 1;
    bool well = true;
    while (well && !xml->stopped && length > 0) {
        well = unpacked_next(unpacked, &bytes, &length, &xml->fault);
        for (size_t at = 0; well && !xml->stopped && at < length; at += RUN_SIZE)
            well = parse_run(xml, bytes + at, length - at < RUN_SIZE ? length - at : RUN_SIZE, false);
    }
    if (well && !xml->stopped)
        well = parse_run(xml, "", 0, true);
    return well && !xml->refused;
}

static bool begin(struct feed_xml *xml, struct fault *fault)
{
    text_init(&xml->text, FEED_XML_TEXT_MOST);
    if (xml->parser == NULL)
        return fault_set(fault, "%s: no memory to read XML", xml->name);
    listen(xml);
    return true;
}

bool feed_xml_read(const struct feed_xml_reader *reader, void *context, const char *name,
                   const struct text *bytes, struct fault *fault)
{
    CLEANUP(parser_clear)
    struct feed_xml xml = {XML_ParserCreateNS(NULL, BETWEEN), reader, context, name, .depth = 0};
    if (!begin(&xml, fault))
        return false;
    bool well = parse(&xml, bytes);
    if (!well)
        *fault = xml.fault;
    return well;
}

bool feed_xml_stream(const struct feed_xml_reader *reader, void *context, const char *name,
                     struct unpacked *unpacked, struct fault *fault)
{
    CLEANUP(parser_clear)
    struct feed_xml xml = {XML_ParserCreateNS(NULL, BETWEEN), reader, context, name, .depth = 0};
    if (!begin(&xml, fault))
        return false;
    bool well = parse_unpacked(&xml, unpacked);
    if (!well)
        *fault = xml.fault;
    return well;
}

const char *feed_xml_attribute(const struct feed_element *element, const char *name)
{
    for (const char **at = element->attributes; at != NULL && *at != NULL; at += 2) {
        const char *between = strrchr(at[0], BETWEEN);
        if (strcmp(between == NULL ? at[0] : between + 1, name) == 0)
            return at[1];
    }
    return "";
}

bool feed_element_is(const struct feed_element *element, const char *space, const char *name)
{
    return strcmp(element->name, name) == 0 && feed_space_like(element->space, space);
}

bool feed_space_like(const char *space, const char *stem)
{
    const char *after = strncmp(space, "http://", 7) == 0    ? space + 7
                        : strncmp(space, "https://", 8) == 0 ? space + 8
                                                             : space;
    return strncmp(after, stem, strlen(stem)) == 0;
}
