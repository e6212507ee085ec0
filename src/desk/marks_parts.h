/* marks_parts: what a line of a form is made of, and what an answer says. */
#pragma once
#include "desk/forms.h"
#include <jansson.h>

enum marks_box { MARKS_NO_BOX, MARKS_CHOSEN, MARKS_NOT_CHOSEN };
/* Whether a box begins here, and its length in bytes. */
enum marks_box marks_box(const char *at, size_t *length);
/* The length of the blank, or of the dot, colon or other sign between a question and its answer, that begins
 * here; 0. */
size_t marks_blank(const char *at);
size_t marks_colon(const char *at);
size_t marks_open(const char *at); /* ( or （ */
size_t marks_close(const char *at);

/* The line behind what stands before a question: quoting, blanks, one mark, a number. *headed: the mark is
 * one that heads questions, not the points of an answer. */
const char *marks_question(const char *line, bool *headed);
/* Where a question may end and its answer begin: at a colon, a wide gap, a box, a bracket, the line's end. */
enum { MARKS_CUTS_MOST = 8, MARKS_NAME_MOST = 240 };
size_t marks_cuts(const char *question, size_t cuts[MARKS_CUTS_MOST]);
/* Behind a remark on the question: "住所（都道府県まで）：東京都". */
const char *marks_answer(const char *answer);
/* A line under a form, or the dashes before a signature. */
bool marks_rule(const char *line);

/* What was written under a question, as the field's value, into `told`. */
void marks_value(const struct forms *forms, const struct field *field, const char *written, json_t *told);
