/* mimamori check NAME: the self-checks, each a row of checks[]. */
#include "check/check.h"
#include "base/memory.h"
#include "base/cleanup.h"

int main(int argc, char **argv)
{
    size_t count = 0;
    while (checks[count] != NULL)
        count++;
    OWNED_MEMORY struct command *table = memory_new(count + 1, sizeof *table);
    for (size_t i = 0; i < count; i++)
        table[i] = checks[i]->command;
    return command_main(table, argc, argv);
}
