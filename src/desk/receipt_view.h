/* receipt_view: a case as its reporter sees it: how far it is, in plain words, and all that was told and
 * answered. */
#pragma once
#include "cases/casefile.h"
#include "desk/page.h"

/* Puts it into the model: "state", "kind", "number", "received", "parts", "may_add", "may_withdraw". */
bool receipt_view(struct call *call, const struct casefile *file, const struct seal_pair *pair,
                  struct fault *fault);
