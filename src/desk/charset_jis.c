/* ISO-2022-JP and EUC-JP by our own hand: their two-byte characters are those of Shift_JIS by another count,
 * and code page 932 knows the letters of NEC and IBM (①, ㈱, 髙) that the C library's own ISO-2022-JP refuses
 * and its EUC-JP-MS has only half of. */
#include "desk/charset_table.h"
#include "base/cleanup.h"
#include <string.h>

static const char shift_jis[] = "CP932", euc_jp[] = "EUC-JP-MS" /* for JIS X 0212 */;
static const char escape = '\x1b', shift_out = '\x0e', shift_in = '\x0f';

enum way { WAY_ASCII, WAY_KANA, WAY_JIS, WAY_EUC, WAY_EUC_3 };
struct set {
    const char *escape;    /* what follows ESC */
    const char *converter; /* NULL: ASCII */
    enum way way;          /* how its bytes are given to the converter */
};
enum { ASCII, KANA = 3 };
/* RFC 1468, 1554, 2237; JIS X 0202. JIS X 0201's letters are read as ASCII, as everybody does. */
static const struct set sets[] = {
    {"(B", NULL, WAY_ASCII},     {"(J", NULL, WAY_ASCII},     {"(H", NULL, WAY_ASCII},
    {"(I", shift_jis, WAY_KANA}, {"$@", shift_jis, WAY_JIS},  {"$B", shift_jis, WAY_JIS},
    {"$(@", shift_jis, WAY_JIS}, {"$(B", shift_jis, WAY_JIS}, {"$(O", shift_jis, WAY_JIS},
    {"$(Q", shift_jis, WAY_JIS}, {"$(D", euc_jp, WAY_EUC_3},  {"$A", "GB18030", WAY_EUC},
    {"$(C", "UHC", WAY_EUC},
};
enum { SETS = sizeof sets / sizeof *sets };

static const struct set *find_set(const char *bytes, size_t length)
{
    for (size_t i = 0; i < SETS; i++)
        if (strlen(sets[i].escape) <= length && memcmp(bytes, sets[i].escape, strlen(sets[i].escape)) == 0)
            return &sets[i];
    return NULL;
}

bool charset_has_escapes(const char *bytes, size_t length)
{
    const char *end = bytes + length;
    for (const char *at = bytes; at < end && (at = memchr(at, escape, (size_t)(end - at))) != NULL; at++)
        if (end - at > 1 && find_set(at + 1, (size_t)(end - at) - 1) != NULL)
            return true;
    return false;
}

/* Whether a byte, without its top bit, is of a two-byte character or of a half-width kana. */
static bool is_graphic(char byte)
{
    return ((unsigned char)byte & 0x7f) > 0x20 && ((unsigned char)byte & 0x7f) < 0x7f;
}

/* Row and cell of JIS X 0208 as Shift_JIS has them (JIS X 0208, annex 1). */
static void add_pair(struct text *run, char first, char second)
{
    unsigned row = ((unsigned char)first & 0x7f) - 0x21u, cell = ((unsigned char)second & 0x7f) - 0x21u;
    unsigned lead = row / 2 + 0x81, trail = row % 2 == 0 ? cell + 0x40 : cell + 0x9f;
    text_add_byte(run, (char)(lead >= 0xa0 ? lead + 0x40 : lead));
    text_add_byte(run, (char)(row % 2 == 0 && trail >= 0x7f ? trail + 1 : trail));
}

static size_t add_run(const char *converter, struct text *run, struct text *out)
{
    size_t unreadable = run->length == 0 ? 0 : charset_convert(converter, run->bytes, run->length, out);
    text_empty(run);
    return unreadable;
}

