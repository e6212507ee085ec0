#include "base/cleanup.h"
#include "desk/field.h"

#include "unit.h"

static const struct field_choice fruits[] = {
    {"apple", "From"}, {"pear", "Leads to"}, {"apple-pie", "Next"}, {0}};
static const struct field fields[] = {
    {.name = "name", .kind = FIELD_LINE, .label = "From", .required = true, .hint = "Leads to"},
    {.name = "email", .kind = FIELD_MAIL, .label = "From"},
    {.name = "fruit", .kind = FIELD_CHOICES, .label = "From", .choices = fruits},
    {.name = "password", .kind = FIELD_PASSWORD, .label = "From"},
    {.name = "files", .kind = FIELD_FILES, .label = "From"},
    {.name = "agree", .kind = FIELD_CHECK, .label = "From"},
    {.name = "many", .kind = FIELD_NUMBER, .label = "From"},
    {0},
};

static struct form came(const struct request_field *sent, size_t count)
{
    struct form form;
    struct request request = {.method = REQUEST_POST, .fields = sent, .fields_count = count};
    form_read(&form, fields, &request);
    return form;
}
#define CAME(name, value)                                                                                    \
    {                                                                                                        \
        name, value, sizeof value - 1, NULL                                                                  \
    }
#define READ(...)                                                                                            \
    came((const struct request_field[]){__VA_ARGS__},                                                        \
         sizeof((const struct request_field[]){__VA_ARGS__}) / sizeof(struct request_field))

static const json_t *model_of(const json_t *models, const char *name)
{
    size_t i;
    json_t *model;
    json_array_foreach(models, i, model) if (strcmp(json_string_value(json_object_get(model, "name")),
                                                    name) == 0) return model;
    return NULL;
}

static void what_holds_is_folded(void **state)
{
    (void)state;
    CLEANUP(form_clear)
    struct form form = READ(CAME("name", "  花子 "), CAME("email", "Ａ@B.JP"), CAME("many", "１,０００"),
                            CAME("agree", "on"));
    assert_true(form.well);
    assert_null(form.unknown);
    assert_string_equal(form_value(&form, "name"), "花子");
    assert_string_equal(form_value(&form, "email"), "A@b.jp");
    assert_int_equal(form_number(&form, "many"), 1000);
    assert_string_equal(form_value(&form, "agree"), "yes");
    assert_string_equal(form_value(&form, "fruit"), "");
    assert_string_equal(form_value(&form, "no such field"), "");
}

static void what_was_typed_is_not_lost_by_a_problem(void **state)
{
    (void)state;
    CLEANUP(form_clear)
    struct form form = READ(CAME("email", " no address "), CAME("fruit", "apple-pie"), CAME("fruit", "pear"),
                            CAME("password", "hush"), CAME("many", "lots"));
    assert_false(form.well);
    assert_string_equal(form_value(&form, "email"), " no address ");
    assert_string_equal(form_value(&form, "many"), "lots");
    assert_string_equal(form_value(&form, "fruit"), "pear,apple-pie");
    json_t *models = form_model(&form, "en");
    assert_string_equal(json_string_value(json_object_get(model_of(models, "email"), "value")),
                        " no address ");
    assert_true(json_is_string(json_object_get(model_of(models, "email"), "problem")));
    assert_true(json_is_string(json_object_get(model_of(models, "name"), "problem"))); /* it was asked for */
    assert_true(json_is_false(json_object_get(model_of(models, "fruit"), "problem")));
    json_decref(models);
}

static void a_password_is_never_shown_again(void **state)
{
    (void)state;
    CLEANUP(form_clear) struct form form = READ(CAME("password", "hush-hush"));
    json_t *models = form_model(&form, "en");
    OWNED_MEMORY char *written = json_dumps(models, 0);
    assert_null(strstr(written, "hush"));
    assert_string_equal(form_value(&form, "password"), "hush-hush");
    json_decref(models);
}

