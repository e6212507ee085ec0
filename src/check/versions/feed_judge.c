/* Holds products against overviews and details of vulnerabilities. */
#include "base/cleanup.h"
#include "base/words.h"
#include "check/versions/feed.h"
#include "check/versions/feed_index.h"
#include "check/versions/judge.h"
#include "check/versions/range.h"
#include <stdio.h>
#include <string.h>

enum { SHOWN_MOST = 5, EXPECTED_MOST = 2000 };

/* What a product's notes come to. */
struct judging {
    const struct product *product;
    struct feed_name name;
    struct findings *findings;
    size_t unclear;          /* vulnerabilities whose versions have to be looked up */
    struct text unclear_ids; /* the first few of them */
    const struct feed *unclear_feed;
};

static void judging_clear(struct judging *judging)
{
    text_clear(&judging->unclear_ids);
}

/* A distribution mends what it ships without taking the maker's next number: "inside" proves nothing there.
 */
static bool is_patched_by_others(const struct product *product)
{
    return product->system == PRODUCT_DPKG || product->system == PRODUCT_RPM || product->system == PRODUCT_OS;
}

/* The maker's own part of a version: no epoch, no revision of the package. */
static void makers_version(const struct product *product, struct feed_name *name)
{
    if (product->system != PRODUCT_DPKG && product->system != PRODUCT_RPM)
        return;
    const char *colon = strchr(product->version, ':');
    snprintf(name->version, sizeof name->version, "%s", colon == NULL ? product->version : colon + 1);
    char *revision = strrchr(name->version, '-');
    if (revision != NULL)
        *revision = '\0';
}

/* "Version 3.6" of a product that the sentence names first: only the version counts. */
static const char *without_name(const char *sentence, const char *product)
{
    size_t length = strlen(product);
    return length > 0 && strncmp(sentence, product, length) == 0 && sentence[length] == ' '
               ? sentence + length
               : sentence;
}

static enum range_answer holds(const struct judging *judging, const struct affected *affected,
                               const char *sentence)
{
    const char *said = without_name(sentence, affected->product), *version = judging->name.version;
    enum range_answer answer = range_holds(said, ORDER_WINDOWS, version);
    if (answer == RANGE_UNCLEAR) /* letters in a version */
        answer = range_holds(said, ORDER_GENERAL, version);
    if (answer == RANGE_UNCLEAR && strstr(judging->name.whole, " esr") != NULL) {
        char edition[FEED_NAME_SIZE];
        if (snprintf(edition, sizeof edition, "%s esr", version) < (int)sizeof edition)
            answer = range_holds(said, ORDER_WINDOWS, edition);
    }
    return answer;
}

/* Inside where one sentence says so; unclear where none is given. */
static enum range_answer judge_affected(const struct judging *judging, const struct affected *affected)
{
    enum range_answer whole = affected->sentence_count == 0 ? RANGE_UNCLEAR : RANGE_OUTSIDE;
    if (affected->status == AFFECTED_NO)
        return RANGE_OUTSIDE;
    for (size_t i = 0; i < affected->sentence_count; i++) {
        enum range_answer one = holds(judging, affected, affected->sentences[i]);
        if (one == RANGE_INSIDE && affected->status == AFFECTED_YES)
            return RANGE_INSIDE;
        if (one != RANGE_OUTSIDE)
            whole = RANGE_UNCLEAR;
    }
    return whole;
}

static const char *subject_of(struct findings *findings, const struct product *product)
{
    return findings_format(findings, "%s%s%s", product->name, product->version[0] == '\0' ? "" : " ",
                           product->version);
}

static void say_vulnerable(struct judging *judging, const struct feed_entry *entry)
{
    CLEANUP(text_clear) struct text ranges;
    text_init(&ranges, EXPECTED_MOST);
    for (size_t i = 0; i < entry->affected->sentence_count; i++)
        text_addf(&ranges, "%s%s", i == 0 ? "" : "; ", entry->affected->sentences[i]);
    finding_add(
        judging->findings,
        &(struct finding){
            .id = "vulnerable",
            .result = CHECK_FAIL,
            .subject = subject_of(judging->findings, judging->product),
            .seen = findings_format(judging->findings, "%s: %s", entry->advisory->id, entry->advisory->title),
            .expected = findings_format(judging->findings, _("none of these versions: %s"), ranges.bytes),
            .advice = judge_advice(judging->product),
            .source = entry->advisory->feed->name,
            .source_age_days = entry->advisory->feed->age_days});
}

static void note_unclear(struct judging *judging, const struct feed_entry *entry)
{
    if (judging->unclear++ < SHOWN_MOST)
        text_addf(&judging->unclear_ids, "%s%s", judging->unclear == 1 ? "" : ", ", entry->advisory->id);
    judging->unclear_feed = entry->advisory->feed;
}