static void add_character(enum way way, const char *bytes, struct text *run)
{
    if (way == WAY_JIS) {
        add_pair(run, bytes[0], bytes[1]);
        return;
    }
    if (way == WAY_EUC_3)
        text_add_byte(run, '\x8f');
    text_add_byte(run, (char)(bytes[0] | '\x80'));
    if (way != WAY_KANA)
        text_add_byte(run, (char)(bytes[1] | '\x80'));
}

/* What stands outside a run of another set: ASCII, and the half-width kana of the eight-bit form. */
static size_t add_single(char byte, struct text *out)
{
    if ((unsigned char)byte < 0x80) {
        text_add_byte(out, byte);
        return 0;
    }
    if ((unsigned char)byte >= 0xa1 && (unsigned char)byte <= 0xdf)
        return charset_convert(shift_jis, &byte, 1, out);
    text_add_string(out, CHARSET_UNREADABLE);
    return 1;
}

struct state {
    const struct set *set, *before; /* before SO */
};

/* An escape or a shift at `at`: how many bytes it takes, 0: it is none. */
static size_t switch_set(struct state *state, const char *at, size_t left)
{
    const struct set *found = *at == escape ? find_set(at + 1, left - 1) : NULL;
    if (*at == shift_out || *at == shift_in) {
        state->set = *at == shift_out ? &sets[KANA] : state->before;
        return 1;
    }
    if (found == NULL)
        return *at == escape ? 1 : 0;
    state->set = state->before = found;
    return 1 + strlen(found->escape);
}

size_t charset_convert_jis(const char *bytes, size_t length, struct text *out)
{
    struct state state = {&sets[ASCII], &sets[ASCII]};
    size_t unreadable = 0, step;
    CLEANUP(text_clear) struct text run;
    text_init(&run, 3 * length + 1);
    for (size_t at = 0; at < length; at += step) {
        const struct set *set = state.set;
        size_t need = set->way == WAY_KANA ? 1 : 2;
        if (set->converter != NULL && length - at >= need && is_graphic(bytes[at]) &&
            is_graphic(bytes[at + need - 1])) {
            add_character(set->way, bytes + at, &run);
            step = need;
            continue;
        }
        unreadable += add_run(set->converter, &run, out);
        step = switch_set(&state, bytes + at, length - at);
        if (step > 0)
            continue;
        step = 1;
        if (bytes[at] == '\n' || bytes[at] == '\r')
            state = (struct state){&sets[ASCII], &sets[ASCII]}; /* a line ends in ASCII, RFC 1468 */
        unreadable += add_single(bytes[at], out);
    }
    return unreadable + add_run(state.set->converter, &run, out);
}

static bool is_high(const char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if ((unsigned char)bytes[i] < 0xa1 || (unsigned char)bytes[i] > 0xfe)
            return false;
    return true;
}

size_t charset_convert_euc(const char *bytes, size_t length, struct text *out)
{
    size_t unreadable = 0, step;
    CLEANUP(text_clear) struct text run;
    text_init(&run, length + 1);
    for (size_t at = 0; at < length; at += step) {
        unsigned char first = (unsigned char)bytes[at];
        bool kana = first == 0x8e && length - at > 1 && (unsigned char)bytes[at + 1] <= 0xdf;
        step = first < 0x80 ? 1 : first == 0x8f ? 3 : 2;
        size_t lead = first == 0x8e || first == 0x8f;
        if (first >= 0x80 &&
            (length - at < step || !is_high(bytes + at + lead, step - lead) || (first == 0x8e && !kana))) {
            unreadable += add_run(shift_jis, &run, out) + 1;
            text_add_string(out, CHARSET_UNREADABLE);
            step = 1;
        } else if (step == 3) {
            unreadable += add_run(shift_jis, &run, out) + charset_convert(euc_jp, bytes + at, step, out);
        } else if (step == 1 || kana) {
            text_add_byte(&run, bytes[at + step - 1]);
        } else {
            add_pair(&run, bytes[at], bytes[at + 1]);
        }
    }
    return unreadable + add_run(shift_jis, &run, out);
}
