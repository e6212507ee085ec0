/* conf: ledger.conf, the settings of one ledger. */
#pragma once
#include "ledger/ledger.h"
#include "base/text.h"

/* Fills all of `settings`, with what holds where the file says nothing. On a fault there is nothing to clear.
 */
bool conf_read(const char *path, struct ledger_settings *settings, struct fault *fault);
void conf_clear(struct ledger_settings *settings);

/* The file as a new ledger has it, each setting explained. */
void conf_text(struct text *out, const char *zone, const char *language);
bool conf_is_language(const char *language);
/* A mail address as this desk writes to: one '@', plain ASCII, nothing that a header or a program's arguments
 * would obey. */
bool conf_is_mail(const char *address);
