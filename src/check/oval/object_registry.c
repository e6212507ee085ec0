/* registry_object: keys and values of a Windows that is not running (windows-definitions-schema,
 * registry_object, RegistryBehaviors, registry_item). */
#include "check/oval/beginning.h"
#include "check/oval/object.h"
#include "check/versions/registry.h"
#include "check/versions/utf16.h"
#include "base/memory.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { TEXT_MOST = 4 * HIVE_VALUE_MOST };

struct registry_search {
    const struct object_search *search;
    struct oval_collection *found;
    const char *hive; /* "HKEY_LOCAL_MACHINE" */
    struct registry_place place;
    bool every_key; /* the place was chosen so that each key in it is meant */
    /* while a value is looked at: */
    const struct registry_key *key;
};

static const char *const type_names[HIVE_TYPES] = {
    [HIVE_NONE] = "reg_none",
    [HIVE_SZ] = "reg_sz",
    [HIVE_EXPAND_SZ] = "reg_expand_sz",
    [HIVE_BINARY] = "reg_binary",
    [HIVE_DWORD] = "reg_dword",
    [HIVE_DWORD_BIG_ENDIAN] = "reg_dword_big_endian",
    [HIVE_LINK] = "reg_link",
    [HIVE_MULTI_SZ] = "reg_multi_sz",
    [HIVE_RESOURCE_LIST] = "reg_resource_list",
    [HIVE_FULL_RESOURCE_DESCRIPTOR] = "reg_full_resource_descriptor",
    [HIVE_RESOURCE_REQUIREMENTS_LIST] = "reg_resource_requirements_list",
    [HIVE_QWORD] = "reg_qword"};

/* What is meant by an entity whose pattern cannot be tried is not known: the collection says so. */
static bool means(struct registry_search *search, const char *entity, const char *value)
{
    const char *why = "it cannot be held against";
    enum oval_result result = object_means_any_case(search->search, entity, value, &why);
    if (result == OVAL_ERROR || result == OVAL_UNKNOWN)
        collection_flag(search->found, COLLECTION_ERROR, "'%s': %s", entity, why);
    return result == OVAL_TRUE;
}

static struct oval_item *add_item(struct registry_search *search)
{
    struct oval_item *item = item_add(search->found, ITEM_EXISTS);
    if (item == NULL)
        return NULL;
    item_text(search->found, item, "hive", search->hive);
    item_text(search->found, item, "key", search->key->path);
    return item;
}

static void end_item(struct registry_search *search, struct oval_item *item)
{
    item_text(search->found, item, "windows_view", search->place.view_32 ? "32_bit" : "64_bit");
}

static void add_number(struct registry_search *search, struct oval_item *item, const struct hive_value *value)
{
    uint64_t number;
    char digits[32];
    size_t size = value->type == HIVE_QWORD ? 8 : 4;
    if (value->length != size || !hive_value_number(value, &number)) {
        item_without(search->found, item, "value", ITEM_ERROR);
        return;
    }
    snprintf(digits, sizeof digits, "%" PRIu64, number);
    item_typed(search->found, item,
               (struct item_field){.name = "value", .datatype = OVAL_INT, .value = digits});
}

static void add_hex(struct registry_search *search, struct oval_item *item, const struct hive_value *value)
{
    CLEANUP(text_clear) struct text hex;
    text_init(&hex, TEXT_MOST);
    text_add_string(&hex, "");
    for (size_t i = 0; i < value->length; i++) {
        text_add_byte(&hex, "0123456789abcdef"[value->bytes[i] >> 4]);
        text_add_byte(&hex, "0123456789abcdef"[value->bytes[i] & 15]);
    }
    item_typed(search->found, item,
               (struct item_field){.name = "value", .datatype = OVAL_BINARY, .value = hex.bytes});
}

/* A string, or each of many up to the empty one that ends them. */
static void add_strings(struct registry_search *search, struct oval_item *item,
                        const struct hive_value *value)
{
    bool many = value->type == HIVE_MULTI_SZ;
    size_t count = 0;
    CLEANUP(text_clear) struct text string;
    text_init(&string, TEXT_MOST);
    for (size_t at = 0; at == 0 || (many && at + 1 < value->length);) {
        text_empty(&string);
        text_add_string(&string, "");
        at += utf16_add(&string, value->bytes + at, value->length - at);
        if (many && string.length == 0)
            break;
        item_text(search->found, item, "value", string.bytes);
        count++;
        at += at == 0;
    }
    if (count == 0)
        item_without(search->found, item, "value", ITEM_DOES_NOT_EXIST);
}

static void add_value(struct registry_search *search, struct oval_item *item, const struct hive_value *value)
{
    switch (value->type) {
    case HIVE_SZ:
    case HIVE_EXPAND_SZ:
    case HIVE_MULTI_SZ:
        add_strings(search, item, value);
        break;
    case HIVE_DWORD:
    case HIVE_DWORD_BIG_ENDIAN:
    case HIVE_QWORD:
        add_number(search, item, value);
        break;
    default:
        add_hex(search, item, value);
    }
}

