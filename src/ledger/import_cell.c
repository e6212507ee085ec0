#include "ledger/import_kind.h"
#include <string.h>

enum { NAME_MOST = 200, SHOWN_MOST = 48 };

/* The length of the blank that `bytes` begins with; 0: none. */
static size_t blank_first(const char *bytes, size_t length)
{
    static const char *const blanks[] = {" ", "\t", "\r", "\n", "\xc2\xa0", "\xe3\x80\x80"};
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
        size_t size = strlen(blanks[i]);
        if (length >= size && memcmp(bytes, blanks[i], size) == 0)
            return size;
    }
    return 0;
}

/* The same for the end. A blank's bytes are never the tail of another character in UTF-8. */
static size_t blank_last(const char *bytes, size_t length)
{
    for (size_t size = 1; size <= 3 && size <= length; size++)
        if (blank_first(bytes + length - size, size) == size)
            return size;
    return 0;
}

void import_trim(const char **bytes, size_t *length)
{
    for (size_t blank; (blank = blank_first(*bytes, *length)) > 0; *length -= blank)
        *bytes += blank;
    for (size_t blank; (blank = blank_last(*bytes, *length)) > 0;)
        *length -= blank;
}

/* Whether a cell may be shown in a sentence. One that slipped into the wrong column may be a person's name or
 * telephone number, so where the record has a reporter only what is shaped like a date or a plain number is
 * shown. */
static bool may_show(const struct import_column *column, bool show, const struct import_value *value)
{
    if (value->length == 0 || value->length > SHOWN_MOST)
        return false;
    if (show)
        return true;
    if (column->type != IMPORT_DAY && column->type != IMPORT_NUMBER)
        return false;
    size_t digits = 0, dashes = 0, others = 0;
    for (size_t i = 0; i < value->length; i++) {
        char byte = value->bytes[i];
        digits += byte >= '0' && byte <= '9';
        dashes += byte == '-' || byte == '/';
        others += strchr("0123456789-/.", byte) == NULL || byte == '\0';
    }
    if (column->type == IMPORT_NUMBER)
        return others == 0 && dashes <= 1 && (dashes == 0 || value->bytes[0] == '-');
    return others == 0 && digits <= 8 && dashes <= 2;
}

/* "'kind' is 'vires' (expected virus or program)" */
static bool refuse(const struct import_column *column, bool show, const struct import_value *value,
                   const char *expected, struct fault *fault)
{
    if (value->length == 0)
        return fault_set(fault, "'%s' is empty (expected %s)", column->name, expected);
    if (may_show(column, show, value))
        return fault_set(fault, "'%s' is '%.*s' (expected %s)", column->name, (int)value->length,
                         value->bytes, expected);
    return fault_set(fault, "'%s' holds something else (expected %s)", column->name, expected);
}

/* "mail, download or other" */
static void list_words(const struct import_column *column, struct text *out)
{
    for (size_t i = 0; column->words[i] != NULL; i++) {
        if (i > 0)
            text_add_string(out, column->words[i + 1] == NULL ? " or " : ", ");
        text_add_string(out, column->words[i][0] == '\0' ? "empty" : column->words[i]);
    }
}

static bool read_word(const struct import_column *column, bool show, struct import_value *value,
                      struct fault *fault)
{
    for (size_t i = 0; column->words[i] != NULL; i++)
        if (strlen(column->words[i]) == value->length &&
            memcmp(column->words[i], value->bytes, value->length) == 0) {
            value->number = (int64_t)i;
            return true;
        }
    CLEANUP(text_clear) struct text words;
    text_init(&words, 1024);
    list_words(column, &words);
    return refuse(column, show, value, words.bytes, fault);
}

static bool read_date(const struct import_column *column, bool show, struct import_value *value,
                      struct fault *fault)
{
    char date[CALENDAR_DAY_SIZE] = "";
    int32_t read;
    bool day = column->type == IMPORT_DAY;
    if (value->length < sizeof date)
        memcpy(date, value->bytes, value->length);
    if (!(day ? calendar_parse_day(date, &read) : calendar_parse_month(date, &read)))
        return refuse(column, show, value, day ? "a day that exists, YYYY-MM-DD" : "a month, YYYY-MM", fault);
    int year = day ? calendar_date(read).year : calendar_month_year(read);
    if (year < 1980 ||
        year > 2200) /* a slip of the hand: there was no computer virus before, and no desk will be after */
        return refuse(column, show, value, "a year from 1980 to 2200", fault);
    value->number = read;
    return true;
}

static bool read_number(const struct import_column *column, bool show, struct import_value *value,
                        struct fault *fault)
{
    uint64_t number;
    if (number_parse(value->bytes, value->length, (uint64_t)column->most, &number) &&
        (int64_t)number >= column->least) {
        value->number = (int64_t)number;
        return true;
    }
    char expected[128], most[NUMBER_GROUPED_SIZE];
    number_grouped(most, (uint64_t)column->most);
    snprintf(expected, sizeof expected, "a whole number from %lld to %s, digits only",
             (long long)column->least, most);
    return refuse(column, show, value, expected, fault);
}

static bool read_name(const struct import_column *column, bool show, struct import_value *value,
                      struct fault *fault)
{
    size_t characters = 0;
    bool control = false;
    for (size_t i = 0; i < value->length; i++) {
        characters += ((unsigned char)value->bytes[i] & 0xc0) != 0x80;
        control = control || text_unruly(value->bytes + i) > 0;
    }
    if (control)
        return fault_set(fault, "'%s' has a control character in it (expected plain text)", column->name);
    if (characters > 0 && characters <= NAME_MOST)
        return true;
    return refuse(column, show, value, "1 to 200 characters", fault);
}

bool import_cell(const struct import_column *column, bool show, const char *cell, size_t length,
                 struct import_value *value, struct fault *fault)
{
    *value = (struct import_value){cell, length, 0};
    import_trim(&value->bytes, &value->length);
    switch (column->type) {
    case IMPORT_DAY:
    case IMPORT_MONTH:
        return read_date(column, show, value, fault);
    case IMPORT_NUMBER:
        return read_number(column, show, value, fault);
    case IMPORT_WORD:
        return read_word(column, show, value, fault);
    case IMPORT_NAME:
    case IMPORT_REPORTER:
        return read_name(column, show, value, fault);
    }
    return false;
}
