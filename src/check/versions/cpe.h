/* cpe: a product's name in the Common Platform Enumeration 2.2, cpe:/a:mozilla:firefox:3.6
 * (https://cpe.mitre.org/specification/), as far as matching needs it. */
#pragma once
#include <stdbool.h>

enum { CPE_PART_SIZE = 128 };
enum cpe_part { CPE_KIND, CPE_VENDOR, CPE_PRODUCT, CPE_VERSION, CPE_UPDATE };

/* One part, percent-decoded, letters small. False where there is none: absent, empty, '-', or not decodable.
 */
bool cpe_part(const char *cpe, enum cpe_part which, char out[CPE_PART_SIZE]);
