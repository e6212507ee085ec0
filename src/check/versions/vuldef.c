/* vuldef: the details of vulnerabilities: VULDEF 2 and 3 (https://jvndb.jvn.jp/schema/vuldef_3.2.xsd). */
#include "check/versions/feed_advisory.h"
#include "check/versions/feed_xml.h"
#include <stdio.h>
#include <string.h>

#define SPACE "jvn.jp/vuldef/"

enum { SENTENCE_SIZE = 512 };

struct reading {
    const struct feed *feed;
    struct advisories *advisories;
    struct advisory *advisory; /* NULL: outside of a <Vulinfo> */
    struct affected *last;     /* the <AffectedItem> that is read, NULL: outside of one */
    struct affected *previous;
    char range[SENTENCE_SIZE]; /* <RangeBegin> and <RangeEnd> of a <VersionNumber>, as a sentence */
    char ranged[32];           /* operator of the one that is read */
    const char *description;   /* of the item */
    enum affected_status all;  /* of <Affected>: what its items are that say nothing themselves */
};

static void too_many(struct feed_xml *xml)
{
    feed_xml_refuse(xml, "holds more than can be judged by (expected at most %d entries)", ADVISORIES_MOST);
}

static enum affected_status status_of(const struct feed_element *element, enum affected_status otherwise)
{
    const char *word = feed_xml_attribute(element, "affectedstatus");
    if (word[0] == '\0')
        return otherwise;
    if (strcmp(word, "vulnerable") == 0)
        return AFFECTED_YES;
    return strcmp(word, "notvulnerable") == 0 ? AFFECTED_NO : AFFECTED_UNSURE;
}

static void begin_item(struct reading *reading, struct feed_xml *xml, const struct feed_element *element)
{
    reading->last = advisory_affected(reading->advisories, reading->advisory, reading->previous);
    reading->description = "";
    if (reading->last == NULL)
        too_many(xml);
    else
        reading->last->status = status_of(element, reading->all);
}

static void start(void *context, struct feed_xml *xml, const struct feed_element *element)
{
    struct reading *reading = context;
    if (!feed_space_like(element->space, SPACE))
        return;
    if (strcmp(element->name, "Vulinfo") == 0 && element->depth == 2) {
        reading->advisory = advisories_add(reading->advisories, reading->feed);
        reading->previous = NULL;
        if (reading->advisory == NULL)
            too_many(xml);
        else
            reading->advisory->detailed = true;
    } else if (strcmp(element->name, "Affected") == 0) {
        reading->all = status_of(element, AFFECTED_YES);
    } else if (strcmp(element->name, "AffectedItem") == 0 && reading->advisory != NULL) {
        begin_item(reading, xml, element);
    } else if (strcmp(element->name, "VersionNumber") == 0) {
        reading->range[0] = '\0';
    } else if (strncmp(element->name, "Range", 5) == 0) {
        snprintf(reading->ranged, sizeof reading->ranged, "%s", feed_xml_attribute(element, "operator"));
    }
}

/* An operator (VULDEF's eq ne gt lt ge le) in the words that range.h reads; what is none of them is not
 * understood there either. */
static const char *words_of(const char *operator)
{
    static const struct {
        const char *operator, * words;
    } all[] = {{"", ""}, {"eq", ""}, {"gt", "より後"}, {"ge", "以上"}, {"lt", "未満"}, {"le", "以下"}};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (strcmp(all[i].operator, operator) == 0)
            return all[i].words;
    return operator;
}

static void end_range(struct reading *reading, const char *text)
{
    size_t length = strlen(reading->range);
    snprintf(reading->range + length, sizeof reading->range - length, "%s%s %s", length > 0 ? " " : "", text,
             words_of(reading->ranged));
}

/* The element that ends, inside of an <AffectedItem>. */
static bool end_inside(struct reading *reading, const struct feed_element *element)
{
    struct advisories *all = reading->advisories;
    struct affected *affected = reading->last;
    const char *name = element->name;
    if (strcmp(name, "Name") == 0)
        affected->vendor = advisories_string(all, element->text);
    else if (strcmp(name, "ProductName") == 0)
        affected->product = advisories_string(all, element->text);
    else if (strcmp(name, "Cpe") == 0 && affected->cpe[0] == '\0')
        affected->cpe = advisories_string(all, element->text);
    else if (strcmp(name, "RangeBegin") == 0 || strcmp(name, "RangeEnd") == 0)
        end_range(reading, element->text);
    else if (strcmp(name, "VersionNumber") == 0)
        return affected_sentence(all, affected, reading->range[0] != '\0' ? reading->range : element->text);
    else if (strcmp(name, "Description") == 0)
        reading->description = advisories_string(all, element->text);
    return true;
}

/* What is described in words counts where no version is given: else it only explains. */
static bool end_item(struct reading *reading)
{
    struct affected *affected = reading->last;
    reading->previous = affected;
    reading->last = NULL;
    return affected->sentence_count > 0 ||
           affected_sentence(reading->advisories, affected, reading->description);
}

static void end(void *context, struct feed_xml *xml, const struct feed_element *element)
{
    struct reading *reading = context;
    if (reading->advisory == NULL || !feed_space_like(element->space, SPACE))
        return;
    if (strcmp(element->name, "Vulinfo") == 0) {
        if (reading->advisory->id[0] == '\0') /* what has no number cannot be looked up */
            reading->advisories->count--;
        reading->advisory = NULL;
    } else if (strcmp(element->name, "AffectedItem") == 0 && reading->last != NULL) {
        if (!end_item(reading))
            too_many(xml);
    } else if (reading->last != NULL) {
        if (!end_inside(reading, element))
            too_many(xml);
    } else if (element->depth == 3 && strcmp(element->name, "VulinfoID") == 0)
        reading->advisory->id = advisories_string(reading->advisories, element->text);
    else if (element->depth == 4 && strcmp(element->name, "Title") == 0)
        reading->advisory->title = advisories_string(reading->advisories, element->text);
}

bool vuldef_read(const struct feed *feed, struct advisories *advisories, struct fault *fault)
{
    static const struct feed_xml_reader reader = {start, end, NULL};
    struct reading reading = {.feed = feed, .advisories = advisories, .description = ""};
    return feed_xml_read(&reader, &reading, feed->name, &feed->bytes, fault);
}
