#include "ledger/import.h"
#include "ledger/program.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ACCOUNT_MOST = 16384 };

static const char *import_ledger, *import_skip_bad, *import_json;

const struct command_option program_import_options[] = {
    {"--ledger", "DIR", "the ledger (else $MIMAMORI_LEDGER, else ./ledger)", &import_ledger},
    {"--skip-bad", NULL, "leave bad rows in FILE.csv.rejected, take in the others", &import_skip_bad},
    {"--json", NULL, "tell what was taken in as JSON", &import_json},
    {0},
};

static void say_bad_rows(const struct import_account *account)
{
    const char *line = account->told.bytes;
    for (const char *end; (end = strchr(line, '\n')) != NULL; line = end + 1)
        command_say("%.*s", (int)(end - line), line);
    if (account->bad > IMPORT_TOLD_MOST)
        command_say("and %llu more", (unsigned long long)(account->bad - IMPORT_TOLD_MOST));
}

static void print_account(const struct import_order *order, const struct import_account *account)
{
    CLEANUP(text_clear) struct text out;
    text_init(&out, ACCOUNT_MOST);
    if (import_json != NULL)
        import_account_json(order, account, &out);
    else
        import_account_text(order, account, &out);
    fwrite(out.bytes, 1, out.length, stdout);
}

static enum command_exit conclude(const struct import_order *order, const struct import_account *account,
                                  struct fault *fault)
{
    unsigned long long bad = account->bad, rows = account->rows;
    if (account->outcome != IMPORT_KNOWN)
        say_bad_rows(account);
    if (account->outcome == IMPORT_TAKEN || account->outcome == IMPORT_PART)
        command_kept();
    print_account(order, account);
    switch (account->outcome) {
    case IMPORT_TAKEN:
    case IMPORT_KNOWN:
        return COMMAND_DONE;
    case IMPORT_PART:
        command_say("%llu of %llu rows left out, kept in '%s.rejected'", bad, rows, order->path);
        return COMMAND_PART;
    case IMPORT_REFUSED:
        break;
    }
    fault_set(fault, "'%s': nothing taken in, %llu of %llu rows are bad (--skip-bad leaves them out)",
              order->path, bad, rows);
    return COMMAND_NOT;
}

enum command_exit program_import(int count, char **words, struct fault *fault)
{
    (void)count;
    struct import_order order = {import_kind_find(words[0]), words[1], import_skip_bad != NULL};
    if (order.kind == NULL) {
        fault_set(fault, "'%s' is no kind of record (expected malware, access, consultations or history)",
                  words[0]);
        return COMMAND_NOT;
    }
    OWNED(ledger_free)
    struct ledger *ledger = ledger_open(command_ledger(import_ledger), LEDGER_WRITE, fault);
    struct import_account account;
    if (ledger == NULL || !import_run(ledger, &order, &account, fault))
        return COMMAND_NOT;
    enum command_exit result = conclude(&order, &account, fault);
    import_account_clear(&account);
    return result;
}
