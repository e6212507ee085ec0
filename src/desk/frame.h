/* frame: what stands around every page: whose desk it is, where else one can go, the other language. */
#pragma once
#include "desk/page.h"

/* Adds "frame", "language" and, where somebody is signed in, "token" to the model. */
void frame_add(struct call *call, const char *title);
/* The heading of a page that refuses: a msgid. */
const char *frame_refusal(unsigned status);
