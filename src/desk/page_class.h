/* page_class: how a case is classified while it is worked on, by kind; the case page then says what it counts
 * as. GET /staff/case/{n}/class shows the form of the case's kind, and each kind has a POST of its own. */
#pragma once
#include "cases/casefile.h"
#include "desk/page.h"

extern const struct field page_class_malware_fields[], page_class_access_fields[],
    page_class_consultation_fields[];
bool page_class(struct call *call, struct fault *fault);
bool page_class_malware(struct call *call, struct fault *fault);
bool page_class_access(struct call *call, struct fault *fault);
bool page_class_consultation(struct call *call, struct fault *fault);

/* What the classification of a case begins with: as it stands, or what was told. */
struct class_from {
    const struct casefile *file;
    json_t *classed; /* classing_read() */
    json_t *told;    /* the fields told first; NULL where they are erased */
};
/* The form, begun. False where the ledger cannot be read. */
bool class_malware_begin(struct call *call, const struct class_from *from, struct form *form,
                         struct fault *fault);
void class_access_begin(const struct class_from *from, struct form *form);
void class_consultation_begin(const struct class_from *from, struct form *form);
/* What its template needs besides the form. */
bool class_malware_model(struct call *call, const struct form *form, struct fault *fault);

/* What a form says, checked by the counting rules; each sentence stands at its field. False: it does not
 * hold. */
struct classed_access;
struct classed_consultation;
bool class_access_read(struct form *form, struct classed_access *classed);
bool class_consultation_read(struct form *form, struct classed_consultation *classed);
/* The topic a consultation counts under, of what the reporter chose in the form; "" nothing fits. */
const char *class_topic(const char *told);

/* The page of a case's classification with `form` in it. */
bool class_show(struct call *call, const struct casefile *file, const struct form *form, struct fault *fault);
/* The case of the path for a POST of `kind`; a case of another kind has no such page. */
enum class_found { CLASS_CASE, CLASS_ANSWERED };
bool class_case(struct call *call, enum case_kind kind, struct casefile *file, enum class_found *found,
                struct fault *fault);
