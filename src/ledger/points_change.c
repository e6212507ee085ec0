/* Adding to the points and ending them: all of a command's networks or none. */
#include "base/text.h"
#include "ledger/points.h"
#include "ledger/records.h"
#include <string.h>

static bool check_name(const char *name, struct fault *fault)
{
    size_t length = strlen(name);
    bool plain = length > 0 && length <= POINT_NAME_MOST && text_is_utf8(name, length) && name[0] != ' ' &&
                 name[length - 1] != ' ';
    for (const char *byte = name; plain && *byte != '\0'; byte++)
        plain = text_unruly(byte) == 0;
    return plain || fault_set(fault,
                              "that is no name for a point (expected 1 to %d bytes of UTF-8, no control "
                              "characters, no space at an end)",
                              POINT_NAME_MOST);
}

/* "from 2011-06-01 to 2011-11-30", with what is open left out; "always" where both are. */
enum { POINTS_SPAN_SIZE = 64 };
static void span_text(char out[POINTS_SPAN_SIZE], int32_t since, int32_t until)
{
    char first[CALENDAR_DAY_SIZE] = "", last[CALENDAR_DAY_SIZE] = "";
    if (since != INT32_MIN)
        calendar_day_text(first, since);
    if (until != INT32_MAX)
        calendar_day_text(last, until);
    if (since == INT32_MIN && until == INT32_MAX)
        snprintf(out, POINTS_SPAN_SIZE, "on all days");
    else
        snprintf(out, POINTS_SPAN_SIZE, "%s%s%s%s%s", first[0] ? "from " : "", first,
                 first[0] && last[0] ? " " : "", last[0] ? "to " : "", last);
}

static bool check_against(const struct points *points, const struct point_watch *new, struct fault *fault)
{
    for (size_t i = 0; i < points->watch_count; i++) {
        const struct point_watch *old = &points->watches[i];
        if (!network_overlaps(old->network, new->network) || old->since > new->until ||
            new->since > old->until)
            continue;
        char mine[NETWORK_TEXT_SIZE], theirs[NETWORK_TEXT_SIZE], span[POINTS_SPAN_SIZE];
        network_text(mine, new->network);
        network_text(theirs, old->network);
        span_text(span, old->since, old->until);
        return fault_set(
            fault,
            "'%s' overlaps '%s', which the point '%s' watches %s (expected other addresses or other days)",
            mine, theirs, points->names[old->point], span);
    }
    return true;
}

static bool check_among(const struct network *networks, size_t count, struct fault *fault)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++) {
            char first[NETWORK_TEXT_SIZE], second[NETWORK_TEXT_SIZE];
            if (!network_overlaps(networks[i], networks[j]))
                continue;
            network_text(first, networks[j]);
            network_text(second, networks[i]);
            return fault_set(fault, "'%s' overlaps '%s', given before it (expected networks apart)", second,
                             first);
        }
    return true;
}

static bool check_new(const struct points *points, const char *name, const struct network *networks,
                      size_t count, int32_t since, int32_t until, struct fault *fault)
{
    bool known = false;
    for (size_t i = 0; i < points->count; i++)
        known = known || strcmp(points->names[i], name) == 0;
    if (!known && points->count == POINTS_MOST)
        return fault_set(fault, "there are %d points already (expected no more)", POINTS_MOST);
    for (size_t i = 0; i < count; i++) {
        struct point_watch watch = {.network = networks[i], .since = since, .until = until};
        if (!check_against(points, &watch, fault))
            return false;
    }
    return true;
}

static void bind_day(sqlite3_stmt *statement, int place, int32_t day, int32_t open)
{
    if (day == open)
        sqlite3_bind_null(statement, place);
    else
        sqlite3_bind_int(statement, place, day);
}

static const char point_sql[] = "INSERT INTO point (name) VALUES (?1) ON CONFLICT DO NOTHING";
static const char watch_sql[] = "INSERT INTO point_watch (point, network, since, until)"
                                " SELECT id, ?2, ?3, ?4 FROM point WHERE name = ?1";

static bool insert(sqlite3 *records, const char *name, const struct network *networks, size_t count,
                   int32_t since, int32_t until, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *point = records_prepare(records, point_sql, fault);
    OWNED(sqlite3_finalize)
    sqlite3_stmt *watch = point == NULL ? NULL : records_prepare(records, watch_sql, fault);
    if (watch == NULL)
        return false;
    sqlite3_bind_text(point, 1, name, -1, SQLITE_STATIC);
    if (!records_do(point, fault))
        return false;
    for (size_t i = 0; i < count; i++) {
        char network[NETWORK_TEXT_SIZE];
        network_text(network, networks[i]);
        sqlite3_bind_text(watch, 1, name, -1, SQLITE_STATIC);
        sqlite3_bind_text(watch, 2, network, -1, SQLITE_TRANSIENT);
        bind_day(watch, 3, since, INT32_MIN);
        bind_day(watch, 4, until, INT32_MAX);
        if (!records_do(watch, fault))
            return false;
    }
    return true;
}

bool points_add(struct ledger *ledger, const char *name, const struct network *networks, size_t count,
                int32_t since, int32_t until, struct fault *fault)
{
    CLEANUP(points_clear) struct points points = {0};
    if (!check_name(name, fault))
        return false;
    if (since > until)
        return fault_set(fault, "the first day is after the last (expected --since no later than --until)");
    if (!check_among(networks, count, fault) || !points_load(ledger, &points, fault) ||
        !check_new(&points, name, networks, count, since, until, fault) ||
        !records_run(ledger->records, "BEGIN IMMEDIATE", fault))
        return false;
    if (insert(ledger->records, name, networks, count, since, until, fault) &&
        records_run(ledger->records, "COMMIT", fault))
        return true;
    struct fault ignored;
    records_run(ledger->records, "ROLLBACK", &ignored);
    return false;
}

static bool check_end(const struct points *points, const char *name, int32_t until, struct fault *fault)
{
    size_t point = 0;
    while (point < points->count && strcmp(points->names[point], name) != 0)
        point++;
    if (point == points->count)
        return fault_set(fault, "there is no point '%s' (expected one of 'mimamori point list')", name);
    for (size_t i = 0; i < points->watch_count; i++) {
        char since[CALENDAR_DAY_SIZE];
        if (points->watches[i].point != point || points->watches[i].since <= until)
            continue;
        calendar_day_text(since, points->watches[i].since);
        return fault_set(fault, "the point '%s' begins to watch on %s (expected no earlier end)", name,
                         since);
    }
    return true;
}

bool points_end(struct ledger *ledger, const char *name, int32_t until, struct fault *fault)
{
    CLEANUP(points_clear) struct points points = {0};
    if (!points_load(ledger, &points, fault) || !check_end(&points, name, until, fault))
        return false;
    OWNED(sqlite3_finalize)
    sqlite3_stmt *end =
        records_prepare(ledger->records,
                        "UPDATE point_watch SET until = ?2 WHERE (until IS NULL OR until > ?2)"
                        " AND point = (SELECT id FROM point WHERE name = ?1)",
                        fault);
    if (end == NULL)
        return false;
    sqlite3_bind_text(end, 1, name, -1, SQLITE_STATIC);
    sqlite3_bind_int(end, 2, until);
    return records_do(end, fault);
}
