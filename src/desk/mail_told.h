/* mail_told: what a message tells the desk, as a case holds it: a form filled in with marks is the report it
 * is a form of, anything else a consultation, unless it was written to the address for reports. */
#pragma once
#include "desk/mail.h"
#include <jansson.h>

/* {"subject", "text", "from", "name", "email": where to answer, "message_id", "references"} and the fields of
 * the form (desk/forms.h); what is empty is not in it. `desk_mail`: the desk's address, "desk@..."
 * (desk+virus@ and desk+access@ are for reports), or "". `kind` NULL: a line
 * added to a case, in which no form is looked for (it may quote one). New reference. */
json_t *mail_told(const struct mail *mail, const char *desk_mail, enum case_kind *kind);

/* What makes a message itself, whoever passed it on and whatever they put before it: Message-ID, From, Date,
 * Subject, and all that stands below the headers. */
void mail_told_content(const struct mail *mail, const char *bytes, size_t length, struct text *content);
