/* The words of cases/casefile.h, as desk.sqlite keeps them. */
#include "cases/casefile.h"

const char *const case_kinds[] = {"malware", "access", "consultation", NULL};
const char *const case_channels[] = {"web", "mail", "phone", "post", "fax", "counter", NULL};
const char *const case_states[] = {"new",    "working",  "waiting",   "answered",
                                   "closed", "rejected", "withdrawn", NULL};
const char *const case_tolds[] = {"told", "added", "answer", "note", NULL};
