/* phrase: small pieces of language: numbers, dates, lists and the names of kinds, in the language
 * words_open() chose. */
#pragma once
#include "base/words.h"
#include "bulletin/issue.h"
#include <stddef.h>
#include <stdint.h>

/* Messages that are one word in English but not elsewhere carry what they are for before a bar: "unit of
 * reports|". */
const char *phrase_about(const char *message) __attribute__((format_arg(1)));
#define Q_(message) phrase_about(message)

/* printf into the issue's words. */
const char *phrase(struct issue *issue, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *phrase_number(struct issue *issue, uint64_t value); /* 3,468 */
#define PHRASE_COUNT(issue, one, many, value)                                                                \
    phrase(issue, ngettext(one, many, (unsigned long)(value)), phrase_number(issue, value))

const char *phrase_month(struct issue *issue, int32_t month);       /* November 2011 */
const char *phrase_month_alone(struct issue *issue, int32_t month); /* November */
const char *phrase_month_short(struct issue *issue, int32_t month); /* Nov */
const char *phrase_day(struct issue *issue, int32_t day);           /* 5 December 2011 */
const char *phrase_day_short(struct issue *issue, int32_t day);     /* 5 Dec */

/* Two sentences as one run of text; either may be NULL. */
const char *phrase_both(struct issue *issue, const char *first, const char *second);
/* "a, b and c". */
const char *phrase_list(struct issue *issue, const char *const *items, size_t count);

const char *phrase_category(const char *category); /* of unauthorised access; an unknown word is itself */
const char *phrase_topic(const char *topic);       /* of consultations; an unknown word is itself */
