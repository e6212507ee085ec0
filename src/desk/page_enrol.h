/* page_enrol: /staff/enrol: an invitation, then a password and a telephone. Nothing is kept between the two
 * pages: the second carries what the first was told, and the secret it shows. */
#pragma once
#include "cases/enrol.h"
#include "desk/page.h"

extern const struct field page_enrol_fields[], page_enrol_finish_fields[];
bool page_enrol(struct call *call, struct fault *fault);
bool page_enrol_begin(struct call *call, struct fault *fault);
bool page_enrol_finish(struct call *call, struct fault *fault);

/* Adds "qr" and "secret" (in groups) to the model, for the partial "totp". */
bool page_enrol_secret(struct call *call, const char *name, const struct totp *totp, struct fault *fault);
/* A new secret of one-time codes in the form's field "secret", and the page that shows it; the form is
 * cleared. */
bool page_enrol_offer(struct call *call, struct form *form,
                      bool (*show)(struct call *, struct form *, const struct totp *, struct fault *),
                      struct fault *fault);
/* Why a password was not taken: a msgid. */
const char *page_enrol_weak(const char *password, const char *name);
