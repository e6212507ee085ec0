#include "check/oval/read_parts.h"

#include "base/text.h"

#include <string.h>

const struct read_word read_operators[] = {
    {"AND", OVAL_AND}, {"OR", OVAL_OR}, {"ONE", OVAL_ONE}, {"XOR", OVAL_XOR}, {0}};
/* "none exist" is what "none satisfy" was called before 5.3. */
const struct read_word read_checks[] = {
    {"all", OVAL_CHECK_ALL},           {"at least one", OVAL_CHECK_AT_LEAST_ONE},
    {"none satisfy", OVAL_CHECK_NONE}, {"none exist", OVAL_CHECK_NONE},
    {"only one", OVAL_CHECK_ONLY_ONE}, {0}};
const struct read_word read_existences[] = {{"all_exist", OVAL_ALL_EXIST},
                                            {"any_exist", OVAL_ANY_EXIST},
                                            {"at_least_one_exists", OVAL_AT_LEAST_ONE_EXISTS},
                                            {"none_exist", OVAL_NONE_EXIST},
                                            {"only_one_exists", OVAL_ONLY_ONE_EXISTS},
                                            {0}};
static const struct read_word datatypes[] = {{"string", OVAL_STRING},
                                             {"int", OVAL_INT},
                                             {"float", OVAL_FLOAT},
                                             {"boolean", OVAL_BOOLEAN},
                                             {"version", OVAL_VERSION},
                                             {"evr_string", OVAL_EVR},
                                             {"debian_evr_string", OVAL_DEBIAN_EVR},
                                             {"binary", OVAL_BINARY},
                                             {0}};

const char *read_attribute(const struct read_tag *tag, const char *name)
{
    for (const char **pair = tag->attributes; pair[0] != NULL; pair += 2)
        if (strcmp(pair[0], name) == 0)
            return pair[1];
    return NULL;
}

bool read_true(const struct read_tag *tag, const char *name)
{
    const char *value = read_attribute(tag, name);
    return value != NULL && (strcmp(value, "true") == 0 || strcmp(value, "1") == 0);
}

static void words_text(const struct read_word *words, struct text *out)
{
    for (const struct read_word *word = words; word->name != NULL; word++) {
        text_add_string(out, word == words ? "" : word[1].name == NULL ? " or " : ", ");
        text_add_string(out, word->name);
    }
}

int read_word(struct reading *reading, const struct read_tag *tag, const char *name,
              const struct read_word *words, int otherwise)
{
    const char *value = read_attribute(tag, name);
    if (value == NULL)
        return otherwise;
    for (const struct read_word *word = words; word->name != NULL; word++)
        if (strcmp(word->name, value) == 0)
            return word->value;
    struct text expected;
    text_init(&expected, 1024);
    words_text(words, &expected);
    read_fails(reading, "%s '%.60s' is unknown (expected %s)", name, value, expected.bytes);
    text_clear(&expected);
    return otherwise;
}

enum oval_datatype read_datatype(const struct read_tag *tag)
{
    const char *value = read_attribute(tag, "datatype");
    if (value == NULL)
        return OVAL_STRING;
    for (const struct read_word *word = datatypes; word->name != NULL; word++)
        if (strcmp(word->name, value) == 0)
            return (enum oval_datatype)word->value;
    return OVAL_OTHER;
}

void *read_node(struct reading *reading, size_t size)
{
    if (++reading->nodes > READ_NODES_MOST)
        read_fails(reading, "there are more than %d parts", READ_NODES_MOST);
    return arena_new(&reading->document->arena, 1, size);
}

char *read_string(struct reading *reading, const char *string)
{
    return arena_string(&reading->document->arena, string, strlen(string));
}

char *read_trimmed(struct reading *reading, const char *string)
{
    static const char blank[] = " \t\r\n";
    string += strspn(string, blank);
    size_t length = strlen(string);
    while (length > 0 && strchr(blank, string[length - 1]) != NULL)
        length--;
    return arena_string(&reading->document->arena, string, length);
}

void *read_reference(struct reading *reading, enum oval_kind kind, const char *id)
{
    enum { ID_MOST = 512 };
    if (id == NULL || id[0] == '\0' || strlen(id) > ID_MOST) {
        read_fails(reading, "a reference to a %s has no id of at most %d bytes", model_kind_name(kind),
                   ID_MOST);
        return NULL;
    }
    void *named = model_mention(reading->document, kind, id);
    if (named == NULL)
        read_fails(reading, "there are too many %ss", model_kind_name(kind));
    return named;
}

void *read_named(struct reading *reading, enum oval_kind kind, const struct read_tag *tag)
{
    struct {
        const char *id;
        size_t line;
    } *named = read_reference(reading, kind, read_attribute(tag, "id"));
    if (named == NULL)
        return NULL;
    if (named->line != 0)
        read_fails(reading, "%s '%.120s' is there twice (first in line %zu)", model_kind_name(kind),
                   named->id, named->line);
    named->line = XML_GetCurrentLineNumber(reading->parser);
    return named;
}

char *read_kind(struct reading *reading, const struct read_tag *tag, const char *ending)
{
    size_t length = strlen(tag->name), tail = strlen(ending);
    if (length <= tail || strcmp(tag->name + length - tail, ending) != 0)
        return NULL;
    return arena_string(&reading->document->arena, tag->name, length - tail);
}

const char *read_family(struct reading *reading, const struct read_tag *tag)
{
    return arena_string(&reading->document->arena, tag->family, strcspn(tag->family, "\n"));
}
