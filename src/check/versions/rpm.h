/* rpm: what an rpm system has installed, and what its cached repositories offer. */
#pragma once
#include "base/fault.h"
#include "check/versions/machine.h"

/* The database is read by the `rpm` program of this machine, from a copy: nothing of the system that is
 * looked at is run or changed. Without the program it is a fault, and what is installed is unknown. */
bool rpm_there(const struct machine *machine);
bool rpm_add(struct machine *machine, struct fault *fault);
/* By the metadata that dnf, yum and zypper keep (rpm_lists.c). */
bool rpm_know(struct machine *machine, struct fault *fault);

/* "1:2.0-3": as rpm orders and shows it; the epoch 0 is not written. */
enum { RPM_VERSION_SIZE = 512 };
void rpm_version(char out[RPM_VERSION_SIZE], const char *epoch, const char *version, const char *release);
