/* country: what a country is called, by Debian's iso-codes (English names from its JSON, others from its
 * gettext domain); a few everyday names, and names newer than Debian's translations, are our own messages.
 * Where that is not installed, or does not know the code, the code itself. */
#pragma once
#include "bulletin/issue.h"

const char *country_name(struct issue *issue, const char *code); /* "ZZ": "unknown" */
