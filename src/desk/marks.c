#include "desk/marks.h"
#include "base/arena.h"
#include "base/cleanup.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/words.h"
#include "cases/fold.h"
#include "desk/marks_parts.h"
#include <stdlib.h>
#include <string.h>

enum { LINES_MOST = 4000, LABELS_MOST = 2048, VALUE_MOST = 64 << 10 };
enum { NOTHING = -1 };

/* One way of calling a field, folded (cases/fold.h). */
struct label {
    const char *folded;
    int field; /* of its form */
};
/* The text as one of the forms. */
struct reading {
    const struct forms *forms;
    struct label labels[LABELS_MOST];
    size_t labels_count;
    int now;                              /* the field whose answer goes on, or NOTHING */
    struct text values[FORM_FIELDS_MOST]; /* as written, line by line */
    bool titled;                          /* the form's own title stands in the text */
};

/* What each form is called above its questions, folded. */
static const char *const titles[CASE_KINDS][4] = {
    [CASE_MALWARE] = {"ウイルス届出", "ウイルスの届出", "virusreport"},
    [CASE_ACCESS] = {"不正アクセス届出", "不正アクセスの届出", "unauthorisedaccessreport"},
    [CASE_CONSULTATION] = {"相談票", "相談用紙", "consultationform"},
};
/* Without one of these a text is not that form, whatever else it looks like. */
static const char *const essential[CASE_KINDS][4] = {
    [CASE_MALWARE] = {"virus_name", "symptoms"},
    [CASE_ACCESS] = {"what", "category", "way_in"},
    [CASE_CONSULTATION] = {"what"},
};

static const char *fold(struct arena *arena, const char *string, size_t length)
{
    CLEANUP(text_clear) struct text folded;
    OWNED_MEMORY char *copy = strndup(string, length);
    text_init(&folded, 4 * MARKS_NAME_MOST);
    fold_add(&folded, copy, FOLD_BLANKS_NONE);
    return text_whole(&folded) && folded.length > 0 ? arena_string(arena, folded.bytes, folded.length) : "";
}

static void add_label(struct reading *reading, struct arena *arena, int field, const char *name,
                      size_t length)
{
    const char *folded = fold(arena, name, length);
    if (folded[0] != '\0' && reading->labels_count < LABELS_MOST)
        reading->labels[reading->labels_count++] = (struct label){folded, field};
}

static void add_labels(struct reading *reading, struct arena *arena)
{
    for (int i = 0; reading->forms->all[i].name != NULL; i++) {
        const struct field *field = &reading->forms->all[i];
        const char *japanese = words_in("ja", field->label);
        add_label(reading, arena, i, field->label, strlen(field->label));
        add_label(reading, arena, i, japanese, strlen(japanese));
        for (const char *at = field->marks; at != NULL && *at != '\0'; at += strspn(at, "|")) {
            size_t length = strcspn(at, "|");
            add_label(reading, arena, i, at, length);
            at += length;
        }
    }
}

static int field_called(const struct reading *reading, const char *folded)
{
    for (size_t i = 0; i < reading->labels_count; i++)
        if (strcmp(reading->labels[i].folded, folded) == 0)
            return reading->labels[i].field;
    return NOTHING;
}

static void begin_field(struct reading *reading, int field, const char *answer)
{
    struct text *value = &reading->values[field];
    answer = marks_answer(answer);
    for (size_t step; (step = marks_blank(answer)) > 0 || (step = marks_colon(answer)) > 0;)
        answer += step;
    reading->now = value->length == 0 ? field : NOTHING; /* asked twice: what stood first stays */
    if (reading->now != NOTHING)
        text_add_string(value, answer);
}

/* A question that the form does not have. Not within boxes to choose from, where "■その他: ..." is an answer.
 */
static bool is_other_question(const struct reading *reading, const char *question, bool headed)
{
    enum { QUESTION_MOST = 60 };
    size_t at = 0;
    while (question[at] != '\0' && at < QUESTION_MOST && marks_colon(question + at) == 0)
        at++;
    return headed && reading->forms->all[reading->now].choices == NULL && marks_colon(question + at) > 0;
}

