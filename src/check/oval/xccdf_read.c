#include "base/cleanup.h"
#include "base/memory.h"
#include "check/oval/xccdf_model.h"
#include "check/versions/feed_xml.h"
#include <stdint.h>
#include <string.h>

/* XCCDF 1.1 and 1.2 (NISTIR 7275) differ in their namespaces, in nothing that is read here. */
static const char space[] = "checklists.nist.gov/xccdf/1.",
                  oval_system[] = "http://oval.mitre.org/XMLSchema/oval";

struct reading {
    struct xccdf_benchmark *benchmark;
    size_t around;             /* the group or rule that is open; SIZE_MAX: none */
    struct xccdf_check *check; /* what is open of its checks */
    bool in_profile;
    size_t selects;
    const char **text; /* where the text that is open goes; NULL: nowhere */
    size_t text_depth;
    struct text words;
};

static const char *copy(struct reading *reading, const char *string)
{
    return arena_string(&reading->benchmark->arena, string, strlen(string));
}

static const char *attribute(struct reading *reading, const struct feed_element *element, const char *name)
{
    return copy(reading, feed_xml_attribute(element, name));
}

/* xs:boolean */
static bool is_true(const struct feed_element *element, const char *name, bool unless_said)
{
    const char *said = feed_xml_attribute(element, name);
    return said[0] == '\0' ? unless_said : strcmp(said, "true") == 0 || strcmp(said, "1") == 0;
}

static void *grown(void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return items;
    *capacity = *capacity == 0 ? 16 : 2 * *capacity;
    return memory_resize(items, *capacity, size);
}

static void open_item(struct reading *reading, struct feed_xml *xml, const struct feed_element *element)
{
    struct xccdf_benchmark *benchmark = reading->benchmark;
    if (benchmark->item_count == XCCDF_ITEMS_MOST) {
        feed_xml_refuse(xml, "has more than %d groups and rules", XCCDF_ITEMS_MOST);
        return;
    }
    benchmark->items =
        grown(benchmark->items, benchmark->item_count, &benchmark->item_capacity, sizeof *benchmark->items);
    benchmark->items[benchmark->item_count] =
        (struct xccdf_item){.id = attribute(reading, element, "id"),
                            .cluster = attribute(reading, element, "cluster-id"),
                            .around = reading->around,
                            .rule = strcmp(element->name, "Rule") == 0,
                            .selected = is_true(element, "selected", true),
                            .abstract = is_true(element, "abstract", false),
                            .unchecked = strcmp(feed_xml_attribute(element, "role"), "unchecked") == 0,
                            .title = "",
                            .fix = ""};
    reading->around = benchmark->item_count++;
}

static void open_check(struct reading *reading, const struct feed_element *element)
{
    struct xccdf_item *rule = &reading->benchmark->items[reading->around];
    struct xccdf_check *check = arena_new(&reading->benchmark->arena, 1, sizeof *check);
    *check = (struct xccdf_check){
        .complex = strcmp(element->name, "complex-check") == 0,
        .or = strcmp(feed_xml_attribute(element, "operator"), "OR") == 0,
        .negate = is_true(element, "negate", false),
        .each = is_true(element, "multi-check", false),
        .oval = strncmp(feed_xml_attribute(element, "system"), oval_system, sizeof oval_system - 1) == 0,
        .selector = attribute(reading, element, "selector"),
        .definition = "",
        .parent = reading->check};
    struct xccdf_check **first = reading->check != NULL ? &reading->check->children : &rule->checks;
    struct xccdf_check **last = reading->check != NULL ? &reading->check->last_child : &rule->last_check;
    if (*last != NULL)
        (*last)->next = check;
    else
        *first = check;
    *last = check;
    reading->check = check;
}

static void open_profile(struct reading *reading, const struct feed_element *element)
{
    struct xccdf_benchmark *benchmark = reading->benchmark;
    benchmark->profiles = grown(benchmark->profiles, benchmark->profile_count, &benchmark->profile_capacity,
                                sizeof *benchmark->profiles);
    benchmark->profiles[benchmark->profile_count++] = (struct xccdf_profile){
        .id = attribute(reading, element, "id"), .extends = attribute(reading, element, "extends")};
    reading->in_profile = true;
}

static void add_select(struct reading *reading, struct feed_xml *xml, const struct feed_element *element)
{
    if (++reading->selects > XCCDF_SELECTS_MOST) {
        feed_xml_refuse(xml, "its profiles select more than %d times", XCCDF_SELECTS_MOST);
        return;
    }
    struct xccdf_profile *profile = &reading->benchmark->profiles[reading->benchmark->profile_count - 1];
    profile->selects = grown(profile->selects, profile->count, &profile->capacity, sizeof *profile->selects);
    profile->selects[profile->count++] = (struct xccdf_select){
        .idref = attribute(reading, element, "idref"), .selected = is_true(element, "selected", true)};
}

/* Of several places that hold the same content the first counts. */
static void add_content(struct reading *reading, const struct feed_element *element)
{
    if (reading->check->has_content)
        return;
    reading->check->has_content = true;
    reading->check->definition = attribute(reading, element, "name");
}

