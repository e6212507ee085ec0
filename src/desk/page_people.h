/* page_people: /staff/people: who works here, and what each may do. For administrators. */
#pragma once
#include "desk/page.h"

extern const struct field page_people_new_fields[], page_people_rights_fields[];
bool page_people(struct call *call, struct fault *fault);
bool page_people_invite(struct call *call, struct fault *fault);
bool page_people_one(struct call *call, struct fault *fault);
bool page_people_rights(struct call *call, struct fault *fault);
bool page_people_again(struct call *call, struct fault *fault);
bool page_people_stop(struct call *call, struct fault *fault);
bool page_people_recovery(struct call *call, struct fault *fault);

/* One of staff_list() as templates show it: with the labels of rights and state, and when last seen. New
 * reference. */
json_t *page_people_model(const struct call *call, const json_t *person);
/* "intake,analyst" in a person's words. */
void page_people_rights_text(const struct call *call, const char *words, struct text *out);
