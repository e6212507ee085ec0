/* fetch_address: where a request may go. */
#pragma once
#include "base/fault.h"
#include <stdbool.h>

/* Is it an address at all, and not a file? */
bool fetch_is_address(const char *where);
/* Only http and https, and nobody's name or password, which would be sent, kept and shown. `after_https`: it
 * is where https led to, which must not be http. */
bool fetch_address_allow(const char *address, bool after_https, struct fault *fault);
