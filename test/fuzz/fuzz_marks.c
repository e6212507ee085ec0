/* Any text is a form or none; what it tells are fields of that form, each as the form would take it. */
#include "fuzz.h"

#include "base/cleanup.h"
#include "desk/forms.h"
#include "desk/marks.h"

#include <string.h>

static void check(json_t *told, enum case_kind kind)
{
    const char *name;
    json_t *value;
    json_object_foreach(told, name, value)
    {
        CLEANUP(text_clear) struct text folded;
        const struct field *field = forms_field(forms_of(kind), name);
        text_init(&folded, 1 << 20);
        MUST(field != NULL && json_string_length(value) > 0);
        MUST(field_check(field, json_string_value(value), json_string_length(value), &folded) == NULL);
        MUST(strcmp(folded.bytes, json_string_value(value)) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    enum case_kind kind = CASE_KINDS;
    OWNED_MEMORY char *text = strndup((const char *)bytes, length);
    if (!text_is_utf8(text, strlen(text)))
        return 0;
    json_t *told = json_object();
    enum marks_found found = marks_read(text, told, &kind);
    MUST(found == MARKS_FORM ? kind < CASE_KINDS && json_object_size(told) > 0 : json_object_size(told) == 0);
    if (found == MARKS_FORM)
        check(told, kind);
    json_decref(told);
    return 0;
}
