/* rights: what each of the desk's processes may do, one line a process. What is not said there fails. */
#pragma once
#include "base/fault.h"

enum rights_process { RIGHTS_DOOR, RIGHTS_PUBLIC, RIGHTS_STAFF, RIGHTS_READER, RIGHTS_SENDER, RIGHTS_MAILER };

/* No core dumps, and nobody of the same user looks into it. */
bool rights_hide(struct fault *fault);
/* That, no capabilities, the files it may open: before it has a second thread.
 */
bool rights_files(enum rights_process process, const char *ledger, struct fault *fault);
/* The same for RIGHTS_READER, which takes mail in: the ledger, open already, and `maildir` (NULL: none), to
 * change; no key of the mailer's. */
bool rights_reader(const char *ledger, const char *maildir, struct fault *fault);
/* The same for RIGHTS_SENDER, which speaks SMTP with whoever listens at `port` ("25"), and runs nothing. */
bool rights_sender(const char *ledger, const char *port, struct fault *fault);
/* The system calls of all its threads: when they have begun, before they hear of anybody. */
bool rights_calls(enum rights_process process, struct fault *fault);
