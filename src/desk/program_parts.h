/* program_parts: the commands of mimamori-desk, a file each, and what they share. */
#pragma once
#include "base/command.h"
#include "base/cleanup.h"
#include "ledger/ledger.h"

extern const struct command_option program_mail_options[], program_desk_options[], program_verify_options[],
    program_pages_options[], program_backup_options[], program_restore_options[];
enum command_exit program_desk(int count, char **words, struct fault *fault);
enum command_exit program_mail(int count, char **words, struct fault *fault);
enum command_exit program_verify(int count, char **words, struct fault *fault);
enum command_exit program_pages(int count, char **words, struct fault *fault);
enum command_exit program_backup(int count, char **words, struct fault *fault);
enum command_exit program_restore(int count, char **words, struct fault *fault);
