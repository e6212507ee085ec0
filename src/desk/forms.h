/* forms: what a reporter is asked, by kind: the one table behind the guided pages, the mail forms with their
 * marks, the rows of CSV and XLSX, what staff type in, and the case page. Fields are those of the forms the
 * Information-technology Promotion Agency has used (届出様式); names are ours. */
#pragma once
#include "cases/casefile.h"
#include "desk/field.h"

enum { FORMS_STEPS_MOST = 6 };
struct forms_step {
    const char *title;
    const struct field *fields;
}; /* title: a msgid */
struct forms {
    enum case_kind kind;
    const char *path;                          /* "/report/malware" */
    const char *title;                         /* a msgid */
    struct forms_step steps[FORMS_STEPS_MOST]; /* ends with {0} */
    const struct field *all;                   /* every step's fields in one list, ends with {0} */
};
extern const struct forms forms_malware, forms_access, forms_consultation;
const struct forms *forms_of(enum case_kind kind);
const struct field *forms_field(const struct forms *forms, const char *name); /* NULL: there is none */
const char *forms_problem_of(const struct form *form, const char *name);      /* NULL: it is well */
/* A value as people read it: the labels of what was chosen. */
void forms_shown(const struct field *field, const char *value, const char *language, struct text *out);
/* Whether a form or a table that somebody else made calls a field so: by its name, its label in either
 * language or one of its marks, however wide, large or spaced. */
bool forms_is_named(const struct field *field, const char *written);
bool forms_is_one_of(const char *marks, const char *written); /* "a|b|c" */
/* The word of a choice that is written so; NULL. */
const char *forms_word(const struct field *field, const char *written);
/* What one field alone cannot say: a virus report needs a name or what happened. The name of the field to
 * fill in, or NULL; `value` gives a field's value, "" where there is none. */
const char *forms_missing(const struct forms *forms, const char *(*value)(const void *from, const char *name),
                          const void *from);
/* `all` with what the guided pages carry besides (desk/page_report.c): for the table of pages. */
extern const struct field forms_malware_page[], forms_access_page[], forms_consultation_page[];
/* And with what staff say who type it in (desk/page_new.c). */
extern const struct field forms_malware_typed[], forms_access_typed[], forms_consultation_typed[];
