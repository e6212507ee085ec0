/* report: how what a reporter found joins malware_report: one row for each (reporter, day of detection, name,
 * month accepted), whose detections add up, whether they come by an import or from a case of the desk. */
#pragma once
#include "ledger/pseudonym.h"
#include "ledger/records.h"

struct report {
    struct pseudonym reporter;
    int32_t accepted_on, detected_on;
    const char *name;
    size_t name_length;
    const char *kind, *route; /* of ledger/codes.h */
    int64_t detections;
};

/* To be prepared by whoever adds reports, in this order. */
enum { REPORT_INSERT, REPORT_FIND, REPORT_MERGE, REPORT_STATEMENTS };
#define REPORT_SQL_INSERT                                                                                    \
    "INSERT INTO malware_report (month, name, reporter, detected_on, accepted_on, kind, detections, route)"  \
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING"
#define REPORT_SQL_FIND                                                                                      \
    "SELECT kind, detections FROM malware_report"                                                            \
    " WHERE month = ?1 AND name = ?2 AND reporter = ?3 AND detected_on = ?4"
/* the earlier day and the doubtful route win, so that the order of rows does not matter */
#define REPORT_SQL_MERGE                                                                                     \
    "UPDATE malware_report SET detections = detections + ?7, accepted_on = min(accepted_on, ?5),"            \
    " route = CASE route WHEN ?8 THEN route ELSE 'unknown' END"                                              \
    " WHERE month = ?1 AND name = ?2 AND reporter = ?3 AND detected_on = ?4"

enum report_added {
    REPORT_NEW,    /* a row of its own */
    REPORT_JOINED, /* added to one that stood */
    REPORT_BAD,    /* does not fit with what stands under the same key: fault says how; nothing changed */
    REPORT_FAILED, /* the ledger could not be written: fault */
};
enum report_added report_add(sqlite3_stmt *const statements[REPORT_STATEMENTS], const struct report *report,
                             struct fault *fault);
/* The key as parameters 1 to 4: month, name, reporter, day of detection. */
void report_bind_key(sqlite3_stmt *statement, const struct report *report);
