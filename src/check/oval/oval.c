#include "check/oval/oval.h"

#include "base/cleanup.h"
#include "base/memory.h"
#include "base/reader.h"
#include "check/oval/evaluate.h"
#include "check/oval/object_package.h"
#include "check/oval/read.h"

#include <stdlib.h>
#include <string.h>

OWNED_TYPE(patterns_free, struct patterns)
OWNED_TYPE(object_packages_free, struct object_packages)

const char *oval_result_name(enum oval_result result)
{
    static const char *const names[] = {[OVAL_TRUE] = "true",
                                        [OVAL_FALSE] = "false",
                                        [OVAL_UNKNOWN] = "unknown",
                                        [OVAL_ERROR] = "error",
                                        [OVAL_NOT_EVALUATED] = "not evaluated",
                                        [OVAL_NOT_APPLICABLE] = "not applicable"};
    return names[result];
}

void oval_verdicts_clear(struct oval_verdicts *verdicts)
{
    free(verdicts->items);
    arena_clear(&verdicts->arena);
    *verdicts = (struct oval_verdicts){.written_day = INT32_MIN};
}

static const char *keep(struct oval_verdicts *verdicts, const char *string)
{
    return string[0] == '\0' ? "" : arena_string(&verdicts->arena, string, strlen(string));
}

static void add_verdict(struct oval_verdicts *verdicts, const struct oval_definition *definition)
{
    bool doubtful =
        definition->why != NULL && (definition->result == OVAL_UNKNOWN || definition->result == OVAL_ERROR);
    verdicts->items[verdicts->count++] =
        (struct oval_verdict){.id = keep(verdicts, definition->id),
                              .class = definition->class,
                              .result = definition->result,
                              .title = keep(verdicts, definition->title),
                              .reference = keep(verdicts, definition->reference),
                              .product = keep(verdicts, definition->product),
                              .why = doubtful ? keep(verdicts, definition->why->text) : "",
                              .no_kind = doubtful && definition->why->no_kind};
}

static void judge_all(struct judging *judging, struct oval_verdicts *verdicts)
{
    const struct oval_document *document = judging->document;
    verdicts->items = memory_new(document->definition_count, sizeof *verdicts->items);
    for (size_t i = 0; i < document->definition_count; i++) {
        evaluate_definition(judging, document->definitions[i]);
        add_verdict(verdicts, document->definitions[i]);
    }
}

/* What the document does not have is not judged: whoever asks looks for it in vain. */
static void judge_some(struct judging *judging, const char *const *only, struct oval_verdicts *verdicts)
{
    size_t count = 0;
    while (only[count] != NULL)
        count++;
    verdicts->items = memory_new(count, sizeof *verdicts->items);
    for (size_t i = 0; i < count; i++) {
        struct oval_definition *definition = model_find(judging->document, OVAL_DEFINITION, only[i]);
        if (definition == NULL || definition->line == 0)
            continue;
        evaluate_definition(judging, definition);
        add_verdict(verdicts, definition);
    }
}

bool oval_judge(const char *name, const char *bytes, size_t length, const struct machine *machine,
                const char *const *only, struct oval_verdicts *verdicts, struct fault *fault)
{
    CLEANUP(model_clear) struct oval_document document;
    model_init(&document, name);
    if (!read_document(&document, bytes, length, fault))
        return false;
    OWNED(patterns_free) struct patterns *patterns = patterns_new();
    OWNED(object_packages_free) struct object_packages *packages = object_packages_new(machine);
    struct judging judging = {.document = &document,
                              .machine = machine,
                              .patterns = patterns,
                              .packages = packages,
                              .bytes_left = JUDGING_BYTES_MOST};
    *verdicts = (struct oval_verdicts){.written_day = document.written_day};
    arena_init(&verdicts->arena);
    if (only == NULL)
        judge_all(&judging, verdicts);
    else
        judge_some(&judging, only, verdicts);
    return true;
}

/* A verdict's strings, in the order in which they are packed. */
enum { STRINGS = 5 };
static void strings_of(struct oval_verdict *verdict, const char **strings[STRINGS])
{
    strings[0] = &verdict->id;
    strings[1] = &verdict->title;
    strings[2] = &verdict->reference;
    strings[3] = &verdict->product;
    strings[4] = &verdict->why;
}

static void pack_number(struct text *out, uint32_t number)
{
    const char bytes[4] = {(char)(number >> 24), (char)(number >> 16), (char)(number >> 8), (char)number};
    text_add(out, bytes, sizeof bytes);
}

void oval_pack(const struct oval_verdicts *verdicts, struct text *out)
{
    pack_number(out, (uint32_t)verdicts->written_day);
    pack_number(out, (uint32_t)verdicts->count);
    for (size_t i = 0; i < verdicts->count; i++) {
        const char **strings[STRINGS];
        strings_of(&verdicts->items[i], strings);
        pack_number(out, verdicts->items[i].class);
        pack_number(out, verdicts->items[i].result);
        pack_number(out, verdicts->items[i].no_kind);
        for (size_t s = 0; s < STRINGS; s++) {
            pack_number(out, (uint32_t)strlen(*strings[s]));
            text_add_string(out, *strings[s]);
        }
    }
}

static const char *unpack_string(struct reader *reader, struct arena *arena)
{
    uint32_t length = reader_u32(reader);
    const unsigned char *bytes = reader_take(reader, length);
    return bytes == NULL || length == 0 ? "" : arena_string(arena, (const char *)bytes, length);
}

static bool unpack_verdict(struct reader *reader, struct oval_verdicts *verdicts)
{
    struct oval_verdict verdict = {0};
    const char **strings[STRINGS];
    uint32_t class = reader_u32(reader), result = reader_u32(reader);
    verdict.no_kind = reader_u32(reader) != 0;
    strings_of(&verdict, strings);
    for (size_t s = 0; s < STRINGS; s++)
        *strings[s] = unpack_string(reader, &verdicts->arena);
    if (reader->short_read || class > OVAL_MISCELLANEOUS || result > OVAL_NOT_APPLICABLE)
        return false;
    verdict.class = class;
    verdict.result = result;
    verdicts->items[verdicts->count++] = verdict;
    return true;
}

bool oval_unpack(const char *bytes, size_t length, struct oval_verdicts *verdicts, struct fault *fault)
{
    enum { LEAST = 32 }; /* bytes of a verdict whose strings are empty */
    struct reader reader = reader_over(bytes, length);
    struct oval_verdicts unpacked = {.written_day = (int32_t)reader_u32(&reader)};
    uint32_t count = reader_u32(&reader);
    bool whole = !reader.short_read && count <= reader_left(&reader) / LEAST;
    arena_init(&unpacked.arena);
    unpacked.items = memory_new(whole ? count : 1, sizeof *unpacked.items);
    for (uint32_t i = 0; i < count && whole; i++)
        whole = unpack_verdict(&reader, &unpacked);
    if (!whole) {
        oval_verdicts_clear(&unpacked);
        return fault_set(fault, "what another process judged by OVAL is damaged");
    }
    *verdicts = unpacked;
    return true;
}
