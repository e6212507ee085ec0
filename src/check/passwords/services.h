/* services: which services offer one-time codes, as far as we know, and the checklist of one's own. */
#pragma once
#include "check/finding.h"
#include <stdbool.h>

/* Several registered names, one account: "google.com" for "youtube.com"; what is not known so, itself. */
const char *services_account(const char *own);

/* In order of strcmp; ends with NULL. */
extern const char *const services_with_codes[];
/* By the name of the account: "example.jp". */
bool services_offer_codes(const char *own);

struct looked;
/* Log in to each, leave what you no longer use: those that were not used for longest come first. */
void services_list(const struct looked *looked, size_t count, bool tells_used, struct findings *findings);
