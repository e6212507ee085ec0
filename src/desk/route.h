/* route: which page a path means, and to whom it is open. */
#pragma once
#include "desk/page.h"

/* A path that begins with a language: "/ja/report" is "ja" and "/report". Without one *language is NULL and
 * the whole path is the rest. */
const char *route_language(const char *path, const char **language);
/* What a person's browser would like best of ja and en (Accept-Language, RFC 9110 section 12.5.4); `fallback`
 * where it says nothing of them. */
const char *route_accepted(const char *accept, const char *fallback);

enum route_found { ROUTE_PAGE, ROUTE_NONE, ROUTE_OTHER_METHOD };
struct route {
    const struct page *page;
    int64_t numbers[2]; /* what stood for {n} */
};
/* `path` without its language. */
enum route_found route_find(const struct page *table, enum request_method method, const char *path,
                            struct route *route);
/* The page of a path as the table has it; NULL. */
const struct page *route_page(const struct page *table, enum request_method method, const char *path);
/* Deny by default: only what the right names. */
bool route_open(enum page_right right, const struct staff_session *session);
