/* program_mail: mimamori desk mail < message. What a mail server runs for each message to the desk. */
#include "desk/program_parts.h"
#include "base/words.h"
#include "desk/mail_take.h"
#include "desk/rights.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

static const char *mail_ledger;

const struct command_option program_mail_options[] = {
    {"--ledger", "DIR", "the ledger (else $MIMAMORI_LEDGER, else ./ledger)", &mail_ledger},
    {0},
};

/* All of standard input; what is over MAIL_MOST is told by who reads it. */
static bool read_message(struct text *message, struct fault *fault)
{
    char buffer[64 << 10];
    ssize_t got;
    while ((got = read(STDIN_FILENO, buffer, sizeof buffer)) != 0) {
        if (got < 0 && errno != EINTR)
            return fault_errno(fault, "cannot read the message from standard input");
        text_add(message, buffer, got < 0 ? 0 : (size_t)got);
        if (!text_whole(message))
            return fault_set(fault, "the message is over %d MB (expected at most that)", MAIL_MOST >> 20);
    }
    return message->length > 0 ||
           fault_set(fault, "the message is empty (expected a mail on standard input)");
}

static void say_left_out(enum bounce why)
{
    static const char *const reasons[BOUNCES] = {
        [BOUNCE_NONE] = "",
        [BOUNCE_RETURNED] = "a mail server sent it back",
        [BOUNCE_LOOP] = "it is the desk's own, or was passed on too often",
        [BOUNCE_AUTOMATIC] = "a program wrote it",
        [BOUNCE_AWAY] = "it says that somebody is away",
        [BOUNCE_LIST] = "it was sent to many at once",
    };
    command_say("the message was left out: %s", reasons[why]);
}

enum command_exit program_mail(int count, char **words, struct fault *fault)
{
    CLEANUP(text_clear) struct text message;
    struct mail_outcome outcome;
    const char *path = command_ledger(mail_ledger);
    (void)count;
    (void)words;
    text_init(&message, MAIL_MOST);
    if (!read_message(&message, fault))
        return COMMAND_NOT;
    OWNED(ledger_free) struct ledger *ledger = ledger_open(path, LEDGER_SHARE, fault);
    if (ledger == NULL)
        return COMMAND_NOT;
    mail_open();
    words_in("ja", ""); /* the catalogues are read now */
    if (!rights_reader(path, NULL, fault) || !rights_calls(RIGHTS_READER, fault) ||
        !mail_take(ledger, message.bytes, message.length, &outcome, fault) ||
        outcome.taken == MAIL_UNREADABLE)
        return COMMAND_NOT;
    command_kept();
    if (outcome.taken == MAIL_LEFT_OUT)
        say_left_out(outcome.why);
    return COMMAND_DONE;
}
