#include "base/number.h"

#include <stdio.h>
#include <string.h>

bool number_parse(const char *bytes, size_t length, uint64_t most, uint64_t *value)
{
    uint64_t sum = 0;
    if (length == 0)
        return false;
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] < '0' || bytes[i] > '9')
            return false;
        unsigned digit = (unsigned)(bytes[i] - '0');
        if (__builtin_mul_overflow(sum, UINT64_C(10), &sum) || __builtin_add_overflow(sum, digit, &sum))
            return false;
    }
    if (sum > most)
        return false;
    *value = sum;
    return true;
}

bool number_size(const char *word, uint64_t most, uint64_t *bytes)
{
    size_t length = strlen(word);
    char unit = length > 0 ? word[length - 1] : '\0';
    uint64_t times = unit == 'K' ? 1 << 10 : unit == 'M' ? 1 << 20 : unit == 'G' ? 1 << 30 : 1, value;
    if (!number_parse(word, length - (times > 1), most / times, &value))
        return false;
    *bytes = value * times;
    return true;
}

void number_grouped(char out[NUMBER_GROUPED_SIZE], uint64_t value)
{
    char digits[24];
    size_t length = (size_t)snprintf(digits, sizeof digits, "%llu", (unsigned long long)value);
    size_t at = 0;
    for (size_t i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            out[at++] = ',';
        out[at++] = digits[i];
    }
    out[at] = '\0';
}

struct percent number_change(uint64_t now, uint64_t before)
{
    if (before == 0)
        return (struct percent){false, 0};
    uint64_t difference = now > before ? now - before : before - now;
    /* difference * 1000 / before, plus a half, both doubled: at most 2^64 * 2001 on top, well inside 128 bits
     */
    unsigned __int128 tenths =
        ((unsigned __int128)difference * 2000 + before) / ((unsigned __int128)before * 2);
    int64_t magnitude = tenths > INT64_MAX ? INT64_MAX : (int64_t)tenths;
    return (struct percent){true, now < before ? -magnitude : magnitude};
}

void number_percent_text(char out[PERCENT_TEXT_SIZE], int64_t tenths)
{
    uint64_t magnitude = tenths < 0 ? 0 - (uint64_t)tenths : (uint64_t)tenths;
    snprintf(out, PERCENT_TEXT_SIZE, "%s%llu.%llu", tenths < 0 ? "-" : "",
             (unsigned long long)(magnitude / 10), (unsigned long long)(magnitude % 10));
}

uint64_t number_average(uint64_t total, uint64_t count, enum number_average how)
{
    if (count == 0)
        return 0;
    uint64_t cut = total / count, rest = total % count;
    return how == NUMBER_ROUND && rest >= count - rest ? cut + 1 : cut;
}
