#include "check/versions/myjvn.h"
#include "base/calendar.h"
#include "base/words.h"
#include "check/versions/feed_fetch.h"
#include "check/versions/myjvn_concern.h"
#include "check/versions/myjvn_pages.h"
#include <stdlib.h>
#include <string.h>

enum {
    QUERY_MOST = 2048,
    PROGRAMS_MOST = 150, /* asked for by name */
    DETAILS_A_REQUEST = 10
};

struct walk {
    struct feeds *feeds;
    const char *where;
    const struct machine *machine;
    struct findings *findings;
    struct fetch *fetch;
    size_t missing; /* answers that could not be had */
    struct fault why;
};

static void miss(struct walk *walk, const struct fault *why)
{
    if (walk->missing++ == 0)
        walk->why = *why;
}

/* "method=...&feed=hnd&lang=ja"; the caller adds the rest. */
static void begin_query(struct text *query, const char *method)
{
    text_init(query, QUERY_MOST);
    text_addf(query, "method=%s&feed=hnd&lang=%s", method, words_language());
}

static void add_parameter(struct text *query, const char *name, const char *value)
{
    text_addf(query, "&%s=", name);
    myjvn_encode(query, value);
}

/* One document of the API, among the feeds as `name`. */
static void ask_document(struct walk *walk, const struct text *query, const char *name)
{
    CLEANUP(text_clear) struct text address;
    struct feed_origin as = {name, walk->machine->today, INT32_MIN, true};
    struct fault why;
    text_init(&address, 2 * QUERY_MOST);
    text_addf(&address, "%s?%s", walk->where, query->bytes);
    if (!text_whole(query) || !text_whole(&address))
        fault_set(&why, "'%s': what is asked is too long", walk->where);
    else if (feed_fetch(walk->feeds, walk->fetch, address.bytes, as, &why))
        return;
    miss(walk, &why);
}

/* Each id of a list is a request of its own, whose answer holds the document. */
static void ask_each(struct walk *walk, const struct myjvn_answers *list, const char *method,
                     const char *parameter)
{
    for (size_t i = 0; i < list->id_count; i++) {
        CLEANUP(text_clear) struct text query;
        CLEANUP(text_clear) struct text name;
        begin_query(&query, method);
        add_parameter(&query, parameter, list->ids[i]);
        text_init(&name, QUERY_MOST);
        text_addf(&name, "%s (", walk->where);
        text_add_tame(&name, list->ids[i]);
        text_add_string(&name, ")");
        ask_document(walk, &query, name.bytes);
    }
}

static bool ask_benchmarks(struct walk *walk, struct fault *fault)
{
    CLEANUP(text_clear) struct text query;
    CLEANUP(myjvn_answers_clear) struct myjvn_answers list;
    myjvn_answers_init(&list);
    begin_query(&query, "getXccdfList");
    struct myjvn_question question = {walk->where, query.bytes, "XccdfListItem", "id"};
    if (!myjvn_pages_read(walk->fetch, &question, &list, fault))
        return false;
    ask_each(walk, &list, "getXccdfData", "benchmarkId");
    return true;
}

/* The API names a platform by its CPE (getOvalList, parameter `platform`). NULL: it knows nothing of it. */
static const char *platform_of(const struct machine *machine)
{
    static const struct {
        const char *os, *platform;
    } all[] = {{"windows", "cpe:/o:microsoft:windows*"},
               {"centos", "cpe:/o:centos:centos*"},
               {"rhel", "cpe:/o:redhat:enterprise_linux*"}};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (strcmp(all[i].os, machine->os_id) == 0)
            return all[i].platform;
    return machine->family == MACHINE_WINDOWS ? all[0].platform : NULL;
}

static bool ask_definitions(struct walk *walk, struct fault *fault)
{
    CLEANUP(text_clear) struct text query;
    CLEANUP(myjvn_answers_clear) struct myjvn_answers list;
    const char *platform = platform_of(walk->machine);
    myjvn_answers_init(&list);
    begin_query(&query, "getOvalList");
    if (platform == NULL)
        return true;
    add_parameter(&query, "platform", platform);
    struct myjvn_question question = {walk->where, query.bytes, "OvalListItem", "oid"};
    if (!myjvn_pages_read(walk->fetch, &question, &list, fault))
        return false;
    ask_each(walk, &list, "getOvalData", "ovalId");
    return true;
}

