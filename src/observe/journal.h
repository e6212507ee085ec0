/* journal: where a live interface writes down what it sees, every few seconds, until it is among the ledger's
 * sightings: files of runs in LEDGER/live/.
 *
 * Who writes a journal holds a lock on it, for as long as it lives and no longer. So a journal without a lock
 * is finished, whether its writer closed it or was killed, and whoever gets its lock may store it. */
#pragma once
#include "observe/runs.h"

#define JOURNAL_FOLDER "live"

/* The folder, made where it is not there. -1 on a fault. */
int journal_folder(const char *ledger, struct fault *fault);

/* A new one, locked. runs_free() finishes it. */
struct runs *journal_begin(int folder, const char *interface, const char *zone, const struct points *points,
                           struct fault *fault);

/* The finished ones, each locked while `see` has it, which takes the file over. Stops where `see` says false.
 */
bool journal_each(int folder, bool (*see)(void *context, const char *name, int file, struct fault *fault),
                  void *context, struct fault *fault);
void journal_remove(int folder, const char *name);
