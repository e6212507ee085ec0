/* rsit: the Reference Security Incident Taxonomy (version 1003, CC0), as it stands beside our own words: its
 * 11 classes and 39 kinds, "class/kind", and which of them ours comes nearest to. Our words are what is
 * counted; RSIT is for exchange with others. */
#pragma once
#include "desk/field.h"

extern const struct field_choice rsit_choices[]; /* the first is "": none */
/* `word`: a category of an access report, a topic of a consultation, a kind of malware. "": nothing fits. */
const char *rsit_suggest(const char *word);
