/* judge: one record, the long way: decoded, judged, and what the fold is to count of it. */
#pragma once
#include "observe/capture.h"
#include "observe/fold.h"
#include "observe/unasked.h"

/* `seen` holds for VERDICT_ACCESS and VERDICT_BACKSCATTER. */
enum verdict judge_record(struct unasked *unasked, const struct capture_record *record,
                          struct fold_seen *seen);
