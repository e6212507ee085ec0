/* page_sign_in: /staff/sign-in and /staff/sign-out. */
#pragma once
#include "cases/sign_in.h"
#include "desk/page.h"

extern const struct field page_sign_in_fields[];
bool page_sign_in(struct call *call, struct fault *fault);
bool page_sign_in_send(struct call *call, struct fault *fault);
bool page_sign_out(struct call *call, struct fault *fault);

/* The cookies of one who was just let in, and to the queue. */
bool page_sign_in_go(struct call *call, const struct sign_in_welcome *welcome);
