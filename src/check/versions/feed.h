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

/* `where` is a file, or an http:// or https:// address. An address that ends in /myjvn is the MyJVN API
 * itself: it is asked for what there is for this machine (getOvalList, getOvalData, getXccdfList,
 * getXccdfData, getVulnOverviewList). Adds to `feeds`; a fault names file, line or address. */
bool feeds_open(struct feeds *feeds, const char *where, const struct machine *machine, struct fault *fault);

/* Holds the machine's products against overviews and details (FEED_JVNRSS, FEED_VULDEF). Adds findings. */
bool feed_judge(const struct feed *feed, const struct machine *machine, struct findings *findings,
                struct fault *fault);
