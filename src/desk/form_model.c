/* A form as the templates see it. */
#include "base/words.h"
#include "desk/field.h"
#include <string.h>

/* The words of templates, and whether the label heads a group of boxes. */
static const char *const kinds[] = {
    [FIELD_LINE] = "line",         [FIELD_TEXT] = "text",       [FIELD_MAIL] = "mail",
    [FIELD_PHONE] = "phone",       [FIELD_DAY] = "day",         [FIELD_NUMBER] = "number",
    [FIELD_CHOICE] = "choice",     [FIELD_CHOICES] = "choices", [FIELD_CHECK] = "check",
    [FIELD_PASSWORD] = "password", [FIELD_HIDDEN] = "hidden",   [FIELD_LONG] = "hidden",
    [FIELD_FILES] = "files",
};

/* What a browser may fill in by itself (HTML, "Autofill"): for whom typing is hard. */
static json_t *autofill(const char *name)
{
    static const char *const names[][2] = {
        {"email", "email"},
        {"phone", "tel"},
        {"name", "name"},
        {"organisation", "organization"},
        {"address", "street-address"},
        {"postcode", "postal-code"},
        {"password", "current-password"},
        {"new_password", "new-password"},
        {"again", "new-password"},
        {"code", "one-time-code"},
        {"user", "username"},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i][0], name) == 0)
            return json_string(names[i][1]);
    return json_false();
}

static json_t *message(const char *msgid, const char *language)
{
    return msgid != NULL && msgid[0] != '\0' ? json_string(words_in(language, msgid)) : json_false();
}

static bool chosen(const struct field *field, const char *value, const char *word)
{
    size_t length = strlen(word);
    if (field->kind != FIELD_CHOICES)
        return strcmp(value, word) == 0;
    for (const char *at = value; (at = strstr(at, word)) != NULL; at += length)
        if ((at == value || at[-1] == ',') && (at[length] == ',' || at[length] == '\0'))
            return true;
    return false;
}

/* A short list is shown whole, as a choice to click; a long one is a list to open. */
static json_t *choices_model(const struct field *field, const char *value, const char *language)
{
    json_t *list = json_array();
    for (size_t i = 0; field->choices != NULL && field->choices[i].word != NULL; i++)
        json_array_append_new(list, json_pack("{s:s, s:s, s:i, s:b, s:s}", "word", field->choices[i].word,
                                              "label", words_in(language, field->choices[i].label), "place",
                                              (int)i, "chosen", chosen(field, value, field->choices[i].word),
                                              "field", field->name));
    return list;
}

static const char *shape(const struct field *field, size_t choices)
{
    enum { SHORT_MOST = 6 };
    return field->kind == FIELD_CHOICE && choices <= SHORT_MOST ? "radios" : kinds[field->kind];
}

static json_t *field_model(const struct form *form, size_t index, const char *language)
{
    const struct field *field = &form->fields[index];
    bool secret = field->kind == FIELD_PASSWORD || field->kind == FIELD_FILES;
    json_t *value = json_string(secret ? "" : form->values[index]);
    json_t *choices = choices_model(field, form->values[index], language);
    json_t *problem = message(form->problems[index], language);
    json_t *hint = message(field->hint, language);
    bool described = !json_is_false(hint) || !json_is_false(problem);
    json_t *model = json_pack("{s:s, s:o, s:o, s:o, s:o, s:b, s:b, s:{s:b}, s:o, s:o}", "name", field->name,
                              "label", message(field->label, language), "hint", hint, "problem", problem,
                              "value", value != NULL ? value : json_string(""), "described", described,
                              "required", field->required, "kind", shape(field, json_array_size(choices)),
                              true, "choices", choices, "autofill", autofill(field->name));
    json_object_set_new(model, "ticked", json_boolean(strcmp(form->values[index], "yes") == 0));
    json_object_set_new(model, "most",
                        field->most > 0 ? json_integer((json_int_t)field->most) : json_false());
    return model;
}

json_t *form_model(const struct form *form, const char *language)
{
    json_t *list = json_array();
    for (size_t i = 0; i < FORM_FIELDS_MOST && form->fields[i].name != NULL; i++)
        json_array_append_new(list, field_model(form, i, language));
    return list;
}
