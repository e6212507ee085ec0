/* cases: cases to work on, in a desk that is asked directly (asked.h), and a browser's forms. */
#pragma once
#include "asked.h"
#include "cases/casefile.h"

extern struct asked asked; /* the desk of the test program */
extern struct asked_session session;

int cases_open(void **state); /* a desk, and somebody with all rights signed in */
int cases_close(void **state);
void cases_as(enum asked_who who);

/* Takes one in; takes over `told`. */
int64_t cases_take(enum case_kind kind, enum case_channel channel, json_t *told);
int64_t cases_attach(int64_t casefile, const char *name); /* the attachment's number */

/* GET and POST of a path with "%lld" for one number, in English. The fields are name and value in turn, then
 * NULL. */
void cases_get(const char *path, int64_t number);
void cases_post(const char *path, int64_t number, ...) __attribute__((sentinel));
void cases_expect(unsigned status);
bool cases_says(const char *words); /* the last answer, or where it leads */
/* The value of a hidden field of the last answer: "once". */
void cases_value(const char *name, char out[128]);
int64_t cases_count(const char *sql, int64_t casefile); /* ?1 */
