#include "check/versions/hive_parts.h"
#include "check/versions/caseless.h"
#include "check/versions/utf16.h"

static bool see_value(struct hive_key key, hive_value_h handle, struct hive_see_value seer,
                      struct fault *fault)
{
    hive_h *hive = key.hive->handle;
    hive_type type;
    size_t length;
    if (hivex_value_type(hive, handle, &type, &length) != 0)
        return hive_broken(key.hive, "a value leads nowhere", fault);
    if (length > HIVE_VALUE_MOST)
        return hive_broken(key.hive, "a value is longer than 1 MiB", fault);
    OWNED_MEMORY char *bytes = hivex_value_value(hive, handle, &type, &length);
    if (bytes == NULL)
        return hive_broken(key.hive, "a value leads nowhere", fault);
    OWNED_MEMORY char *name = hivex_value_key(hive, handle);
    struct hive_value value = {.name = name != NULL ? name : HIVE_UNREADABLE,
                               .type = (uint32_t)type,
                               .bytes = (const unsigned char *)bytes,
                               .length = length};
    return seer.see(seer.context, &value, fault);
}

bool hive_values(struct hive_key key, struct hive_see_value seer, struct fault *fault)
{
    OWNED_MEMORY hive_value_h *values = hivex_node_values(key.hive->handle, key.node);
    if (values == NULL)
        return hive_broken(key.hive, "a list of values leads nowhere", fault);
    for (size_t i = 0; values[i] != 0; i++)
        if (!see_value(key, values[i], seer, fault))
            return false;
    return true;
}

struct wanted {
    const char *name;
    struct text *text;
    uint64_t *number;
};

static bool take_wanted(void *context, const struct hive_value *value, struct fault *fault)
{
    (void)fault;
    const struct wanted *wanted = context;
    if (!caseless_equal(value->name, wanted->name))
        return true;
    if (wanted->text != NULL && (value->type == HIVE_SZ || value->type == HIVE_EXPAND_SZ))
        utf16_add(wanted->text, value->bytes, value->length);
    if (wanted->number != NULL && (value->type == HIVE_DWORD || value->type == HIVE_QWORD))
        hive_value_number(value, wanted->number);
    return true;
}

bool hive_string(struct hive_key key, const char *name, struct text *out, struct fault *fault)
{
    struct wanted wanted = {.name = name, .text = out};
    return hive_values(key, (struct hive_see_value){take_wanted, &wanted}, fault);
}

bool hive_number(struct hive_key key, const char *name, uint64_t *number, struct fault *fault)
{
    struct wanted wanted = {.name = name, .number = number};
    return hive_values(key, (struct hive_see_value){take_wanted, &wanted}, fault);
}

bool hive_value_number(const struct hive_value *value, uint64_t *number)
{
    if (value->length != 4 && value->length != 8)
        return false;
    uint64_t read = 0;
    for (size_t i = 0; i < value->length; i++) {
        size_t at = value->type == HIVE_DWORD_BIG_ENDIAN ? i : value->length - 1 - i;
        read = read << 8 | value->bytes[at];
    }
    *number = read;
    return true;
}
