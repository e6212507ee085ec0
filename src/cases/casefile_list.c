/* The queue. Its order is that of the cases' numbers, and what it may be filtered by is the beginning of an
 * index: so it is gathered index by index, each giving its newest, and no query ever walks through cases
 * that it does not show. */
#include "base/memory.h"
#include "cases/casefile.h"
#include "ledger/records.h"
#include <stdlib.h>
#include <string.h>

#define OPEN   "state IN ('new', 'working', 'waiting')"
#define NEWEST "ORDER BY id DESC LIMIT ?4"

static const char sql_state[] =
    "SELECT id FROM casefile INDEXED BY casefile_state WHERE state = ?1 AND kind = ?2 AND id < ?3"
    " AND merged_into IS NULL " NEWEST;
static const char sql_assigned[] =
    "SELECT id FROM casefile INDEXED BY casefile_assigned WHERE assigned IS nullif(?5, 0) AND state = ?1"
    " AND kind = ?2 AND id < ?3 AND merged_into IS NULL " NEWEST;
/* all of it stands in the index, which is of the open ones that are due: one walk over those that are late */
static const char sql_overdue[] =
    "SELECT id FROM casefile INDEXED BY casefile_due WHERE due_on < ?6 AND " OPEN " AND merged_into IS NULL"
    " AND (?1 IS NULL OR state = ?1) AND (?2 IS NULL OR kind = ?2) AND id < ?3"
    " AND (?5 < 0 OR assigned IS nullif(?5, 0)) " NEWEST;
static const char sql_counts[] =
    "SELECT state, kind, count(*) FROM casefile INDEXED BY casefile_state WHERE " OPEN
    " AND merged_into IS NULL GROUP BY state, kind";
static const char sql_overdue_count[] =
    "SELECT count(*) FROM casefile INDEXED BY casefile_due WHERE due_on < ?1 AND " OPEN
    " AND merged_into IS NULL";

/* Numbers of cases, as many as the indexes gave. */
struct numbers {
    int64_t *ids;
    size_t count;
};

static void numbers_clear(struct numbers *numbers)
{
    free(numbers->ids);
}

static bool gather(sqlite3_stmt *statement, struct numbers *numbers, struct fault *fault)
{
    bool row = true;
    while (records_step(statement, &row, fault) && row)
        numbers->ids[numbers->count++] = sqlite3_column_int64(statement, 0);
    return !row;
}

static bool is_open(int state)
{
    return state == CASE_NEW || state == CASE_WORKING || state == CASE_WAITING;
}

static bool wants(const struct case_filter *filter, int state, int kind)
{
    return (filter->state < 0 || filter->state == state) && (filter->kind < 0 || filter->kind == kind) &&
           (filter->open != 1 || is_open(state));
}

static sqlite3_stmt *prepare(struct ledger *ledger, const struct case_filter *filter, struct fault *fault)
{
    const char *sql = filter->overdue_on != 0 ? sql_overdue
                      : filter->assigned >= 0 ? sql_assigned
                                              : sql_state;
    sqlite3_stmt *statement = records_prepare(ledger->records, sql, fault);
    if (statement == NULL)
        return NULL;
    sqlite3_bind_int64(statement, 3, filter->before > 0 ? filter->before : INT64_MAX);
    sqlite3_bind_int64(statement, 4, (int64_t)filter->most + 1); /* one more tells that there are more */
    if (filter->overdue_on != 0 || filter->assigned >= 0)
        sqlite3_bind_int64(statement, 5, filter->assigned);
    if (filter->overdue_on != 0)
        sqlite3_bind_int(statement, 6, filter->overdue_on);
    return statement;
}

/* NULL where the filter does not say. */
static void bind_word(sqlite3_stmt *statement, int at, const char *const *words, int word)
{
    if (word >= 0)
        sqlite3_bind_text(statement, at, words[word], -1, SQLITE_STATIC);
}

