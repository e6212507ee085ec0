/* keeper_serve: what the keeper's process does. */
#pragma once
#include "observe/keeper.h"

/* Until the other end of the socket is closed. Exit status of the process. */
int keeper_serve(int socket, const struct keeper_settings *settings);
