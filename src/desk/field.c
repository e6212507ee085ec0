#include "desk/field.h"
#include "base/calendar.h"
#include "base/cleanup.h"
#include "base/number.h"
#include "base/words.h"
#include "desk/day.h"
#include "desk/narrow.h"
#include <string.h>

/* Characters that a kind allows where its table says nothing. */
static size_t most_of(const struct field *field)
{
    static const size_t most[] = {
        [FIELD_LINE] = 200, [FIELD_TEXT] = 10000,    [FIELD_MAIL] = 254,    [FIELD_PHONE] = 40,
        [FIELD_DAY] = 40,   [FIELD_NUMBER] = 24,     [FIELD_CHOICE] = 200,  [FIELD_CHOICES] = 2000,
        [FIELD_CHECK] = 20, [FIELD_PASSWORD] = 1024, [FIELD_HIDDEN] = 4096, [FIELD_LONG] = REQUEST_FIELD_LONG,
        [FIELD_FILES] = 0,
    };
    return field->most > 0 ? field->most : most[field->kind];
}

static size_t characters(const struct text *text)
{
    size_t count = 0;
    for (size_t i = 0; i < text->length; i++)
        count += ((unsigned char)text->bytes[i] & 0xc0) != 0x80;
    return count;
}

/* RFC 5321 section 4.1.2 without quoted names, any script: what a person would call an address. */
static const char *check_mail(struct text *value)
{
    char *at = strchr(value->bytes, '@'), *dot = strrchr(value->bytes, '.');
    bool well = at != NULL && at != value->bytes && strchr(at + 1, '@') == NULL && dot != NULL &&
                dot > at + 1 && dot[1] != '\0' && at[1] != '.' && strstr(value->bytes, "..") == NULL &&
                strpbrk(value->bytes, " \"(),:;<>[\\]") == NULL;
    if (!well)
        return N_("Please write a mail address, like hanako@example.jp.");
    for (at++; *at != '\0'; at++)
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a');
    return NULL;
}

static const char *check_phone(const struct text *value)
{
    size_t digits = 0;
    for (const char *at = value->bytes; *at != '\0'; at++)
        digits += *at >= '0' && *at <= '9';
    bool well =
        value->bytes[strspn(value->bytes, "0123456789+-() .#*")] == '\0' && digits >= 3 && digits <= 20;
    return well ? NULL : N_("Please write a telephone number in digits.");
}

static const char *check_day(struct text *value)
{
    int32_t day;
    if (!day_parse(value->bytes, &day))
        return N_("Please write a day that exists, like 2026-11-03.");
    char written[CALENDAR_DAY_SIZE];
    calendar_day_text(written, day);
    text_empty(value);
    text_add_string(value, written);
    return NULL;
}

/* Thousands may be grouped: "1,234". */
static const char *check_number(const struct field *field, struct text *value)
{
    CLEANUP(text_clear) struct text digits;
    text_init(&digits, 64);
    for (const char *at = value->bytes; *at != '\0'; at++)
        if (*at != ',' || at == value->bytes)
            text_add_byte(&digits, *at);
    uint64_t number, most = field->most_number > 0 ? (uint64_t)field->most_number : INT64_C(999999999999999);
    bool well = text_whole(&digits) && number_parse(digits.bytes, digits.length, INT64_MAX, &number);
    if (!well)
        return N_("Please write a number in digits.");
    if (number > most)
        return N_("This number is too large.");
    if ((int64_t)number < field->least_number)
        return N_("This number is too small.");
    text_empty(value);
    text_addf(value, "%llu", (unsigned long long)number);
    return NULL;
}

/* The word of a choice, by itself or by its label in any language: a page sends the word, a person's table
 * may say the label. */
static const char *choice_word(const struct field *field, const char *written)
{
    for (const struct field_choice *choice = field->choices; choice->word != NULL; choice++)
        if (strcmp(written, choice->word) == 0)
            return choice->word;
    for (const struct field_choice *choice = field->choices; choice->word != NULL; choice++)
        if (strcasecmp(written, choice->label) == 0 || strcmp(written, words_in("ja", choice->label)) == 0)
            return choice->word;
    return NULL;
}

