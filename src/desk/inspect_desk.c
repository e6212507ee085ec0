/* What the ledger tells of the desk: how it is reached, its backup, its record, its work. */
#include "base/words.h"
#include "cases/classing.h"
#include "desk/inspect.h"
#include <string.h>

enum { DAY_S = 24 * 3600, BACKUP_OLD_S = DAY_S, CHAIN_OLD_S = 31 * DAY_S };

/* program_desk.c says it when the desk begins. */
bool inspect_way(const struct inspect *in, struct inspect_line *line, struct fault *fault)
{
    (void)fault;
    const char *how;
    int64_t at_s = inspect_state(in, "desk.listens", &how);
    bool https = strncmp(in->ledger->settings.desk_address, "https://", strlen("https://")) == 0;
    if (at_s == 0) {
        line->seen = N_("It is not known how the desk listens.");
        line->advice = N_("Please start the desk again.");
    } else if (strcmp(how, "open plain") == 0)
        inspect_attention(
            line, N_("The desk listens beyond this machine, without TLS."),
            N_("What reporters write can be read on the way. Start it with --tls CERT KEY, or put a "
               "proxy with TLS before it and let it listen on 127.0.0.1."));
    else if (strcmp(how, "local plain") == 0 && !https)
        inspect_attention(
            line, N_("The desk listens on this machine only, and its address is not https."),
            N_("That is fine for trying it out. For the public, put a proxy with TLS before it and "
               "say its address in ledger.conf: desk-address = https://..."));
    else if (strcmp(how, "local plain") == 0)
        inspect_well(line, N_("The desk listens on this machine only, behind a proxy with TLS."));
    else
        inspect_well(line, N_("The desk listens by TLS."));
    return true;
}

bool inspect_address(const struct inspect *in, struct inspect_line *line, struct fault *fault)
{
    (void)fault;
    const char *address = in->ledger->settings.desk_address;
    if (address[0] == '\0') {
        inspect_attention(
            line, N_("The settings do not say under which address the world finds the desk."),
            N_("Mail and invitations cannot hold a link, and behind a proxy cookies are not kept to "
               "https. Say it in ledger.conf: desk-address = https://..."));
        return true;
    }
    strncpy(line->value, address, sizeof line->value - 1);
    if (strncmp(address, "https://", strlen("https://")) == 0)
        inspect_well(line, N_("{}"));
    else
        inspect_attention(
            line, N_("{} is not https."),
            N_("What is typed in can be read on the way. Use https, and say so in ledger.conf."));
    return true;
}

bool inspect_backup(const struct inspect *in, struct inspect_line *line, struct fault *fault)
{
    (void)fault;
    const char *unused;
    int64_t at_s = inspect_state(in, "backup.last", &unused);
    static const char advice[] = N_("A disk that breaks takes everything with it. Let 'mimamori desk backup "
                                    "FILE' run every night, and keep "
                                    "the file on another machine.");
    if (at_s == 0) {
        inspect_attention(line, N_("No backup was ever made."), advice);
        return true;
    }
    inspect_time(line, at_s);
    if (in->now_s - at_s > BACKUP_OLD_S)
        inspect_attention(line, N_("The last backup is from {}: more than a day ago."), advice);
    else
        inspect_well(line, N_("The last backup is from {}."));
    return true;
}

/* page_inspect.c says it, when somebody has the chain proven. */
bool inspect_chain(const struct inspect *in, struct inspect_line *line, struct fault *fault)
{
    (void)fault;
    const char *result;
    int64_t at_s = inspect_state(in, "deeds.checked", &result);
    if (at_s == 0) {
        inspect_attention(line, N_("The record was never checked."),
                          N_("Check it below. It finds entries that were changed or left out."));
        return true;
    }
    inspect_time(line, at_s);
    if (strcmp(result, "whole") != 0)
        inspect_attention(
            line, N_("On {} the record was found broken."),
            N_("Somebody changed the database. Keep a copy as it is now, and compare it with the last "
               "backup: 'mimamori desk verify' says which entry is the first that does not fit."));
    else if (in->now_s - at_s > CHAIN_OLD_S)
        inspect_attention(line, N_("The record was last checked on {}."),
                          N_("Check it below, about once a month."));
    else
        inspect_well(line, N_("On {} the record was whole."));
    return true;
}

bool inspect_unclassified(const struct inspect *in, struct inspect_line *line, struct fault *fault)
{
    uint64_t missing[CASE_KINDS], all = 0;
    int32_t month = calendar_month(zone_day(&in->ledger->zone, in->now_s));
    if (!classing_missing(in->ledger, month - 1, missing, fault))
        return false;
    for (size_t i = 0; i < CASE_KINDS; i++)
        all += missing[i];
    inspect_number(line, (int64_t)all);
    if (all > 0)
        inspect_attention(
            line, N_("Cases of last month that are not classified: {}."),
            N_("They are not in the figures until they are. Classify them, or close them as not "
               "accepted."));
    else
        inspect_well(line, N_("All of them are classified."));
    return true;
}

bool inspect_contact(const struct inspect *in, struct inspect_line *line, struct fault *fault)
{
    (void)fault;
    const struct ledger_settings *settings = &in->ledger->settings;
    if (settings->desk_name[0] != '\0' && settings->desk_contact[0] != '\0')
        inspect_well(line, N_("The pages say whose desk this is, and how else to reach it."));
    else
        inspect_attention(
            line, N_("The pages do not say whose desk this is, or how else to reach it."),
            N_("People trust a desk that they can telephone. Say it in ledger.conf: desk-name and "
               "desk-contact."));
    return true;
}
