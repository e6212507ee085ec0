/* write: puts a mail of the staff into the outbox: write LEDGER TO TEXT */
#include "cases/change.h"
#include "cases/outbox.h"
#include <stdio.h>

int main(int argc, char **argv)
{
    struct fault fault = {"expected LEDGER TO TEXT"};
    CLEANUP(change_undo) struct change change = {0};
    OWNED(ledger_free) struct ledger *ledger = argc == 4 ? ledger_open(argv[1], LEDGER_SHARE, &fault) : NULL;
    json_t *mail = ledger == NULL ? NULL
                                  : json_pack("{s:s, s:s, s:s, s:s}", "to", argv[2], "subject", "Re: 件名",
                                              "text", argv[3], "language", "en");
    bool well = mail != NULL && change_begin(&change, ledger, &fault) &&
                outbox_add(ledger, 0, mail, &fault) && change_commit(&change, &fault);
    json_decref(mail);
    if (!well)
        fprintf(stderr, "%s\n", fault.text);
    return well ? 0 : 1;
}
