#include "check/passwords/cover.h"
#include <math.h>
#include <string.h>

/* What one more part takes, since nobody knows where parts meet: zxcvbn's figure, so that its parts and ours
 * can be held against each other. */
static const double another_part = 1.75;

/* How far a row is: which parts, and whether its last was a single character. A row that is no longer one or
 * two decorated words is MIXED. */
enum { WORDS_MOST = 2, MIXED = WORDS_MOST + 1, STATES = MIXED + 1 };
struct rows {
    double bits[ROMAJI_MOST + 1][STATES][2];
};

void cover_init(struct cover *cover, const struct romaji *romaji)
{
    cover->romaji = romaji;
    cover->count = 0;
    memset(cover->heads, 0, sizeof cover->heads);
}

static bool is_edge(const struct romaji *romaji, size_t at)
{
    return at == romaji->length || romaji->kinds[at] != ROMAJI_GOES_ON;
}

void cover_add(struct cover *cover, struct cover_part part)
{
    if (cover->count == COVER_PARTS_MOST || !is_edge(cover->romaji, part.begin) ||
        !is_edge(cover->romaji, part.end))
        return;
    cover->parts[cover->count].part = part;
    cover->parts[cover->count].next = cover->heads[part.begin];
    cover->heads[part.begin] = (uint16_t)++cover->count;
}

static void improve(double *bits, double with)
{
    if (with < *bits)
        *bits = with;
}

/* log2 of how many characters there are of the kinds that the password has: small letters and capitals,
 * digits, signs, kana with their marks, and for all else the kanji of everyday use. */
static double character_bits(const struct romaji *romaji)
{
    static const double sizes[] = {
        [ROMAJI_LOWER] = 26, [ROMAJI_UPPER] = 26,   [ROMAJI_DIGIT] = 10,  [ROMAJI_SIGN] = 33,
        [ROMAJI_KANA] = 85,  [ROMAJI_OTHER] = 2136, [ROMAJI_GOES_ON] = 0,
    };
    double all = 0;
    bool seen[sizeof sizes / sizeof *sizes] = {false};
    for (size_t i = 0; i < romaji->length; i++) {
        if (!seen[romaji->kinds[i]])
            all += sizes[romaji->kinds[i]];
        seen[romaji->kinds[i]] = true;
    }
    return log2(all);
}

/* Every row that ends at `at`, one character longer. */
static void add_character(const struct romaji *romaji, struct rows *rows, size_t at, double bits)
{
    size_t end = at + 1;
    while (!is_edge(romaji, end))
        end++;
    bool is_plain = romaji->kinds[at] == ROMAJI_DIGIT || romaji->kinds[at] == ROMAJI_SIGN;
    for (size_t state = 0; state < STATES; state++) {
        const double *before = rows->bits[at][state];
        double part = at == 0 ? 0 : another_part;
        double *after = &rows->bits[end][is_plain ? state : MIXED][1];
        improve(after, before[1] + bits);
        improve(after, before[0] + bits + part);
    }
}

static void add_part(struct rows *rows, const struct cover_part *part)
{
    for (size_t state = 0; state < STATES; state++) {
        size_t then = part->kind == COVER_DECORATION                   ? state
                      : part->kind == COVER_WORD && state < WORDS_MOST ? state + 1
                                                                       : MIXED;
        const double *before = rows->bits[part->begin][state];
        improve(&rows->bits[part->end][then][0],
                fmin(before[0], before[1]) + part->bits + (part->begin == 0 ? 0 : another_part));
    }
}

struct cover_bits cover_solve(const struct cover *cover)
{
    const struct romaji *romaji = cover->romaji;
    struct rows rows;
    for (size_t i = 0; i < sizeof rows / sizeof(double); i++)
        (&rows.bits[0][0][0])[i] = HUGE_VAL;
    rows.bits[0][0][0] = 0;
    double bits = character_bits(romaji);
    for (size_t at = 0; at < romaji->length; at++) {
        if (!is_edge(romaji, at))
            continue;
        add_character(romaji, &rows, at, bits);
        for (size_t next = cover->heads[at]; next != 0; next = cover->parts[next - 1].next)
            add_part(&rows, &cover->parts[next - 1].part);
    }
    struct cover_bits best = {HUGE_VAL, HUGE_VAL};
    for (size_t state = 0; state < STATES; state++) {
        const double *end = rows.bits[romaji->length][state];
        improve(&best.any, fmin(end[0], end[1]));
        if (state == 1 || state == WORDS_MOST)
            improve(&best.decorated, fmin(end[0], end[1]));
    }
    return best;
}