/* All pages of the overviews for one program's name, among the feeds. */
static bool add_overviews(struct walk *walk, const char *program, struct fault *fault)
{
    CLEANUP(text_clear) struct text query;
    CLEANUP(myjvn_answers_clear) struct myjvn_answers found;
    myjvn_answers_init(&found);
    begin_query(&query, "getVulnOverviewList");
    add_parameter(&query, "keyword", program);
    /* whatever changed since last year began: the words of the address stay the same for a year, so that what
     * was kept under it can stand in; "n": not only the last week, as the API has it */
    text_addf(&query,
              "&datePublishedStartY=%d&datePublishedStartM=1&datePublishedStartD=1&rangeDatePublic=n"
              "&rangeDatePublished=n&rangeDateFirstPublished=n",
              calendar_date(walk->machine->today).year - 1);
    struct myjvn_question question = {walk->where, query.bytes, "item", NULL};
    if (!myjvn_pages_read(walk->fetch, &question, &found, fault))
        return false;
    for (size_t i = 0; i < found.count && found.total > 0; i++) {
        struct feed_origin origin = {walk->where, walk->machine->today, found.pages[i].fetched.day, true};
        if (!feed_add(walk->feeds, &origin, &found.pages[i].fetched.bytes, fault))
            return false;
    }
    return true;
}

/* Asks for each program; those past a number are said not to have been asked for. */
static void ask_overviews(struct walk *walk, size_t *asked)
{
    CLEANUP(arena_clear) struct arena arena;
    arena_init(&arena);
    OWNED_MEMORY const char **names = myjvn_programs(walk->machine, &arena, asked);
    for (size_t i = 0; i < *asked; i++) {
        struct fault why;
        fault_set(&why, "'%s': only %d programs are asked for", walk->where, PROGRAMS_MOST);
        if (i >= PROGRAMS_MOST || !add_overviews(walk, names[i], &why))
            miss(walk, &why);
    }
}

/* The details of so many at a time, their ids joined with '+' as the API wants it. */
static void ask_details(struct walk *walk, const char *const *ids, size_t count)
{
    for (size_t i = 0; i < count; i += DETAILS_A_REQUEST) {
        CLEANUP(text_clear) struct text query;
        begin_query(&query, "getVulnDetailInfo");
        text_add_string(&query, "&vulnId=");
        for (size_t j = i; j < count && j < i + DETAILS_A_REQUEST; j++) {
            text_add_string(&query, j == i ? "" : "+");
            myjvn_encode(&query, ids[j]);
        }
        ask_document(walk, &query, walk->where);
    }
}

static bool look_closer(struct walk *walk, size_t first, struct fault *fault)
{
    CLEANUP(advisories_clear) struct advisories advisories;
    advisories_init(&advisories);
    for (size_t i = first; i < walk->feeds->count; i++)
        if (walk->feeds->items[i].kind == FEED_JVNRSS &&
            !jvnrss_read(&walk->feeds->items[i], &advisories, fault))
            return false;
    size_t count;
    OWNED_MEMORY const char **ids = myjvn_concerned(walk->machine, &advisories, &count);
    ask_details(walk, ids, count);
    return true;
}

static void say(const struct walk *walk, size_t asked)
{
    struct findings *findings = walk->findings;
    feed_fetch_say(walk->fetch, walk->where, findings);
    if (walk->machine->family == MACHINE_LINUX && asked == 0)
        findings_say(
            findings,
            _("Packages of a distribution are not asked for at MyJVN, because a distribution mends them "
              "under numbers of its own: give its OVAL file with --oval or --feed."));
    if (walk->missing == 0)
        return;
    finding_add(findings, &(struct finding){
                              .id = "vulnerable",
                              .result = CHECK_UNKNOWN,
                              .subject = walk->where,
                              .seen = findings_format(findings, _("%zu answers could not be had: %s"),
                                                      walk->missing, walk->why.text),
                              .advice = _("What they would have told is missing here: check again later."),
                              .source = walk->where,
                              .source_age_days = FINDING_NO_AGE});
}

bool myjvn_ask(struct feeds *feeds, const char *where, const struct machine *machine,
               struct findings *findings, struct fault *fault)
{
    OWNED(fetch_free) struct fetch *fetch = fetch_new(machine->today, fault);
    struct walk walk = {feeds, where, machine, findings, fetch, .missing = 0};
    size_t first = feeds->count, asked = 0;
    if (fetch == NULL || !ask_benchmarks(&walk, fault) || !ask_definitions(&walk, fault))
        return false;
    ask_overviews(&walk, &asked);
    if (!look_closer(&walk, first, fault))
        return false;
    say(&walk, asked);
    return true;
}
