/* plain: a short way for the packet that nearly all are: a stranger's TCP or UDP over IPv4, whole, straight
 * in Ethernet or raw, to a point that has not asked for it. It must say what link_decode() and
 * unasked_judge() say; a test and a fuzz target hold the two side by side. */
#pragma once
#include "observe/account.h"
#include "observe/fold.h"

/* Counts records up to the first that is not plain, or that the fold refuses, and says how many they were:
 * the next one takes the long way. */
size_t plain_run(const struct unasked *unasked, const struct capture_record *records, size_t count,
                 struct fold_inlet *inlet, struct account *account);
