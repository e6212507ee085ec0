/* page_report: the guided forms: a page a step, a summary to confirm, and the receipt at the end. Nothing is
 * kept here in between: each page carries what the pages before it were told. */
#pragma once
#include "desk/page.h"

/* GET: the first step, empty. POST: the step that `go` asks for ("next", "back", "1", "summary"), or, of
 * "send", the receipt. */
bool page_report_malware(struct call *call, struct fault *fault);
bool page_report_access(struct call *call, struct fault *fault);
bool page_report_consultation(struct call *call, struct fault *fault);
