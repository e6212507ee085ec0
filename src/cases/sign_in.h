/* sign_in: name, password and one-time code, all three right at once; which of them was not, nobody is told,
 * nor whether there is such a name: it costs the same work. */
#pragma once
#include "cases/session.h"

struct sign_in {
    const char *name, *password, *code;
    const char *browser; /* the cookie REQUEST_BROWSER; NULL: none */
    struct address source;
    int64_t now_s;
};
enum sign_in_answer {
    SIGN_IN_WELCOME,
    SIGN_IN_REFUSED,
    SIGN_IN_WAIT, /* too many tries: this one was not looked at */
    SIGN_IN_BUSY  /* too many at once: again in a moment */
};
enum { SIGN_IN_BROWSER_S = 180 * 24 * 3600 };
struct sign_in_welcome {
    int64_t staff;
    unsigned rights;
    char session[SESSION_TOKEN], browser[SESSION_TOKEN]; /* the cookies */
    char language[8];
};
bool sign_in_try(struct ledger *ledger, const struct sign_in *claim, enum sign_in_answer *answer,
                 struct sign_in_welcome *welcome, struct fault *fault);

/* In the caller's transaction, for one who has just proven who they are: a session, and a browser that is
 * known from now on (the same one, where `browser` was a cookie of ours). */
bool sign_in_welcome(struct ledger *ledger, int64_t staff, const unsigned char desk_secret[32],
                     const char *browser, int64_t now_s, struct sign_in_welcome *welcome,
                     struct fault *fault);
