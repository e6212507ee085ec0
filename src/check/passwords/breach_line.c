#include "check/passwords/breach_line.h"
#include "base/number.h"
#include <string.h>

/* The digit in small, NUL: it is none. */
static char small_digit(char digit)
{
    if ((digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f'))
        return digit;
    return digit >= 'A' && digit <= 'F' ? (char)(digit - 'A' + 'a') : '\0';
}

bool breach_line_read(const char *bytes, size_t length, size_t digits, struct breach_line *line)
{
    if (length > 0 && bytes[length - 1] == '\r')
        length--;
    if (length < digits || digits > BREACH_DIGITS)
        return false;
    for (size_t i = 0; i < digits; i++) {
        line->digits[i] = small_digit(bytes[i]);
        if (line->digits[i] == '\0')
            return false;
    }
    line->digits[digits] = '\0';
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
