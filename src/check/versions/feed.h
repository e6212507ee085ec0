/* feed: what others publish on versions and vulnerabilities, with its age. A file, or an address from which
 * it is fetched (the only time that a check goes to the network); what was fetched is kept beside its day, so
 * that a check without network says how old its knowledge is instead of nothing. */
#pragma once
#include "base/cleanup.h"
#include "base/fault.h"
#include "base/text.h"
#include "check/finding.h"
#include "check/versions/machine.h"

enum { FEED_OLD_DAYS = 30 }; /* older than that, what passes becomes unknown */

enum feed_kind {
    FEED_OVAL,   /* <oval_definitions>: an OVAL file, Debian's among them */
    FEED_XCCDF,  /* <Benchmark> */
    FEED_MYJVN,  /* <Result>, an answer of the MyJVN API 3.x with what it holds */
    FEED_JVNRSS, /* <rdf:RDF>: an overview of vulnerabilities (getVulnOverviewList) */
    FEED_VULDEF  /* <VULDEF-Document>: their details (getVulnDetailInfo) */
};

struct feed {
    enum feed_kind kind;
    char *name;        /* what it is called in findings: the file, or the address */
    struct text bytes; /* unpacked XML */
    int32_t age_days;  /* by its own date, else by its file's or the day it was fetched; FINDING_NO_AGE */
};

struct feeds {
    struct feed *items;
    size_t count;
};
void feeds_clear(struct feeds *feeds);

/* Older than FEED_OLD_DAYS, or of no age that could be told: what it does not know of is not well for that.
 */
static inline bool feed_old(int32_t age_days)
{
    return age_days == FINDING_NO_AGE || age_days > FEED_OLD_DAYS;
}

/* `where` is a file, or an http:// or https:// address. An address that ends in /myjvn is the MyJVN API
 * itself: it is asked for what there is for this machine (getXccdfList, getXccdfData, getOvalList,
 * getOvalData, getVulnOverviewList, getVulnDetailInfo). Adds to `feeds`; says in `findings` what a person
 * should know of it (fetching failed, so that a kept copy is gone by); a fault names file, line or address.
 */
bool feeds_open(struct feeds *feeds, const char *where, const struct machine *machine,
                struct findings *findings, struct fault *fault);

/* Holds the machine's products against all overviews and details (FEED_JVNRSS, FEED_VULDEF): call it once,
 * after the last feeds_open(). What has details is judged by them, else by its overview. Adds findings. */
bool feeds_judge(const struct feeds *feeds, const struct machine *machine, struct findings *findings,
                 struct fault *fault);
