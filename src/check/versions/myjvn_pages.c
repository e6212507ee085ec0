#include "check/versions/myjvn_pages.h"
#include "base/memory.h"
#include "check/versions/feed_xml.h"
#include "check/versions/myjvn_status.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { ADDRESS_MOST = 4096, TRIES_MOST = 2, ID_MOST = 200 };

void myjvn_answers_init(struct myjvn_answers *answers)
{
    *answers = (struct myjvn_answers){.count = 0};
    arena_init(&answers->arena);
}

void myjvn_answers_clear(struct myjvn_answers *answers)
{
    for (size_t i = 0; i < answers->count; i++) {
        free(answers->pages[i].address);
        fetched_clear(&answers->pages[i].fetched);
    }
    free(answers->pages);
    free(answers->ids);
    arena_clear(&answers->arena);
    myjvn_answers_init(answers);
}

void myjvn_encode(struct text *out, const char *value)
{
    for (const unsigned char *at = (const unsigned char *)value; *at != '\0'; at++)
        if ((*at >= '0' && *at <= '9') || (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') ||
            strchr("-._~", *at) != NULL)
            text_add_byte(out, (char)*at);
        else
            text_addf(out, "%%%02X", *at);
}

/* One page, read for what it lists. */
struct listing {
    const struct myjvn_question *question;
    struct myjvn_answers *answers;
    uint64_t entries;
};

static bool is_known(const struct myjvn_answers *answers, const char *id)
{
    for (size_t i = 0; i < answers->id_count; i++)
        if (strcmp(answers->ids[i], id) == 0)
            return true;
    return false;
}

static void start(void *context, struct feed_xml *xml, const struct feed_element *element)
{
    struct listing *listing = context;
    struct myjvn_answers *answers = listing->answers;
    if (strcmp(element->name, listing->question->element) != 0)
        return;
    listing->entries++;
    if (listing->question->attribute == NULL)
        return;
    const char *id = feed_xml_attribute(element, listing->question->attribute);
    if (id[0] == '\0' || strlen(id) > ID_MOST || is_known(answers, id))
        return;
    if (answers->id_count == MYJVN_IDS_MOST) {
        feed_xml_refuse(xml, "lists more than %d entries", MYJVN_IDS_MOST);
        return;
    }
    answers->ids = memory_resize(answers->ids, answers->id_count + 1, sizeof *answers->ids);
    answers->ids[answers->id_count++] = arena_string(&answers->arena, id, strlen(id));
}

/* What the lists of definitions count is products or definitions, by their kind: there the status is taken at
 * its word. Where elements are counted, it must be true. */
static bool understand(struct listing *listing, const struct myjvn_page_answer *page,
                       struct myjvn_status *status, struct fault *fault)
{
    static const struct feed_xml_reader reader = {start, NULL, NULL};
    listing->entries = 0;
    if (!myjvn_status_read(page->address, &page->fetched.bytes, status, fault) ||
        !feed_xml_read(&reader, listing, page->address, &page->fetched.bytes, fault))
        return false;
    if (listing->question->attribute != NULL)
        listing->entries = status->returned;
    return true;
}

static struct myjvn_page_answer *add_page(struct myjvn_answers *answers,
                                          const struct myjvn_question *question, uint64_t first)
{
    CLEANUP(text_clear) struct text address;
    text_init(&address, ADDRESS_MOST);
    text_addf(&address, "%s?%s&startItem=%" PRIu64 "&maxCountItem=%d", question->where, question->query,
              first, MYJVN_PAGE);
    answers->pages = memory_resize(answers->pages, answers->count + 1, sizeof *answers->pages);
    struct myjvn_page_answer *page = &answers->pages[answers->count++];
    page->address = memory_string(address.bytes);
    fetched_init(&page->fetched);
    return page;
}

/* From the first page to the last, or to where the total changes. */
static bool read_once(struct fetch *fetch, const struct myjvn_question *question,
                      struct myjvn_answers *answers, enum myjvn_page *after, struct fault *fault)
{
    struct myjvn_pages pages = {0};
    struct myjvn_status status;
    struct listing listing = {question, answers, 0};
    do {
        if (answers->count == MYJVN_PAGES_MOST)
            return fault_set(fault, "'%s?%s': goes on for more than %d pages", question->where,
                             question->query, MYJVN_PAGES_MOST);
        struct myjvn_page_answer *page = add_page(answers, question, pages.had + 1);
        if (!fetch_get(fetch, page->address, &page->fetched, fault))
            return false;
        if (!understand(&listing, page, &status, fault) &&
            (!fetch_fall_back(fetch, page->address, &page->fetched, fault) ||
             !understand(&listing, page, &status, fault)))
            return false;
        if (!myjvn_pages_next(&pages, &status, listing.entries, after, fault))
            return fault_while(fault, "'%s'", page->address);
    } while (*after == MYJVN_MORE);
    answers->total = pages.total;
    return true;
}

bool myjvn_pages_read(struct fetch *fetch, const struct myjvn_question *question,
                      struct myjvn_answers *answers, struct fault *fault)
{
    enum myjvn_page after = MYJVN_CHANGED;
    for (int tries = 0; tries < TRIES_MOST && after == MYJVN_CHANGED; tries++) {
        myjvn_answers_clear(answers);
        if (!read_once(fetch, question, answers, &after, fault))
            return false;
    }
    if (after == MYJVN_CHANGED)
        return fault_set(fault, "'%s?%s': its total changes while it is read", question->where,
                         question->query);
    for (size_t i = 0; i < answers->count; i++)
        fetch_keep(fetch, answers->pages[i].address, &answers->pages[i].fetched);
    return true;
}
