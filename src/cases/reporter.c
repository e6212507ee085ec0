#include "cases/reporter.h"
#include "cases/fold.h"

static void add_field(struct text *out, json_t *told, const char *name)
{
    const char *value = json_string_value(json_object_get(told, name));
    if (value != NULL)
        fold_add(out, value, FOLD_BLANKS_NONE);
}

bool reporter_of(json_t *told, struct text *out)
{
    size_t before = out->length;
    add_field(out, told, "email");
    if (out->length > before)
        return text_whole(out);
    add_field(out, told, "organisation");
    text_add_byte(out, '\n'); /* no folded text holds one: "ab" of "c" is not "a" of "bc" */
    add_field(out, told, "name");
    if (out->length > before + 1)
        return text_whole(out);
    text_empty(out);
    return false;
}
