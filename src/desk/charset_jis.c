/* ISO-2022-JP by our own hand: a run of two-byte characters with its top bits set is EUC, and EUC-JP-MS knows
 * the letters of NEC and IBM that the C library's ISO-2022-JP refuses. */
#include "desk/charset_table.h"
#include <string.h>

struct set {
    const char *escape;    /* what follows ESC */
    const char *converter; /* NULL: ASCII */
    unsigned bytes;        /* a character */
    char prefix;           /* before each in EUC; 0: none */
};
enum { ASCII, KANA = 3 };
/* RFC 1468, 1554, 2237; JIS X 0202. JIS X 0201's letters are read as ASCII, as everybody does. */
static const struct set sets[] = {
    {"(B", NULL, 1, 0},
    {"(J", NULL, 1, 0},
    {"(H", NULL, 1, 0},
    {"(I", "EUC-JP-MS", 1, '\x8e'},
    {"$@", "EUC-JP-MS", 2, 0},
    {"$B", "EUC-JP-MS", 2, 0},
    {"$(@", "EUC-JP-MS", 2, 0},
    {"$(B", "EUC-JP-MS", 2, 0},
    {"$(D", "EUC-JP-MS", 2, '\x8f'},
    {"$(O", "EUC-JP-MS", 2, 0},
    {"$(Q", "EUC-JP-MS", 2, 0},
    {"$A", "GB18030", 2, 0},
    {"$(C", "UHC", 2, 0},
};
enum { SETS = sizeof sets / sizeof *sets };
static const char escape = '\x1b', shift_out = '\x0e', shift_in = '\x0f';

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

/* Whether a byte is of a two-byte character, or of a half-width kana. */
static bool is_graphic(char byte)
{
    return ((unsigned char)byte & 0x7f) > 0x20 && ((unsigned char)byte & 0x7f) < 0x7f;
}

static size_t add_run(const struct set *set, struct text *euc, struct text *out)
{
    size_t unreadable = euc->length == 0 ? 0 : charset_convert(set->converter, euc->bytes, euc->length, out);
    text_empty(euc);
    return unreadable;
}

static void add_euc(const struct set *set, const char *bytes, struct text *euc)
{
    if (set->prefix != 0)
        text_add_byte(euc, set->prefix);
    for (unsigned i = 0; i < set->bytes; i++)
        text_add_byte(euc, (char)(bytes[i] | '\x80'));
}

/* What stands outside a run of another set: ASCII, and the half-width kana of the eight-bit form. */
static size_t add_single(char byte, struct text *out)
{
    const char kana[] = {sets[KANA].prefix, byte};
    if ((unsigned char)byte < 0x80) {
        text_add_byte(out, byte);
        return 0;
    }
    if ((unsigned char)byte >= 0xa1 && (unsigned char)byte <= 0xdf)
        return charset_convert(sets[KANA].converter, kana, sizeof kana, out);
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
    struct text euc;
    text_init(&euc, 3 * length + 1);
    for (size_t at = 0; at < length; at += step) {
        const struct set *set = state.set;
        size_t need = set->bytes;
        bool whole = length - at >= need && is_graphic(bytes[at]) && is_graphic(bytes[at + need - 1]);
        if (set->converter != NULL && whole) {
            add_euc(set, bytes + at, &euc);
            step = need;
            continue;
        }
        unreadable += set->converter == NULL ? 0 : add_run(set, &euc, out);
        step = switch_set(&state, bytes + at, length - at);
        if (step > 0)
            continue;
        step = 1;
        if (bytes[at] == '\n' || bytes[at] == '\r')
            state = (struct state){&sets[ASCII], &sets[ASCII]}; /* a line ends in ASCII, RFC 1468 */
        unreadable += add_single(bytes[at], out);
    }
    if (state.set->converter != NULL)
        unreadable += add_run(state.set, &euc, out);
    text_clear(&euc);
    return unreadable;
}
