#include "cases/counted.h"
#include "base/memory.h"
#include "cases/names.h"
#include "ledger/records.h"
#include <string.h>

static const char malware_sql[] =
    "SELECT own.month, report.kind, count(*), sum(own.detections), sum(report.detections > own.detections)"
    " FROM (SELECT month, name, reporter, detected_on, sum(detections) AS detections FROM counted_malware"
    " WHERE casefile = ?1 GROUP BY month, name, reporter, detected_on) AS own"
    " JOIN malware_report AS report USING (month, name, reporter, detected_on)"
    " GROUP BY own.month, report.kind ORDER BY own.month, report.kind DESC";
static const char access_sql[] = "SELECT received_on, harm FROM access_report"
                                 " WHERE id = (SELECT access_report FROM casefile WHERE id = ?1)";
static const char consultation_sql[] = "SELECT received_on, access FROM consultation"
                                       " WHERE id = (SELECT consultation FROM casefile WHERE id = ?1)";

static sqlite3_stmt *prepare(struct ledger *ledger, const char *sql, int64_t casefile, struct fault *fault)
{
    sqlite3_stmt *statement = records_prepare(ledger->records, sql, fault);
    if (statement != NULL)
        sqlite3_bind_int64(statement, 1, casefile);
    return statement;
}

static bool read_malware(struct ledger *ledger, int64_t casefile, json_t *counted, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *read = prepare(ledger, malware_sql, casefile, fault);
    bool row;
    json_t *months = json_array();
    json_object_set_new(counted, "malware", months);
    while (read != NULL && records_step(read, &row, fault)) {
        if (!row) {
            if (json_array_size(months) == 0)
                json_object_del(counted, "malware");
            return true;
        }
        json_array_append_new(months,
                              json_pack("{s:i, s:s, s:I, s:I, s:I}", "month", sqlite3_column_int(read, 0),
                                        "kind", (const char *)sqlite3_column_text(read, 1), "reports",
                                        (json_int_t)sqlite3_column_int64(read, 2), "detections",
                                        (json_int_t)sqlite3_column_int64(read, 3), "shared",
                                        (json_int_t)sqlite3_column_int64(read, 4)));
    }
    return false;
}

/* One row of a day and a yes or no. */
static bool read_one(sqlite3_stmt *read, json_t *counted, const char *what, const char *answer,
                     struct fault *fault)
{
    bool row;
    if (read == NULL || !records_step(read, &row, fault))
        return false;
    if (row)
        json_object_set_new(counted, what,
                            json_pack("{s:i, s:b}", "month", (int)calendar_month(sqlite3_column_int(read, 0)),
                                      answer, sqlite3_column_int(read, 1)));
    return true;
}

json_t *counted_read(struct ledger *ledger, int64_t casefile, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *access = prepare(ledger, access_sql, casefile, fault);
    OWNED(sqlite3_finalize)
    sqlite3_stmt *consultation = access == NULL ? NULL : prepare(ledger, consultation_sql, casefile, fault);
    json_t *counted = json_object();
    if (access != NULL && consultation != NULL && read_one(access, counted, "access", "harm", fault) &&
        read_one(consultation, counted, "consultation", "access", fault) &&
        read_malware(ledger, casefile, counted, fault))
        return counted;
    json_decref(counted);
    return NULL;
}

/* A row that others share in (its detections are more than this case's own) and that is of another kind. */
static const char against_sql[] =
    "SELECT 1 FROM malware_report AS report WHERE month = ?2 AND name = ?3 AND detected_on = ?4"
    " AND reporter = (SELECT reporter FROM casefile WHERE id = ?1) AND kind <> ?5"
    " AND detections > (SELECT coalesce(sum(detections), 0) FROM counted_malware AS own WHERE casefile = ?1"
    " AND own.month = report.month AND own.name = report.name AND own.detected_on = report.detected_on)";

static bool others_say(sqlite3_stmt *look, const char *name, const struct classed_malware *line,
                       bool *against, struct fault *fault)
{
    sqlite3_bind_int(look, 2, calendar_month(line->accepted_on));
    sqlite3_bind_text(look, 3, name, -1, SQLITE_STATIC);
    sqlite3_bind_int(look, 4, line->detected_on);
    sqlite3_bind_text(look, 5, line->kind, -1, SQLITE_STATIC);
    bool well = records_step(look, against, fault);
    sqlite3_reset(look);
    return well;
}

static bool earlier_says(char *const *names, const struct classed_malware *lines, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (lines[i].detected_on == lines[at].detected_on && strcmp(names[i], names[at]) == 0 &&
            strcmp(lines[i].kind, lines[at].kind) != 0)
            return true;
    return false;
}

static char *canonical(struct ledger *ledger, const char *written, struct fault *fault)
{
    enum { NAME_BYTES = 4096 };
    const char *kind;
    bool known;
    CLEANUP(text_clear) struct text name;
    text_init(&name, NAME_BYTES);
    if (!names_canonical(ledger, written, &name, &kind, &known, fault))
        return NULL;
    return memory_string(name.length > 0 ? name.bytes : "");
}

bool counted_against(struct ledger *ledger, int64_t casefile, const struct classed_malware *lines,
                     size_t count, size_t *first, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *look = prepare(ledger, against_sql, casefile, fault);
    char **names = memory_new(count + 1, sizeof *names);
    bool well = look != NULL, against = false;
    size_t at = 0;
    while (well && at < count) {
        names[at] = canonical(ledger, lines[at].name, fault);
        well = names[at] != NULL && others_say(look, names[at], &lines[at], &against, fault);
        if (!well || against || earlier_says(names, lines, at))
            break;
        at++;
    }
    if (well)
        *first = at;
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(names);
    return well;
}

static int32_t day_of(const json_t *line, const char *name)
{
    int32_t day = 0;
    calendar_parse_day(json_string_value(json_object_get(line, name)), &day);
    return day;
}

bool counted_fits(struct ledger *ledger, int64_t casefile, bool *fits, struct fault *fault)
{
    json_t *classed = classing_read(ledger, casefile, fault);
    if (classed == NULL)
        return false;
    const json_t *kept = json_object_get(classed, "malware"), *line;
    size_t count = json_array_size(kept), first, i;
    struct classed_malware *lines = memory_new(count + 1, sizeof *lines);
    json_array_foreach(kept, i, line) lines[i] =
        (struct classed_malware){.accepted_on = day_of(line, "accepted_on"),
                                 .detected_on = day_of(line, "detected_on"),
                                 .name = json_string_value(json_object_get(line, "name")),
                                 .kind = json_string_value(json_object_get(line, "kind"))};
    bool well = counted_against(ledger, casefile, lines, count, &first, fault);
    if (well)
        *fits = first == count;
    free(lines);
    json_decref(classed);
    return well;
}
