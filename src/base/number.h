/* number: exact counts, and the two ways a desk divides them (percentages half-up, averages cut or rounded).
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Reads a decimal number of digits only, at most `most`. False leaves *value alone. */
bool number_parse(const char *bytes, size_t length, uint64_t most, uint64_t *value);

/* "3,468": digits grouped by three, as both languages write them. */
/* Bytes: "1048576", "400M", "2G" (K, M, G: 1024 and on). False leaves the value alone. */
bool number_size(const char *word, uint64_t most, uint64_t *bytes);
#define NUMBER_GROUPED_SIZE 32
void number_grouped(char out[NUMBER_GROUPED_SIZE], uint64_t value);

/* Change from `before` to `now` in tenths of a percent, half-up on the magnitude, exact (128-bit), with its
 * sign: 20409 -> 20585 is 9 (0.9 %), 906 -> 795 is -123. `known` is false where there was nothing before. */
struct percent {
    bool known;
    int64_t tenths;
};
struct percent number_change(uint64_t now, uint64_t before);
#define PERCENT_TEXT_SIZE 32
void number_percent_text(char out[PERCENT_TEXT_SIZE], int64_t tenths); /* "-12.3", "40.3", "0.0" */

enum number_average { NUMBER_CUT, NUMBER_ROUND };
/* total / count; 0 where count is 0. */
uint64_t number_average(uint64_t total, uint64_t count, enum number_average how);
