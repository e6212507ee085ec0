/* codes: the words that records may hold, as the contract lists them, and which of them may stand together;
 * each list ends with NULL. */
#pragma once
#include "base/fault.h"
#include <stdbool.h>
#include <stdint.h>

extern const char *const codes_kinds[];      /* virus, program */
extern const char *const codes_routes[];     /* mail ... unknown, "" */
extern const char *const codes_categories[]; /* intrusion ... other */
extern const char *const codes_causes[];     /* password ... unknown, "" */
extern const char *const codes_channels[];   /* auto, phone, mail, other */
extern const char *const codes_topics[];     /* known ones; any word may stand */
bool codes_has(const char *const *codes, const char *word);
bool codes_category_harms(const char *category); /* whether harm must be `yes` with it */

#define CODES_DETECTIONS_MOST INT64_C(1000000000000) /* of one report */

/* False: fault says what does not fit. */
bool codes_check_days(int32_t accepted_on, int32_t detected_on, struct fault *fault);
bool codes_check_access(const char *category, bool harm, struct fault *fault);
enum codes_harm { CODES_HARM_NO, CODES_HARM_YES, CODES_HARM_EMPTY };
bool codes_check_consultation(bool access, enum codes_harm harm, struct fault *fault);
