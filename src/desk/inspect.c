#include "desk/inspect.h"
#include "base/words.h"
#include "cases/state.h"
#include <stdio.h>
#include <time.h>

static const struct check {
    const char *id, *title;
    inspect_check *check;
} checks[] = {
    {"way", N_("The way to the desk"), inspect_way},
    {"address", N_("The desk's address"), inspect_address},
    {"backup", N_("Backup"), inspect_backup},
    {"disk", N_("Room on the disk"), inspect_disk},
    {"modes", N_("Who else on this machine may read the ledger"), inspect_modes},
    {"user", N_("Which user runs the desk"), inspect_user},
    {"software", N_("Software"), inspect_software},
    {"chain", N_("Record of deeds"), inspect_chain},
    {"administrators", N_("Administrators"), inspect_administrators},
    {"second-factor", N_("One-time codes"), inspect_second_factor},
    {"invitations", N_("Invitations"), inspect_invitations},
    {"sessions", N_("Who is signed in"), inspect_sessions},
    {"attempts", N_("Failed sign-ins"), inspect_attempts},
    {"mail-in", N_("Mail that comes in"), inspect_mail_in},
    {"mail-out", N_("Mail that goes out"), inspect_mail_out},
    {"unclassified", N_("Last month's cases"), inspect_unclassified},
    {"contact", N_("How people reach the desk"), inspect_contact},
};
_Static_assert(sizeof checks / sizeof *checks <= INSPECT_LINES_MOST, "room for every check");

void inspect_well(struct inspect_line *line, const char *seen)
{
    line->result = INSPECT_WELL;
    line->seen = seen;
}

void inspect_attention(struct inspect_line *line, const char *seen, const char *advice)
{
    line->result = INSPECT_ATTENTION;
    line->seen = seen;
    line->advice = advice;
}

void inspect_number(struct inspect_line *line, int64_t number)
{
    snprintf(line->value, sizeof line->value, "%jd", (intmax_t)number);
}

void inspect_time(struct inspect_line *line, int64_t at_s)
{
    struct tm civil;
    time_t at = (time_t)at_s;
    localtime_r(&at, &civil);
    strftime(line->value, sizeof line->value, "%Y-%m-%d %H:%M", &civil);
}

int64_t inspect_state(const struct inspect *in, const char *name, const char **value)
{
    const json_t *state = json_object_get(in->state, name);
    const char *said = json_string_value(json_object_get(state, "value"));
    *value = said == NULL ? "" : said;
    return json_integer_value(json_object_get(state, "at_s"));
}

bool inspect_all(struct ledger *ledger, int64_t now_s, struct inspect_line lines[INSPECT_LINES_MOST],
                 size_t *count, struct fault *fault)
{
    struct inspect in = {.ledger = ledger, .now_s = now_s};
    in.state = state_list(ledger, fault);
    in.people = in.state == NULL ? NULL : staff_list(ledger, now_s, fault);
    bool well = in.people != NULL;
    size_t i = 0;
    for (; well && i < sizeof checks / sizeof *checks; i++) {
        lines[i] = (struct inspect_line){
            .id = checks[i].id, .title = checks[i].title, .result = INSPECT_UNKNOWN, .seen = ""};
        well = checks[i].check(&in, &lines[i], fault);
    }
    json_decref(in.state);
    json_decref(in.people);
    *count = i;
    return well;
}
