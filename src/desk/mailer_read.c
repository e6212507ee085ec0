/* The reader: what lies in the Maildir comes in. */
#include "base/command.h"
#include "base/stop.h"
#include "base/words.h"
#include "cases/state.h"
#include "desk/maildir.h"
#include "desk/mail.h"
#include "desk/mailer.h"
#include "desk/rights.h"
#include <stdio.h>
#include <string.h>
#include <time.h>

OWNED_TYPE(maildir_close, struct maildir)
enum { ROUND_MS = 60 * 1000, AGAIN_MS = 5 * 1000, STUCK_S = 15 * 60, WORDS = 256 };

/* What the administrator's page is told, once where it stays the same. */
struct told {
    char stuck[WORDS];
    time_t said_s; /* when mail.seen was last written */
};

/* The folder is stuck where mail has waited in it for long, or it cannot be read. */
static bool tell(struct ledger *ledger, struct told *told, const char *stuck, struct fault *fault)
{
    time_t now_s = time(NULL);
    if (strcmp(stuck, told->stuck) != 0) {
        bool well = stuck[0] == '\0' ? state_unset(ledger, "mail.stuck", fault)
                                     : state_set(ledger, "mail.stuck", stuck, fault);
        if (!well)
            return false;
        snprintf(told->stuck, sizeof told->stuck, "%s", stuck);
    }
    if (now_s - told->said_s < ROUND_MS / 1000 - 1)
        return true;
    told->said_s = now_s;
    return state_set(ledger, "mail.seen", "", fault);
}

static void look(struct maildir *maildir, struct ledger *ledger, struct told *told, bool *again)
{
    struct maildir_count count;
    struct fault fault;
    char stuck[WORDS] = "";
    bool read = maildir_scan(maildir, ledger, &count, &fault);
    *again = !read || count.waiting > 0;
    if (!read) {
        command_say("%s", fault.text);
        snprintf(stuck, sizeof stuck, "unreadable");
    } else if (count.waiting > 0 && time(NULL) - count.oldest_s > STUCK_S)
        snprintf(stuck, sizeof stuck, "%llu since %lld", (unsigned long long)count.waiting,
                 (long long)count.oldest_s);
    if (!tell(ledger, told, stuck, &fault))
        command_say("%s", fault.text);
}

/* Where there is no folder the page says so, and whoever began us begins us again. */
static bool open_folder(struct maildir *maildir, struct ledger *ledger, struct fault *fault)
{
    struct fault later;
    if (maildir_open(maildir, ledger->settings.desk_maildir, fault))
        return true;
    if (!state_set(ledger, "mail.stuck", "unreadable", &later))
        command_say("%s", later.text);
    return false;
}

bool mailer_read(const char *path, struct fault *fault)
{
    struct told told = {.stuck = "?"};
    OWNED(ledger_free) struct ledger *ledger = ledger_open(path, LEDGER_SHARE, fault);
    OWNED(maildir_close) struct maildir *maildir = NULL;
    struct maildir folder;
    bool again = false;
    if (ledger == NULL || !open_folder(&folder, ledger, fault))
        return false;
    maildir = &folder;
    mail_open();
    words_in("ja", ""); /* the catalogues are read now */
    if (!rights_reader(path, ledger->settings.desk_maildir, fault) || !rights_calls(RIGHTS_READER, fault))
        return false;
    while (!stop_asked()) {
        look(maildir, ledger, &told, &again);
        if (!stop_asked())
            maildir_wait(maildir, again ? AGAIN_MS : ROUND_MS);
    }
    return true;
}
