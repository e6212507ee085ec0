/* admission: which sightings of a capture may come in. Of a new one, all but those of days that were let go;
 * of a known one, those of the days that were lost since, and nothing else: what lies in the ledger already
 * never counts twice. */
#pragma once
#include "ledger/manifest.h"
#include "ledger/sightings.h"

struct admission {
    bool known;
    struct manifest_days lost;   /* of a known capture */
    struct manifest_days let_go; /* of all */
    struct sightings_in in;
    struct sightings_left left;
    int32_t day; /* asked about last, and the answer */
    bool admitted;
};
bool admission_open(struct admission *admission, const struct ledger *ledger, struct content content,
                    struct sightings_in in, struct fault *fault);
void admission_clear(struct admission *admission);
struct sightings_in admission_stream(struct admission *admission);
