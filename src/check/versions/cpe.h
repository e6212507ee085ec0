/* cpe: a product's name in the Common Platform Enumeration, as 2.2 writes it (cpe:/a:mozilla:firefox:3.6) and
 * as 2.3 does (cpe:2.3:a:mozilla:firefox:3.6:*:...), as far as matching needs it
 * (https://cpe.mitre.org/specification/). */
#pragma once
#include <stdbool.h>

enum { CPE_PART_SIZE = 128 };
enum cpe_part { CPE_KIND, CPE_VENDOR, CPE_PRODUCT, CPE_VERSION, CPE_UPDATE };

/* One part, without its escapes, letters small. False where there is none: absent, empty, '-', '*', or not
 * readable. */
bool cpe_part(const char *cpe, enum cpe_part which, char out[CPE_PART_SIZE]);
