/* backup: all that the desk's database and keys hold, in one file, made while the desk runs; and back again,
 * while it runs. What was observed is not in it (its files are kept as files are: copy the folder). The file
 * opens what the ledger's folder opens: pseudonyms can be tried with it, and nothing that is sealed. */
#pragma once
#include "ledger/ledger.h"

/* Appears whole or not at all; mode 0600. Outside of the ledger's folder. */
bool backup_write(const char *ledger, const char *file, struct fault *fault);

/* In one transaction: the records and the desk become what FILE holds. Sightings, what was kept of captures
 * and the points that watched stay, and so does mail that waits to be sent; who is signed in is so no more.
 * The record of deeds becomes FILE's too, with one entry that says so and names the head that stood.
 *
 * It refuses a file that is damaged, of another format, whose deeds do not follow from one another, or of
 * another ledger: its reporter.key must be this ledger's. Only a ledger in which nothing is yet, as
 * `mimamori init` makes it, takes any: it becomes that ledger, with its keys and settings. The desk must not
 * run with it then, for it would go on with the old keys. */
bool backup_restore(const char *ledger, const char *file, struct fault *fault);
