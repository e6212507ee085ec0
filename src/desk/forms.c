#include "base/cleanup.h"
#include "cases/fold.h"
#include "desk/forms_parts.h"
#include <stdio.h>
#include <string.h>

enum { MARK_MOST = 512 };

const struct field_choice forms_reporter_classes[] = {
    {"person", N_("A private person"), "個人|個人利用者|private person|individual"},
    {"company", N_("A company"), "一般法人|法人|企業|会社|company"},
    {"school", N_("A school or university"), "教育機関|教育・研究機関|学校|大学|school|university"},
    {"public", N_("A public office"), "官公庁|公的機関|自治体|行政機関|public office|government"},
    {"other", N_("Other"), "その他|other"},
    {0},
};

const struct field_choice forms_yes_no_unknown[] = {
    {"yes", N_("Yes"), "あり|有り|有|はい|yes"},
    {"no", N_("No"), "なし|無し|無|いいえ|no"},
    {"unknown", N_("I do not know"), "不明|わからない|分からない|unknown|not known"},
    {0},
};

const struct field_choice forms_systems[] = {
    {"windows", N_("Windows"), "Windows|ウィンドウズ"},
    {"mac", N_("macOS"), "MacOS|Mac OS|macOS|Mac|MacOS・iOS"},
    {"ios", N_("iOS or iPadOS"), "iOS|iPadOS|iPhone"},
    {"android", N_("Android"), "Android|アンドロイド"},
    {"unix", N_("Linux or UNIX"), "UNIX・Linux|UNIX/Linux|UNIX|Linux|Ubuntu|RedHat|CentOS|Debian"},
    {"other", N_("Other"), "その他|other"},
    {"unknown", N_("I do not know"), "不明|わからない|unknown|not known"},
    {0},
};

static const struct forms *const kinds[CASE_KINDS] = {
    [CASE_MALWARE] = &forms_malware,
    [CASE_ACCESS] = &forms_access,
    [CASE_CONSULTATION] = &forms_consultation,
};

const struct forms *forms_of(enum case_kind kind)
{
    return kinds[kind];
}

const struct field *forms_field(const struct forms *forms, const char *name)
{
    for (const struct field *field = forms->all; field->name != NULL; field++)
        if (strcmp(field->name, name) == 0)
            return field;
    return NULL;
}

const char *forms_problem_of(const struct form *form, const char *name)
{
    for (size_t i = 0; form->fields[i].name != NULL; i++)
        if (strcmp(form->fields[i].name, name) == 0)
            return form->problems[i];
    return NULL;
}

static const char *label_of(const struct field *field, const char *word, size_t length)
{
    for (const struct field_choice *choice = field->choices; choice->word != NULL; choice++)
        if (strlen(choice->word) == length && memcmp(choice->word, word, length) == 0)
            return choice->label;
    return NULL;
}

void forms_shown(const struct field *field, const char *value, const char *language, struct text *out)
{
    if (field->choices == NULL) {
        text_add_string(out, value);
        return;
    }
    while (*value != '\0') {
        size_t length = field->kind == FIELD_CHOICES ? strcspn(value, ",") : strlen(value);
        const char *label = label_of(field, value, length);
        if (label != NULL)
            text_add_string(out, words_in(language, label));
        else
            text_add(out, value, length); /* not of this form any more: as it was told */
        value += length + (value[length] != '\0');
        if (*value != '\0')
            text_add_string(out, strcmp(language, "ja") == 0 ? "、" : ", ");
    }
}

static bool same(const struct text *folded, const char *name)
{
    CLEANUP(text_clear) struct text other;
    text_init(&other, MARK_MOST);
    fold_add(&other, name, FOLD_BLANKS_NONE);
    return text_whole(&other) && folded->length == other.length &&
           memcmp(folded->length > 0 ? folded->bytes : "", other.length > 0 ? other.bytes : "",
                  other.length) == 0;
}

static bool one_of(const struct text *folded, const char *marks)
{
    char mark[MARK_MOST];
    for (size_t length; marks != NULL && *marks != '\0'; marks += length + (marks[length] != '\0')) {
        length = strcspn(marks, "|");
        snprintf(mark, sizeof mark, "%.*s", (int)length, marks);
        if (same(folded, mark))
            return true;
    }
    return false;
}

static bool is_called(const char *written, const char *name, const char *label, const char *marks)
{
    CLEANUP(text_clear) struct text folded;
    text_init(&folded, MARK_MOST);
    fold_add(&folded, written, FOLD_BLANKS_NONE);
    if (!text_whole(&folded) || folded.length == 0)
        return false;
    return same(&folded, name) || same(&folded, label) || same(&folded, words_in("ja", label)) ||
           one_of(&folded, marks);
}

bool forms_is_named(const struct field *field, const char *written)
{
    return is_called(written, field->name, field->label, field->marks);
}

bool forms_is_one_of(const char *marks, const char *written)
{
    return is_called(written, "", "", marks);
}

const char *forms_word(const struct field *field, const char *written)
{
    for (const struct field_choice *choice = field->choices; choice->word != NULL; choice++)
        if (strcmp(choice->word, written) == 0)
            return choice->word;
    if (written[0] == '\0')
        return NULL;
    for (const struct field_choice *choice = field->choices; choice->word != NULL; choice++)
        if (is_called(written, choice->word, choice->label, choice->marks))
            return choice->word;
    return NULL;
}

const char *forms_missing(const struct forms *forms, const char *(*value)(const void *from, const char *name),
                          const void *from)
{
    if (forms->kind != CASE_MALWARE)
        return NULL;
    if (value(from, "virus_name")[0] != '\0' || value(from, "symptoms")[0] != '\0')
        return NULL;
    return "symptoms";
}
