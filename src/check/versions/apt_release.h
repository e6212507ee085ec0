/* apt_release: a Release or InRelease file of a repository of packages
 * (https://wiki.debian.org/DebianRepository/Format). */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define APT_RELEASE_NO_DAY INT32_MIN

struct apt_release {
    char label[64], codename[64], suite[64];
    int32_t written_day, valid_day; /* APT_RELEASE_NO_DAY: it does not say */
    bool not_automatic, but_automatic_upgrades;
};
/* Reads what stands before the checksums; what cannot be read is as if it were not there. */
void apt_release_read(const char *bytes, size_t length, struct apt_release *release);
