#include "cases/receipt.h"
#include "cases/keyed.h"
#include <ctype.h>
#include <sodium.h>
#include <string.h>

/* The letters are symbols of GF(32). The last two make the sum of all, and the sum of each times a power of
 * its own, nothing (a Reed-Solomon code of distance three): any one or two wrong letters are caught, and so
 * any two that changed places. */
enum { DATA = 26, LETTERS = 28, GROUP = 4, FIELD = 32, REDUCE = 0x25 /* x^5 + x^2 + 1 */ };
static const char alphabet[FIELD + 1] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; /* Crockford */

static unsigned times(unsigned a, unsigned b)
{
    unsigned product = 0;
    for (; b != 0; b >>= 1, a = a << 1 & FIELD ? (a << 1) ^ REDUCE : a << 1)
        product ^= b & 1 ? a : 0;
    return product;
}

static unsigned inverse(unsigned a)
{
    unsigned power = a; /* a^30: the group has 31 elements */
    for (int i = 1; i < FIELD - 2; i++)
        power = times(power, a);
    return power;
}

struct sums {
    unsigned plain, weighed, weight; /* weight: 2^count, the next letter's */
};

static struct sums sums_of(const unsigned char *letters, size_t count)
{
    struct sums sums = {.weight = 1};
    for (size_t i = 0; i < count; i++) {
        sums.plain ^= letters[i];
        sums.weighed ^= times(letters[i], sums.weight);
        sums.weight = times(sums.weight, 2);
    }
    return sums;
}

static void add_check(unsigned char letters[LETTERS])
{
    const struct sums sums = sums_of(letters, DATA);
    unsigned first = sums.weight, second = times(first, 2);
    letters[DATA + 1] =
        (unsigned char)times(sums.weighed ^ times(sums.plain, first), inverse(first ^ second));
    letters[DATA] = (unsigned char)(sums.plain ^ letters[DATA + 1]);
}

/* 128 bits in 26 letters, the last two bits of which are 0. */
static void spread(const struct receipt *receipt, unsigned char letters[LETTERS])
{
    unsigned bits = 0, held = 0;
    size_t count = 0;
    for (size_t i = 0; i < sizeof receipt->bytes; i++) {
        bits = (bits << 8 | receipt->bytes[i]) & 0xffff;
        for (held += 8; held >= 5; held -= 5)
            letters[count++] = bits >> (held - 5) & (FIELD - 1);
    }
    letters[count] = (unsigned char)(bits << (5 - held) & (FIELD - 1));
}

static bool gather(const unsigned char letters[LETTERS], struct receipt *receipt)
{
    struct receipt gathered;
    unsigned bits = 0, held = 0;
    size_t count = 0;
    const struct sums sums = sums_of(letters, LETTERS);
    if (sums.plain != 0 || sums.weighed != 0)
        return false;
    for (size_t i = 0; i < DATA; i++) {
        bits = (bits << 5 | letters[i]) & 0xffff;
        held += 5;
        if (held >= 8) {
            held -= 8;
            gathered.bytes[count++] = (unsigned char)(bits >> held);
        }
    }
    if ((bits & ((1u << held) - 1)) != 0)
        return false;
    *receipt = gathered;
    return true;
}

struct receipt receipt_make(const struct ledger *ledger, const unsigned char once[32])
{
    struct receipt receipt;
    keyed_hash(ledger, "receipt", once, 32, (struct keyed_bytes){receipt.bytes, sizeof receipt.bytes});
    return receipt;
}

void receipt_text(const struct receipt *receipt, char out[RECEIPT_TEXT])
{
    unsigned char letters[LETTERS];
    size_t length = 0;
    spread(receipt, letters);
    add_check(letters);
    for (size_t i = 0; i < LETTERS; i++) {
        if (i > 0 && i % GROUP == 0)
            out[length++] = '-';
        out[length++] = alphabet[letters[i]];
    }
    out[length] = '\0';
    sodium_memzero(letters, sizeof letters);
}

/* One character of what was typed: narrow, and its length in bytes. */
static unsigned narrow(const char *at, size_t left, size_t *length)
{
    const unsigned char *bytes = (const unsigned char *)at;
    *length = bytes[0] < 0x80 || left < 2 ? 1 : bytes[0] < 0xe0 || left < 3 ? 2 : 3;
    if (*length == 1)
        return bytes[0];
    unsigned code = *length == 2 ? (bytes[0] & 31u) << 6 | (bytes[1] & 63u)
                                 : (bytes[0] & 15u) << 12 | (bytes[1] & 63u) << 6 | (bytes[2] & 63u);
    return code >= 0xff01 && code <= 0xff5e ? code - 0xff01 + '!' : code; /* full-width forms */
}

