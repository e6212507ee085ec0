#include "base/memory.h"
#include "cases/search_parts.h"
#include <sodium.h>
#include <string.h>

enum {
    LISTS_TAG = crypto_aead_chacha20poly1305_ietf_ABYTES,
    LISTS_NONCE = crypto_aead_chacha20poly1305_ietf_NPUBBYTES,
    LISTS_NUMBER_MOST = 10, /* bytes of one number */
};
static const char lists_purpose[] = "deskfind"; /* of crypto_kdf, 8 bytes */
_Static_assert(sizeof(((struct search_keys *)0)->terms) == crypto_shorthash_KEYBYTES, "SipHash's key");

static const char sql_batches[] =
    "SELECT batch, told_first, told_last, case_last, entries, made_s, salt FROM search_batch"
    " ORDER BY told_first";

void search_keys_make(const struct seal_pair *desk, struct search_keys *keys)
{
    crypto_kdf_derive_from_key(keys->terms, sizeof keys->terms, 1, lists_purpose, desk->secret);
    crypto_kdf_derive_from_key(keys->lists, sizeof keys->lists, 2, lists_purpose, desk->secret);
}

void search_keys_clear(struct search_keys *keys)
{
    sodium_memzero(keys, sizeof *keys);
}

void search_batch_key(const struct search_keys *keys, struct search_batch *batch)
{
    crypto_generichash(batch->key, sizeof batch->key, batch->salt, sizeof batch->salt, keys->lists,
                       sizeof keys->lists);
}

static void add_batch(struct search_batches *batches, const struct search_keys *keys, sqlite3_stmt *row)
{
    batches->items = memory_resize(batches->items, batches->count + 1, sizeof *batches->items);
    struct search_batch *batch = &batches->items[batches->count++];
    *batch = (struct search_batch){
        .batch = sqlite3_column_int64(row, 0),
        .told_first = sqlite3_column_int64(row, 1),
        .told_last = sqlite3_column_int64(row, 2),
        .case_last = sqlite3_column_int64(row, 3),
        .entries = sqlite3_column_int64(row, 4),
        .made_s = sqlite3_column_int64(row, 5),
    };
    if (sqlite3_column_bytes(row, 6) == sizeof batch->salt)
        memcpy(batch->salt, sqlite3_column_blob(row, 6), sizeof batch->salt);
    search_batch_key(keys, batch);
}

bool search_batches_read(struct ledger *ledger, const struct search_keys *keys,
                         struct search_batches *batches, struct fault *fault)
{
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(ledger->records, sql_batches, fault);
    bool row = statement != NULL;
    while (row) {
        if (!records_step(statement, &row, fault))
            return false;
        if (row)
            add_batch(batches, keys, statement);
    }
    return statement != NULL;
}

void search_batches_clear(struct search_batches *batches)
{
    if (batches->items != NULL)
        sodium_memzero(batches->items, batches->count * sizeof *batches->items);
    free(batches->items);
    *batches = (struct search_batches){0};
}

void search_ids_add(struct search_ids *ids, int64_t id)
{
    if (ids->count == ids->room) {
        ids->room = ids->room == 0 ? 64 : ids->room * 2;
        ids->items = memory_resize(ids->items, ids->room, sizeof *ids->items);
    }
    ids->items[ids->count++] = id;
}

static int least_first(const void *a, const void *b)
{
    const int64_t *one = a, *other = b;
    return (*one > *other) - (*one < *other);
}

void search_ids_sort(struct search_ids *ids)
{
    size_t kept = 0;
    if (ids->count > 1)
        qsort(ids->items, ids->count, sizeof *ids->items, least_first);
    for (size_t i = 0; i < ids->count; i++)
        if (kept == 0 || ids->items[kept - 1] != ids->items[i])
            ids->items[kept++] = ids->items[i];
    ids->count = kept;
}

void search_ids_clear(struct search_ids *ids)
{
    free(ids->items);
    *ids = (struct search_ids){0};
}

/* Seven bits a byte, the low ones first; the highest bit says that more follow. */
static size_t put_number(unsigned char *out, uint64_t number)
{
    size_t length = 0;
    for (; number >= 0x80; number >>= 7)
        out[length++] = (unsigned char)(number | 0x80);
    out[length++] = (unsigned char)number;
    return length;
}

static bool take_number(const unsigned char **at, const unsigned char *end, uint64_t *number)
{
    *number = 0;
    for (unsigned shift = 0; *at < end && shift < 64; shift += 7) {
        unsigned char byte = *(*at)++;
        *number |= (uint64_t)(byte & 0x7f) << shift;
        if ((byte & 0x80) == 0)
            return true;
    }
    return false;
}

/* A power of two, or that and a half: how long a list is tells only about how often its pair occurs. */
static size_t padded(size_t length)
{
    size_t size = 8;
    while (size < length)
        size = (size & (size - 1)) == 0 ? size + size / 2 : size / 3 * 4;
    return size;
}

/* No batch has two lists of a term, and no two batches have the same key. */
static void nonce_of(int64_t term, unsigned char nonce[LISTS_NONCE])
{
    memset(nonce, 0, LISTS_NONCE);
    for (int i = 0; i < 8; i++)
        nonce[i] = (unsigned char)((uint64_t)term >> (8 * i));
}

void search_list_seal(const struct search_batch *batch, int64_t term, const struct search_ids *ids,
                      struct text *sealed)
{
    OWNED_MEMORY unsigned char *plain =
        memory_new(padded((ids->count + 1) * LISTS_NUMBER_MOST), 1); /* zeroed, as the padding is */
    size_t length = put_number(plain, ids->count);
    for (size_t i = 0; i < ids->count; i++)
        length += put_number(plain + length, (uint64_t)(ids->items[i] - (i == 0 ? 0 : ids->items[i - 1])));
    length = padded(length);
    unsigned char nonce[LISTS_NONCE];
    nonce_of(term, nonce);
    OWNED_MEMORY unsigned char *closed = memory_new(length + LISTS_TAG, 1);
    crypto_aead_chacha20poly1305_ietf_encrypt(closed, NULL, plain, length, NULL, 0, NULL, nonce, batch->key);
    text_add(sealed, (const char *)closed, length + LISTS_TAG);
}

bool search_list_open(const struct search_batch *batch, int64_t term, struct told_bytes sealed,
                      struct search_ids *ids)
{
    unsigned char nonce[LISTS_NONCE];
    uint64_t count, step;
    nonce_of(term, nonce);
    if (sealed.length < LISTS_TAG)
        return false;
    OWNED_MEMORY unsigned char *plain = memory_new(sealed.length, 1);
    if (crypto_aead_chacha20poly1305_ietf_decrypt(plain, NULL, NULL, sealed.bytes, sealed.length, NULL, 0,
                                                  nonce, batch->key) != 0)
        return false;
    const unsigned char *at = plain, *end = plain + sealed.length - LISTS_TAG;
    int64_t id = 0;
    bool whole = take_number(&at, end, &count);
    for (; whole && count > 0; count--) {
        whole = take_number(&at, end, &step);
        id += (int64_t)step;
        if (whole)
            search_ids_add(ids, id);
    }
    return whole;
}
