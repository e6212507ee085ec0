/* program: mimamori-ledger: init, point, import, query, ledger. One file a group of commands; the table is in
 * program.c. */
#pragma once
#include "base/command.h"
#include "base/text.h"

extern const struct command_option program_point_add_options[], program_point_list_options[],
    program_point_end_options[];
enum command_exit program_point_add(int count, char **words, struct fault *fault);
enum command_exit program_point_list(int count, char **words, struct fault *fault);
enum command_exit program_point_end(int count, char **words, struct fault *fault);

extern const struct command_option program_import_options[];
enum command_exit program_import(int count, char **words, struct fault *fault);

extern const struct command_option program_retain_options[];
enum command_exit program_retain(int count, char **words, struct fault *fault);

extern const struct command_option program_check_options[], program_repair_options[];
enum command_exit program_check(int count, char **words, struct fault *fault);
enum command_exit program_repair(int count, char **words, struct fault *fault);
