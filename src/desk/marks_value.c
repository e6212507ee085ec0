/* An answer as it was written under its question, as the value of its field. */
#include "base/cleanup.h"
#include "base/number.h"
#include "base/text.h"
#include "desk/day.h"
#include "desk/marks_parts.h"
#include "desk/narrow.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { LINE_MOST = 1024, BOXES_MOST = 64, INNER_MOST = 8, FOLDED_MOST = 64 << 10 };

struct sign {
    const char *bytes;
    enum marks_box box;
};

enum marks_box marks_box(const char *at, size_t *length)
{
    static const struct sign signs[] = {
        {"■", MARKS_CHOSEN},       {"☑", MARKS_CHOSEN},      {"☒", MARKS_CHOSEN},
        {"●", MARKS_CHOSEN},       {"◉", MARKS_CHOSEN},      {"✓", MARKS_CHOSEN},
        {"✔", MARKS_CHOSEN},       {"[x]", MARKS_CHOSEN},    {"[X]", MARKS_CHOSEN},
        {"[v]", MARKS_CHOSEN},     {"[*]", MARKS_CHOSEN},    {"[レ]", MARKS_CHOSEN},
        {"□", MARKS_NOT_CHOSEN},   {"☐", MARKS_NOT_CHOSEN},  {"○", MARKS_NOT_CHOSEN},
        {"[ ]", MARKS_NOT_CHOSEN}, {"[]", MARKS_NOT_CHOSEN}, {"[　]", MARKS_NOT_CHOSEN},
    };
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        *length = strlen(signs[i].bytes);
        if (strncmp(at, signs[i].bytes, *length) == 0)
            return signs[i].box;
    }
    return MARKS_NO_BOX;
}

static size_t any_of(const char *at, const char *const *signs)
{
    for (size_t i = 0; signs[i] != NULL; i++)
        if (strncmp(at, signs[i], strlen(signs[i])) == 0)
            return strlen(signs[i]);
    return 0;
}

size_t marks_blank(const char *at)
{
    static const char *const signs[] = {" ", "\t", "　", "\xc2\xa0", NULL};
    return any_of(at, signs);
}

size_t marks_colon(const char *at)
{
    static const char *const signs[] = {":", "：", "＝", "=", "…", NULL};
    return any_of(at, signs);
}

size_t marks_open(const char *at)
{
    static const char *const signs[] = {"(", "（", "[", "［", NULL};
    return any_of(at, signs);
}

size_t marks_close(const char *at)
{
    static const char *const signs[] = {")", "）", "]", "］", NULL};
    return any_of(at, signs);
}

static void set(const struct field *field, const char *value, size_t length, json_t *told)
{
    CLEANUP(text_clear) struct text folded;
    text_init(&folded, FOLDED_MOST);
    if (json_object_get(told, field->name) != NULL || field_check(field, value, length, &folded) != NULL)
        return;
    if (folded.length > 0)
        json_object_set_new(told, field->name, json_string(folded.bytes));
}

/* One of the choices, and what stands in brackets or behind a colon after it. */
struct item {
    const char *begin, *end;
    enum marks_box box;
};

/* Cuts an answer at its boxes. Boxes within brackets of an item ("Windows(□10 ■7)") are the item's own. */
static size_t items_of(const char *written, struct item items[BOXES_MOST])
{
    size_t count = 0, length;
    int depth = 0, first = 0;
    for (const char *at = written; *at != '\0'; at += length) {
        enum marks_box box = marks_box(at, &length);
        if (box != MARKS_NO_BOX && (count == 0 || depth <= first)) {
            if (count == BOXES_MOST)
                return count;
            if (count > 0)
                items[count - 1].end = at;
            first = count == 0 || depth < first ? depth : first;
            items[count++] = (struct item){at + length, at + length + strlen(at + length), box};
        }
        if (box != MARKS_NO_BOX)
            continue;
        size_t opens = marks_open(at), closes = marks_close(at);
        depth += (opens > 0) - (closes > 0);
        length = opens > 0 ? opens : closes > 0 ? closes : 1;
    }
    return count;
}

static bool ends_label(const char *at, int cut)
{
    switch (cut) {
    case 0:
        return *at == '\n';
    case 1:
        return *at == '\n' || marks_open(at) > 0;
    case 2:
        return *at == '\n' || marks_open(at) > 0 || marks_close(at) > 0 || marks_colon(at) > 0;
    default:
        return *at == '\n' || marks_open(at) > 0 || marks_close(at) > 0 || marks_colon(at) > 0 ||
               marks_blank(at) > 0 || strncmp(at, "、", 3) == 0 || *at == ',' || *at == ';';
    }
}

/* The choice that an item begins with: the whole of its line, else up to a bracket, a colon, a blank. *rest
 * is what follows. */
static const char *word_of(const struct field *field, const char *begin, const char *end, const char **rest)
{
    for (int cut = 0; cut <= 3; cut++) {
        char label[LINE_MOST];
        while (begin < end && marks_blank(begin) > 0)
            begin += marks_blank(begin);
        const char *stop = begin;
        while (stop < end && !ends_label(stop, cut))
            stop++;
        if (stop == begin || (size_t)(stop - begin) >= sizeof label)
            continue;
        memcpy(label, begin, (size_t)(stop - begin));
        label[stop - begin] = '\0';
        const char *word = forms_word(field, label);
        *rest = stop;
        if (word != NULL)
            return word;
    }
    return NULL;
}