/* Everything that a keyboard or a typesetter makes of a hyphen: U+00AD, U+2010 to U+2015, U+2212, U+30FC
 * (the long vowel's sign, where a Japanese keyboard has its hyphen), U+FF70. */
static bool is_hyphen(unsigned code)
{
    return code == '-' || code == 0xad || (code >= 0x2010 && code <= 0x2015) || code == 0x2212 ||
           code == 0x30fc || code == 0xff70;
}

static bool is_blank(unsigned code)
{
    return code == ' ' || (code >= '\t' && code <= '\r') || code == 0xa0 || code == 0x200b || code == 0x3000;
}

static bool is_word(unsigned code)
{
    return code < 0x80 && isalnum((int)code);
}

static int letter_of(unsigned code)
{
    if (code >= 0x80 || code == 0)
        return -1;
    int upper = toupper((int)code);
    upper = upper == 'O' ? '0' : upper == 'I' || upper == 'L' ? '1' : upper;
    const char *found = strchr(alphabet, upper);
    return found == NULL ? -1 : (int)(found - alphabet);
}

bool receipt_parse(const char *string, size_t length, struct receipt *receipt)
{
    unsigned char letters[LETTERS];
    size_t count = 0, step;
    for (size_t at = 0; at < length; at += step) {
        unsigned code = narrow(string + at, length - at, &step);
        int letter = letter_of(code);
        if (letter < 0 && (is_hyphen(code) || is_blank(code)))
            continue;
        if (letter < 0 || count == LETTERS)
            return false;
        letters[count++] = (unsigned char)letter;
    }
    return count == LETTERS && gather(letters, receipt);
}

/* What may stand between two groups: a hyphen, and around it what a mail program does to a long line (blanks,
 * a line's end, marks of quoting). Returns where the next group begins, or `at` if nothing stands there. */
static size_t gap(const char *string, size_t length, size_t at)
{
    size_t step, end = at;
    bool hyphen = false;
    for (; end < length; end += step) {
        unsigned code = narrow(string + end, length - end, &step);
        if (is_hyphen(code) && !hyphen)
            hyphen = true;
        else if (!is_blank(code) && code != '>')
            break;
    }
    return hyphen ? end : at;
}

/* Reads a receipt that begins at `at`: groups of four with gaps between all or none of them. */
static bool read_here(const char *string, size_t length, size_t at, struct receipt *receipt)
{
    unsigned char letters[LETTERS];
    size_t step, gaps = 0;
    for (size_t i = 0; i < LETTERS; i++) {
        size_t behind = i > 0 && i % GROUP == 0 ? gap(string, length, at) : at;
        gaps += behind > at;
        at = behind;
        int letter = at < length ? letter_of(narrow(string + at, length - at, &step)) : -1;
        if (letter < 0)
            return false;
        letters[i] = (unsigned char)letter;
        at += step;
    }
    bool ends = at >= length || !is_word(narrow(string + at, length - at, &step));
    return ends && (gaps == 0 || gaps == LETTERS / GROUP - 1) && gather(letters, receipt);
}

bool receipt_find(const char *string, size_t length, struct receipt *receipt)
{
    size_t step;
    bool within = false; /* a word, so that no receipt begins in its middle */
    for (size_t at = 0; at < length; at += step) {
        unsigned code = narrow(string + at, length - at, &step);
        if (is_word(code) && !within && read_here(string, length, at, receipt))
            return true;
        within = is_word(code);
    }
    return false;
}

struct receipt_hash receipt_hash(const struct ledger *ledger, const struct receipt *receipt)
{
    struct receipt_hash hash;
    keyed_hash(ledger, "receipt's hash", receipt->bytes, sizeof receipt->bytes,
               (struct keyed_bytes){hash.bytes, sizeof hash.bytes});
    return hash;
}

void receipt_pair(const struct receipt *receipt, struct seal_pair *pair)
{
    unsigned char seed[32];
    crypto_generichash_blake2b_salt_personal(seed, sizeof seed, receipt->bytes, sizeof receipt->bytes, NULL,
                                             0, NULL, (const unsigned char *)"receipt's pair\0");
    seal_pair_from(seed, pair);
    sodium_memzero(seed, sizeof seed);
}