static void boxes_are_chosen_by_whole_words(void **state)
{
    (void)state;
    CLEANUP(form_clear) struct form form = READ(CAME("name", "x"), CAME("fruit", "apple-pie"));
    json_t *models = form_model(&form, "ja");
    const json_t *choices = json_object_get(model_of(models, "fruit"), "choices");
    assert_true(json_is_false(json_object_get(json_array_get(choices, 0), "chosen")));
    assert_true(json_is_false(json_object_get(json_array_get(choices, 1), "chosen")));
    assert_true(json_is_true(json_object_get(json_array_get(choices, 2), "chosen")));
    assert_string_equal(json_string_value(json_object_get(json_array_get(choices, 0), "label")),
                        "原因・経過");
    json_decref(models);
}

static void what_the_form_does_not_have_is_named(void **state)
{
    (void)state;
    CLEANUP(form_clear) struct form strange = READ(CAME("name", "x"), CAME("rights", "15"));
    assert_string_equal(strange.unknown, "rights");
    CLEANUP(form_clear) struct form twice = READ(CAME("name", "x"), CAME("name", "y"));
    assert_string_equal(twice.unknown, "name");
    CLEANUP(form_clear) struct form token = READ(CAME("name", "x"), CAME("token", "y"));
    assert_null(token.unknown); /* serve.c has looked at it */
}

static void files_are_those_that_were_chosen(void **state)
{
    (void)state;
    CLEANUP(form_clear)
    struct form form = READ(CAME("name", "x"), {"files", "abc", 3, "a.txt"}, {"files", "", 0, ""},
                            {"files", "", 0, "empty.txt"});
    assert_null(form.unknown);
    assert_int_equal(form.files_count, 2);
    assert_string_equal(form.files[0]->file, "a.txt");
    CLEANUP(form_clear) struct form disguised = READ({"name", "x", 1, "a.txt"});
    assert_string_equal(disguised.unknown, "name");
    CLEANUP(form_clear) struct form bare = READ({"files", "abc", 3, NULL});
    assert_string_equal(bare.unknown, "files");
    CLEANUP(form_clear)
    struct form many = READ({"files", "a", 1, "1"}, {"files", "a", 1, "2"}, {"files", "a", 1, "3"},
                            {"files", "a", 1, "4"}, {"files", "a", 1, "5"}, {"files", "a", 1, "6"});
    assert_string_equal(many.unknown, "files");
}

static void a_page_may_find_a_problem_itself(void **state)
{
    (void)state;
    CLEANUP(form_clear) struct form form = READ(CAME("name", "x"));
    assert_true(form.well);
    form_problem(&form, "name", "Next");
    form_problem(&form, "name", "From"); /* the first one stands */
    assert_false(form.well);
    assert_string_equal(form.problems[0], "Next");
}

static void a_blank_form_has_no_problems_and_takes_beginnings(void **state)
{
    (void)state;
    CLEANUP(form_clear) struct form form;
    form_blank(&form, fields);
    form_set(&form, "name", "Hanako");
    form_set(&form, "no such field", "x");
    assert_true(form.well);
    json_t *models = form_model(&form, "en");
    assert_int_equal(json_array_size(models), 7);
    assert_string_equal(json_string_value(json_object_get(model_of(models, "name"), "value")), "Hanako");
    assert_true(json_is_false(json_object_get(model_of(models, "name"), "problem")));
    json_decref(models);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_holds_is_folded),
        cmocka_unit_test(what_was_typed_is_not_lost_by_a_problem),
        cmocka_unit_test(a_password_is_never_shown_again),
        cmocka_unit_test(boxes_are_chosen_by_whole_words),
        cmocka_unit_test(what_the_form_does_not_have_is_named),
        cmocka_unit_test(files_are_those_that_were_chosen),
        cmocka_unit_test(a_page_may_find_a_problem_itself),
        cmocka_unit_test(a_blank_form_has_no_problems_and_takes_beginnings),
    };
    return cmocka_run_group_tests_name("form", tests, NULL, NULL);
}
