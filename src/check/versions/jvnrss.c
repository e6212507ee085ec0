/* jvnrss: overviews of vulnerabilities: RSS 1.0 with mod_sec 2.0 or 3.0
 * (http://jvn.jp/rss/mod_sec/, https://jvndb.jvn.jp/schema/jvnrss_3.2.xsd). */
#include "check/versions/cpe.h"
#include "check/versions/feed_advisory.h"
#include "check/versions/feed_xml.h"
#include <stdio.h>
#include <string.h>

#define SPACE_RSS "purl.org/rss/1.0/"
#define SPACE_SEC "jvn.jp/rss/mod_sec/"

struct reading {
    const struct feed *feed;
    struct advisories *advisories;
    struct advisory *advisory; /* NULL: outside of an item */
    struct affected *last;
    size_t items, told; /* told: those that have a number */
};

static void too_many(struct feed_xml *xml)
{
    feed_xml_refuse(xml, "holds more than can be judged by (expected at most %d entries)", ADVISORIES_MOST);
}

/* <sec:cpe vendor="..." product="..." impact="vulnerable">cpe:/a:vendor:product:version</sec:cpe> */
static void begin_product(struct reading *reading, struct feed_xml *xml, const struct feed_element *element)
{
    struct advisories *all = reading->advisories;
    struct affected *added = advisory_affected(all, reading->advisory, reading->last);
    if (added == NULL) {
        too_many(xml);
        return;
    }
    added->vendor = advisories_string(all, feed_xml_attribute(element, "vendor"));
    added->product = advisories_string(all, feed_xml_attribute(element, "product"));
    bool safe = strcmp(feed_xml_attribute(element, "impact"), "not vulnerable") == 0;
    added->status = safe ? AFFECTED_NO : AFFECTED_YES;
    reading->last = added;
}

static void start(void *context, struct feed_xml *xml, const struct feed_element *element)
{
    struct reading *reading = context;
    if (element->depth == 2 && feed_element_is(element, SPACE_RSS, "item")) {
        reading->advisory = advisories_add(reading->advisories, reading->feed);
        reading->last = NULL;
        reading->items++;
        if (reading->advisory == NULL)
            too_many(xml);
    } else if (reading->advisory != NULL && feed_element_is(element, SPACE_SEC, "cpe")) {
        begin_product(reading, xml, element);
    }
}

/* A version in the CPE's name is all that an overview says of versions; one with an update ("sp1") is more
 * than a range can hold, and stays unclear. */
static void end_product(struct reading *reading, struct feed_xml *xml, const char *text)
{
    char version[CPE_PART_SIZE], update[CPE_PART_SIZE], sentence[2 * CPE_PART_SIZE];
    reading->last->cpe = advisories_string(reading->advisories, text);
    if (!cpe_part(reading->last->cpe, CPE_VERSION, version))
        return;
    bool updated = cpe_part(reading->last->cpe, CPE_UPDATE, update);
    snprintf(sentence, sizeof sentence, "%s%s%s", version, updated ? " " : "", updated ? update : "");
    if (!affected_sentence(reading->advisories, reading->last, sentence))
        too_many(xml);
}

/* An item without a number is none of ours. */
static void end_item(struct reading *reading)
{
    if (reading->advisory->id[0] == '\0')
        reading->advisories->count--;
    else
        reading->told++;
    reading->advisory = NULL;
}

static void end(void *context, struct feed_xml *xml, const struct feed_element *element)
{
    struct reading *reading = context;
    struct advisories *all = reading->advisories;
    if (reading->advisory == NULL)
        return;
    if (element->depth == 2)
        end_item(reading);
    else if (feed_element_is(element, SPACE_SEC, "cpe") && reading->last != NULL)
        end_product(reading, xml, element->text);
    else if (element->depth == 3 && feed_element_is(element, SPACE_SEC, "identifier"))
        reading->advisory->id = advisories_string(all, element->text);
    else if (element->depth == 3 && feed_element_is(element, SPACE_RSS, "title"))
        reading->advisory->title = advisories_string(all, element->text);
    else if (element->depth == 3 && feed_element_is(element, SPACE_RSS, "link"))
        reading->advisory->link = advisories_string(all, element->text);
}

bool jvnrss_read(const struct feed *feed, struct advisories *advisories, struct fault *fault)
{
    static const struct feed_xml_reader reader = {start, end, NULL};
    struct reading reading = {.feed = feed, .advisories = advisories};
    if (!feed_xml_read(&reader, &reading, feed->name, &feed->bytes, fault))
        return false;
    if (reading.items > 0 && reading.told == 0)
        return fault_set(fault, "%s: holds news, but no vulnerabilities (expected items with sec:identifier)",
                         feed->name);
    return true;
}
