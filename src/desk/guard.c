#include "desk/guard.h"
#include "cases/session.h"
#include "desk/desk.h"
#include "desk/route.h"
#include <string.h>

/* What follows "https://" up to the path: host and port. */
static const char *authority(const char *address, size_t *length)
{
    const char *after = strstr(address, "://");
    after = after != NULL ? after + 3 : address;
    *length = strcspn(after, "/");
    return after;
}

static bool same_authority(const char *one, const char *other)
{
    size_t first, second;
    one = authority(one, &first);
    other = authority(other, &second);
    return first > 0 && first == second && strncasecmp(one, other, first) == 0;
}

bool guard_same_site(const struct request *request, const char *address, bool lenient)
{
    if (request->site != NULL)
        return strcmp(request->site, "same-origin") == 0;
    if (request->origin == NULL)
        return lenient;
    return (request->host != NULL && same_authority(request->origin, request->host)) ||
           (address != NULL && address[0] != '\0' && same_authority(request->origin, address));
}

static const char *token_of(const struct request *request)
{
    const struct request_field *token = request_find(request, "token");
    return token != NULL && token->file == NULL ? token->value : NULL;
}

enum guard_verdict guard_judge(const struct call *call, const struct page *page)
{
    const struct request *request = call->request;
    bool post = request->method == REQUEST_POST, staff = call->desk->which == SERVE_STAFF;
    if (post && !guard_same_site(request, call->ledger->settings.desk_address, !staff))
        return GUARD_STRANGE;
    if (!route_open(page->right, call->session)) {
        bool asks = staff && !post && call->session == NULL && page->right != PAGE_NOBODY;
        return asks ? GUARD_SIGN_IN : GUARD_CLOSED;
    }
    if (post && call->session != NULL && !session_token_right(call->session, token_of(request)))
        return GUARD_STRANGE;
    return GUARD_PASS;
}
