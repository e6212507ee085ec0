/* program_staff: mimamori desk staff add|list|stop */
#pragma once
#include "base/command.h"

extern const struct command_option program_staff_options[];
extern const char program_staff_usage[], program_staff_help[];
enum command_exit program_staff(int count, char **words, struct fault *fault);
