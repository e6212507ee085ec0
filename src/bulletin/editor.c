#include "bulletin/editor.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "base/settings.h"
#include "base/text.h"
#include <errno.h>
#include <string.h>

enum { EDITOR_FILE_MOST = 256 << 10, EDITOR_LINE_MOST = 300 };

/* issue.conf says some things twice, once for each language. */
struct issue_settings {
    struct editor *editor;
    const char *values[4]; /* number, number-en, title, title-en */
};

static bool take_text(void *target, size_t at, const char *value, struct fault *fault)
{
    struct issue_settings *settings = target;
    if (strlen(value) > EDITOR_LINE_MOST || !text_is_utf8(value, strlen(value)))
        return fault_set(fault, "the value is too long (expected at most %d bytes of UTF-8)",
                         EDITOR_LINE_MOST);
    settings->values[at] = arena_string(&settings->editor->arena, value, strlen(value));
    return true;
}

static bool take_number(void *target, const char *value, struct fault *fault)
{
    return take_text(target, 0, value, fault);
}

static bool take_number_en(void *target, const char *value, struct fault *fault)
{
    return take_text(target, 1, value, fault);
}

static bool take_title(void *target, const char *value, struct fault *fault)
{
    return take_text(target, 2, value, fault);
}

static bool take_title_en(void *target, const char *value, struct fault *fault)
{
    return take_text(target, 3, value, fault);
}

static bool take_published(void *target, const char *value, struct fault *fault)
{
    struct issue_settings *settings = target;
    if (!calendar_parse_day(value, &settings->editor->published))
        return fault_set(fault, "'%s' is no date (expected a day that exists, YYYY-MM-DD)", value);
    settings->editor->published_known = true;
    return true;
}

static const struct setting issue_table[] = {
    {"number", take_number}, {"number-en", take_number_en}, {"published", take_published},
    {"title", take_title},   {"title-en", take_title_en},   {0},
};

/* The English value in an English bulletin, where there is one; a number stands for every language. */
static bool read_issue(struct editor *editor, const char *path, const char *language, struct fault *fault)
{
    struct issue_settings settings = {.editor = editor};
    if (!settings_read(path, true, issue_table, &settings, fault))
        return false;
    bool english = strcmp(language, "en") == 0;
    const char *number = english && settings.values[1] != NULL ? settings.values[1] : settings.values[0];
    editor->number = number;
    editor->title = english ? settings.values[3] : settings.values[2];
    return true;
}

/* NULL in *words where there is no such file. */
static bool read_words(struct editor *editor, const char *path, const char **words, struct fault *fault)
{
    CLEANUP(text_clear) struct text text;
    text_init(&text, EDITOR_FILE_MOST);
    if (!file_exists(path) && errno == ENOENT)
        return true;
    if (!file_read(path, &text, fault))
        return false;
    if (!text_is_utf8(text.bytes, text.length) || memchr(text.bytes, '\0', text.length) != NULL)
        return fault_set(fault, "%s: not UTF-8 text", path);
    size_t mark = text.length >= 3 && memcmp(text.bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    *words = arena_string(&editor->arena, text.bytes + mark, text.length - mark);
    return true;
}

static const char *const part_names[EDITOR_PARTS] = {
    [EDITOR_CALL] = "call",
    [EDITOR_VIRUS] = "virus",
    [EDITOR_ACCESS] = "access",
    [EDITOR_CASES] = "cases",
    [EDITOR_CONSULTATIONS] = "consultations",
    [EDITOR_QUESTIONS] = "questions",
    [EDITOR_OBSERVATION] = "observation",
};

static bool read_all(struct editor *editor, const char *folder, const char *suffix, struct fault *fault)
{
    CLEANUP(text_clear) struct text path;
    text_init(&path, 8192);
    for (int part = 0; part < EDITOR_PARTS; part++) {
        text_empty(&path);
        text_addf(&path, "%s/%s%s.md", folder, part_names[part], suffix);
        if (!read_words(editor, path.bytes, &editor->parts[part], fault))
            return false;
    }
    text_empty(&path);
    text_addf(&path, "%s/causes%s.txt", folder, suffix);
    editor->causes_path = arena_string(&editor->arena, path.bytes, path.length);
    return read_words(editor, path.bytes, &editor->causes, fault);
}

bool editor_read(struct editor *editor, const struct ledger *ledger, int32_t month, const char *language,
                 struct fault *fault)
{
    memset(editor, 0, sizeof *editor);
    arena_init(&editor->arena);
    char name[CALENDAR_MONTH_SIZE], suffix[16] = "";
    calendar_month_text(name, month);
    if (strcmp(language, ledger->settings.language) != 0)
        snprintf(suffix, sizeof suffix, ".%s", language);
    OWNED_MEMORY char *folder = ledger_path(ledger, "editor/%s", name);
    OWNED_MEMORY char *conf = ledger_path(ledger, "editor/%s/issue.conf", name);
    if (read_all(editor, folder, suffix, fault) && read_issue(editor, conf, language, fault))
        return true;
    editor_clear(editor);
    return false;
}

void editor_clear(struct editor *editor)
{
    arena_clear(&editor->arena);
}
