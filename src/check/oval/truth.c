#include "check/oval/truth.h"

void truth_add(struct truth *truth, enum oval_result result, const struct oval_why *why)
{
    if (truth->counts[result]++ == 0)
        truth->whys[result] = why;
}

/* Where neither a true nor a false decides: error before unknown before not evaluated; OVAL_TRUE says that
 * there is none of them. */
static enum oval_result doubt(const struct truth *truth)
{
    if (truth->counts[OVAL_ERROR] > 0)
        return OVAL_ERROR;
    if (truth->counts[OVAL_UNKNOWN] > 0)
        return OVAL_UNKNOWN;
    return truth->counts[OVAL_NOT_EVALUATED] > 0 ? OVAL_NOT_EVALUATED : OVAL_TRUE;
}

/* The table's last lines: `otherwise` where there was a true or a false, and no doubt. */
static enum oval_result settle(const struct truth *truth, enum oval_result otherwise)
{
    if (doubt(truth) != OVAL_TRUE)
        return doubt(truth);
    if (truth->counts[OVAL_TRUE] + truth->counts[OVAL_FALSE] > 0)
        return otherwise;
    return truth->counts[OVAL_NOT_APPLICABLE] > 0 ? OVAL_NOT_APPLICABLE : OVAL_NOT_EVALUATED;
}

static enum oval_result all(const struct truth *truth)
{
    return truth->counts[OVAL_FALSE] > 0 ? OVAL_FALSE : settle(truth, OVAL_TRUE);
}

static enum oval_result any(const struct truth *truth)
{
    return truth->counts[OVAL_TRUE] > 0 ? OVAL_TRUE : settle(truth, OVAL_FALSE);
}

static enum oval_result none(const struct truth *truth)
{
    return truth->counts[OVAL_TRUE] > 0 ? OVAL_FALSE : settle(truth, OVAL_TRUE);
}

static enum oval_result one(const struct truth *truth)
{
    if (truth->counts[OVAL_TRUE] > 1)
        return OVAL_FALSE;
    return settle(truth, truth->counts[OVAL_TRUE] == 1 ? OVAL_TRUE : OVAL_FALSE);
}

enum oval_result truth_operator(const struct truth *truth, enum oval_operator operator)
{
    switch (operator) {
    case OVAL_AND:
        return all(truth);
    case OVAL_OR:
        return any(truth);
    case OVAL_ONE:
        return one(truth);
    case OVAL_XOR:
        break;
    }
    return settle(truth, truth->counts[OVAL_TRUE] % 2 == 1 ? OVAL_TRUE : OVAL_FALSE);
}

enum oval_result truth_check(const struct truth *truth, enum oval_check check)
{
    switch (check) {
    case OVAL_CHECK_ALL:
        return all(truth);
    case OVAL_CHECK_AT_LEAST_ONE:
        return any(truth);
    case OVAL_CHECK_NONE:
        return none(truth);
    case OVAL_CHECK_ONLY_ONE:
        break;
    }
    return one(truth);
}

enum oval_result truth_negated(enum oval_result result)
{
    return result == OVAL_TRUE ? OVAL_FALSE : result == OVAL_FALSE ? OVAL_TRUE : result;
}

static enum oval_result existence_doubt(const struct truth_there *there, enum oval_result otherwise)
{
    if (there->counts[ITEM_ERROR] > 0)
        return OVAL_ERROR;
    return there->counts[ITEM_NOT_COLLECTED] > 0 ? OVAL_UNKNOWN : otherwise;
}

enum oval_result truth_existence(const struct truth_there *there, enum oval_existence existence)
{
    size_t exist = there->counts[ITEM_EXISTS];
    switch (existence) {
    case OVAL_ALL_EXIST:
        if (there->counts[ITEM_DOES_NOT_EXIST] > 0)
            return OVAL_FALSE;
        return existence_doubt(there, exist > 0 ? OVAL_TRUE : OVAL_FALSE);
    case OVAL_ANY_EXIST:
        return exist == 0 && there->counts[ITEM_ERROR] > 0 ? OVAL_ERROR : OVAL_TRUE;
    case OVAL_AT_LEAST_ONE_EXISTS:
        return exist > 0 ? OVAL_TRUE : existence_doubt(there, OVAL_FALSE);
    case OVAL_NONE_EXIST:
        return exist > 0 ? OVAL_FALSE : existence_doubt(there, OVAL_TRUE);
    case OVAL_ONLY_ONE_EXISTS:
        break;
    }
    return exist > 1 ? OVAL_FALSE : existence_doubt(there, exist == 1 ? OVAL_TRUE : OVAL_FALSE);
}
