/* plain: a short way for the packet that nearly all are: a stranger's TCP or UDP over IPv4, whole, straight
 * in Ethernet or raw, to a point that has asked for nothing. It must say what link_decode() and
 * unasked_judge() say; a test and a fuzz target hold the two side by side. */
#pragma once
#include "observe/capture.h"
#include "observe/fold.h"
#include "observe/unasked.h"

/* VERDICT_ACCESS and VERDICT_BACKSCATTER, with what is seen; VERDICT_COUNT: the packet takes the long way. */
enum verdict plain_judge(struct unasked *unasked, const struct capture_record *record,
                         struct fold_seen *seen);
