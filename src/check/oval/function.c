#include "check/oval/function.h"

#include "base/memory.h"
#include "base/text.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void function_add(struct values *values, const char *bytes, size_t length)
{
    size_t cost = length + 1 + 4 * sizeof(char *); /* the list's growth with it */
    if (values->strings.count == FUNCTION_VALUES_MOST || length > FUNCTION_LENGTH_MOST ||
        cost > *values->bytes_left)
        values->overfull = true;
    if (values->overfull)
        return;
    *values->bytes_left -= cost;
    model_strings_add(values->arena, &values->strings, arena_string(values->arena, bytes, length));
}

enum oval_result function_fails(struct values *values, const char *format, ...)
{
    char sentence[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    values->why = model_why(values->arena, "%s", sentence);
    return OVAL_ERROR;
}

/* The next choice of one value of each operand, the last operand's first. False: that was the last. */
static bool next_choice(const struct values *operands, size_t count, size_t *choice)
{
    for (size_t i = count; i-- > 0;) {
        if (++choice[i] < operands[i].strings.count)
            return true;
        choice[i] = 0;
    }
    return false;
}

static enum oval_result concat(const struct oval_component *component, const struct values *operands,
                               size_t count, const size_t *choice, struct values *out)
{
    (void)component;
    struct text joined;
    text_init(&joined, FUNCTION_LENGTH_MOST);
    for (size_t i = 0; i < count; i++)
        text_add_string(&joined, operands[i].strings.items[choice[i]]);
    if (text_whole(&joined))
        function_add(out, joined.bytes, joined.length);
    else
        out->overfull = true;
    text_clear(&joined);
    return OVAL_TRUE;
}

static bool whole_number(const char *string, int64_t *number)
{
    char *end = NULL;
    errno = 0;
    long long value = strtoll(string, &end, 10);
    if (end == string || *end != '\0' || errno != 0)
        return false;
    *number = value;
    return true;
}

/* Whole numbers as long as all are, else floats. */
static enum oval_result arithmetic(const struct oval_component *component, const struct values *operands,
                                   size_t count, const size_t *choice, struct values *out)
{
    int64_t whole = component->multiply, number;
    double fraction = component->multiply;
    bool all_whole = true, overflow = false;
    char digits[64];
    for (size_t i = 0; i < count; i++) {
        const char *string = operands[i].strings.items[choice[i]];
        char *end = NULL;
        double value = strtod(string, &end);
        if (end == string || *end != '\0' || !isfinite(value))
            return function_fails(out, "'%.60s' is no number", string);
        fraction = component->multiply ? fraction * value : fraction + value;
        all_whole = all_whole && whole_number(string, &number);
        if (all_whole)
            overflow |= component->multiply ? __builtin_mul_overflow(whole, number, &whole)
                                            : __builtin_add_overflow(whole, number, &whole);
    }
    if (all_whole && overflow)
        return function_fails(out, "a sum or product has more than 64 bits");
    int length = all_whole ? snprintf(digits, sizeof digits, "%" PRId64, whole)
                           : snprintf(digits, sizeof digits, "%.15g", fraction);
    function_add(out, digits, (size_t)length);
    return OVAL_TRUE;
}

typedef enum oval_result choose_function(const struct oval_component *component,
                                         const struct values *operands, size_t count, const size_t *choice,
                                         struct values *out);

/* For each choice of one value of each operand. */
static enum oval_result for_choices(choose_function *function, const struct oval_component *component,
                                    const struct values *operands, size_t count, struct values *out)
{
    size_t choice[FUNCTION_OPERANDS_MOST] = {0};
    enum oval_result result;
    do
        result = function(component, operands, count, choice, out);
    while (result == OVAL_TRUE && !out->overfull && next_choice(operands, count, choice));
    return result;
}

static enum oval_result counted(const struct values *operands, size_t count, struct values *out)
{
    char digits[32];
    size_t total = 0;
    for (size_t i = 0; i < count; i++)
        total += operands[i].strings.count;
    function_add(out, digits, (size_t)snprintf(digits, sizeof digits, "%zu", total));
    return OVAL_TRUE;
}

struct placed {
    const char *string;
    size_t place;
};

static int by_string(const void *left, const void *right)
{
    const struct placed *a = left, *b = right;
    int order = strcmp(a->string, b->string);
    return order != 0 ? order : a->place < b->place ? -1 : a->place > b->place;
}

static int by_place(const void *left, const void *right)
{
    const struct placed *a = left, *b = right;
    return a->place < b->place ? -1 : a->place > b->place;
}

static enum oval_result unique(const struct values *operands, size_t count, struct values *out)
{
    size_t total = 0, kept = 0;
    for (size_t i = 0; i < count; i++)
        total += operands[i].strings.count;
    struct placed *all = memory_new(total, sizeof *all);
    for (size_t i = 0, at = 0; i < count; i++)
        for (size_t j = 0; j < operands[i].strings.count; j++, at++)
            all[at] = (struct placed){operands[i].strings.items[j], at};
    qsort(all, total, sizeof *all, by_string);
    for (size_t i = 0; i < total; i++)
        if (kept == 0 || strcmp(all[kept - 1].string, all[i].string) != 0)
            all[kept++] = all[i];
    qsort(all, kept, sizeof *all, by_place);
    for (size_t i = 0; i < kept; i++)
        function_add(out, all[i].string, strlen(all[i].string));
    free(all);
    return OVAL_TRUE;
}

enum oval_result function_apply(struct patterns *patterns, const struct oval_component *component,
                                const struct values *operands, size_t count, struct values *out)
{
    if (count == 0)
        return function_fails(out, "a function has no operand");
    switch (component->function) {
    case COMPONENT_CONCAT:
        return for_choices(concat, component, operands, count, out);
    case COMPONENT_ARITHMETIC:
        return for_choices(arithmetic, component, operands, count, out);
    case COMPONENT_COUNT:
        return counted(operands, count, out);
    case COMPONENT_UNIQUE:
        return unique(operands, count, out);
    default:
        break;
    }
    if (count > 1)
        return function_fails(out, "a function has more than one operand");
    enum oval_result result = OVAL_TRUE;
    for (size_t i = 0; i < operands[0].strings.count && result == OVAL_TRUE && !out->overfull; i++)
        result = function_of_value(patterns, component, operands[0].strings.items[i], out);
    return result;
}
