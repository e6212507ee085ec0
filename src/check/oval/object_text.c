/* textfilecontent54: what a pattern finds in text files (independent-definitions-schema). */
#include "base/cleanup.h"
#include "base/text.h"
#include "check/oval/walk.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { FILE_MOST = 16 << 20, READ_STEP = 64 << 10 };

/* All of a regular file; false where it is none, or where the flag says what went wrong. */
static bool read_whole(const struct object_search *search, const struct walk_file *file, struct text *out,
                       struct oval_collection *found)
{
    char bytes[READ_STEP];
    ssize_t got = 0;
    CLEANUP(cleanup_descriptor) int descriptor = machine_open_file(search->machine, file->path);
    if (descriptor < 0) {
        if (errno != ENOENT && errno != EISDIR && errno != EINVAL)
            collection_flag(found, COLLECTION_INCOMPLETE, "file '%.200s' cannot be read: %s", file->path,
                            strerrorname_np(errno));
        return false;
    }
    while ((got = read(descriptor, bytes, sizeof bytes)) > 0 && text_whole(out))
        text_add(out, bytes, (size_t)got);
    if (got < 0 || !text_whole(out))
        collection_flag(found, COLLECTION_INCOMPLETE, "file '%.200s' cannot be read, or is over %d MiB",
                        file->path, FILE_MOST >> 20);
    return got >= 0 && text_whole(out);
}

static bool add_match(const struct walk_file *file, const struct pattern_subject *subject,
                      const struct pattern_span *spans, size_t count, struct oval_collection *found)
{
    struct oval_item *item = item_add(found, ITEM_EXISTS);
    if (item == NULL)
        return false;
    walk_fields(file, found, item);
    for (size_t i = 0; i < count; i++) {
        const char *name = i == 0 ? "text" : "subexpression";
        if (spans[i].begin > spans[i].end || spans[i].end > subject->length)
            continue; /* a group that took no part */
        const char *value =
            arena_string(found->arena, subject->bytes + spans[i].begin, spans[i].end - spans[i].begin);
        item_text(found, item, name, value);
    }
    return true;
}

static void add_place(const char *pattern, int64_t instance, struct oval_collection *found)
{
    struct oval_item *item = found->items[found->count - 1];
    item_text(found, item, "pattern", pattern);
    item_number(found, item, "instance", instance);
}

/* No instance past this one is meant: 1 is what nearly all objects ask for. */
static int64_t last_instance(const struct object_search *search)
{
    int64_t number = 0;
    const struct oval_entity *entity = object_entity(search, "instance");
    bool bounded = entity != NULL && entity->variable == NULL && entity->datatype == OVAL_INT &&
                   (entity->operation == OVAL_EQUALS || entity->operation == OVAL_LESS ||
                    entity->operation == OVAL_LESS_OR_EQUAL);
    return bounded && sscanf(entity->value, "%" SCNd64, &number) == 1 ? number : INT64_MAX;
}

/* Each place where the pattern matches, from the first: instance 1. False: stop. */
static bool match_all(const struct object_search *search, const struct walk_file *file, const char *pattern,
                      struct pattern_subject *subject, struct oval_collection *found)
{
    struct pattern_span spans[PATTERN_CAPTURES_MOST];
    size_t count = 0;
    char digits[32];
    const char *why = "";
    int64_t last = last_instance(search);
    for (int64_t instance = 1; instance <= last && subject->from <= subject->length; instance++) {
        enum pattern_answer answer = pattern_match(search->patterns, pattern, subject, spans, &count, &why);
        if (answer == PATTERN_FAILS)
            collection_flag(found, COLLECTION_ERROR, "object '%.120s': %s", search->object->id, why);
        if (answer != PATTERN_MATCHES)
            return answer == PATTERN_DIFFERS;
        snprintf(digits, sizeof digits, "%" PRId64, instance);
        enum oval_result meant = object_candidate(search, "instance", digits, found);
        if (meant == OVAL_TRUE && !add_match(file, subject, spans, count, found))
            return false;
        if (meant == OVAL_TRUE)
            add_place(pattern, instance, found);
        if (meant == OVAL_ERROR || meant == OVAL_UNKNOWN)
            return false;
        subject->from = spans[0].end > spans[0].begin ? spans[0].end : spans[0].end + 1;
    }
    return true;
}

static bool see_file(const struct object_search *search, const struct walk_file *file,
                     struct oval_collection *found)
{
    const struct oval_entity *pattern = object_entity(search, "pattern");
    bool going = true;
    CLEANUP(text_clear) struct text bytes;
    text_init(&bytes, FILE_MOST);
    if (file->name == NULL || !read_whole(search, file, &bytes, found))
        return true;
    struct pattern_subject subject = {
        .bytes = bytes.bytes == NULL ? "" : bytes.bytes,
        .length = bytes.length,
        .lines = strcmp(object_behavior(search, "multiline", "true"), "false") != 0,
        .any_case = strcmp(object_behavior(search, "ignore_case", "false"), "true") == 0,
        .dot_all = strcmp(object_behavior(search, "singleline", "false"), "true") == 0};
    if (pattern->variable == NULL)
        return match_all(search, file, pattern->value, &subject, found);
    for (size_t i = 0; i < pattern->variable->values.count && going; i++) {
        subject.from = 0;
        going = match_all(search, file, pattern->variable->values.items[i], &subject, found);
    }
    return going;
}

bool object_collect_text(const struct object_search *search, struct oval_collection *found,
                         struct fault *fault)
{
    const struct oval_entity *pattern = object_entity(search, "pattern");
    if (pattern == NULL)
        return fault_set(fault, "object '%.120s' has no pattern", search->object->id);
    bool several = pattern->variable != NULL && pattern->variable->values.count > 1 &&
                   pattern->variable_check != OVAL_CHECK_AT_LEAST_ONE;
    bool windows = search->machine->family == MACHINE_WINDOWS; /* its paths are others (walk.h) */
    if (pattern->operation != OVAL_PATTERN || several || windows) {
        collection_flag(found, COLLECTION_NOT_COLLECTED,
                        "object '%.120s' looks for text in a way that is not known here", search->object->id);
        return true;
    }
    walk_files(search, found, see_file);
    return true;
}
