#include "desk/field.h"
#include "base/cleanup.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/words.h"
#include <stdlib.h>
#include <string.h>

enum { FORM_VALUE_MOST = REQUEST_FIELD_LONG + 1024 };

static size_t index_of(const struct form *form, const char *name)
{
    size_t i = 0;
    while (form->fields[i].name != NULL && strcmp(form->fields[i].name, name) != 0)
        i++;
    return i;
}

static bool known(const struct form *form, size_t index)
{
    return form->fields[index].name != NULL && index < FORM_FIELDS_MOST;
}

static void keep(struct form *form, size_t index, const char *value)
{
    free((char *)form->values[index]);
    form->values[index] = memory_string(value);
}

void form_blank(struct form *form, const struct field *fields)
{
    static const struct field none[] = {{0}};
    *form = (struct form){.fields = fields != NULL ? fields : none, .well = true};
    for (size_t i = 0; known(form, i); i++)
        form->values[i] = memory_string("");
}

void form_clear(struct form *form)
{
    for (size_t i = 0; i < FORM_FIELDS_MOST; i++)
        free((char *)form->values[i]);
    *form = (struct form){0};
}

/* A file where one may be; a browser sends one without a name or a byte where none was chosen. */
static bool take_file(struct form *form, const struct request_field *came)
{
    if (came->file[0] == '\0' && came->length == 0)
        return true;
    if (form->files_count == REQUEST_FILES_MOST)
        return false;
    form->files[form->files_count++] = came;
    return true;
}

/* What came for one field, joined where there may be several. False: the page does not take that. */
static bool gather(struct form *form, const struct request_field *came, struct text *raw, bool *seen)
{
    size_t index = index_of(form, came->name);
    if (!known(form, index))
        return strcmp(came->name, "token") == 0 && came->file == NULL; /* serve.c looks at it */
    bool file = form->fields[index].kind == FIELD_FILES;
    if (file != (came->file != NULL))
        return file && came->length == 0; /* a form that was not sent in parts has only a file's name */
    if (file)
        return take_file(form, came);
    if (seen[index] && form->fields[index].kind != FIELD_CHOICES)
        return false;
    if (seen[index])
        text_add_byte(&raw[index], ',');
    seen[index] = true;
    text_add(&raw[index], came->value, came->length);
    return true;
}

/* What holds is kept folded; what does not, as it was typed. */
static void check(struct form *form, size_t index, const struct text *raw)
{
    CLEANUP(text_clear) struct text folded;
    text_init(&folded, FORM_VALUE_MOST);
    const char *typed = raw->length > 0 ? raw->bytes : "";
    form->problems[index] = field_check(&form->fields[index], typed, raw->length, &folded);
    form->well = form->well && form->problems[index] == NULL;
    const char *plain = text_is_utf8(typed, raw->length) ? typed : "";
    keep(form, index, form->problems[index] == NULL ? (folded.length > 0 ? folded.bytes : "") : plain);
}

static const char *check_files(const struct form *form, const struct field *field)
{
    if (field->required && form->files_count == 0)
        return N_("Please choose a file.");
    for (size_t i = 0; i < form->files_count; i++)
        if (form->files[i]->length > REQUEST_FILE_MOST)
            return N_("A file is too large: 10 MB is the most.");
    return NULL;
}

void form_read(struct form *form, const struct field *fields, const struct request *request)
{
    struct text raw[FORM_FIELDS_MOST];
    bool seen[FORM_FIELDS_MOST] = {false};
    form_blank(form, fields);
    for (size_t i = 0; i < FORM_FIELDS_MOST; i++)
        text_init(&raw[i], FORM_VALUE_MOST);
    for (size_t i = 0; i < request->fields_count; i++)
        if (!gather(form, &request->fields[i], raw, seen))
            form->unknown = request->fields[i].name;
    for (size_t i = 0; known(form, i); i++) {
        if (form->fields[i].kind != FIELD_FILES)
            check(form, i, &raw[i]);
        else if ((form->problems[i] = check_files(form, &form->fields[i])) != NULL)
            form->well = false;
    }
    for (size_t i = 0; i < FORM_FIELDS_MOST; i++)
        text_clear(&raw[i]);
}

const char *form_value(const struct form *form, const char *name)
{
    size_t index = index_of(form, name);
    return known(form, index) ? form->values[index] : "";
}

int64_t form_number(const struct form *form, const char *name)
{
    uint64_t number = 0;
    const char *value = form_value(form, name);
    return number_parse(value, strlen(value), INT64_MAX, &number) ? (int64_t)number : 0;
}

void form_set(struct form *form, const char *name, const char *value)
{
    size_t index = index_of(form, name);
    if (known(form, index))
        keep(form, index, value);
}

void form_problem(struct form *form, const char *name, const char *message)
{
    size_t index = index_of(form, name);
    form->well = false;
    if (known(form, index) && form->problems[index] == NULL)
        form->problems[index] = message;
}
