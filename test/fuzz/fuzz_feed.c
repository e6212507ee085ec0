/* Any bytes are a feed of one kind, or a fault of one line; what is cut out of an answer is a feed by itself;
 * and the same feed says the same twice of the same products. */
#include "fuzz.h"

#include "base/cleanup.h"
#include "check/versions/feed.h"
#include "check/versions/feed_add.h"
#include "check/versions/feed_kind.h"

#include <string.h>

enum { TODAY = 20780 };

static const struct product installed[] = {
    {.system = PRODUCT_WINDOWS, .name = "Mozilla Firefox (x64 ja)", .version = "140.0", .vendor = "Mozilla"},
    {.system = PRODUCT_WINDOWS,
     .name = "Java 8 Update 45 (64-bit)",
     .version = "8.0.450",
     .vendor = "Oracle"},
    {.system = PRODUCT_FLATPAK, .name = "7-Zip 9.20", .version = "9.20.00.0", .vendor = ""},
    {.system = PRODUCT_DPKG, .name = "openssl", .version = "1:3.0.11-1~deb12u2", .vendor = ""},
};

/* What is judged, as bytes. */
static bool judge(const struct feeds *feeds, struct text *told, struct fault *fault)
{
    CLEANUP(findings_clear) struct findings findings;
    struct machine machine = {.today = TODAY};
    findings_init(&findings);
    products_init(&machine.products);
    for (size_t i = 0; i < sizeof installed / sizeof installed[0]; i++)
        products_add(&machine.products, &installed[i]);
    bool judged = feeds_judge(feeds, &machine, &findings, fault);
    if (judged)
        findings_pack(&findings, told);
    products_clear(&machine.products);
    return judged;
}

static void must_be_documents(const struct feeds *feeds)
{
    struct fault fault;
    for (size_t i = 0; i < feeds->count; i++) {
        const struct feed *feed = &feeds->items[i];
        struct feed_seen seen;
        MUST(feed->age_days >= FINDING_NO_AGE && feed->kind != FEED_MYJVN);
        MUST(feed_kind_see(feed->name, &feed->bytes, &seen, &fault) && seen.kind == feed->kind);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    CLEANUP(feeds_clear) struct feeds feeds = {0};
    CLEANUP(text_clear) struct text input, once, twice;
    struct fault fault = {""};
    struct feed_origin origin = {"feed", TODAY, TODAY - 40, false};
    text_init(&input, 1 << 24);
    text_init(&once, 1 << 24);
    text_init(&twice, 1 << 24);
    text_add(&input, (const char *)bytes, length);
    if (!feed_add(&feeds, &origin, &input, &fault)) {
        MUST(strncmp(fault.text, "feed", 4) == 0 && strchr(fault.text, '\n') == NULL);
        return 0;
    }
    must_be_documents(&feeds);
    bool judged = judge(&feeds, &once, &fault);
    MUST(judged || strncmp(fault.text, "feed", 4) == 0);
    MUST(judge(&feeds, &twice, &fault) == judged);
    MUST(once.length == twice.length && memcmp(once.bytes, twice.bytes, once.length) == 0);
    return 0;
}
