/* worker: the process behind the door that makes pages: threads that take a request each off the channel,
 * have it answered (desk/serve.h) and send the reply back, until the door is gone. */
#pragma once
#include "desk/serve.h"

bool worker_run(int socket, const char *ledger, enum serve_which which, struct fault *fault);
