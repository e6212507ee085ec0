/* looked: what is known of each login before it is judged. */
#pragma once
#include "check/finding.h"
#include "check/passwords/breach.h"
#include "check/passwords/login.h"
#include "check/passwords/reuse.h"
#include "check/passwords/site.h"
#include "check/passwords/strength.h"

enum { UNUSED_DAYS = 365 };

struct looked {
    const struct login *login;
    const char *subject; /* "example.jp (hanako)" */
    const char *place;   /* "example.jp", or what the service is called */
    struct site site;
    struct strength strength;
    uint64_t lost; /* times that it is in the list of stolen ones */
    struct kin same, near;
};

/* One of each login, with its names, in strings of `findings`. */
void looked_name(struct looked *looked, const struct logins *logins, struct findings *findings);
/* How strong each is: on all processors, with progress on a terminal. */
bool looked_measure(struct looked *looked, size_t count, struct fault *fault);
bool looked_lost(struct looked *looked, size_t count, struct breach *breach, struct fault *fault);
