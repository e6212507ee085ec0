/* program_backup: mimamori desk backup, restore. */
#include "desk/program_parts.h"
#include "cases/backup.h"
#include <stdio.h>

static const char *backup_ledger, *restore_ledger;

const struct command_option program_backup_options[] = {
    {"--ledger", "DIR", "the ledger (else $MIMAMORI_LEDGER, else ./ledger)", &backup_ledger},
    {0},
};
const struct command_option program_restore_options[] = {
    {"--ledger", "DIR", "the ledger (else $MIMAMORI_LEDGER, else ./ledger)", &restore_ledger},
    {0},
};

enum command_exit program_backup(int count, char **words, struct fault *fault)
{
    (void)count;
    if (!backup_write(command_ledger(backup_ledger), words[0], fault))
        return COMMAND_NOT;
    command_kept();
    printf("wrote '%s'\n", words[0]);
    return COMMAND_DONE;
}

enum command_exit program_restore(int count, char **words, struct fault *fault)
{
    (void)count;
    if (!backup_restore(command_ledger(restore_ledger), words[0], fault))
        return COMMAND_NOT;
    command_kept();
    printf("the records and the desk are as '%s' has them\n", words[0]);
    return COMMAND_DONE;
}
