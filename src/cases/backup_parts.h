/* backup_parts: what is in a backup beside the tables: the ledger's small files, each a row of `backup_file`.
 */
#pragma once
#include <stddef.h>

enum { BACKUP_REPORTER_KEY, BACKUP_MAILER_KEY, BACKUP_CONF, BACKUP_FILES };
static const char *const backup_files[BACKUP_FILES] = {"reporter.key", "mailer.key", "ledger.conf"};
enum { BACKUP_FILE_MOST = 1 << 20 };
