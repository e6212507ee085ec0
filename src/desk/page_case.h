/* page_case: one case as the staff work on it: what was told, what was answered, what it counts as, who did
 * what; and each change of it. A change is made to the case of the path, and asks what stands first. */
#pragma once
#include "cases/casefile.h"
#include "desk/page.h"

extern const struct field page_case_fields[], page_case_work_fields[], page_case_write_fields[],
    page_case_merge_fields[], page_case_link_fields[], page_case_report_fields[], page_case_erase_fields[];
/* GET */
bool page_case(struct call *call, struct fault *fault);
bool page_case_attachment(struct call *call, struct fault *fault);
bool page_case_erasing(struct call *call, struct fault *fault);
/* POST */
bool page_case_work(struct call *call, struct fault *fault);
bool page_case_write(struct call *call, struct fault *fault);
bool page_case_merge(struct call *call, struct fault *fault);
bool page_case_unmerge(struct call *call, struct fault *fault);
bool page_case_link(struct call *call, struct fault *fault);
bool page_case_report(struct call *call, struct fault *fault);
bool page_case_erase(struct call *call, struct fault *fault);

/* The case page with what was typed in `call->form` and its problems; what it shows besides may be in the
 * model already. */
bool page_case_show(struct call *call, const struct casefile *file, struct fault *fault);
/* "parts": what was told, labelled, with answers and notes in order. `people`: work_people(). */
bool page_case_told(struct call *call, const struct casefile *file, const json_t *people,
                    struct fault *fault);
/* "counts": what the case counts as, "class": how it is classified. */
bool page_case_counts(struct call *call, const struct casefile *file, struct fault *fault);
/* "history" */
bool page_case_history(struct call *call, const struct casefile *file, const json_t *people,
                       struct fault *fault);
/* How a case may stand after an answer, the one that was chosen first. New reference. */
json_t *page_answer_thens(const struct call *call);
/* {"count", "head": [labels], "rows": [{"cells"}], "more": how many are not shown} of what was told as
 * "rows"; false where it is none. New reference. */
json_t *page_case_rows(const struct call *call, const char *csv);
