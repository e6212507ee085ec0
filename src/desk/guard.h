/* guard: whether a request may go on to its page. */
#pragma once
#include "desk/page.h"

enum guard_verdict {
    GUARD_PASS,
    GUARD_SIGN_IN, /* a GET of the staff's where nobody is signed in */
    GUARD_CLOSED,  /* no right to this page */
    GUARD_STRANGE  /* a form that another site sends, or that this session was not given */
};
/* A form comes from a page of ours. Browsers say so (Fetch Metadata: Sec-Fetch-Site); those that do not, or
 * come by plain HTTP, send the Origin, which is this host or `address` (desk-address). Where neither is said
 * nothing can be forged but what holds no session: `lenient`. */
bool guard_same_site(const struct request *request, const char *address, bool lenient);
enum guard_verdict guard_judge(const struct call *call, const struct page *page);
