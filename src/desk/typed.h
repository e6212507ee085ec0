/* typed: a case as staff type it in: what the page's path says it is, what its form told, and how that
 * counts. */
#pragma once
#include "desk/forms.h"
#include "desk/page.h"

/* What the path says: "/staff/new/consultation/phone". */
struct typed {
    enum case_kind kind;
    enum case_channel channel;
    const struct forms *forms;
    const struct field *fields;
};
/* The table of pages has sound paths only: another is a fault. */
bool typed_read(const struct call *call, struct typed *typed, struct fault *fault);
/* What call->form says of the fields of the form. New reference. */
json_t *typed_told(const struct call *call, const struct typed *typed);
/* Counted at once where what was told says enough; else whoever works on it says the rest. In the caller's
 * change. */
bool typed_class(struct call *call, const struct typed *typed, int64_t id, struct fault *fault);
