#include "check/versions/feed_kind.h"
#include "base/calendar.h"
#include "check/versions/feed_xml.h"
#include <stdio.h>
#include <string.h>

static const struct {
    const char *root, *space;
    enum feed_kind kind;
} kinds[] = {
    {"oval_definitions", "oval.mitre.org/XMLSchema/oval-definitions-5", FEED_OVAL},
    {"Benchmark", "checklists.nist.gov/xccdf/1.", FEED_XCCDF},
    {"Result", "jvndb.jvn.jp/myjvn/Results", FEED_MYJVN},
    {"RDF", "www.w3.org/1999/02/22-rdf-syntax-ns#", FEED_JVNRSS},
    {"VULDEF-Document", "jvn.jp/vuldef/", FEED_VULDEF},
};

bool feed_kind_day(const char *date, int32_t *day)
{
    char first[sizeof "2011-11-08"];
    while (*date == ' ' || *date == '\n' || *date == '\r' || *date == '\t')
        date++;
    snprintf(first, sizeof first, "%s", date);
    return calendar_parse_day(first, day);
}

static void saw_root(struct feed_seen *seen, struct feed_xml *xml, const struct feed_element *element)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (feed_element_is(element, kinds[i].space, kinds[i].root)) {
            seen->kind = kinds[i].kind;
            if (seen->kind == FEED_MYJVN || seen->kind == FEED_VULDEF)
                feed_xml_stop(xml); /* neither says when it was written */
            return;
        }
    feed_xml_refuse(xml,
                    "begins with '%.60s' (expected oval_definitions, Benchmark, Result, rdf:RDF or "
                    "VULDEF-Document in their namespaces)",
                    element->name);
}

/* Behind these nothing follows that says when it was written. */
static bool ends_the_head(const struct feed_element *element)
{
    static const char *const ends[] = {"definitions", "Group", "Rule", "Profile", "item"};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (strcmp(element->name, ends[i]) == 0)
            return true;
    return false;
}

static void start(void *context, struct feed_xml *xml, const struct feed_element *element)
{
    struct feed_seen *seen = context;
    if (element->depth == 1)
        saw_root(seen, xml, element);
    else if (element->depth == 2 && seen->kind == FEED_XCCDF && strcmp(element->name, "status") == 0)
        feed_kind_day(feed_xml_attribute(element, "date"), &seen->written_day);
    else if (element->depth == 2 && ends_the_head(element))
        feed_xml_stop(xml);
}

/* OVAL's generator; the channel of an overview, whose newer date counts. */
static void end(void *context, struct feed_xml *xml, const struct feed_element *element)
{
    struct feed_seen *seen = context;
    int32_t day;
    bool dates = seen->kind == FEED_OVAL
                     ? strcmp(element->name, "timestamp") == 0
                     : seen->kind == FEED_JVNRSS &&
                           (strcmp(element->name, "date") == 0 || strcmp(element->name, "modified") == 0);
    (void)xml;
    if (element->depth == 3 && dates && feed_kind_day(element->text, &day) && day > seen->written_day)
        seen->written_day = day;
}

bool feed_kind_see(const char *name, const struct text *bytes, struct feed_seen *seen, struct fault *fault)
{
    static const struct feed_xml_reader reader = {start, end, NULL};
    struct feed_seen found = {FEED_OVAL, INT32_MIN};
    if (!feed_xml_read(&reader, &found, name, bytes, fault))
        return false;
    *seen = found;
    return true;
}
