/* What the mailer has told (desk/mailer_*.c), and what waits. */
#include "base/words.h"
#include "desk/inspect.h"
#include "ledger/records.h"
#include <string.h>

enum { SEEN_OLD_S = 10 * 60, WAITING_LONG_S = 3600, TRIES_MANY = 3 };

bool inspect_mail_in(const struct inspect *in, struct inspect_line *line, struct fault *fault)
{
    (void)fault;
    const char *stuck, *unused;
    int64_t stuck_s = inspect_state(in, "mail.stuck", &stuck);
    int64_t seen_s = inspect_state(in, "mail.seen", &unused);
    if (in->ledger->settings.desk_maildir == NULL) {
        inspect_well(line, N_("The desk watches no mail folder."));
        return true;
    }
    inspect_time(line, stuck_s != 0 ? stuck_s : seen_s);
    if (strcmp(stuck, "unreadable") == 0)
        inspect_attention(line, N_("Since {} the mail folder cannot be read."),
                          N_("See that it is there and that the desk's user may read and change it."));
    else if (stuck_s != 0)
        inspect_attention(line, N_("Since {} mail lies in the folder that could not be taken in."),
                          N_("The desk's log says why. Nothing is lost: it stays in the folder."));
    else if (seen_s == 0)
        inspect_attention(line, N_("The mail folder was never looked at."),
                          N_("The desk's log says why. Nothing is lost: mail stays in the folder."));
    else if (in->now_s - seen_s > SEEN_OLD_S)
        inspect_attention(line, N_("The mail folder was last looked at on {}."),
                          N_("The desk's log says why. Nothing is lost: mail stays in the folder."));
    else
        inspect_well(line, N_("The mail folder is looked at; last on {}."));
    return true;
}

struct waiting {
    int64_t count, tries, oldest_s;
};

static bool count_waiting(const struct inspect *in, struct waiting *waiting, struct fault *fault)
{
    bool row;
    OWNED(sqlite3_finalize)
    sqlite3_stmt *find =
        records_prepare(in->ledger->records,
                        "SELECT count(*), ifnull(max(tries), 0), ifnull(min(made_s), 0) FROM outbox", fault);
    if (find == NULL || !records_step(find, &row, fault))
        return false;
    *waiting = (struct waiting){sqlite3_column_int64(find, 0), sqlite3_column_int64(find, 1),
                                sqlite3_column_int64(find, 2)};
    return true;
}

bool inspect_mail_out(const struct inspect *in, struct inspect_line *line, struct fault *fault)
{
    const char *unused;
    struct waiting waiting;
    const struct ledger_settings *settings = &in->ledger->settings;
    if (!count_waiting(in, &waiting, fault))
        return false;
    inspect_number(line, waiting.count);
    bool late =
        waiting.tries >= TRIES_MANY || (waiting.count > 0 && in->now_s - waiting.oldest_s > WAITING_LONG_S);
    if (settings->desk_sendmail == NULL && settings->desk_smtp == NULL && waiting.count > 0)
        inspect_attention(line, N_("Letters that wait: {}. The settings do not say how to send them."),
                          N_("Say it in ledger.conf: desk-sendmail or desk-smtp."));
    else if (settings->desk_sendmail == NULL && settings->desk_smtp == NULL)
        inspect_well(line, N_("The desk sends no mail."));
    else if (inspect_state(in, "mail.shut", &unused) != 0)
        inspect_attention(
            line, N_("Letters that wait: {}. The mailer cannot open them."),
            N_("The file mailer.key is not the one they were sealed to. Bring it back from a backup."));
    else if (late)
        inspect_attention(
            line, N_("Letters that wait: {}, some of them for long or after several tries."),
            N_("See that the mail server takes mail from here. The desk goes on trying for three days."));
    else
        inspect_well(line, N_("Letters that wait: {}."));
    return true;
}
