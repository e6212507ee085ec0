/* page_inspect: /staff/inspect: the desk inspects itself. For administrators. */
#pragma once
#include "desk/page.h"

bool page_inspect(struct call *call, struct fault *fault);
bool page_inspect_chain(struct call *call, struct fault *fault);
