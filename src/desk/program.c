/* program: mimamori-desk and its commands. */
#include "desk/program_parts.h"
#include "desk/program_staff.h"
#include <string.h>

static const struct command commands[] = {
    {"desk", "[--listen ADDR:PORT] [--tls CERT KEY] [--behind-proxy]",
     "Serves the watch desk: reporters tell and ask, staff answer, and what was taken in is counted. It "
     "listens on this machine only, for a proxy before it, unless --listen says otherwise; --tls is for the "
     "open. SIGTERM lets it finish what was begun, and end.",
     program_desk_options, 0, 1, program_desk},
    {"desk verify", "[--expect HEAD] [--json]",
     "Proves the record of who did what: each entry follows from the one before. It tells how many there are "
     "and the head of the chain; with --expect, that a head written down earlier is still part of it. Exits "
     "1 "
     "where the chain is broken.",
     program_verify_options, 0, 0, program_verify},
    {"desk mail", "< MESSAGE",
     "Takes in one message, as a mail server hands it over on standard input: it becomes a report or a "
     "consultation, "
     "or joins the case whose receipt it carries. What mail servers send back and what programs answer is "
     "left out. "
     "The same message twice is taken in once, so a mail server may try again as often as it likes.",
     program_mail_options, 0, 0, program_mail},
    {"desk backup", "FILE",
     "Writes all that the records and the desk hold, with the ledger's keys, into one file, while the desk "
     "runs. "
     "What is sealed stays sealed in it. What was observed is not in it: copy its files.",
     program_backup_options, 1, 1, program_backup},
    {"desk restore", "FILE",
     "Makes the records and the desk what a backup holds, in one step, while the desk runs. Sightings, "
     "points "
     "and mail that waits to be sent stay; everybody has to sign in again. A file that is damaged, or of "
     "another "
     "ledger, is refused.",
     program_restore_options, 1, 1, program_restore},
    {"desk staff", program_staff_usage, program_staff_help, program_staff_options, 1, -1, program_staff},
    {"desk pages", "[--json]",
     "Prints the table of the desk's pages: the method, the right that a page needs, its path after the "
     "language, and the fields it takes. What is not in it does not exist.",
     program_pages_options, 0, 0, program_pages},
    {0},
};

int main(int argc, char **argv)
{
    return command_main(commands, argc, argv);
}
