/* object_package: what dpkg and rpm have installed, found by name at once. */
#pragma once
#include "check/versions/machine.h"

struct object_packages;
struct object_packages *object_packages_new(const struct machine *machine);
void object_packages_free(struct object_packages *packages);
