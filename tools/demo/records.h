/* records: the raw CSV files of one month as a desk would have typed them in. */
#pragma once
#include "demo/dice.h"

/* `month` counts from 0 (June 2011). `seen` holds the (reporter, day, name) of all months so far. They exit
 * on a full disk. */
void records_malware(const char *folder, int month, struct once *seen);
void records_access(const char *folder, int month);
void records_consultations(const char *folder, int month);
