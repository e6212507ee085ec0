/* breach_line: one line of a list of hashes. */
#pragma once
#include "check/passwords/breach_list.h"

struct breach_line {
    char digits[BREACH_DIGITS + 1]; /* small */
    uint64_t times;
};

/* "0018A45C...:3", with or without the count and a carriage return. False: it is no such line. */
bool breach_line_read(const char *bytes, size_t length, size_t digits, struct breach_line *line);
/* How many hexadecimal digits it begins with, to say what a wrong list is. */
size_t breach_line_digits(const char *bytes, size_t length);
