#include "check/versions/product.h"
#include "base/memory.h"
#include "base/reader.h"
#include <stdlib.h>
#include <string.h>

/* Longer names and versions than these are nobody's. */
enum { STRING_MOST = 1024 };

const char *product_system_name(enum product_system system)
{
    static const char *const names[] = {[PRODUCT_DPKG] = "dpkg",
                                        [PRODUCT_RPM] = "rpm",
                                        [PRODUCT_FLATPAK] = "flatpak",
                                        [PRODUCT_WINDOWS] = "windows",
                                        [PRODUCT_OS] = "os"};
    return names[system];
}

void products_init(struct products *products)
{
    *products = (struct products){0};
    arena_init(&products->arena);
}

void products_clear(struct products *products)
{
    free(products->items);
    arena_clear(&products->arena);
    *products = (struct products){0};
}

/* Strangers' bytes become text that can be shown: one line of UTF-8. */
static void tame(char *bytes, size_t length)
{
    bool well = text_is_utf8(bytes, length);
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        if (byte < ' ' || byte == 0x7f || (byte >= 0x80 && !well))
            bytes[i] = '?';
    }
}

/* `length` of UTF-8, cut where a character begins. */
static size_t cut(const char *bytes, size_t length)
{
    if (length <= STRING_MOST)
        return length;
    length = STRING_MOST;
    while (length > 0 && ((unsigned char)bytes[length] & 0xc0) == 0x80)
        length--;
    return length;
}

const char *products_string(struct products *products, const char *bytes, size_t length)
{
    if (bytes == NULL || length == 0)
        return "";
    length = cut(bytes, length);
    char *copy = arena_string(&products->arena, bytes, length);
    tame(copy, length);
    return copy;
}

static const char *own(struct products *products, const char *string)
{
    return string == NULL ? "" : products_string(products, string, strlen(string));
}

struct product *products_add(struct products *products, const struct product *product)
{
    if (products->count == PRODUCTS_MOST)
        return NULL;
    if (products->count == products->capacity) {
        products->capacity = products->capacity == 0 ? 256 : 2 * products->capacity;
        products->items = memory_resize(products->items, products->capacity, sizeof *products->items);
    }
    struct product *added = &products->items[products->count++];
    *added = (struct product){
        .system = product->system,
        .name = own(products, product->name),
        .version = own(products, product->version),
        .vendor = own(products, product->vendor),
        .architecture = own(products, product->architecture),
        .group = own(products, product->group),
        .where = own(products, product->where),
        .latest = own(products, product->latest),
        .latest_source = own(products, product->latest_source),
        .latest_age_days = product->latest_age_days,
        .ended = own(products, product->ended),
    };
    return added;
}

/* Packed: the count, then of each the system, the age and nine strings, each behind its length; numbers are
 * 32 bits in network order. */
enum { STRINGS = 9 };

static void strings_of(struct product *product, const char **strings[STRINGS])
{
    const char **const all[STRINGS] = {&product->name,         &product->version,       &product->vendor,
                                       &product->architecture, &product->group,         &product->where,
                                       &product->latest,       &product->latest_source, &product->ended};
    memcpy(strings, all, sizeof all);
}

static void pack_number(struct text *out, uint32_t number)
{
    const char bytes[4] = {(char)(number >> 24), (char)(number >> 16), (char)(number >> 8), (char)number};
    text_add(out, bytes, sizeof bytes);
}

void products_pack(const struct products *products, struct text *out)
{
    pack_number(out, (uint32_t)products->count);
    for (size_t i = 0; i < products->count; i++) {
        const char **strings[STRINGS];
        strings_of(&products->items[i], strings);
        pack_number(out, products->items[i].system);
        pack_number(out, (uint32_t)products->items[i].latest_age_days);
        for (size_t s = 0; s < STRINGS; s++) {
            pack_number(out, (uint32_t)strlen(*strings[s]));
            text_add_string(out, *strings[s]);
        }
    }
}

static const char *unpack_string(struct reader *reader, struct products *products)
{
    uint32_t length = reader_u32(reader);
    const unsigned char *bytes = reader_take(reader, length);
    return products_string(products, (const char *)bytes, bytes == NULL ? 0 : length);
}

bool products_unpack(const char *bytes, size_t length, struct products *products, struct fault *fault)
{
    struct reader reader = reader_over(bytes, length);
    uint32_t count = reader_u32(&reader);
    for (uint32_t i = 0; i < count && !reader.short_read; i++) {
        struct product product = {0};
        const char **strings[STRINGS];
        strings_of(&product, strings);
        uint32_t system = reader_u32(&reader);
        if (system > PRODUCT_OS)
            return fault_set(fault, "the list of products is damaged");
        product.system = system;
        product.latest_age_days = (int32_t)reader_u32(&reader);
        for (size_t s = 0; s < STRINGS; s++)
            *strings[s] = unpack_string(&reader, products);
        if (!reader.short_read && products_add(products, &product) == NULL)
            break;
    }
    if (reader.short_read)
        return fault_set(fault, "the list of products is cut short");
    return true;
}