static bool gather_all(struct ledger *ledger, const struct case_filter *filter, struct numbers *numbers,
                       struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = prepare(ledger, filter, fault);
    if (statement == NULL)
        return false;
    if (filter->overdue_on != 0) {
        bind_word(statement, 1, case_states, filter->state);
        bind_word(statement, 2, case_kinds, filter->kind);
        return gather(statement, numbers, fault);
    }
    for (int i = 0; i < CASE_STATES * CASE_KINDS; i++) {
        int state = i / CASE_KINDS, kind = i % CASE_KINDS;
        if (!wants(filter, state, kind))
            continue;
        sqlite3_bind_text(statement, 1, case_states[state], -1, SQLITE_STATIC);
        sqlite3_bind_text(statement, 2, case_kinds[kind], -1, SQLITE_STATIC);
        if (!gather(statement, numbers, fault))
            return false;
    }
    return true;
}

static int newest_first(const void *a, const void *b)
{
    const int64_t *one = a, *other = b;
    return (*one < *other) - (*one > *other);
}

static bool read_all(struct ledger *ledger, const struct numbers *numbers, size_t most,
                     struct case_list *list, struct fault *fault)
{
    list->more = numbers->count > most;
    for (size_t i = 0; i < numbers->count && i < most; i++) {
        enum case_found found;
        if (!casefile_read(ledger, numbers->ids[i], &list->files[list->count], &found, fault))
            return false;
        list->count += found == CASE_FOUND;
    }
    return true;
}

bool casefile_list(struct ledger *ledger, const struct case_filter *filter, struct case_list *list,
                   struct fault *fault)
{
    CLEANUP(numbers_clear) struct numbers numbers = {0};
    CLEANUP(case_list_clear) struct case_list made = {0};
    numbers.ids =
        memory_new((size_t)CASE_STATES * CASE_KINDS * (filter->most + (size_t)1), sizeof *numbers.ids);
    made.files = memory_new(filter->most + (size_t)1, sizeof *made.files);
    if (!gather_all(ledger, filter, &numbers, fault))
        return false;
    qsort(numbers.ids, numbers.count, sizeof *numbers.ids, newest_first);
    if (!read_all(ledger, &numbers, filter->most, &made, fault))
        return false;
    *list = made;
    made = (struct case_list){0};
    return true;
}

void case_list_clear(struct case_list *list)
{
    free(list->files);
    *list = (struct case_list){0};
}

/* The place of a word in its list; the list's length where it is not there. */
static int place_of(const char *const *words, const unsigned char *word)
{
    int at = 0;
    while (words[at] != NULL && strcmp(words[at], (const char *)word) != 0)
        at++;
    return at;
}

static bool read_counts(sqlite3_stmt *statement, uint64_t counts[CASE_STATES][CASE_KINDS],
                        struct fault *fault)
{
    bool row = true;
    while (records_step(statement, &row, fault) && row) {
        int state = place_of(case_states, sqlite3_column_text(statement, 0));
        int kind = place_of(case_kinds, sqlite3_column_text(statement, 1));
        if (state < CASE_STATES && kind < CASE_KINDS)
            counts[state][kind] = (uint64_t)sqlite3_column_int64(statement, 2);
    }
    return !row;
}

bool casefile_open_counts(struct ledger *ledger, uint64_t counts[CASE_STATES][CASE_KINDS], uint64_t *overdue,
                          int32_t today, struct fault *fault)
{
    uint64_t counted[CASE_STATES][CASE_KINDS] = {0};
    OWNED(sqlite3_finalize) sqlite3_stmt *by_state = records_prepare(ledger->records, sql_counts, fault);
    if (by_state == NULL || !read_counts(by_state, counted, fault))
        return false;
    OWNED(sqlite3_finalize) sqlite3_stmt *late = records_prepare(ledger->records, sql_overdue_count, fault);
    bool row;
    if (late == NULL)
        return false;
    sqlite3_bind_int(late, 1, today);
    if (!records_step(late, &row, fault))
        return false;
    *overdue = (uint64_t)sqlite3_column_int64(late, 0);
    memcpy(counts, counted, sizeof counted);
    return true;
}
