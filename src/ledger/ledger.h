/* ledger: one folder that holds all that one watch desk has taken in; opening, making and locking it.
 *
 *     ledger.conf  desk.sqlite  reporter.key  sightings/  summary/  spool/  editor/  bulletins/
 *
 * Readers never wait: SQLite's WAL and whole files see to it. One writer at a time holds ledger.lock; another
 * one says whom it waits for, and waits. */
#pragma once
#include "base/calendar.h"
#include "base/cleanup.h"
#include "base/fault.h"
#include "base/number.h"
#include <stdbool.h>
#include <stdint.h>

struct sqlite3;

/* ledger.conf; what is not said there has the value in brackets. */
struct ledger_settings {
    char zone[64];               /* zone [Asia/Tokyo]: where a day begins */
    char language[8];            /* language [ja]: ja or en */
    enum number_average average; /* average [cut]: cut or round */
    int64_t level_tenths;   /* level [never]: below this many tenths of a percent a sentence says "level"; -1
                               never */
    int32_t keep_days;      /* keep-sightings [all]: sightings of so many days before today; 0: all */
    uint64_t keep_bytes;    /* keep-sightings-size [all]: as many days as fit in; 0: all */
    char *country_database; /* country-database: a MaxMind file; NULL: the one mimamori came with */
    char *desk_name;        /* desk-name: who publishes, for the head and foot of the bulletin; "" */
    char *desk_contact; /* desk-contact: one line a "\n"-separated item (the setting may be given many times);
                           "" */
    char *desk_address; /* desk-address: how the world names the desk, without '/' at its end; "" */
    char *desk_mail;    /* desk-mail: the desk's own mail address; "" */
    char *desk_maildir; /* desk-maildir: where its mail arrives; NULL: nowhere */
    char *desk_sendmail; /* desk-sendmail: the program that sends, or */
    char *desk_smtp;     /* desk-smtp: HOST:PORT of the server that does; both NULL: nothing is sent */
};

struct ledger {
    char *path;
    struct ledger_settings settings;
    struct zone zone;
    struct sqlite3 *records; /* desk.sqlite; read-only for LEDGER_READ */
    unsigned char key[32];   /* reporter.key: makes pseudonyms of reporters, and the seed of content sums */
    int lock;                /* -1 for readers */
    unsigned threads; /* that may be used to write; all processors, unless set. No result hangs on it. */
};

enum ledger_for { LEDGER_READ, LEDGER_WRITE, LEDGER_MEND, LEDGER_SHARE };

bool ledger_make(const char *path, const char *zone, const char *language, struct fault *fault);
/* LEDGER_WRITE takes the lock (waits, and says so once on standard error by command_say) and finishes or
 * undoes what an interrupted writer left; LEDGER_MEND takes the lock and leaves that to its caller;
 * LEDGER_SHARE takes no lock: it may write records, never sightings (the desk, which runs for months; SQLite
 * lets one write at a time). It refuses an older format, which a LEDGER_WRITE before it brings up. NULL on a
 * fault. */
struct ledger *ledger_open(const char *path, enum ledger_for what, struct fault *fault);
void ledger_free(struct ledger *ledger);
OWNED_TYPE(ledger_free, struct ledger)

/* PATH inside the ledger, in memory the caller frees. */
char *ledger_path(const struct ledger *ledger, const char *format, ...) __attribute__((format(printf, 2, 3)));