static const char *check_choice(const struct field *field, struct text *value)
{
    const char *word = choice_word(field, value->bytes);
    if (word == NULL)
        return N_("Please choose one of the list.");
    text_empty(value);
    text_add_string(value, word);
    return NULL;
}

/* Words joined by ',', each once, in the order of the table. */
static const char *check_choices(const struct field *field, struct text *value)
{
    CLEANUP(text_clear) struct text written, word;
    text_init(&written, value->limit);
    text_init(&word, value->limit);
    text_add(&written, value->bytes, value->length);
    text_empty(value);
    uint64_t chosen = 0;
    const char *at = written.bytes, *problem = NULL;
    while (*at != '\0') {
        size_t length = strcspn(at, ",");
        text_empty(&word);
        text_add(&word, at, length);
        const char *known = choice_word(field, word.bytes);
        for (size_t i = 0; known != NULL && field->choices[i].word != NULL && i < 64; i++)
            chosen |= (uint64_t)(field->choices[i].word == known) << i;
        problem = known == NULL && length > 0 ? N_("Please choose from the list.") : problem;
        at += length + (at[length] == ',');
    }
    for (size_t i = 0; field->choices[i].word != NULL && i < 64; i++)
        if (chosen >> i & 1)
            text_addf(value, "%s%s", value->length > 0 ? "," : "", field->choices[i].word);
    return problem;
}

static const char *check_box(struct text *value)
{
    static const char *const words[] = {"yes", "on", "1", "true", "はい", "○", "✓"};
    size_t i = 0, count = sizeof words / sizeof words[0];
    while (i < count && strcasecmp(value->bytes, words[i]) != 0)
        i++;
    text_empty(value);
    if (i < count)
        text_add_string(value, "yes");
    return i < count ? NULL : N_("Please choose from the list.");
}

static const char *check_kind(const struct field *field, struct text *value)
{
    switch (field->kind) {
    case FIELD_MAIL:
        return check_mail(value);
    case FIELD_PHONE:
        return check_phone(value);
    case FIELD_DAY:
        return check_day(value);
    case FIELD_NUMBER:
        return check_number(field, value);
    case FIELD_CHOICE:
        return check_choice(field, value);
    case FIELD_CHOICES:
        return check_choices(field, value);
    case FIELD_CHECK:
        return check_box(value);
    case FIELD_LINE:
    case FIELD_TEXT:
    case FIELD_PASSWORD:
    case FIELD_HIDDEN:
    case FIELD_LONG:
    case FIELD_FILES:
        return NULL;
    }
    return NULL;
}

static void fold(const struct field *field, const char *value, size_t length, struct text *folded)
{
    switch (field->kind) {
    case FIELD_PASSWORD:
    case FIELD_LONG:
        text_add(folded, value, length); /* as it is */
        return;
    case FIELD_TEXT:
        narrow_lines(value, length, folded);
        return;
    case FIELD_MAIL:
    case FIELD_PHONE:
    case FIELD_DAY:
    case FIELD_NUMBER:
        narrow_line(value, length, NARROW_WIDTH, folded);
        return;
    default:
        narrow_line(value, length, NARROW_BLANKS, folded);
    }
}

static const char *missing(const struct field *field)
{
    switch (field->kind) {
    case FIELD_CHOICE:
        return N_("Please choose one.");
    case FIELD_CHOICES:
        return N_("Please choose at least one.");
    case FIELD_CHECK:
        return N_("Please tick this to go on.");
    default:
        return N_("Please fill this in.");
    }
}

const char *field_check(const struct field *field, const char *value, size_t length, struct text *folded)
{
    text_empty(folded);
    if (!text_is_utf8(value, length) || memchr(value, '\0', length) != NULL)
        return N_("This holds characters that cannot be read.");
    fold(field, value, length, folded);
    if (!text_whole(folded) || characters(folded) > most_of(field))
        return N_("This is too long. Please shorten it.");
    if (folded->length == 0)
        return field->required ? missing(field) : NULL;
    return check_kind(field, folded);
}
