#include "cases/classing.h"
#include "cases/change.h"
#include "cases/deeds.h"
#include "cases/names.h"
#include "cases/rsit.h"
#include "ledger/codes.h"
#include "ledger/import_kind.h"
#include "ledger/records.h"
#include <string.h>
#include <time.h>

enum { CLASSING_NAME_BYTES = 4096 };

static const char sql_note[] = "UPDATE casefile SET rsit = nullif(?2, ''), changed_s = ?3 WHERE id = ?1";
static const char *const sql_forget[] = {
    "DELETE FROM classed_malware WHERE casefile = ?1",
    "DELETE FROM classed_access WHERE casefile = ?1",
    "DELETE FROM classed_consultation WHERE casefile = ?1",
};
static const char sql_malware[] =
    "INSERT INTO classed_malware (casefile, line, accepted_on, detected_on, name, kind, detections, route)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
static const char sql_access[] =
    "INSERT INTO classed_access (casefile, received_on, harm, category, cause) VALUES (?1, ?2, ?3, ?4, ?5)";
static const char sql_consultation[] =
    "INSERT INTO classed_consultation (casefile, received_on, channel, topic, access, harm)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

/* The rules are those of `import`, column by column. */
static const struct import_column
    kind_column = {.name = "kind", .type = IMPORT_WORD, .words = codes_kinds},
    route_column = {.name = "route", .type = IMPORT_WORD, .words = codes_routes},
    category_column = {.name = "category", .type = IMPORT_WORD, .words = codes_categories},
    cause_column = {.name = "cause", .type = IMPORT_WORD, .words = codes_causes},
    channel_column = {.name = "channel", .type = IMPORT_WORD, .words = codes_channels},
    topic_column = {.name = "topic", .type = IMPORT_NAME}, day_column = {.name = "day", .type = IMPORT_DAY};

static bool check(const struct import_column *column, const char *cell, struct import_value *value,
                  struct fault *fault)
{
    return import_cell(column, true, cell, strlen(cell), value, fault);
}

/* Exactly one of them: what is kept must be what is counted. */
static bool check_word(const struct import_column *column, const char *word, struct fault *fault)
{
    struct import_value value;
    return codes_has(column->words, word) ||
           (check(column, word, &value, fault) &&
            fault_set(fault, "'%s' has blanks around it (expected none)", column->name));
}

static bool check_day(int32_t day, struct fault *fault)
{
    char text[CALENDAR_DAY_SIZE] = "";
    if (day >= calendar_day(1000, 1, 1) && day <= calendar_day(9999, 12, 31))
        calendar_day_text(text, day);
    struct import_value ignored;
    return check(&day_column, text, &ignored, fault);
}

static bool check_rsit(const char *rsit, struct fault *fault)
{
    return rsit == NULL || rsit[0] == '\0' || rsit_has(rsit) ||
           fault_set(fault, "the RSIT class is '%s' (expected one of the list, as other/other)", rsit);
}

static bool run(struct ledger *ledger, const char *sql, int64_t id, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql, fault);
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, id);
    return records_do(statement, fault);
}

static bool begin(struct change *change, struct ledger *ledger, int64_t id, struct fault *fault)
{
    struct casefile file;
    if (!change_begin(change, ledger, fault) || !casefile_living(ledger, id, &file, fault))
        return false;
    for (size_t i = 0; i < sizeof sql_forget / sizeof *sql_forget; i++)
        if (!run(ledger, sql_forget[i], id, fault))
            return false;
    return true;
}

static bool note(struct ledger *ledger, int64_t id, const char *rsit, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_note, fault);
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, id);
    sqlite3_bind_text(statement, 2, rsit == NULL ? "" : rsit, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 3, (int64_t)time(NULL));
    return records_do(statement, fault);
}

struct said {
    const char *what, *rsit;
    int64_t staff;
};

static bool finish(struct change *change, int64_t id, struct said said, struct fault *fault)
{
    struct ledger *ledger = change->ledger;
    return check_rsit(said.rsit, fault) && note(ledger, id, said.rsit, fault) &&
           classing_settle(ledger, id, fault) &&
           deeds_add(ledger, said.staff, "case.classed", id, said.what, fault) &&
           change_commit(change, fault);
}

static bool check_line(const struct classed_malware *line, struct fault *fault)
{
    if (line->detections < 1 || line->detections > CODES_DETECTIONS_MOST)
        return fault_set(fault, "'detections' is %lld (expected a whole number from 1 to 1,000,000,000,000)",
                         (long long)line->detections);
    return check_day(line->accepted_on, fault) && check_day(line->detected_on, fault) &&
           codes_check_days(line->accepted_on, line->detected_on, fault) &&
           check_word(&kind_column, line->kind, fault) && check_word(&route_column, line->route, fault);
}

