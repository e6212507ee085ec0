#include "check/versions/myjvn_status.h"
#include "base/number.h"
#include "check/versions/feed_xml.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const uint64_t ENTRIES_MOST = 10000000;

/* A count of entries; what is absent is 0, what is no number is refused. */
static uint64_t count_of(struct feed_xml *xml, const struct feed_element *element, const char *name)
{
    const char *word = feed_xml_attribute(element, name);
    uint64_t count = 0;
    if (word[0] != '\0' && !number_parse(word, strlen(word), ENTRIES_MOST, &count))
        feed_xml_refuse(xml, "the status's %s is '%.40s' (expected a number of entries)", name, word);
    return count;
}

static void refuse_error(struct feed_xml *xml, const struct feed_element *element)
{
    feed_xml_refuse(xml, "MyJVN answers with an error: %.20s %.400s", feed_xml_attribute(element, "errCd"),
                    feed_xml_attribute(element, "errMsg"));
}

static void start(void *context, struct feed_xml *xml, const struct feed_element *element)
{
    struct myjvn_status *status = context;
    if (!feed_element_is(element, "jvndb.jvn.jp/myjvn/Status", "Status"))
        return;
    const char *code = feed_xml_attribute(element, "retCd");
    if (code[0] != '\0' && strcmp(code, "0") != 0) {
        refuse_error(xml, element);
        return;
    }
    *status =
        (struct myjvn_status){true, count_of(xml, element, "totalRes"), count_of(xml, element, "totalResRet"),
                              count_of(xml, element, "firstRes")};
}

bool myjvn_status_read(const char *name, const struct text *bytes, struct myjvn_status *status,
                       struct fault *fault)
{
    static const struct feed_xml_reader reader = {start, NULL, NULL};
    struct myjvn_status found = {0};
    if (!feed_xml_read(&reader, &found, name, bytes, fault))
        return false;
    *status = found;
    return true;
}

bool myjvn_pages_next(struct myjvn_pages *pages, const struct myjvn_status *status, uint64_t entries,
                      enum myjvn_page *page, struct fault *fault)
{
    if (!status->there)
        return fault_set(fault, "the answer has no status (expected status:Status at its end)");
    if (entries != status->returned)
        return fault_set(fault, "the answer holds %" PRIu64 " entries but says %" PRIu64, entries,
                         status->returned);
    if (pages->asked > 0 && status->total != pages->total) {
        *page = MYJVN_CHANGED;
        return true;
    }
    if (entries > 0 && status->first != pages->had + 1)
        return fault_set(fault, "the answer begins with entry %" PRIu64 " (expected %" PRIu64 ")",
                         status->first, pages->had + 1);
    if (pages->had + entries > status->total)
        return fault_set(fault, "the answer holds entries up to %" PRIu64 " of %" PRIu64,
                         pages->had + entries, status->total);
    if (entries == 0 && pages->had < status->total)
        return fault_set(fault, "an empty answer after %" PRIu64 " of %" PRIu64 " entries", pages->had,
                         status->total);
    pages->total = status->total;
    pages->had += entries;
    pages->asked++;
    *page = pages->had < pages->total ? MYJVN_MORE : MYJVN_ALL;
    return true;
}