/* Where an element's text goes, NULL: nowhere. Of several titles (of several languages) the first counts. */
static const char **place_of_text(struct reading *reading, const struct feed_element *element)
{
    struct xccdf_item *item =
        reading->around == SIZE_MAX ? NULL : &reading->benchmark->items[reading->around];
    bool title = strcmp(element->name, "title") == 0, fix = strcmp(element->name, "fixtext") == 0;
    if (reading->in_profile || reading->check != NULL || (!title && !fix))
        return NULL;
    if (item == NULL)
        return title && element->depth == 2 && reading->benchmark->title[0] == '\0'
                   ? &reading->benchmark->title
                   : NULL;
    const char **place = title ? &item->title : &item->fix;
    return (*place)[0] == '\0' ? place : NULL;
}

static void open_known(struct reading *reading, struct feed_xml *xml, const struct feed_element *element)
{
    const char *name = element->name;
    bool in_rule = reading->around != SIZE_MAX && reading->benchmark->items[reading->around].rule;
    if (strcmp(name, "Group") == 0 || strcmp(name, "Rule") == 0)
        open_item(reading, xml, element);
    else if (strcmp(name, "Profile") == 0)
        open_profile(reading, element);
    else if (strcmp(name, "select") == 0 && reading->in_profile)
        add_select(reading, xml, element);
    else if (in_rule && (strcmp(name, "check") == 0 || strcmp(name, "complex-check") == 0))
        open_check(reading, element);
    else if (strcmp(name, "check-content-ref") == 0 && reading->check != NULL)
        add_content(reading, element);
    else if ((reading->text = place_of_text(reading, element)) != NULL) {
        reading->text_depth = element->depth;
        text_empty(&reading->words);
    }
}

static void start(void *context, struct feed_xml *xml, const struct feed_element *element)
{
    struct reading *reading = context;
    bool ours = feed_space_like(element->space, space);
    if (element->depth == 1 && (!ours || strcmp(element->name, "Benchmark") != 0)) {
        feed_xml_refuse(xml, "begins with '%s' (expected a Benchmark of XCCDF 1.1 or 1.2)", element->name);
        return;
    }
    if (reading->text != NULL) {
        text_add_string(&reading->words, element->text);
        text_add_byte(&reading->words, ' ');
    } else if (ours)
        open_known(reading, xml, element);
}

/* One line: runs of white space are a space. */
static const char *line_of(struct reading *reading)
{
    CLEANUP(text_clear) struct text line;
    text_init(&line, XCCDF_TEXT_MOST);
    static const char white[] = " \t\r\n";
    const char *at = reading->words.length == 0 ? "" : reading->words.bytes;
    for (size_t length; at += strspn(at, white), (length = strcspn(at, white)) > 0; at += length) {
        if (line.length > 0)
            text_add_byte(&line, ' ');
        text_add(&line, at, length);
    }
    return arena_string(&reading->benchmark->arena, line.length == 0 ? "" : line.bytes, line.length);
}

static void end(void *context, struct feed_xml *xml, const struct feed_element *element)
{
    struct reading *reading = context;
    const char *name = element->name;
    (void)xml;
    if (reading->text != NULL) {
        text_add_string(&reading->words, element->text);
        if (element->depth != reading->text_depth)
            return;
        *reading->text = line_of(reading);
        reading->text = NULL;
    }
    if (!feed_space_like(element->space, space))
        return;
    if (reading->check != NULL && (strcmp(name, "check") == 0 || strcmp(name, "complex-check") == 0))
        reading->check = reading->check->parent;
    else if (strcmp(name, "Profile") == 0)
        reading->in_profile = false;
    else if (reading->around != SIZE_MAX && (strcmp(name, "Group") == 0 || strcmp(name, "Rule") == 0))
        reading->around = reading->benchmark->items[reading->around].around;
}

bool xccdf_read(const char *name, const char *bytes, size_t length, struct xccdf_benchmark *benchmark,
                struct fault *fault)
{
    static const struct feed_xml_reader reader = {start, end, NULL};
    const struct text text = {.bytes = (char *)(uintptr_t)bytes, .length = length};
    CLEANUP(xccdf_benchmark_clear) struct xccdf_benchmark read = {.title = ""};
    struct reading reading = {.benchmark = &read, .around = SIZE_MAX};
    arena_init(&read.arena);
    text_init(&reading.words, FEED_XML_TEXT_MOST);
    bool well = feed_xml_read(&reader, &reading, name, &text, fault);
    text_clear(&reading.words);
    if (well) {
        *benchmark = read;
        read = (struct xccdf_benchmark){0};
    }
    return well;
}

void xccdf_benchmark_clear(struct xccdf_benchmark *benchmark)
{
    for (size_t i = 0; i < benchmark->profile_count; i++)
        free(benchmark->profiles[i].selects);
    free(benchmark->profiles);
    free(benchmark->items);
    arena_clear(&benchmark->arena);
    *benchmark = (struct xccdf_benchmark){0};
}
