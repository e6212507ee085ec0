#include "check/passwords/breach_line.h"
#include "base/number.h"
#include <string.h>

/* Digits in small, NUL for all else: a table, because every line of every block goes through it. */
static const char small_digits[256] = {
    ['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4', ['5'] = '5', ['6'] = '6', ['7'] = '7',
    ['8'] = '8', ['9'] = '9', ['a'] = 'a', ['b'] = 'b', ['c'] = 'c', ['d'] = 'd', ['e'] = 'e', ['f'] = 'f',
    ['A'] = 'a', ['B'] = 'b', ['C'] = 'c', ['D'] = 'd', ['E'] = 'e', ['F'] = 'f',
};

static char small_digit(char digit)
{
    return small_digits[(unsigned char)digit];
}

bool breach_line_read(const char *bytes, size_t length, size_t digits, struct breach_line *line)
{
    if (length > 0 && bytes[length - 1] == '\r')
        length--;
    if (length < digits || digits > BREACH_DIGITS)
        return false;
    for (size_t i = 0; i < digits; i++)
        line->digits[i] = small_digit(bytes[i]);
    line->digits[digits] = '\0';
    if (memchr(line->digits, '\0', digits) != NULL)
        return false;
    line->times = 1;
    return length == digits || (bytes[digits] == ':' && number_parse(bytes + digits + 1, length - digits - 1,
                                                                     UINT64_MAX, &line->times));
}

size_t breach_line_digits(const char *bytes, size_t length)
{
    size_t count = 0;
    while (count < length && small_digit(bytes[count]) != '\0')
        count++;
    return count;
}
