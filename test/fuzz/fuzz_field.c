/* Whatever is typed into whatever field: what holds is text that obeys nobody, and holds again as it is. The
 * first byte is the kind of field. */
#include "fuzz.h"

#include "base/calendar.h"
#include "base/cleanup.h"
#include "desk/field.h"
#include "base/template.h"

#include <string.h>

static const struct field_choice fruits[] = {
    {"apple", "Apple"}, {"pear", "Pear"}, {"apple-pie", "Apple pie"}, {0}};

static void must_be_tame(const char *string)
{
    for (; *string != '\0'; string++)
        MUST(*string == '\n' || *string == '\t' || text_unruly(string) == 0);
}

/* In a page it is inert, too. */
static void must_be_escaped(const char *string)
{
    CLEANUP(text_clear) struct text page;
    text_init(&page, 32 << 20);
    template_escape(string, &page);
    if (page.length > 0)
        MUST(strpbrk(page.bytes, "<>\"'") == NULL && text_is_utf8(page.bytes, page.length));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length == 0)
        return 0;
    struct field field = {.name = "x", .kind = (enum field_kind)(bytes[0] % FIELD_FILES), .choices = fruits};
    const char *typed = (const char *)bytes + 1;
    CLEANUP(text_clear) struct text folded, again;
    text_init(&folded, 4 << 20);
    text_init(&again, 4 << 20);
    const char *problem = field_check(&field, typed, length - 1, &folded);
    if (problem != NULL || folded.length == 0)
        return 0;
    MUST(text_is_utf8(folded.bytes, folded.length) && strlen(folded.bytes) == folded.length);
    must_be_escaped(folded.bytes);
    if (field.kind != FIELD_PASSWORD && field.kind != FIELD_LONG)
        must_be_tame(folded.bytes);
    int32_t day;
    MUST(field.kind != FIELD_DAY || calendar_parse_day(folded.bytes, &day));
    MUST(field_check(&field, folded.bytes, folded.length, &again) == NULL);
    MUST(again.length == folded.length && memcmp(again.bytes, folded.bytes, folded.length) == 0);
    return 0;
}
