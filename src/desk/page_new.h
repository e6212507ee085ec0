/* page_new: what came by phone, post, fax or at the counter, typed in by staff: one page, from the first
 * field to the button by the keyboard alone; counted at once where enough is known; with a receipt to read
 * out. */
#pragma once
#include "desk/page.h"

bool page_new(struct call *call, struct fault *fault); /* GET /staff/new: which kind, by which way */
/* GET /staff/new/KIND/CHANNEL: the path says what it is, so that no field has to */
bool page_new_ask(struct call *call, struct fault *fault);
bool page_new_take(struct call *call, struct fault *fault); /* POST of the same */
