/* program_verify: mimamori desk verify. */
#include "desk/program_parts.h"
#include "cases/deeds.h"
#include <jansson.h>
#include <sodium.h>
#include <string.h>

static const char *verify_ledger, *verify_expect, *verify_json;

const struct command_option program_verify_options[] = {
    {"--ledger", "DIR", "the ledger (else $MIMAMORI_LEDGER, else ./ledger)", &verify_ledger},
    {"--expect", "HEAD", "a head told earlier: it must be in the chain", &verify_expect},
    {"--json", NULL, "tell it as JSON", &verify_json},
    {0},
};

static bool read_head(const char *word, unsigned char head[DEEDS_HASH], struct fault *fault)
{
    size_t length;
    const char *end;
    if (sodium_hex2bin(head, DEEDS_HASH, word, strlen(word), NULL, &length, &end) == 0 &&
        length == DEEDS_HASH && *end == '\0')
        return true;
    return fault_set(fault, "--expect is '%s' (expected a head as 'desk verify' tells it: %d digits 0-9 a-f)",
                     word, 2 * DEEDS_HASH);
}

static void print_json(const struct deeds_proof *proof, const char *head)
{
    bool broken = proof->found == DEEDS_BROKEN;
    json_t *object =
        json_pack("{s:b, s:I, s:s}", "whole", !broken, "entries", (json_int_t)proof->entries, "head", head);
    if (broken)
        json_object_set_new(object, "broken_at", json_integer(proof->broken_at));
    if (verify_expect != NULL)
        json_object_set_new(object, "knows_expected", json_boolean(proof->knows));
    json_dumpf(object, stdout, JSON_COMPACT | JSON_PRESERVE_ORDER);
    json_decref(object);
    printf("\n");
}

static void print(const struct deeds_proof *proof, const char *head)
{
    printf("entries  %llu\nhead     %s\n", (unsigned long long)proof->entries, head);
    if (proof->found == DEEDS_BROKEN)
        printf("broken: entry %lld does not follow from the one before\n", (long long)proof->broken_at);
    else
        printf("whole: each entry follows from the one before\n");
    if (verify_expect != NULL)
        printf(proof->knows ? "the head expected is in the chain\n"
                            : "the head expected is not in the chain\n");
}

enum command_exit program_verify(int count, char **words, struct fault *fault)
{
    (void)count, (void)words;
    unsigned char expected[DEEDS_HASH];
    char head[2 * DEEDS_HASH + 1];
    struct deeds_proof proof;
    if (verify_expect != NULL && !read_head(verify_expect, expected, fault))
        return COMMAND_NOT;
    OWNED(ledger_free) struct ledger *ledger = ledger_open(command_ledger(verify_ledger), LEDGER_READ, fault);
    if (ledger == NULL || !deeds_verify(ledger, verify_expect == NULL ? NULL : expected, &proof, fault))
        return COMMAND_NOT;
    sodium_bin2hex(head, sizeof head, proof.head, sizeof proof.head);
    if (verify_json != NULL)
        print_json(&proof, head);
    else
        print(&proof, head);
    return proof.found == DEEDS_WHOLE && (verify_expect == NULL || proof.knows) ? COMMAND_DONE : COMMAND_PART;
}