static void go_on(struct reading *reading, const char *line)
{
    bool headed;
    const char *question = marks_question(line, &headed);
    if (reading->now == NOTHING)
        return;
    if (marks_rule(line) || is_other_question(reading, question, headed)) {
        reading->now = NOTHING;
        return;
    }
    line += strspn(line, ">");
    text_add_byte(&reading->values[reading->now], '\n');
    text_add_string(&reading->values[reading->now], line);
}

static void read_line(struct reading *reading, struct arena *arena, const char *line)
{
    size_t cuts[MARKS_CUTS_MOST], count;
    bool headed;
    const char *question = marks_question(line, &headed);
    for (count = marks_cuts(question, cuts); count > 0; count--) {
        int field = field_called(reading, fold(arena, question, cuts[count - 1]));
        if (field != NOTHING) {
            begin_field(reading, field, question + cuts[count - 1]);
            return;
        }
    }
    const char *folded = strlen(line) < MARKS_NAME_MOST ? fold(arena, line, strlen(line)) : "";
    for (size_t i = 0; titles[reading->forms->kind][i] != NULL; i++)
        reading->titled = reading->titled || strstr(folded, titles[reading->forms->kind][i]) != NULL;
    go_on(reading, line);
}

static void read_text(struct reading *reading, const char *text)
{
    struct arena arena;
    arena_init(&arena);
    add_labels(reading, &arena);
    reading->now = NOTHING;
    for (size_t lines = 0; *text != '\0' && lines < LINES_MOST; lines++) {
        size_t length = strcspn(text, "\n");
        OWNED_MEMORY char *line = strndup(text, length);
        line[strcspn(line, "\r")] = '\0';
        read_line(reading, &arena, line);
        text += length + (text[length] == '\n');
    }
    arena_clear(&arena);
}

static json_t *told_of(const struct reading *reading)
{
    json_t *told = json_object();
    for (size_t i = 0; reading->forms->all[i].name != NULL; i++)
        if (reading->values[i].length > 0)
            marks_value(reading->forms, &reading->forms->all[i], reading->values[i].bytes, told);
    return told;
}

static size_t count_told(const struct field *fields, json_t *told)
{
    size_t count = 0;
    for (; fields->name != NULL; fields++)
        count += json_object_get(told, fields->name) != NULL;
    return count;
}

/* How surely a text is this form: what was told of the thing itself (the last step is who tells); 0: it is
 * not. */
static size_t weigh(const struct reading *reading, json_t *told)
{
    size_t weight = 0, there = 0;
    const struct forms_step *step = reading->forms->steps;
    for (; step[1].fields != NULL; step++)
        weight += count_told(step->fields, told);
    for (size_t i = 0; essential[reading->forms->kind][i] != NULL; i++)
        there += json_object_get(told, essential[reading->forms->kind][i]) != NULL;
    if (there == 0 || weight + reading->titled < 2)
        return 0;
    return weight + (reading->titled ? FORM_FIELDS_MOST : 0);
}

/* The text as one form: its weight, and what it tells. */
static size_t read_as(const char *text, enum case_kind kind, json_t **told)
{
    struct reading *reading = memory_new(1, sizeof *reading);
    reading->forms = forms_of(kind);
    for (size_t i = 0; i < FORM_FIELDS_MOST; i++)
        text_init(&reading->values[i], VALUE_MOST);
    read_text(reading, text);
    *told = told_of(reading);
    size_t weight = weigh(reading, *told);
    for (size_t i = 0; i < FORM_FIELDS_MOST; i++)
        text_clear(&reading->values[i]);
    free(reading);
    return weight;
}

enum marks_found marks_read(const char *text, json_t *told, enum case_kind *kind)
{
    size_t best = 0;
    json_t *found = json_object();
    for (enum case_kind each = CASE_MALWARE; each < CASE_KINDS; each++) {
        json_t *read;
        size_t weight = read_as(text, each, &read);
        if (weight > best) {
            best = weight;
            *kind = each;
            json_object_clear(found);
            json_object_update(found, read);
        }
        json_decref(read);
    }
    json_object_update(told, found);
    json_decref(found);
    return best > 0 ? MARKS_FORM : MARKS_NONE;
}
