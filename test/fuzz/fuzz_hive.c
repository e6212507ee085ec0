/* Any bytes are a hive that is read to its end, or a fault; no key is met twice. What libhivex does with them
 * is its own affair as long as it comes back: in the product it runs apart (check/apart.h). */
#include "fuzz.h"

#include "base/cleanup.h"
#include "check/versions/product.h"
#include "check/versions/registry.h"
#include "check/versions/windows_os.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

enum { HEADER = 4096, SUM = 508 };

/* Without the right sum every change would end at the header. */
static void mend_sum(int file)
{
    unsigned char header[SUM];
    uint32_t sum = 0;
    if (pread(file, header, sizeof header, 0) != sizeof header)
        return;
    for (size_t i = 0; i < sizeof header; i++)
        sum ^= (uint32_t)header[i] << 8 * (i % 4);
    sum = sum == 0 ? 1 : sum == UINT32_MAX ? UINT32_MAX - 1 : sum;
    MUST(pwrite(file, &sum, sizeof sum, SUM) == sizeof sum);
}

struct seen {
    size_t keys, values, most;
};

static bool see_value(void *context, const struct hive_value *value, struct fault *fault)
{
    (void)fault;
    struct seen *seen = context;
    uint64_t number;
    seen->values++;
    MUST(value->length <= HIVE_VALUE_MOST && value->name != NULL);
    hive_value_number(value, &number);
    return true;
}

static bool see_key(void *context, const struct registry_key *key, struct fault *fault)
{
    struct seen *seen = context;
    struct fault ignored;
    CLEANUP(text_clear) struct text name;
    text_init(&name, HIVE_VALUE_MOST * 2);
    text_add_string(&name, "");
    MUST(++seen->keys <= seen->most);
    MUST(hive_string(key->key, "DisplayName", &name, &ignored) || ignored.text[0] != '\0');
    MUST(text_is_utf8(name.bytes, name.length));
    return hive_values(key->key, (struct hive_see_value){see_value, seen}, fault);
}

static void see_all(struct registry *registry, enum registry_top top, size_t most)
{
    struct seen seen = {.most = most};
    struct fault fault = {""};
    struct registry_place place = {.top = top, .path = "", .depth = HIVE_DEPTH_MOST};
    MUST(registry_see(registry, &place, (struct registry_see){see_key, &seen}, &fault) ||
         fault.text[0] != '\0');
    place.path = "Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall";
    place.view_32 = true;
    place.depth = 1;
    seen.keys = 0;
    registry_see(registry, &place, (struct registry_see){see_key, &seen}, &fault);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    char path[64];
    struct fault fault;
    struct products products;
    CLEANUP(cleanup_descriptor) int file = memfd_create("input", MFD_CLOEXEC);
    MUST(file >= 0 && write(file, bytes, length) == (ssize_t)length);
    if (length >= HEADER)
        mend_sum(file);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    OWNED(registry_free) struct registry *registry = registry_new(-1, path);
    /* a key takes 80 bytes; the tree is walked as SYSTEM and once more as CurrentControlSet */
    size_t most = 2 * (length / 80 + 1);
    for (int top = REGISTRY_LOCAL_MACHINE; top <= REGISTRY_CURRENT_CONFIG; top++)
        see_all(registry, (enum registry_top)top, most);
    products_init(&products);
    windows_os_add(registry, &products, &fault);
    MUST(products.count <= 1);
    products_clear(&products);
    return 0;
}
