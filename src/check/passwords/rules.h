/* rules: one function for each id, from what is known of a login to a finding. */
#pragma once
#include "check/passwords/looked.h"

enum rule_point { RULE_STRONG, RULE_KEPT, RULE_USED, RULE_POINTS }; /* the advice's three points */

struct rule_about {
    const struct logins *logins;
    size_t count;     /* of those looked at */
    const char *file; /* the export, as it was named */
    int32_t today;
    const char *breached; /* the list's name, NULL: none was given */
    int32_t breached_age_days;
};

struct rule {
    const char *id;
    enum rule_point point;
    bool of_password;  /* asks what an entry without a password cannot answer */
    const char *first; /* N_(): "Begin with ...", where this is the worst that was found */
    /* True where it is as the id says; then seen, expected and advice are set, in strings of `findings`. */
    bool (*holds)(const struct looked *looked, const struct rule_about *about, struct findings *findings,
                  struct finding *finding);
};
/* The worst first; ends with {0}. */
extern const struct rule rules[];
