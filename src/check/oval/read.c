#include "check/oval/read_parts.h"

#include "base/calendar.h"
#include "base/cleanup.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { DOCUMENT_MOST = 512 << 20, SEPARATOR = '\n' };

static const char language[] = "http://oval.mitre.org/XMLSchema/oval-definitions-5";
static const char common[] = "http://oval.mitre.org/XMLSchema/oval-common-5";

static void *same_target(struct reading *reading, void *target, const struct read_tag *tag)
{
    (void)reading;
    (void)tag;
    return target;
}

static void take_timestamp(struct reading *reading, void *target, const char *text)
{
    (void)target;
    text += strspn(text, " \t\r\n");
    if (strlen(text) >= strlen("2011-11-08")) {
        char day[sizeof "2011-11-08"];
        snprintf(day, sizeof day, "%s", text);
        calendar_parse_day(day, &reading->document->written_day);
    }
}

static const struct read_element in_generator[] = {
    {.name = "timestamp", .text = true, .begin = same_target, .end = take_timestamp},
    {0},
};
static const struct read_element in_document[] = {
    {.name = "generator", .children = in_generator, .begin = same_target},
    {.name = "definitions", .children = read_definitions, .begin = same_target},
    {.name = "tests", .children = read_tests, .begin = same_target},
    {.name = "objects", .children = read_objects, .begin = same_target},
    {.name = "states", .children = read_states, .begin = same_target},
    {.name = "variables", .children = read_variables, .begin = same_target},
    {0},
};
static const struct read_element root[] = {
    {.name = "oval_definitions", .children = in_document, .begin = same_target},
    {0},
};

void read_fails(struct reading *reading, const char *format, ...)
{
    char sentence[1024];
    va_list arguments;
    if (reading->failed)
        return;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    CLEANUP(text_clear) struct text tame;
    text_init(&tame, sizeof sentence * 2);
    text_add_tame(&tame, sentence);
    fault_set(reading->fault, "%s:%lu: %s", reading->document->name,
              (unsigned long)XML_GetCurrentLineNumber(reading->parser), tame.bytes);
    reading->failed = true;
    XML_StopParser(reading->parser, XML_FALSE);
}

/* Expat's "NAMESPACE\nNAME" taken apart. False: not of OVAL's namespaces. */
static bool tag_of(const char *full, struct read_tag *tag)
{
    const char *separator = strchr(full, SEPARATOR);
    size_t length = strlen(language);
    if (separator == NULL)
        return false;
    tag->name = separator + 1;
    tag->family = "";
    if (strncmp(full, common, strlen(common)) == 0 && full + strlen(common) == separator)
        return true;
    if (strncmp(full, language, length) != 0)
        return false;
    if (full[length] == '#')
        tag->family = full + length + 1; /* ends with the separator: read_kind() copies it */
    return full[length] == '#' || full + length == separator;
}

static const struct read_element *element_of(const struct read_element *table, const struct read_tag *tag)
{
    for (; table != NULL && table->name != NULL; table++) {
        bool any = strcmp(table->name, READ_ANY) == 0 && tag->family[0] != '\0';
        if (any || strcmp(table->name, tag->name) == 0)
            return table;
    }
    return NULL;
}

static void XMLCALL begin(void *context, const char *name, const char **attributes)
{
    struct reading *reading = context;
    struct read_tag tag = {.attributes = attributes};
    if (reading->failed)
        return;
    if (reading->depth + reading->skipping == READ_DEPTH_MOST) {
        read_fails(reading, "elements are nested too deep (expected at most %d levels)", READ_DEPTH_MOST);
        return;
    }
    const struct read_element *parent = reading->stack[reading->depth].element;
    const struct read_element *element =
        reading->skipping == 0 && tag_of(name, &tag) ? element_of(parent->children, &tag) : NULL;
    if (reading->depth == 0 && element == NULL) {
        read_fails(reading, "this is no OVAL document (expected <oval_definitions> of OVAL 5)");
        return;
    }
    void *target =
        element == NULL ? NULL : element->begin(reading, reading->stack[reading->depth].target, &tag);
    if (target == NULL) {
        reading->skipping++;
        return;
    }
    reading->depth++;
    reading->stack[reading->depth].element = element;
    reading->stack[reading->depth].target = target;
    text_empty(&reading->text);
}

static void XMLCALL end(void *context, const char *name)
{
    struct reading *reading = context;
    (void)name;
    if (reading->failed)
        return;
    if (reading->skipping > 0) {
        reading->skipping--;
        return;
    }
    const struct read_element *element = reading->stack[reading->depth].element;
    if (element->end != NULL)
        element->end(reading, reading->stack[reading->depth].target,
                     element->text ? reading->text.bytes : "");
    text_empty(&reading->text);
    reading->depth--;
}

static void XMLCALL characters(void *context, const char *bytes, int length)
{
    struct reading *reading = context;
    if (reading->failed || reading->skipping > 0 || !reading->stack[reading->depth].element->text)
        return;
    text_add(&reading->text, bytes, (size_t)length);
    if (!text_whole(&reading->text))
        read_fails(reading, "a text is longer than %d bytes", READ_TEXT_MOST);
}

/* Entities need a DTD: with none, no file is ten lines that become gigabytes. */
static void XMLCALL doctype(void *context, const char *name, const char *system, const char *public,
                            int internal)
{
    (void)name;
    (void)system;
    (void)public;
    (void)internal;
    read_fails(context, "the document has a DTD (expected none)");
}

static bool parse(struct reading *reading, const char *bytes, size_t length)
{
    XML_SetUserData(reading->parser, reading);
    XML_SetElementHandler(reading->parser, begin, end);
    XML_SetCharacterDataHandler(reading->parser, characters);
    XML_SetStartDoctypeDeclHandler(reading->parser, doctype);
    enum XML_Status status = XML_Parse(reading->parser, bytes, (int)length, XML_TRUE);
    if (status != XML_STATUS_OK && !reading->failed)
        read_fails(reading, "the XML is broken: %s", XML_ErrorString(XML_GetErrorCode(reading->parser)));
    return !reading->failed;
}

bool read_document(struct oval_document *document, const char *bytes, size_t length, struct fault *fault)
{
    static const struct read_element outside = {.name = "", .children = root};
    _Static_assert(DOCUMENT_MOST <= INT_MAX, "expat counts in int");
    struct reading reading = {.document = document, .fault = fault};
    if (length > DOCUMENT_MOST)
        return fault_set(fault, "%s: is larger than %d MiB", document->name, DOCUMENT_MOST >> 20);
    reading.parser = XML_ParserCreateNS(NULL, SEPARATOR);
    if (reading.parser == NULL)
        return fault_set(fault, "%s: cannot be read for want of memory", document->name);
    reading.stack[0].element = &outside;
    reading.stack[0].target = document;
    text_init(&reading.text, READ_TEXT_MOST);
    bool whole = parse(&reading, bytes, length);
    text_clear(&reading.text);
    XML_ParserFree(reading.parser);
    return whole;
}
