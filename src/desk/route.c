#include "desk/route.h"
#include <stdlib.h>
#include <string.h>

static const char *const languages[] = {"ja", "en"};
enum { LANGUAGES = sizeof languages / sizeof languages[0] };

const char *route_language(const char *path, const char **language)
{
    *language = NULL;
    for (size_t i = 0; i < LANGUAGES; i++)
        if (strncmp(path + 1, languages[i], 2) == 0 && (path[3] == '/' || path[3] == '\0')) {
            *language = languages[i];
            return path[3] == '/' ? path + 3 : "/";
        }
    return path;
}

/* "q=0.8" as thousands; 1000 where nothing is said. */
static unsigned quality(const char *parameters, size_t length)
{
    const char *at = memmem(parameters, length, "q=", 2), *end = parameters + length;
    unsigned value = 0, weight = 1000;
    if (at == NULL)
        return 1000;
    for (at += 2; at < end && weight > 0; at++) {
        if (*at == '.')
            continue;
        if (*at < '0' || *at > '9')
            break;
        value += (unsigned)(*at - '0') * weight;
        weight /= 10;
    }
    return value;
}

const char *route_accepted(const char *accept, const char *fallback)
{
    unsigned best = 0;
    const char *found = fallback;
    while (accept != NULL && *accept != '\0') {
        accept += strspn(accept, " \t,");
        size_t length = strcspn(accept, ","), word = strcspn(accept, ",;- \t");
        for (size_t i = 0; i < LANGUAGES; i++) {
            unsigned much = quality(accept, length);
            if (word == 2 && strncasecmp(accept, languages[i], 2) == 0 && much > best) {
                best = much;
                found = languages[i];
            }
        }
        accept += length;
    }
    return found;
}

/* Digits of a positive number without leading zeros, as we write them: nothing else is an address of ours. */
static const char *take_number(const char *path, int64_t *number)
{
    enum { DIGITS_MOST = 18 };
    size_t digits = strspn(path, "0123456789");
    if (digits == 0 || digits > DIGITS_MOST || path[0] == '0')
        return NULL;
    *number = strtoll(path, NULL, 10);
    return path + digits;
}

static bool matches(const char *pattern, const char *path, int64_t numbers[2])
{
    size_t count = 0;
    while (*pattern != '\0') {
        if (strncmp(pattern, "{n}", 3) == 0 && count < 2) {
            path = take_number(path, &numbers[count++]);
            if (path == NULL)
                return false;
            pattern += 3;
        } else if (*pattern++ != *path++) {
            return false;
        }
    }
    return *path == '\0';
}

enum route_found route_find(const struct page *table, enum request_method method, const char *path,
                            struct route *route)
{
    enum route_found found = ROUTE_NONE;
    for (const struct page *page = table; page->path != NULL; page++) {
        int64_t numbers[2] = {0, 0};
        if (!matches(page->path, path, numbers))
            continue;
        if (page->method == method) {
            *route = (struct route){page, {numbers[0], numbers[1]}};
            return ROUTE_PAGE;
        }
        found = ROUTE_OTHER_METHOD;
    }
    return found;
}

const struct page *route_page(const struct page *table, enum request_method method, const char *path)
{
    struct route route = {0};
    return route_find(table, method, path, &route) == ROUTE_PAGE ? route.page : NULL;
}

bool route_open(enum page_right right, const struct staff_session *session)
{
    unsigned rights = session != NULL ? session->rights : 0;
    switch (right) {
    case PAGE_NOBODY:
        return false;
    case PAGE_PUBLIC:
        return true;
    case PAGE_STAFF:
        return session != NULL;
    case PAGE_INTAKE: /* an analyst does all that intake does */
        return (rights & (STAFF_INTAKE | STAFF_ANALYST)) != 0;
    case PAGE_ANALYST:
        return (rights & STAFF_ANALYST) != 0;
    case PAGE_EDITOR: /* and all that the editor does */
        return (rights & (STAFF_EDITOR | STAFF_ANALYST)) != 0;
    case PAGE_ADMINISTRATOR:
        return (rights & STAFF_ADMINISTRATOR) != 0;
    }
    return false;
}
