/* summing: the sums of a day that lies in several files, by SQL, written as daily.h writes those of a stream:
 * the same sightings give the same bytes, however they came. */
#pragma once
#include "ledger/engine.h"
#include "ledger/points.h"
#include "ledger/snapshot.h"

/* To `path`, synced. */
bool summing_write(const struct engine *engine, const struct points *points,
                   const struct snapshot_files *files, const char *path, struct fault *fault);
