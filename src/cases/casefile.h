/* casefile: what one reporter told the desk at once, and all that came of it: a report of malware, of
 * unauthorised access, or a consultation. Its text is sealed (cases/seal.h); kind, channel, state and days
 * are not, so that a queue needs no key. */
#pragma once
#include "base/cleanup.h"
#include "cases/receipt.h"
#include "cases/seal.h"
#include "ledger/pseudonym.h"
#include <jansson.h>
#include <stdint.h>

enum case_kind { CASE_MALWARE, CASE_ACCESS, CASE_CONSULTATION, CASE_KINDS };
enum case_channel { CASE_WEB, CASE_MAIL, CASE_PHONE, CASE_POST, CASE_FAX, CASE_COUNTER, CASE_CHANNELS };
enum case_state {
    CASE_NEW,
    CASE_WORKING,
    CASE_WAITING,
    CASE_ANSWERED,
    CASE_CLOSED,
    CASE_REJECTED,
    CASE_WITHDRAWN,
    CASE_STATES
};
enum case_told {
    CASE_TOLD,
    CASE_ADDED,
    CASE_ANSWER,
    CASE_NOTE /* staff's own, not for the reporter */,
    CASE_TOLDS
};
extern const char *const case_kinds[],
    *const case_channels[], *const case_states[], *const case_tolds[]; /* the words kept; end with NULL */

struct case_attachment {
    const char *name;
    const char *bytes;
    size_t length;
}; /* name as given, any UTF-8 */

/* What comes in at one of the desk's doors. */
struct case_intake {
    enum case_kind kind;
    enum case_channel channel;
    const char *language;          /* "ja" or "en": the reporter's */
    unsigned char once[16];        /* casefile_once(): the same twice is taken in once */
    const struct receipt *receipt; /* NULL: none is given (typed in by staff without one) */
    const char *reporter;          /* who they are, as cases/reporter.h folds it; NULL: nobody said */
    json_t *told;                  /* an object of the form's fields (desk/forms.h), strings only; borrowed */
    const struct case_attachment *attachments;
    size_t attachments_count;
    int64_t staff; /* who typed it in; 0: the reporter */
    int64_t at_s;  /* when it came */
};
enum case_taken { CASE_TAKEN, CASE_KNOWN /* this `once` was taken in before */ };
void casefile_once(const struct ledger *ledger, const void *bytes, size_t length, unsigned char once[16]);

/* In the caller's transaction. The deed is recorded too. */
bool casefile_take(struct ledger *ledger, const struct case_intake *intake, enum case_taken *taken,
                   int64_t *id, struct fault *fault);

/* One row, nothing sealed. state etc. as they are now. */
struct casefile {
    int64_t id, received_s, changed_s, assigned, merged_into, linked, erased_s; /* 0: none */
    int32_t received_on, due_on;                                                /* due_on INT32_MIN: none */
    enum case_kind kind;
    enum case_channel channel;
    enum case_state state;
    char language[8], rsit[64];
    bool has_receipt, has_reporter, classed;
    unsigned char once[16];
    struct pseudonym reporter;
    struct seal_wrapped desk_key, own_key;
};
enum case_found { CASE_FOUND, CASE_NONE };
bool casefile_read(struct ledger *ledger, int64_t id, struct casefile *file, enum case_found *found,
                   struct fault *fault);
/* The same, where it is to be changed: a fault where there is none, or where it was erased. */
bool casefile_living(struct ledger *ledger, int64_t id, struct casefile *file, struct fault *fault);
bool casefile_by_receipt(struct ledger *ledger, const struct receipt *receipt, struct casefile *file,
                         enum case_found *found, struct fault *fault);
/* The case's key: by the desk's pair (staff) or by the receipt's. False: erased or not for this pair. */
bool casefile_key(const struct casefile *file, const struct seal_pair *pair, struct seal_key *key);

/* All that was told, in order: [{"id", "at_s", "what", "staff", "fields": {...}, "attachments": [{"id",
 * "name", "bytes"}]}]. `for_reporter` leaves out staff's notes. Merged cases' are among them, each with
 * "casefile". New reference. */
json_t *casefile_told(struct ledger *ledger, const struct casefile *file, const struct seal_pair *pair,
                      bool for_reporter, struct fault *fault);
/* One line for a queue, of what was told first; "" where it is erased. */
bool casefile_title(struct ledger *ledger, const struct casefile *file, const struct seal_pair *pair,
                    struct text *title, struct fault *fault);
bool casefile_attachment(struct ledger *ledger, const struct casefile *file, const struct seal_pair *pair,
                         int64_t attachment, struct text *name, struct text *bytes, enum case_found *found,
                         struct fault *fault);

/* Each is one transaction (cases/change.h: part of the caller's, where one has begun), with its deed. `staff`
 * 0: the reporter. */
struct case_add {
    enum case_told what;
    json_t *fields; /* {"text": ...} */
    const struct case_attachment *attachments;
    size_t attachments_count;
    int64_t staff;
    const unsigned char *once; /* 16 bytes or NULL */
    int64_t at_s;
};
bool casefile_add(struct ledger *ledger, const struct casefile *file, const struct seal_key *key,
                  const struct case_add *add, enum case_taken *taken, struct fault *fault);
/* Adds an answer to a case and to each that was merged into it, sealed to each one's own reporter. `desk`:
 * the desk's pair. */
bool casefile_answer(struct ledger *ledger, const struct casefile *file, const struct seal_pair *desk,
                     const struct case_add *answer, enum case_taken *taken, struct fault *fault);
bool casefile_set_state(struct ledger *ledger, int64_t id, enum case_state state, int64_t staff,
                        struct fault *fault); /* counts anew */
bool casefile_assign(struct ledger *ledger, int64_t id, int64_t to, int64_t staff,
                     struct fault *fault); /* 0: nobody */
bool casefile_set_due(struct ledger *ledger, int64_t id, int32_t day, int64_t staff, struct fault *fault);
bool casefile_merge(struct ledger *ledger, int64_t id, int64_t into, int64_t staff,
                    struct fault *fault); /* refuses itself, chains, other kinds */
bool casefile_unmerge(struct ledger *ledger, int64_t id, int64_t staff, struct fault *fault);
bool casefile_link(struct ledger *ledger, int64_t id, int64_t to, int64_t staff,
                   struct fault *fault); /* both ways; 0: none */
bool casefile_erase(struct ledger *ledger, int64_t id, int64_t staff,
                    struct fault *fault); /* the person goes, the count stays */

/* The queue: newest first, from before case `before` (0: from the newest), at most `most`. Unset filters are
 * -1 (kind, state, assigned; assigned 0: nobody's). */
struct case_filter {
    int kind, state, open; /* open: 1 only new, working and waiting */
    int64_t assigned;
    int overdue_on; /* due before this day; 0 */
    int64_t before;
    unsigned most;
};
struct case_list {
    struct casefile *files;
    size_t count;
    bool more;
};
bool casefile_list(struct ledger *ledger, const struct case_filter *filter, struct case_list *list,
                   struct fault *fault);
void case_list_clear(struct case_list *list);
/* How many are open, by state and kind (index only; closed ones are not counted). */
bool casefile_open_counts(struct ledger *ledger, uint64_t counts[CASE_STATES][CASE_KINDS], uint64_t *overdue,
                          int32_t today, struct fault *fault);
