/* Every check there is. To add one: its row here, its file, its line in the meson.build. */
#include "check/check.h"

const struct check *const checks[] = {&check_versions, &check_passwords, NULL};
