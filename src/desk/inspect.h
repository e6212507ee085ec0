/* inspect: the desk looks at itself: what is weak, old, stuck or forgotten, why that matters and what to do.
 * Missing knowledge is never good news: what cannot be judged says so. */
#pragma once
#include "cases/staff.h"

enum inspect_result { INSPECT_WELL, INSPECT_ATTENTION, INSPECT_UNKNOWN, INSPECT_RESULTS };
enum { INSPECT_VALUE = 96, INSPECT_LINES_MOST = 32 };
struct inspect_line {
    const char *id;    /* "backup" */
    const char *title; /* these are msgids */
    enum inspect_result result;
    const char *seen;          /* may hold one "{}", where `value` stands */
    char value[INSPECT_VALUE]; /* a number, a time, a name */
    const char *advice;        /* what to do and why; NULL where all is well */
};
/* What the checks look at. */
struct inspect {
    struct ledger *ledger;
    json_t *state, *people; /* state_list(), staff_list() */
    int64_t now_s;
};
/* In the order they are shown. */
bool inspect_all(struct ledger *ledger, int64_t now_s, struct inspect_line lines[INSPECT_LINES_MOST],
                 size_t *count, struct fault *fault);

/* One check fills in what it found; id and title are the table's. */
typedef bool inspect_check(const struct inspect *in, struct inspect_line *line, struct fault *fault);
/* inspect_desk.c: what the ledger itself tells */
inspect_check inspect_way, inspect_address, inspect_backup, inspect_chain, inspect_unclassified,
    inspect_contact;
/* inspect_staff.c */
inspect_check inspect_administrators, inspect_second_factor, inspect_invitations, inspect_sessions,
    inspect_attempts;
/* inspect_mail.c */
inspect_check inspect_mail_in, inspect_mail_out;
/* inspect_machine.c: files, disk, processes */
inspect_check inspect_disk, inspect_modes, inspect_user, inspect_software;

/* For the checks. */
void inspect_well(struct inspect_line *line, const char *seen);
void inspect_attention(struct inspect_line *line, const char *seen, const char *advice);
void inspect_number(struct inspect_line *line, int64_t number);
void inspect_time(struct inspect_line *line, int64_t at_s); /* in the ledger's zone */
/* When a state was last told; 0: never. *value is "" then. */
int64_t inspect_state(const struct inspect *in, const char *name, const char **value);
