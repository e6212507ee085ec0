#include "desk/charset.h"
#include "base/cleanup.h"
#include "desk/charset_table.h"
#include <ctype.h>
#include <string.h>

enum {
    GROWTH = 4, /* no converter makes more than so many bytes of one */
    /* A byte that cannot be read among so many letters is damage, more are another charset. UTF-8 is hardly
     * ever well-formed by chance. */
    DAMAGE_RATE = 20,
    DAMAGE_RATE_UTF8 = 4,
    PRINTABLE_FIRST = 0x20
};

static bool is_plain(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)bytes[i] >= 0x80)
            return false;
    return true;
}

static size_t add_utf8(const char *bytes, size_t length, struct text *out)
{
    size_t unreadable = 0, step;
    for (size_t at = 0; at < length; at += step) {
        unsigned char first = (unsigned char)bytes[at];
        step = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        if (step <= length - at && text_is_utf8(bytes + at, step)) {
            text_add(out, bytes + at, step);
            continue;
        }
        step = 1;
        unreadable++;
        text_add_string(out, CHARSET_UNREADABLE);
    }
    return unreadable;
}

static const char euc[] = "EUC-JP-MS", shift_jis[] = "CP932";

static size_t convert(const char *converter, const char *bytes, size_t length, struct text *out)
{
    return strcmp(converter, euc) == 0 ? charset_convert_euc(bytes, length, out)
                                       : charset_convert(converter, bytes, length, out);
}

/* What speaks for a reading, and against it: kana are frequent in Japanese; half-width ones, and letters of
 * nobody's, are what a wrong reading gives; and a letter of another kind that stands alone among ASCII ones
 * was probably an accented one of Europe. */
struct likeness {
    size_t letters, kana, half, odd;
};

static bool stands_alone(const struct text *read, size_t at, size_t behind)
{
    unsigned char before = at > 0 ? (unsigned char)read->bytes[at - 1] : ' ';
    unsigned char after = (unsigned char)read->bytes[behind];
    return before < 0x80 && after < 0x80 && (isalpha(before) || isalpha(after));
}

static struct likeness likeness_of(const struct text *read)
{
    struct likeness like = {0};
    for (size_t i = 0; i < read->length; i++) {
        const unsigned char *at = (const unsigned char *)read->bytes + i;
        size_t step = at[0] < 0xc0 ? 0 : at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : 4;
        if (step == 0)
            continue;
        bool nobodys = at[0] == 0xee || (at[0] == 0xef && at[1] < 0xa4); /* U+E000 to U+F8FF */
        bool half = at[0] == 0xef && (at[1] == 0xbd || at[1] == 0xbe);
        like.letters++;
        like.kana += at[0] == 0xe3 && at[1] >= 0x81 && at[1] <= 0x83;
        like.half += half;
        like.odd += nobodys || (i + step <= read->length && stands_alone(read, i, i + step));
    }
    return like;
}

struct guess {
    struct text text;
    size_t unreadable, rate;
    long score;
    bool made;
};

/* Keeps a reading in `best` where it can be one, and is better than what is there. */
static void take_better(struct guess *best, struct guess *next)
{
    struct likeness like = likeness_of(&next->text);
    next->score = (long)like.kana - 2 * (long)like.half - 3 * (long)like.odd;
    bool possible = next->unreadable * next->rate <= like.letters && like.odd * 2 <= like.letters;
    bool better = !best->made || next->unreadable < best->unreadable ||
                  (next->unreadable == best->unreadable && next->score > best->score);
    if (!possible || !better) {
        text_clear(&next->text);
        return;
    }
    text_clear(&best->text);
    *best = *next;
    best->made = true;
}

static void guess_as(struct guess *best, const char *converter, const char *bytes, size_t length)
{
    struct guess next = {.rate = converter == NULL ? DAMAGE_RATE_UTF8 : DAMAGE_RATE};
    text_init(&next.text, GROWTH * length + 1);
    next.unreadable = converter == NULL ? add_utf8(bytes, length, &next.text)
                                        : convert(converter, bytes, length, &next.text);
    take_better(best, &next);
}

static void guess(const char *bytes, size_t length, const char *said, struct text *out)
{
    struct guess best = {0};
    if (text_is_utf8(bytes, length)) {
        text_add(out, bytes, length);
        return;
    }
    guess_as(&best, NULL, bytes, length);
    if (said != NULL)
        guess_as(&best, said, bytes, length);
    guess_as(&best, euc, bytes, length);
    guess_as(&best, shift_jis, bytes, length);
    if (best.made)
        text_add(out, best.text.bytes, best.text.length);
    else
        charset_convert("WINDOWS-1252", bytes, length, out);
    text_clear(&best.text);
}

static bool takes_many(const struct charset *said)
{
    return said->way == CHARSET_MANY || said->way == CHARSET_EUC;
}

/* False: these bytes are not what the label says. */
static bool add_as_said(const struct charset *said, const char *bytes, size_t length, struct text *out)
{
    CLEANUP(text_clear) struct text read;
    text_init(&read, GROWTH * length + 1);
    if (said->way == CHARSET_SINGLE && (is_plain(bytes, length) || !text_is_utf8(bytes, length))) {
        charset_convert(said->converter, bytes, length, out);
        return true;
    }
    if (!takes_many(said) || convert(said->converter, bytes, length, &read) > 0)
        return false;
    text_add(out, read.bytes, read.length);
    return true;
}

/* Line ends and control characters. */
static void add_clean(const struct text *read, struct text *out)
{
    const char *at = read->bytes, *end = at + read->length;
    if (read->length >= 3 && memcmp(at, "\xef\xbb\xbf", 3) == 0)
        at += 3;
    for (; at < end; at++) {
        unsigned char byte = (unsigned char)*at;
        if (byte == '\r' && (at + 1 == end || at[1] != '\n'))
            text_add_byte(out, '\n');
        else if (byte == '\n' || byte == '\t' || (byte >= PRINTABLE_FIRST && byte != 0x7f))
            text_add_byte(out, (char)byte);
    }
}

void charset_decode(const char *label, const char *bytes, size_t length, struct text *out)
{
    const struct charset *said = charset_find(label);
    CLEANUP(text_clear) struct text read;
    text_init(&read, GROWTH * length + 1);
    if (length == 0)
        return;
    bool escapes = charset_has_escapes(bytes, length);
    bool shifts = memchr(bytes, '\x0e', length) != NULL;
    if ((said != NULL && said->way == CHARSET_JIS && (escapes || shifts || is_plain(bytes, length))) ||
        (escapes && is_plain(bytes, length) && (said == NULL || !takes_many(said))))
        charset_convert_jis(bytes, length, &read);
    else if (said == NULL || !add_as_said(said, bytes, length, &read))
        guess(bytes, length, said == NULL || !takes_many(said) ? NULL : said->converter, &read);
    add_clean(&read, out);
}
