/* fold_sort: most significant byte first, in place (McIlroy, Bostic, McIlroy: "Engineering Radix Sort",
 * 1993). Needs no second array, and skips bytes that all keys share: ten points use four bits of the twelve.
 */
#include "observe/fold_table.h"

enum { FEW = 32 };

static void sort_few(struct fold_row *rows, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct fold_row row = rows[i];
        size_t at = i;
        for (; at > 0 && rows[at - 1].key > row.key; at--)
            rows[at] = rows[at - 1];
        rows[at] = row;
    }
}

/* Puts every row into its byte's bucket: rows go round until one comes that belongs where the first was
 * taken. */
static void permute(struct fold_row *rows, int shift, size_t *next, const size_t *ends)
{
    for (unsigned bucket = 0; bucket < 256; bucket++)
        while (next[bucket] < ends[bucket]) {
            struct fold_row row = rows[next[bucket]];
            unsigned to = row.key >> shift & 0xff;
            while (to != bucket) {
                struct fold_row moved = rows[next[to]];
                rows[next[to]++] = row;
                row = moved;
                to = row.key >> shift & 0xff;
            }
            rows[next[bucket]++] = row;
        }
}

static void sort_from(struct fold_row *rows, size_t count, int shift)
{
    size_t counts[256] = {0}, next[256], ends[256];
    for (size_t i = 0; i < count; i++)
        counts[rows[i].key >> shift & 0xff]++;
    size_t at = 0;
    for (unsigned bucket = 0; bucket < 256; bucket++) {
        next[bucket] = at;
        ends[bucket] = at += counts[bucket];
    }
    if (counts[rows[0].key >> shift & 0xff] != count)
        permute(rows, shift, next, ends);
    if (shift == 0)
        return;
    for (unsigned bucket = 0; bucket < 256; bucket++) {
        struct fold_row *first = rows + (ends[bucket] - counts[bucket]);
        if (counts[bucket] > FEW)
            sort_from(first, counts[bucket], shift - 8);
        else
            sort_few(first, counts[bucket]);
    }
}

/* The first byte in which any two keys differ. */
static int first_shift(const struct fold_row *rows, size_t count)
{
    uint64_t differ = 1;
    for (size_t i = 1; i < count; i++)
        differ |= rows[i].key ^ rows[0].key;
    return (63 - __builtin_clzll(differ)) / 8 * 8;
}

void fold_sort(struct fold_row *rows, size_t count)
{
    if (count > FEW)
        sort_from(rows, count, first_shift(rows, count));
    else
        sort_few(rows, count);
}
