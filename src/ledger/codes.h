/* codes: the words that records may hold, as the contract lists them; each list ends with NULL. */
#pragma once
#include <stdbool.h>

extern const char *const codes_kinds[];      /* virus, program */
extern const char *const codes_routes[];     /* mail ... unknown, "" */
extern const char *const codes_categories[]; /* intrusion ... other */
extern const char *const codes_causes[];     /* password ... unknown, "" */
extern const char *const codes_channels[];   /* auto, phone, mail, other */
extern const char *const codes_topics[];     /* known ones; any word may stand */
bool codes_has(const char *const *codes, const char *word);
bool codes_category_harms(const char *category); /* whether harm must be `yes` with it */
