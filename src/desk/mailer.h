/* mailer: the desk's mail, in and out. Two processes that know nothing of each other but the ledger: the
 * reader takes in what lies in the Maildir, and can reach nothing but that and the ledger's records; the
 * sender opens the outbox and sends, and reads nothing that strangers wrote. What it sends is sealed to a key
 * that the reader cannot open. */
#pragma once
#include "ledger/ledger.h"

/* Begins both as far as the ledger's settings ask for them, begins again what dies, until the process is told
 * to stop (SIGTERM). False: a setting that cannot be. */
bool mailer_run(const char *ledger, struct fault *fault);

/* The two; each confines itself, and comes back when it is told to stop. */
bool mailer_read(const char *ledger, struct fault *fault);
bool mailer_send(const char *ledger, struct fault *fault);
