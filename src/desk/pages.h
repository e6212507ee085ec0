/* pages: who answers each page of the table in pages.c. Each page's own fields are beside it, in page_NAME.h.
 */
#pragma once
#include "desk/page.h"

bool page_home(struct call *call, struct fault *fault);
bool page_privacy(struct call *call, struct fault *fault);