static bool see_value(void *context, const struct hive_value *value, struct fault *fault)
{
    (void)fault;
    struct registry_search *search = context;
    if (!means(search, "name", value->name))
        return true;
    struct oval_item *item = add_item(search);
    if (item == NULL)
        return true; /* the collection says that it is full */
    item_text(search->found, item, "name", value->name);
    if (value->type < HIVE_TYPES)
        item_text(search->found, item, "type", type_names[value->type]);
    else
        item_without(search->found, item, "type", ITEM_ERROR);
    add_value(search, item, value);
    end_item(search, item);
    return true;
}

static bool see_key(void *context, const struct registry_key *key, struct fault *fault)
{
    struct registry_search *search = context;
    const struct oval_entity *name = object_entity(search->search, "name");
    search->key = key;
    if (!search->every_key && !means(search, "key", key->path))
        return true;
    if (name != NULL && !name->nil)
        return hive_values(key->key, (struct hive_see_value){see_value, search}, fault);
    struct oval_item *item = add_item(search);
    if (item != NULL)
        end_item(search, item);
    return true;
}

/* What is not there to be asked, or broken, makes the rest of it no less true. */
static void see_place(struct registry_search *search)
{
    struct fault why;
    if (!registry_see(search->search->machine->registry, &search->place,
                      (struct registry_see){see_key, search}, &why))
        collection_flag(search->found,
                        search->found->count > 0 ? COLLECTION_INCOMPLETE : COLLECTION_NOT_COLLECTED, "%s",
                        why.text);
}

static unsigned levels_meant(const struct object_search *search)
{
    const char *depth = object_behavior(search, "max_depth", "-1");
    unsigned long levels = depth[0] == '-' ? HIVE_DEPTH_MOST : strtoul(depth, NULL, 10);
    return levels > HIVE_DEPTH_MOST ? HIVE_DEPTH_MOST : (unsigned)levels;
}

/* A key by its name, and by the behaviors those beneath or above it. */
static void see_named(struct registry_search *search, const char *name)
{
    const char *direction = object_behavior(search->search, "recurse_direction", "none");
    unsigned levels = levels_meant(search->search);
    OWNED_MEMORY char *path = memory_string(name);
    if (!means(search, "key", name))
        return; /* a variable's check may ask for more than one value */
    search->every_key = true;
    search->place.path = path;
    search->place.depth = strcmp(direction, "down") == 0 ? levels : 0;
    see_place(search);
    while (strcmp(direction, "up") == 0 && levels-- > 0 && strchr(path, '\\') != NULL) {
        *strrchr(path, '\\') = '\0';
        see_place(search);
    }
}

/* Every key beneath where the entity's pattern begins. */
static void see_pattern(struct registry_search *search, const struct oval_entity *key)
{
    CLEANUP(text_clear) struct text path;
    text_init(&path, PATTERN_LENGTH_MOST);
    text_add_string(&path, "");
    const struct oval_strings *values = key->variable != NULL ? &key->variable->values : NULL;
    const char *pattern = values == NULL ? key->value : values->count == 1 ? values->items[0] : "";
    bool whole = key->operation == OVAL_PATTERN && beginning_of(pattern, &path);
    search->every_key = false;
    search->place.path = path.bytes;
    search->place.depth = whole ? 0 : HIVE_DEPTH_MOST;
    see_place(search);
}

static void see_hive(struct registry_search *search)
{
    struct oval_strings names = {0};
    const struct oval_entity *key = object_entity(search->search, "key");
    if (!registry_top_parse(search->hive, &search->place.top)) {
        collection_flag(search->found, COLLECTION_ERROR, "'%s' is no hive (expected HKEY_LOCAL_MACHINE ...)",
                        search->hive);
    } else if (key == NULL || key->nil) {
        search->every_key = true;
        search->place.path = "";
        see_place(search);
    } else if (object_names_any_case(search->search, "key", &names)) {
        for (size_t i = 0; i < names.count; i++)
            see_named(search, names.items[i]);
    } else {
        see_pattern(search, key);
    }
}

bool object_collect_registry(const struct object_search *search, struct oval_collection *found,
                             struct fault *fault)
{
    struct oval_strings hives = {0};
    struct registry_search registry = {.search = search, .found = found};
    if (search->machine->registry == NULL) {
        collection_flag(found, COLLECTION_NOT_COLLECTED, "there is no registry here");
        return true;
    }
    registry.place.view_32 = strcmp(object_behavior(search, "windows_view", "64_bit"), "32_bit") == 0;
    if (!object_names_any_case(search, "hive", &hives))
        return fault_set(fault, "'hive' has to be named (expected the operation 'equals')");
    for (size_t i = 0; i < hives.count; i++) {
        registry.hive = hives.items[i];
        see_hive(&registry);
    }
    return true;
}
