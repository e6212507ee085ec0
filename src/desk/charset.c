#include "desk/charset.h"
#include "base/cleanup.h"
#include "desk/charset_table.h"
#include <string.h>

enum {
    GROWTH = 4, /* no converter makes more than so many bytes of one */
    DAMAGE_RATE =
        20, /* a byte that cannot be read among so many letters is damage, more are another charset */
    ESCAPE_FIRST = 0x20
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

/* What speaks for a reading: kana are frequent in Japanese, and half-width ones are what a wrong reading
 * gives. */
static long likeness(const struct text *read)
{
    long score = 0;
    for (size_t i = 0; i + 2 < read->length; i++) {
        const unsigned char *at = (const unsigned char *)read->bytes + i;
        score += at[0] == 0xe3 && at[1] >= 0x81 && at[1] <= 0x83 ? 1 : 0;
        score -= at[0] == 0xef && (at[1] == 0xbd || at[1] == 0xbe) ? 2 : 0;
    }
    return score;
}

static size_t letters_beyond_ascii(const struct text *read)
{
    size_t count = 0;
    for (size_t i = 0; i < read->length; i++)
        count += (unsigned char)read->bytes[i] >= 0xc0;
    return count;
}

/* Tries one reading; keeps it in `best` where it is better than what is there. */
struct guess {
    struct text text;
    size_t unreadable;
    long likeness;
    bool made;
};

static void take_better(struct guess *best, struct guess *next)
{
    next->likeness = likeness(&next->text);
    bool better = !best->made || next->unreadable < best->unreadable ||
                  (next->unreadable == best->unreadable && next->likeness > best->likeness);
    bool damage = next->unreadable * DAMAGE_RATE <= letters_beyond_ascii(&next->text);
    if (damage && better) {
        text_clear(&best->text);
        *best = *next;
        best->made = true;
        return;
    }
    text_clear(&next->text);
}

static void guess_as(struct guess *best, const char *converter, const char *bytes, size_t length)
{
    struct guess next = {0};
    text_init(&next.text, GROWTH * length + 1);
    next.unreadable = converter == NULL ? add_utf8(bytes, length, &next.text)
                                        : charset_convert(converter, bytes, length, &next.text);
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
    guess_as(&best, "EUC-JP-MS", bytes, length);
    guess_as(&best, "CP932", bytes, length);
    if (best.made)
        text_add(out, best.text.bytes, best.text.length);
    else
        charset_convert("WINDOWS-1252", bytes, length, out);
    text_clear(&best.text);
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
    if (said->way != CHARSET_MANY || charset_convert(said->converter, bytes, length, &read) > 0)
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
        else if (byte == '\n' || byte == '\t' || (byte >= ESCAPE_FIRST && byte != 0x7f))
            text_add_byte(out, (char)byte);
    }
}

void charset_decode(const char *label, const char *bytes, size_t length, struct text *out)
{
    const struct charset *said = charset_find(label);
    CLEANUP(text_clear) struct text read;
    if (length == 0)
        return;
    text_init(&read, GROWTH * length + 1);
    bool escapes = charset_has_escapes(bytes, length);
    if ((said != NULL && said->way == CHARSET_JIS && (escapes || is_plain(bytes, length))) ||
        (escapes && is_plain(bytes, length) && (said == NULL || said->way != CHARSET_MANY)))
        charset_convert_jis(bytes, length, &read);
    else if (said == NULL || !add_as_said(said, bytes, length, &read))
        guess(bytes, length, said == NULL || said->way != CHARSET_MANY ? NULL : said->converter, &read);
    add_clean(&read, out);
}
