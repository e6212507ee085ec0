/* feed_xml: a feed's XML read from its beginning to its end, one call an element, with limits: no document
 * type declaration (and so no entities that grow), not deeper than FEED_XML_DEEPEST, no text longer than
 * FEED_XML_TEXT_MOST. Expat underneath. */
#pragma once
#include "base/fault.h"
#include "base/text.h"
#include "check/unpacked.h"
#include <stdbool.h>
#include <stddef.h>

enum { FEED_XML_DEEPEST = 100, FEED_XML_TEXT_MOST = 1 << 20, FEED_XML_SPACE_SIZE = 200 };

struct feed_xml;
struct feed_element {
    char space[FEED_XML_SPACE_SIZE]; /* its namespace, cut where it is longer: then it equals none of ours */
    const char *name;                /* without prefix */
    const char **attributes;         /* expat's; NULL at the end of an element */
    size_t depth;                    /* of the root 1 */
    /* At the end of an element: what it holds behind its last child; at its start: what the one around it
     * holds before it, since its last child. */
    const char *text;
    size_t begins, ends; /* where this tag lies in the bytes */
};

struct feed_xml_reader {
    void (*start)(void *context, struct feed_xml *xml, const struct feed_element *element); /* may be NULL */
    void (*end)(void *context, struct feed_xml *xml, const struct feed_element *element);   /* may be NULL */
    /* One more prefix (NULL: the default) is bound, before its element's start. May be NULL. */
    void (*bind)(void *context, struct feed_xml *xml, const char *prefix, const char *space);
};

/* `name` is what faults call the feed. */
bool feed_xml_read(const struct feed_xml_reader *reader, void *context, const char *name,
                   const struct text *bytes, struct fault *fault);
/* The same of what is too long to be held at once. */
bool feed_xml_stream(const struct feed_xml_reader *reader, void *context, const char *name,
                     struct unpacked *unpacked, struct fault *fault);
/* Called by a reader: what follows is not read. */
void feed_xml_stop(struct feed_xml *xml);
/* Called by a reader: what follows is not read, and the whole reading is this fault, with name and line. */
void feed_xml_refuse(struct feed_xml *xml, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* "" where there is none; an attribute in a namespace is found by its own name too. */
const char *feed_xml_attribute(const struct feed_element *element, const char *name);
bool feed_element_is(const struct feed_element *element, const char *space, const char *name);
/* `space` begins with `stem`, http:// and https:// alike: JVN has written both. */
bool feed_space_like(const char *space, const char *stem);
