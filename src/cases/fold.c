#include "cases/fold.h"
#include "base/cleanup.h"
#include <glib.h>
#include <string.h>

/* More marks on one letter than any language writes make normalization slow: ordering them is quadratic
 * (UAX #15, "Stream-Safe Text Format", says 30). */
enum { FOLD_MARKS_MOST = 30 };

static void cleanup_glib(char **memory)
{
    g_free(*memory);
}
#define OWNED_GLIB CLEANUP(cleanup_glib)

static char *without_mark_runs(const char *valid)
{
    char *kept = g_malloc(strlen(valid) + 1), *out = kept;
    unsigned marks = 0;
    for (const char *at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
        marks = g_unichar_ismark(g_utf8_get_char(at)) ? marks + 1 : 0;
        if (marks > FOLD_MARKS_MOST)
            continue;
        size_t length = (size_t)(g_utf8_next_char(at) - at);
        memcpy(out, at, length);
        out += length;
    }
    *out = '\0';
    return kept;
}

/* NFKC around the case folding, which may take a composed letter apart. */
static char *normalized(const char *string)
{
    OWNED_GLIB char *valid = g_utf8_make_valid(string, -1);
    OWNED_GLIB char *kept = without_mark_runs(valid);
    OWNED_GLIB char *composed = g_utf8_normalize(kept, -1, G_NORMALIZE_ALL_COMPOSE);
    OWNED_GLIB char *folded = g_utf8_casefold(composed, -1);
    return g_utf8_normalize(folded, -1, G_NORMALIZE_ALL_COMPOSE);
}

static bool is_blank(gunichar character)
{
    return g_unichar_isspace(character) || g_unichar_iscntrl(character);
}

void fold_add(struct text *out, const char *string, enum fold_blanks blanks)
{
    OWNED_GLIB char *folded = normalized(string);
    bool begun = false, blank = false;
    for (const char *at = folded; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar character = g_utf8_get_char(at);
        if (g_unichar_type(character) == G_UNICODE_FORMAT)
            continue;
        if (is_blank(character)) {
            blank = true;
            continue;
        }
        if (blank && begun && blanks == FOLD_BLANKS_ONE)
            text_add_byte(out, ' ');
        text_add(out, at, (size_t)(g_utf8_next_char(at) - at));
        begun = true;
        blank = false;
    }
}
