/* work: what the staff's pages about cases share: which case it is, when, who, and the words for it. */
#pragma once
#include "cases/casefile.h"
#include "desk/labels.h"
#include "desk/page.h"

enum work_found { WORK_CASE, WORK_ANSWERED /* there is no such case, and the page says so */ };
/* The case of the number in the path, and no other: what a page changes is what it has looked at. A POST
 * finds no case that was erased. */
bool work_case(struct call *call, struct casefile *file, enum work_found *found, struct fault *fault);
bool work_may(const struct call *call, unsigned rights); /* any of enum staff_right's bits */

/* {"text": "2026-11-03 09:05", "minutes": 5}: for the partial "age". New reference. */
json_t *work_time(const struct call *call, int64_t at_s);
int32_t work_today(const struct call *call);
/* {"text": "2026-11-03", "past": true: it is still to be done}, or null where there is none. New reference.
 */
json_t *work_due(const struct call *call, const struct casefile *file);

/* {"name": "November", "year": 2026}: for the partial "month". New reference. */
json_t *work_month(const struct call *call, int32_t month);

/* staff_list(), by which people are named; NULL on a fault. New reference. */
json_t *work_people(const struct call *call, struct fault *fault);
const char *work_person(const json_t *people, int64_t id); /* "" nobody */
/* For a select: active people; [{"word", "label", "chosen"}]. New reference. */
json_t *work_choose_person(const json_t *people, int64_t chosen);
json_t *work_choose(const struct call *call, const struct field_choice *choices, const char *chosen);

/* What came in the form's `once` (desk/sending.h), with `what` it is for, the case and the text, to 16 bytes
 * (casefile_once()): the same text sent twice is known, another is not taken for it. False: it was not ours.
 */
bool work_once(const struct call *call, const char *what, const char *text, unsigned char once[16]);

/* `message`, which is in the page's language already, with a number in the place of its "{n}". For the
 * heading of a page. */
void work_fill(struct text *out, const char *message, int64_t number);
