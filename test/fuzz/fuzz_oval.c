/* Any bytes as an OVAL document, judged on a small machine: a fault in one sentence, or a result for every
 * definition, the same each time, that says why where it is in doubt, and comes through packed. */
#include "fuzz.h"
#include "base/cleanup.h"
#include "check/oval/oval.h"
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct machine machine;

static void remove_root(void)
{
    unlinkat(machine.root_descriptor, "etc/a", 0);
    unlinkat(machine.root_descriptor, "etc", AT_REMOVEDIR);
    rmdir(machine.root);
}

/* One folder with one file, and three packages. */
static void make_machine(void)
{
    static char root[] = "/tmp/mimamori-fuzz-XXXXXX";
    static const struct product products[] = {
        {.system = PRODUCT_DPKG, .name = "a", .version = "1:2.0-1", .architecture = "amd64"},
        {.system = PRODUCT_DPKG, .name = "b", .version = "3", .architecture = "all"},
        {.system = PRODUCT_RPM, .name = "a", .version = "2.0-1.el9", .architecture = "x86_64"}};
    MUST(mkdtemp(root) != NULL);
    machine = (struct machine){.root = root, .root_descriptor = open(root, O_PATH | O_DIRECTORY)};
    MUST(machine.root_descriptor >= 0 && mkdirat(machine.root_descriptor, "etc", 0700) == 0);
    CLEANUP(cleanup_descriptor) int file = openat(machine.root_descriptor, "etc/a", O_WRONLY | O_CREAT, 0600);
    MUST(write(file, "k=v\nk=w\n", 8) == 8);
    products_init(&machine.products);
    for (size_t i = 0; i < sizeof products / sizeof *products; i++)
        MUST(products_add(&machine.products, &products[i]) != NULL);
    atexit(remove_root);
}

static bool judge(const uint8_t *bytes, size_t length, struct oval_verdicts *verdicts)
{
    struct fault fault = {""};
    bool judged = oval_judge("x", (const char *)bytes, length, &machine, NULL, verdicts, &fault);
    MUST(judged || (strncmp(fault.text, "x:", 2) == 0 && strchr(fault.text, '\n') == NULL));
    return judged;
}

static void must_be_same(const struct oval_verdicts *a, const struct oval_verdicts *b)
{
    MUST(a->count == b->count && a->written_day == b->written_day);
    for (size_t i = 0; i < a->count; i++) {
        const struct oval_verdict *one = &a->items[i], *other = &b->items[i];
        bool doubtful = one->result == OVAL_UNKNOWN || one->result == OVAL_ERROR;
        MUST(one->result == other->result && one->class == other->class && one->no_kind == other->no_kind);
        MUST(strcmp(one->id, other->id) == 0 && strcmp(one->why, other->why) == 0);
        MUST(strcmp(one->title, other->title) == 0 && strcmp(one->reference, other->reference) == 0);
        MUST(doubtful == (one->why[0] != '\0') && text_is_utf8(one->why, strlen(one->why)));
        MUST(text_is_utf8(one->title, strlen(one->title)) && text_is_utf8(one->id, strlen(one->id)));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct oval_verdicts verdicts, again, unpacked;
    struct fault fault;
    if (machine.root == NULL)
        make_machine();
    if (!judge(bytes, length, &verdicts))
        return 0;
    MUST(judge(bytes, length, &again));
    must_be_same(&verdicts, &again);
    CLEANUP(text_clear) struct text packed;
    text_init(&packed, 64 << 20);
    oval_pack(&verdicts, &packed);
    MUST(oval_unpack(packed.bytes, packed.length, &unpacked, &fault));
    must_be_same(&verdicts, &unpacked);
    oval_verdicts_clear(&verdicts);
    oval_verdicts_clear(&again);
    oval_verdicts_clear(&unpacked);
    return 0;
}
