/* labels: what the desk's words are called on its pages (msgids), as choices of a form; each ends with {0}.
 */
#pragma once
#include "cases/casefile.h"
#include "desk/field.h"

extern const struct field_choice labels_kinds[], labels_states[], labels_channels[];
/* How a case is classified; the words are those of ledger/codes.h. */
extern const struct field_choice labels_malware[], labels_routes[], labels_harm[], labels_categories[],
    labels_causes[], labels_topics[], labels_about_access[], labels_rsit[] /* cases/rsit.h */,
    labels_languages[];
extern const struct field_choice labels_deeds[];
/* The label of a word, or the word itself. */
const char *labels_of(const struct field_choice *choices, const char *word);
