/* door: the process that talks to the world. It speaks HTTP (libmicrohttpd), makes a struct request of what
 * came, has another process answer it, and sends that back. It has no ledger, no key and no files but what it
 * read before. None of its threads ever waits: a request that waits for its answer is put aside. */
#pragma once
#include "base/fault.h"
#include <stdbool.h>
#include <stddef.h>

struct door_settings {
    int listener;      /* a socket that listens already */
    char *certificate; /* PEM, with what leads to it; NULL: no TLS */
    char *key;
    bool behind_proxy; /* believe the last of X-Forwarded-For */
    bool secure;       /* the world comes by https, here or at the proxy */
};

/* What the parent says over the control socket: a socket to a process that answers (again, where that one was
 * begun again), or that it is time to end. */
enum door_said { DOOR_PUBLIC = 'p', DOOR_STAFF = 's', DOOR_END = 'e' };

/* Serves until it is told to end or the parent is gone: no new connection then, what was begun is finished.
 */
bool door_run(const struct door_settings *settings, int control, struct fault *fault);
