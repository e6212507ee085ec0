/* compare: is a value what is wanted of it? Each datatype by its own rule (oval-common-schema,
 * DatatypeEnumeration), each operation as OperationEnumeration says. */
#pragma once
#include "check/oval/model.h"
#include "check/oval/pattern.h"

struct comparison {
    enum oval_datatype datatype;
    enum oval_operation operation;
    const char *wanted;
};

/* TRUE, FALSE; ERROR where one of the two is no such value, where the operation does not go with the datatype
 * or a pattern fails; UNKNOWN where this evaluator does not know the datatype. *why (NULL: not asked for)
 * says it, good until the next call. */
enum oval_result compare_value(const struct comparison *comparison, const char *value,
                               struct patterns *patterns, const char **why);

/* Numbers parted by any one character, what is missing is 0: below 0, 0, above 0. */
int compare_versions(const char *a, const char *b);
