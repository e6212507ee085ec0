/* field: what a page takes, by a table, and what came, checked by it. A form that does not hold is shown
 * again with what was typed and one sentence at each field; nothing is lost to the person who typed it. */
#pragma once
#include "desk/request.h"
#include <jansson.h>
#include <stdint.h>

enum field_kind {
    FIELD_LINE,
    FIELD_TEXT /* many lines */,
    FIELD_MAIL,
    FIELD_PHONE,
    FIELD_DAY /* YYYY-MM-DD, also 2026/11/3, 令和8年11月3日, R8.11.3 */,
    FIELD_NUMBER,
    FIELD_CHOICE,
    FIELD_CHOICES /* any of them: boxes */,
    FIELD_CHECK /* one box */,
    FIELD_PASSWORD,
    FIELD_HIDDEN,
    FIELD_LONG /* hidden, up to REQUEST_FIELD_LONG */,
    FIELD_FILES
};
struct field_choice {
    const char *word, *label; /* label: a msgid */
    const char *marks;        /* how the paper and mail forms name it, or NULL: as the label (desk/marks.c) */
};
struct field {
    const char *name; /* "detected_on" */
    enum field_kind kind;
    const char *label; /* a msgid */
    const char *hint;  /* a msgid under the label, or NULL */
    bool required;
    size_t most;                        /* characters; 0: what the kind allows */
    const struct field_choice *choices; /* ends with {0} */
    int64_t least_number, most_number;
    const char *marks; /* how the paper and mail forms name it: "発見年月日|detected on|..." (desk/marks.c) */
};
enum { FORM_FIELDS_MOST = 64 };
/* Values are folded for their kind: trimmed, days as YYYY-MM-DD, numbers and addresses in narrow characters;
 * boxes joined by ','. */
struct form {
    const struct field *fields;
    const char *values[FORM_FIELDS_MOST];   /* "" where nothing came; owned by the form */
    const char *problems[FORM_FIELDS_MOST]; /* a msgid, NULL: well */
    const struct request_field *files[REQUEST_FILES_MOST];
    size_t files_count;
    bool well;           /* no problem at any field */
    const char *unknown; /* a field that the table does not have: the request is refused */
};
void form_read(struct form *form, const struct field *fields, const struct request *request);
void form_blank(struct form *form, const struct field *fields); /* nothing typed yet */
void form_clear(struct form *form);
/* As if it had been typed, unchecked: what a form begins with. */
void form_set(struct form *form, const char *name, const char *value);
const char *form_value(const struct form *form, const char *name); /* "" where there is none */
int64_t form_number(const struct form *form, const char *name);    /* 0 */
void form_problem(struct form *form, const char *name, const char *message);
/* For templates:
 * [{"name","label","hint","kind":{"line":true},"value","problem","required","choices":[{"word","label","chosen"}]}],
 * labels in `language`. New reference. */
json_t *form_model(const struct form *form, const char *language);
/* One value of one field, as form_read() checks and folds it: for rows of a table and fields of a mail.
 * Returns NULL or a msgid of what is wrong. */
const char *field_check(const struct field *field, const char *value, size_t length, struct text *folded);
