/* function: what OVAL's functions make of values (oval-definitions-schema, FunctionGroup). */
#pragma once
#include "check/oval/model.h"
#include "check/oval/pattern.h"

enum { FUNCTION_OPERANDS_MOST = 64, FUNCTION_VALUES_MOST = 1 << 16, FUNCTION_LENGTH_MOST = 1 << 20 };

struct values {
    struct arena *arena;
    size_t *bytes_left;
    struct oval_strings strings;
    const struct oval_why *why; /* of what is not TRUE */
    bool overfull;              /* there were more than may be */
};
/* One more, copied. */
void function_add(struct values *values, const char *bytes, size_t length);
/* Always OVAL_ERROR, with the sentence. */
enum oval_result function_fails(struct values *values, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* `component` says which; `count` operands, each with all its values. TRUE, or ERROR with out->why. */
enum oval_result function_apply(struct patterns *patterns, const struct oval_component *component,
                                const struct values *operands, size_t count, struct values *out);
/* The same for the functions of one operand, one value after the other. */
enum oval_result function_of_value(struct patterns *patterns, const struct oval_component *component,
                                   const char *value, struct values *out);
