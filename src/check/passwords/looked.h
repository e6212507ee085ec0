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
    struct login *login;
    const char *subject; /* "example.jp (hanako)" */
    const char *place;   /* "example.jp", or what the service is called */
    const char *service; /* what makes it the same service: the account's registered name, else the place */
    struct site site;
    struct strength strength;
    uint64_t lost; /* times that it is in the list of stolen ones */
    struct kin same, near;
};

/* One of each login, with its names, in strings of `findings`; returns how many. The same user and password
 * at two addresses of one service (http:// and https://, with www. and without) is one login. */
size_t looked_gather(struct looked *looked, struct logins *logins, struct findings *findings);
/* How strong each is: on all processors, with progress on a terminal. */
void looked_measure(struct looked *looked, size_t count);
bool looked_lost(struct looked *looked, size_t count, struct breach *breach, struct fault *fault);