/* All that has to be looked up for one product is one finding. */
static void say_unclear(struct judging *judging)
{
    struct findings *findings = judging->findings;
    size_t more = judging->unclear > SHOWN_MOST ? judging->unclear - SHOWN_MOST : 0;
    const char *ids = more == 0
                          ? judging->unclear_ids.bytes
                          : findings_format(findings, _("%s and %zu more"), judging->unclear_ids.bytes, more);
    finding_add(
        findings,
        &(struct finding){
            .id = "vulnerable",
            .result = CHECK_UNKNOWN,
            .subject = subject_of(findings, judging->product),
            .seen = findings_format(findings, _("JVN tells of vulnerabilities in this product: %s"), ids),
            .advice = is_patched_by_others(judging->product)
                          ? _("Whether its distribution has mended it already cannot be seen by "
                              "the number: go by the distribution's own OVAL file (--oval).")
                          : _("Look up at https://jvndb.jvn.jp/ whether this version is "
                              "concerned; the latest version is the safest."),
            .source = judging->unclear_feed->name,
            .source_age_days = judging->unclear_feed->age_days});
}

/* The entries of one vulnerability, which lie together. */
static void judge_one(struct judging *judging, const struct feed_entry *entries, size_t count)
{
    const struct feed_entry *inside = NULL, *unclear = NULL;
    for (size_t i = 0; i < count; i++) {
        enum range_answer answer = judge_affected(judging, entries[i].affected);
        if (answer == RANGE_INSIDE && !is_patched_by_others(judging->product))
            inside = inside == NULL ? &entries[i] : inside;
        else if (answer != RANGE_OUTSIDE)
            unclear = unclear == NULL ? &entries[i] : unclear;
    }
    if (inside != NULL)
        say_vulnerable(judging, inside);
    else if (unclear != NULL)
        note_unclear(judging, unclear);
}

static void judge_product(const struct feed_index *index, const struct product *product,
                          struct findings *findings)
{
    CLEANUP(judging_clear) struct judging judging = {.product = product, .findings = findings};
    feed_name_of(product, &judging.name);
    makers_version(product, &judging.name);
    text_init(&judging.unclear_ids, EXPECTED_MOST);
    size_t count;
    OWNED_MEMORY struct feed_entry *entries = feed_index_find(index, &judging.name, &count);
    for (size_t i = 0, next; i < count; i = next) {
        for (next = i + 1; next < count; next++)
            if (strcmp(entries[next].advisory->id, entries[i].advisory->id) != 0)
                break;
        judge_one(&judging, entries + i, next - i);
    }
    if (judging.unclear > 0)
        say_unclear(&judging);
}

/* What an old feed does not know of may be there all the same. */
static void say_old(const struct feed *feed, struct findings *findings)
{
    bool dated = feed->age_days != FINDING_NO_AGE;
    finding_add(
        findings,
        &(struct finding){
            .id = "vulnerable",
            .result = CHECK_UNKNOWN,
            .subject = feed->name,
            .seen = dated ? findings_format(findings, _("%d days old"), (int)feed->age_days)
                          : _("its age is not known"),
            .expected = findings_format(findings, _("at most %d days old"), FEED_OLD_DAYS),
            .advice = _("What has become known since is missing in it: get it anew, and check again."),
            .source = feed->name,
            .source_age_days = feed->age_days});
}

static bool read_all(const struct feeds *feeds, struct advisories *advisories, struct findings *findings,
                     struct fault *fault)
{
    for (size_t i = 0; i < feeds->count; i++) {
        const struct feed *feed = &feeds->items[i];
        if (feed->kind != FEED_JVNRSS && feed->kind != FEED_VULDEF)
            continue;
        if (feed->kind == FEED_JVNRSS ? !jvnrss_read(feed, advisories, fault)
                                      : !vuldef_read(feed, advisories, fault))
            return false;
        if (feed_old(feed->age_days))
            say_old(feed, findings);
    }
    return true;
}

bool feeds_judge(const struct feeds *feeds, const struct machine *machine, struct findings *findings,
                 struct fault *fault)
{
    CLEANUP(advisories_clear) struct advisories advisories;
    CLEANUP(feed_index_clear) struct feed_index index = {.count = 0};
    advisories_init(&advisories);
    if (!read_all(feeds, &advisories, findings, fault))
        return false;
    feed_index_make(&index, &advisories);
    for (size_t i = 0; i < machine->products.count; i++)
        judge_product(&index, &machine->products.items[i], findings);
    return true;
}
