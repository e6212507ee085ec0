/* program_backup: mimamori desk backup, mimamori desk restore. */
#include "cases/backup.h"
#include "desk/program_parts.h"
#include <stdio.h>

static const char *backup_ledger;

const struct command_option program_backup_options[] = {
    {"--ledger", "DIR", "the ledger (else $MIMAMORI_LEDGER, else ./ledger)", &backup_ledger},
    {0},
};

enum command_exit program_backup(int count, char **words, struct fault *fault)
{
    (void)count;
    if (!backup_write(command_ledger(backup_ledger), words[0], fault))
        return COMMAND_NOT;
    command_kept();
    printf("'%s' holds all that the desk has taken in, and its keys: keep it as you keep the ledger\n",
           words[0]);
    return COMMAND_DONE;
}

enum command_exit program_restore(int count, char **words, struct fault *fault)
{
    (void)count;
    if (!backup_restore(command_ledger(backup_ledger), words[0], fault))
        return COMMAND_NOT;
    command_kept();
    printf("the desk is as '%s' has it; nobody is signed in any more\n", words[0]);
    return COMMAND_DONE;
}
