#include "desk/authorizer.h"
#include <sqlite3.h>
#include <stddef.h>
#include <string.h>

/* What the public process has no business with: who the staff are and how they come in, what opens the desk's
 * key, and words by which cases are found. Of these tables it reads the named column, none where that is
 * NULL, and writes nothing. */
static const struct closed {
    const char *table, *column;
} closed[] = {
    {"staff", "id"}, /* that a case's staff exist: REFERENCES */
    {"session", NULL},        {"attempt", NULL},      {"browser", NULL},
    {"search_posting", NULL}, {"search_batch", NULL}, {"answer_template", NULL},
};

static bool is_closed(const char *table, const char *column)
{
    if (strcmp(table, "desk_key") == 0)
        return strcmp(column, "recovery") == 0;
    /* the chain goes on from its end; who did what is the staff's */
    if (strcmp(table, "deed") == 0)
        return strcmp(column, "staff") == 0 || strcmp(column, "detail") == 0 || strcmp(column, "what") == 0;
    for (size_t i = 0; i < sizeof closed / sizeof closed[0]; i++)
        if (strcmp(table, closed[i].table) == 0)
            return closed[i].column == NULL || strcmp(column, closed[i].column) != 0;
    return false;
}

static bool may_change(const char *table)
{
    if (strcmp(table, "desk_key") == 0 || strncmp(table, "sqlite_", 7) == 0 || strcmp(table, "meta") == 0)
        return false;
    for (size_t i = 0; i < sizeof closed / sizeof closed[0]; i++)
        if (strcmp(table, closed[i].table) == 0)
            return false;
    return true;
}

/* What every page may: read, and have SQLite's own functions. */
static int judge_reading(int action, const char *table, const char *column, bool public)
{
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_FUNCTION:
    case SQLITE_RECURSIVE:
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT:
        return SQLITE_OK;
    case SQLITE_READ:
        return public && is_closed(table, column) ? SQLITE_DENY : SQLITE_OK;
    default:
        return SQLITE_DENY;
    }
}

static bool is_change(int action)
{
    return action == SQLITE_INSERT || action == SQLITE_UPDATE || action == SQLITE_DELETE;
}

static int judge_public_get(void *unused, int action, const char *first, const char *second,
                            const char *database, const char *trigger)
{
    (void)unused, (void)database, (void)trigger;
    return judge_reading(action, first, second, true);
}

static int judge_public_post(void *unused, int action, const char *first, const char *second,
                             const char *database, const char *trigger)
{
    (void)unused, (void)database, (void)trigger;
    if (is_change(action))
        return may_change(first) ? SQLITE_OK : SQLITE_DENY;
    return judge_reading(action, first, second, true);
}

static int judge_staff_get(void *unused, int action, const char *first, const char *second,
                           const char *database, const char *trigger)
{
    (void)unused, (void)database, (void)trigger;
    return judge_reading(action, first, second, false);
}

static int judge_staff_post(void *unused, int action, const char *first, const char *second,
                            const char *database, const char *trigger)
{
    (void)unused, (void)database, (void)trigger;
    if (is_change(action))
        return strncmp(first, "sqlite_", 7) == 0 || strcmp(first, "meta") == 0 ? SQLITE_DENY : SQLITE_OK;
    if (action == SQLITE_PRAGMA) /* the search overwrites what it forgets (cases/search_merge.c) */
        return strcmp(first, "secure_delete") == 0 ? SQLITE_OK : SQLITE_DENY;
    return judge_reading(action, first, second, false);
}

void authorizer_install(struct sqlite3 *records, enum serve_which which, enum request_method method)
{
    static int (*const judges[2][2])(void *, int, const char *, const char *, const char *, const char *) = {
        [SERVE_PUBLIC] = {[REQUEST_GET] = judge_public_get, [REQUEST_POST] = judge_public_post},
        [SERVE_STAFF] = {[REQUEST_GET] = judge_staff_get, [REQUEST_POST] = judge_staff_post},
    };
    sqlite3_set_authorizer(records, judges[which][method], NULL);
}