static bool is_separator(const char *at)
{
    return *at == '\n' || *at == ',' || *at == ';' || marks_blank(at) > 0 || marks_open(at) > 0 ||
           strncmp(at, "、", 3) == 0 || strncmp(at, "/", 1) == 0;
}

static size_t separator_length(const char *at)
{
    size_t blank = marks_blank(at), open = marks_open(at);
    return blank > 0 ? blank : open > 0 ? open : (unsigned char)*at >= 0x80 ? 3 : 1;
}

/* The first colon, and where the word before it begins; NULL: there is none. */
static const char *colon_in(const char *at, const char *end, const char **label)
{
    *label = at;
    while (at < end && marks_colon(at) == 0) {
        size_t length = is_separator(at) ? separator_length(at) : 1;
        at += length;
        if (is_separator(at - length) && at <= end)
            *label = at;
    }
    return at < end ? at : NULL;
}

/* "社名: A社　ソフト名: B" behind "セキュリティソフト" are the fields called "セキュリティソフト社名" and so
 * on. */
static void read_inner(const struct forms *forms, const char *item, const char *from, const char *end,
                       json_t *told)
{
    char name[2 * LINE_MOST];
    const char *label, *colon = colon_in(from, end, &label);
    for (size_t i = 0; colon != NULL && i < INNER_MOST; i++) {
        const char *value = colon + marks_colon(colon), *stop = value, *next_label;
        while (stop < end && *stop != '\n' && marks_close(stop) == 0)
            stop++;
        const char *next = colon_in(value, stop, &next_label);
        snprintf(name, sizeof name, "%s%.*s", item, (int)(colon - label), label);
        stop = next != NULL && next_label > value ? next_label : stop;
        for (const struct field *field = forms->all; field->name != NULL; field++)
            if (colon - label < LINE_MOST && forms_is_named(field, name))
                set(field, value, (size_t)(stop - value), told);
        colon = colon_in(stop, end, &label);
    }
}

static void read_items(const struct forms *forms, const struct field *field, const struct item *items,
                       size_t count, json_t *told)
{
    CLEANUP(text_clear) struct text words;
    text_init(&words, LINE_MOST);
    for (size_t i = 0; i < count; i++) {
        const char *rest;
        const char *word =
            items[i].box == MARKS_CHOSEN ? word_of(field, items[i].begin, items[i].end, &rest) : NULL;
        if (word == NULL || (field->kind == FIELD_CHOICE && words.length > 0))
            continue;
        text_addf(&words, "%s%s", words.length > 0 ? "," : "", word);
        char label[LINE_MOST];
        const char *begin = items[i].begin;
        while (begin < rest && marks_blank(begin) > 0)
            begin += marks_blank(begin);
        snprintf(label, sizeof label, "%.*s", (int)(rest - begin), begin);
        read_inner(forms, label, rest, items[i].end, told);
    }
    if (words.length > 0)
        set(field, words.bytes, words.length, told);
}

/* A choice that was written out, not marked: "OS: Windows 7". */
static void read_written(const struct field *field, const char *written, json_t *told)
{
    const char *rest, *word = word_of(field, written, written + strlen(written), &rest);
    if (word != NULL)
        set(field, word, strlen(word), told);
}

static void read_choice(const struct forms *forms, const struct field *field, const char *written,
                        json_t *told)
{
    struct item items[BOXES_MOST];
    size_t count = items_of(written, items);
    if (count > 0)
        read_items(forms, field, items, count, told);
    else
        read_written(field, written + strspn(written, "\n"), told);
}

/* How many were found: "3件(個)" behind the day. A number that is nobody's count is left alone. */
static void read_count(const struct forms *forms, const char *written, json_t *told)
{
    const struct field *field = forms_field(forms, "detections");
    size_t at = strcspn(written, "0123456789"), digits = strspn(written + at, "0123456789,");
    const char *unit = written + at + digits;
    while (*unit == ' ')
        unit++;
    bool counted =
        strncmp(unit, "件", 3) == 0 || strncmp(unit, "個", 3) == 0 || strncasecmp(unit, "piece", 5) == 0;
    if (field != NULL && digits > 0 && counted)
        set(field, written + at, digits, told);
}

/* A day, with what stands behind it: the longest beginning that is one. */
static void read_day(const struct forms *forms, const struct field *field, const char *written, json_t *told)
{
    CLEANUP(text_clear) struct text line;
    int32_t day;
    text_init(&line, LINE_MOST);
    narrow_line(written, strcspn(written, "\n"), NARROW_WIDTH, &line);
    for (size_t length = line.length < 64 ? line.length : 64; length >= 6; length--) {
        char begin[65];
        memcpy(begin, line.bytes, length);
        begin[length] = '\0';
        bool goes_on =
            isdigit((unsigned char)line.bytes[length]) && isdigit((unsigned char)line.bytes[length - 1]);
        if (goes_on || ((unsigned char)line.bytes[length] & 0xc0) == 0x80 || !day_parse(begin, &day))
            continue;
        set(field, begin, length, told);
        read_count(forms, line.bytes + length, told);
        return;
    }
}

void marks_value(const struct forms *forms, const struct field *field, const char *written, json_t *told)
{
    if (field->choices != NULL) {
        read_choice(forms, field, written, told);
        return;
    }
    while (*written == '\n' || marks_blank(written) > 0)
        written += *written == '\n' ? 1 : marks_blank(written);
    switch (field->kind) {
    case FIELD_TEXT:
        set(field, written, strlen(written), told);
        break;
    case FIELD_DAY:
        read_day(forms, field, written, told);
        break;
    default:
        set(field, written, strcspn(written, "\n"), told);
    }
}
