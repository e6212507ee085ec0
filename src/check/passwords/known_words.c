#include "check/passwords/known.h"
#include "check/passwords/words.h"
#include <math.h>
#include <string.h>
#include <strings.h>

/* Backwards or with signs for letters, three letters are more often chance than a word. */
enum { WORD_LETTERS = 3, DISGUISED_LETTERS = 4 };

/* Letters that add nothing, in a row: a long vowel has one (aa), n may have two (konnnichiwa). A row of fifty
 * is no spelling of a word. */
enum { SWALLOWED_MOST = 2 };

/* One way to read the password's letters. */
struct reading {
    const struct romaji *romaji;
    const char *text;
    bool is_leet, is_backwards;
    struct cover *cover;
    const struct known_near *near;
};

/* Words as far as they have been followed from `begin` to `end`: the way down the tree, and which of the
 * words that are near may still become it. */
struct trail {
    size_t begin, end;
    size_t length; /* in folded letters */
    char before;   /* the last of them */
    bool in_tree;
    uint32_t node;
    unsigned near; /* a bit each */
};

/* The letters that signs and digits stand for; romaji has no l, so 1 is i. */
static char unleet(char letter)
{
    static const char signs[] = "014357@$!|+89", letters[] = "oiaestasiitbg";
    const char *found = letter == '\0' ? NULL : strchr(signs, letter);
    return found == NULL ? letter : letters[found - signs];
}

/* Different signs that stand for letters, each a guess more. */
static unsigned leet_signs(const struct reading *reading, const struct trail *trail)
{
    unsigned count = 0;
    for (size_t i = trail->begin; i < trail->end; i++) {
        char sign = reading->romaji->text[i];
        count += sign != reading->text[i] &&
                 memchr(reading->romaji->text + trail->begin, sign, i - trail->begin) == NULL;
    }
    return count;
}

/* log2 of the ways to write so many of the letters as capitals, as zxcvbn counts: one where it is the first,
 * the last or all of them. */
static double capital_bits(const struct romaji *romaji, size_t begin, size_t end)
{
    size_t capitals = 0, small = 0;
    for (size_t i = begin; i < end; i++) {
        capitals += romaji->kinds[i] == ROMAJI_UPPER;
        small += romaji->kinds[i] == ROMAJI_LOWER;
    }
    if (capitals == 0)
        return 0;
    bool is_edge = romaji->kinds[begin] == ROMAJI_UPPER || romaji->kinds[end - 1] == ROMAJI_UPPER;
    if (small == 0 || (capitals == 1 && is_edge))
        return 1;
    double ways = 0, chosen = 1;
    for (size_t i = 1; i <= capitals && i <= small; i++) {
        chosen *= (double)(capitals + small - i + 1) / (double)i;
        ways += chosen;
    }
    return log2(ways);
}

/* The word, and again the word as often as it is repeated behind itself. */
static void add(const struct reading *reading, const struct trail *trail, enum cover_kind kind, double bits)
{
    const struct romaji *romaji = reading->romaji;
    size_t length = trail->end - trail->begin;
    double times = 1;
    for (size_t end = trail->end; end <= romaji->length; end += length, times++) {
        size_t begin = trail->begin;
        if (end > trail->end && strncasecmp(romaji->text + begin, romaji->text + end - length, length) != 0)
            return;
        struct cover_part part = {begin, end, kind, bits + log2(times)};
        if (reading->is_backwards) {
            part.begin = romaji->length - end;
            part.end = romaji->length - begin;
        }
        cover_add(reading->cover, part);
        if (kind != COVER_WORD)
            return;
    }
}

/* log2 of the guesses until the tree's word that ends here is tried; HUGE_VAL: none ends. */
static double word_bits(const struct reading *reading, const struct trail *trail)
{
    unsigned rank = trail->in_tree ? words_nodes[trail->node].rank : 0;
    bool is_plain = !reading->is_leet && !reading->is_backwards;
    return rank != 0 && (is_plain || trail->length >= DISGUISED_LETTERS) ? log2(rank) : HUGE_VAL;
}

static double near_bits(const struct reading *reading, const struct trail *trail)
{
    for (unsigned i = 0; trail->near >> i != 0; i++) {
        if ((trail->near >> i & 1) != 0 && reading->near->words[i][trail->length] == '\0')
            return log2(i + 2);
    }
    return HUGE_VAL;
}

static void add_what_ends_here(const struct reading *reading, const struct trail *trail)
{
    double word = word_bits(reading, trail), near = near_bits(reading, trail);
    if (word == HUGE_VAL && near == HUGE_VAL)
        return;
    unsigned signs = reading->is_leet ? leet_signs(reading, trail) : 0;
    if (reading->is_leet && signs == 0)
        return; /* found as it is already */
    double decoration =
        signs + reading->is_backwards + capital_bits(reading->romaji, trail->begin, trail->end);
    if (word != HUGE_VAL)
        add(reading, trail, trail->length >= WORD_LETTERS ? COVER_WORD : COVER_OTHER, word + decoration);
    if (near != HUGE_VAL)
        add(reading, trail, COVER_OTHER, near + decoration);
}

static void go_on(const struct known_near *near, struct trail *trail, char letter)
{
    trail->node = trail->in_tree ? words_step(trail->node, letter) : 0;
    trail->in_tree = trail->node != 0;
    for (unsigned i = 0; trail->near >> i != 0; i++) {
        if (near->words[i][trail->length] != letter)
            trail->near &= ~(1u << i);
    }
    trail->before = letter;
    trail->length++;
}

/* Follows the letters from `begin` on while a word may still come of them. */
static void follow(const struct reading *reading, size_t begin)
{
    struct trail trail = {
        .begin = begin, .end = begin, .in_tree = true, .near = (1u << reading->near->count) - 1};
    unsigned swallowed = 0;
    while (trail.end < reading->romaji->length && swallowed <= SWALLOWED_MOST &&
           (trail.in_tree || trail.near != 0)) {
        char letters[3];
        trail.end += romaji_fold_step(reading->text + trail.end, trail.before, letters);
        swallowed = *letters == '\0' ? swallowed + 1 : 0;
        for (const char *letter = letters; *letter != '\0'; letter++)
            go_on(reading->near, &trail, *letter);
        if (trail.length > 0)
            add_what_ends_here(reading, &trail);
    }
}

static void read_all(const struct reading *reading)
{
    for (size_t begin = 0; begin < reading->romaji->length; begin++) {
        if (reading->romaji->kinds[begin] != ROMAJI_GOES_ON)
            follow(reading, begin);
    }
}

void known_add_words(struct cover *cover, const struct known_near *near)
{
    const struct romaji *romaji = cover->romaji;
    struct reading reading = {romaji, romaji->text, .cover = cover, .near = near};
    read_all(&reading);

    char leet[ROMAJI_MOST + 1];
    for (size_t i = 0; i <= romaji->length; i++)
        leet[i] = unleet(romaji->text[i]);
    reading.text = leet;
    reading.is_leet = true;
    if (memcmp(leet, romaji->text, romaji->length) != 0)
        read_all(&reading);

    struct romaji backwards;
    romaji_reverse(romaji, &backwards);
    reading =
        (struct reading){&backwards, backwards.text, .is_backwards = true, .cover = cover, .near = near};
    read_all(&reading);
    explicit_bzero(leet, sizeof leet);
    explicit_bzero(&backwards, sizeof backwards);
}