static bool keep_line(struct ledger *ledger, sqlite3_stmt *statement, const struct classed_malware *line,
                      struct fault *fault)
{
    const char *kind;
    bool known;
    CLEANUP(text_clear) struct text name;
    text_init(&name, CLASSING_NAME_BYTES);
    if (!check_line(line, fault) || !names_canonical(ledger, line->name, &name, &kind, &known, fault))
        return false;
    sqlite3_bind_int64(statement, 3, line->accepted_on);
    sqlite3_bind_int64(statement, 4, line->detected_on);
    sqlite3_bind_text(statement, 5, name.bytes, (int)name.length, SQLITE_STATIC);
    sqlite3_bind_text(statement, 6, line->kind, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 7, line->detections);
    sqlite3_bind_text(statement, 8, line->route, -1, SQLITE_STATIC);
    return records_do(statement, fault);
}

static bool keep_lines(struct ledger *ledger, int64_t id, const struct classed_malware *lines, size_t count,
                       struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_malware, fault);
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, id);
    for (size_t i = 0; i < count; i++) {
        sqlite3_bind_int64(statement, 2, (int64_t)i);
        if (!keep_line(ledger, statement, &lines[i], fault))
            return count == 1 ? false : fault_while(fault, "line %zu", i + 1);
    }
    return true;
}

bool classing_malware(struct ledger *ledger, int64_t id, const struct classed_malware *lines, size_t count,
                      const char *rsit, int64_t staff, struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    if (count == 0)
        return fault_set(fault, "no malware is named (expected one line or more)");
    return begin(&change, ledger, id, fault) && keep_lines(ledger, id, lines, count, fault) &&
           finish(&change, id, (struct said){"malware", rsit, staff}, fault);
}

static bool keep_access(struct ledger *ledger, int64_t id, const struct classed_access *classed,
                        struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_access, fault);
    if (statement == NULL || !check_day(classed->received_on, fault) ||
        !check_word(&category_column, classed->category, fault) ||
        !check_word(&cause_column, classed->cause, fault) ||
        !codes_check_access(classed->category, classed->harm, fault))
        return false;
    sqlite3_bind_int64(statement, 1, id);
    sqlite3_bind_int64(statement, 2, classed->received_on);
    sqlite3_bind_int(statement, 3, classed->harm);
    sqlite3_bind_text(statement, 4, classed->category, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 5, classed->cause, -1, SQLITE_STATIC);
    return records_do(statement, fault);
}

bool classing_access(struct ledger *ledger, int64_t id, const struct classed_access *classed,
                     const char *rsit, int64_t staff, struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    return begin(&change, ledger, id, fault) && keep_access(ledger, id, classed, fault) &&
           finish(&change, id, (struct said){"access", rsit, staff}, fault);
}

static bool keep_consultation(struct ledger *ledger, int64_t id, const struct classed_consultation *classed,
                              struct fault *fault)
{
    struct import_value topic;
    enum codes_harm harm = classed->harm     ? CODES_HARM_YES
                           : classed->access ? CODES_HARM_NO
                                             : CODES_HARM_EMPTY;
    OWNED(sqlite3_finalize)
    sqlite3_stmt *statement = records_prepare(ledger->records, sql_consultation, fault);
    if (statement == NULL || !check_day(classed->received_on, fault) ||
        !check_word(&channel_column, classed->channel, fault) ||
        !check(&topic_column, classed->topic, &topic, fault) ||
        !codes_check_consultation(classed->access, harm, fault))
        return false;
    sqlite3_bind_int64(statement, 1, id);
    sqlite3_bind_int64(statement, 2, classed->received_on);
    sqlite3_bind_text(statement, 3, classed->channel, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 4, topic.bytes, (int)topic.length, SQLITE_STATIC);
    sqlite3_bind_int(statement, 5, classed->access);
    if (harm != CODES_HARM_EMPTY)
        sqlite3_bind_int(statement, 6, classed->harm);
    return records_do(statement, fault);
}

bool classing_consultation(struct ledger *ledger, int64_t id, const struct classed_consultation *classed,
                           const char *rsit, int64_t staff, struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    return begin(&change, ledger, id, fault) && keep_consultation(ledger, id, classed, fault) &&
           finish(&change, id, (struct said){"consultation", rsit, staff}, fault);
}

bool classing_clear(struct ledger *ledger, int64_t id, int64_t staff, struct fault *fault)
{
    CLEANUP(change_undo) struct change change = {0};
    return begin(&change, ledger, id, fault) &&
           finish(&change, id, (struct said){"nothing", NULL, staff}, fault);
}

const char *classing_channel(enum case_channel channel)
{
    return channel == CASE_PHONE ? "phone" : channel == CASE_MAIL ? "mail" : "other";
}
