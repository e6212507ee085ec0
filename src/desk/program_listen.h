/* program_listen: where the desk listens, by a word. */
#pragma once
#include "base/address.h"
#include "base/fault.h"
#include "base/text.h"

struct program_listen {
    int socket;
    bool open;     /* not on this machine alone */
    char name[64]; /* "127.0.0.1:8080" */
};
/* "127.0.0.1:8080", "[::1]:8080", "*:8080" (all), "8080" or "localhost:8080" (this machine only). Port 0: any
 * that is free. */
bool program_listen(const char *word, struct program_listen *listen, struct fault *fault);
