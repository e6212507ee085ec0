/* receipt: 128 random bits that only the reporter has. Seven groups of four letters: Crockford's base 32 (no
 * I, L, O, U) and ten bits that catch a slip of the pen. The desk keeps a hash of it, by which the case is
 * found, and a key sealed to it. */
#pragma once
#include "cases/seal.h"
#include "ledger/ledger.h"

struct receipt {
    unsigned char bytes[16];
};
struct receipt_hash {
    unsigned char bytes[16];
};
enum { RECEIPT_TEXT = 7 * 4 + 6 + 1 };

/* Made of what the page of a form carries (`once`, random, 32 bytes) and a secret of the ledger: the page
 * sent twice gives the same receipt, and nobody who does not have the page can guess it. */
struct receipt receipt_make(const struct ledger *ledger, const unsigned char once[32]);
void receipt_text(const struct receipt *receipt, char out[RECEIPT_TEXT]); /* "7K2M-..." */
/* Reads what a person types: spaces, hyphens, small and full-width letters, O for 0, I and L for 1. False:
 * not a receipt. */
bool receipt_parse(const char *string, size_t length, struct receipt *receipt);
/* The first receipt that stands anywhere in a text (a mail that answers ours quotes it). */
bool receipt_find(const char *string, size_t length, struct receipt *receipt);
struct receipt_hash receipt_hash(const struct ledger *ledger, const struct receipt *receipt);
void receipt_pair(const struct receipt *receipt, struct seal_pair *pair);
