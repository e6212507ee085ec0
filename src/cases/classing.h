/* classing: how the staff classify a case, and what it then counts as. One rule: a case counts from the
 * moment it is classified, unless it is rejected, withdrawn or merged into another; the day is the day it was
 * received, unless the staff say another. classing_settle() takes away what a case has added to
 * malware_report, access_report and consultation, and adds what it should: it may be called any number of
 * times. A reporter whom nobody named counts as a reporter of its own. */
#pragma once
#include "cases/casefile.h"

/* The words are those of ledger/codes.h, as `import` takes them. */
struct classed_malware {
    int32_t accepted_on, detected_on;
    const char *name, *kind, *route;
    int64_t detections;
};
struct classed_access {
    int32_t received_on;
    bool harm;
    const char *category, *cause;
};
struct classed_consultation {
    int32_t received_on;
    const char *channel, *topic;
    bool access, harm;
};

/* Each replaces what stood, whatever it was, in one transaction with its deed, and settles. A combination
 * that `import` would refuse is a fault that says so. Names are brought to their canonical form
 * (cases/names.h). rsit: one of cases/rsit.h; NULL or "": none. */
bool classing_malware(struct ledger *ledger, int64_t id, const struct classed_malware *lines, size_t count,
                      const char *rsit, int64_t staff, struct fault *fault);
bool classing_access(struct ledger *ledger, int64_t id, const struct classed_access *classed,
                     const char *rsit, int64_t staff, struct fault *fault);
bool classing_consultation(struct ledger *ledger, int64_t id, const struct classed_consultation *classed,
                           const char *rsit, int64_t staff, struct fault *fault);
/* As if it had never been classified. */
bool classing_clear(struct ledger *ledger, int64_t id, int64_t staff, struct fault *fault);

/* In the caller's transaction, which a fault must undo. */
bool classing_settle(struct ledger *ledger, int64_t id, struct fault *fault);
/* As kept: {"malware": [{...}]} or {"access": {...}} or {"consultation": {...}}, with "rsit"; days as
 * "YYYY-MM-DD". {} if not classified. New reference. */
json_t *classing_read(struct ledger *ledger, int64_t id, struct fault *fault);
/* How many cases received in a month are not yet classified (and so not yet counted), by kind. */
bool classing_missing(struct ledger *ledger, int32_t month, uint64_t missing[CASE_KINDS],
                      struct fault *fault);
/* The channel of consultations (ledger/codes.h) that a case's channel comes to. */
const char *classing_channel(enum case_channel channel);
