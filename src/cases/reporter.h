/* reporter: who a reporter is, for counting once: a mail address, else organisation and name, folded so that
 * the same person typed twice is one (NFKC, small letters, no spaces). Only its keyed hash is kept outside
 * the seal. */
#pragma once
#include "base/text.h"
#include <jansson.h>

/* False: nobody said who they are. `told`: the fields of a form ("email", "organisation", "name", "phone").
 */
bool reporter_of(json_t *told, struct text *out);
