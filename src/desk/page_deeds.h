/* page_deeds: /staff/deeds: who did what, the last first. For administrators. */
#pragma once
#include "desk/page.h"

extern const struct field page_deeds_fields[];
bool page_deeds(struct call *call, struct fault *fault);
