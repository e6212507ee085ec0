#include "check/versions/range.h"
#include "check/versions/range_meaning.h"
#include <stdio.h>
#include <string.h>

/* `version` is of the branch: its first numbers are the branch's. */
static bool is_of(const char *version, const char *branch)
{
    size_t length = strlen(branch);
    return strncmp(version, branch, length) == 0 &&
           (version[length] == '\0' || version[length] < '0' || version[length] > '9');
}

/* A version without the mark of its edition, as the rules of order know it. */
static const char *plain(const char *version, char text[RANGE_VERSION_SIZE])
{
    const char *edition = strstr(version, "esr");
    snprintf(text, RANGE_VERSION_SIZE, "%.*s",
             (int)(edition == NULL ? strlen(version) : (size_t)(edition - version)), version);
    return text;
}

/* Java's versions and everybody else's cannot be held against each other, nor those of two editions. */
static bool alike(const char *a, const char *b, enum order_rule rule)
{
    char a_plain[RANGE_VERSION_SIZE], b_plain[RANGE_VERSION_SIZE];
    unsigned long family, update;
    bool edition = (strstr(a, "esr") != NULL) == (strstr(b, "esr") != NULL);
    bool java = range_java(a, &family, &update);
    return java == range_java(b, &family, &update) && edition &&
           (java || (order_valid(rule, plain(a, a_plain)) && order_valid(rule, plain(b, b_plain))));
}

static int compare(enum order_rule rule, const char *a, const char *b)
{
    char a_plain[RANGE_VERSION_SIZE], b_plain[RANGE_VERSION_SIZE];
    unsigned long a_family, a_update, b_family, b_update;
    if (!range_java(a, &a_family, &a_update) || !range_java(b, &b_family, &b_update))
        return order_compare(rule, plain(a, a_plain), plain(b, b_plain));
    if (a_family != b_family)
        return a_family < b_family ? -1 : 1;
    return a_update < b_update ? -1 : a_update > b_update;
}

static enum range_answer within_upper(const struct range_part *part, enum order_rule rule,
                                      const char *version)
{
    unsigned long family, upper_family, update;
    if (part->upper[0] == '\0')
        return RANGE_INSIDE;
    if (!part->upper_branch && !alike(version, part->upper, rule))
        return RANGE_UNCLEAR;
    if (part->upper_branch && is_of(version, part->upper))
        return part->upper_kind == RANGE_AT_MOST ? RANGE_INSIDE : RANGE_OUTSIDE;
    /* "8 Update 45 and earlier" says nothing of Java 7, which has updates of its own */
    if (part->lower[0] == '\0' && range_java(version, &family, &update) &&
        range_java(part->upper, &upper_family, &update) && family != upper_family)
        return RANGE_OUTSIDE;
    int order = compare(rule, version, part->upper);
    if (order == 0 && part->upper_kind == RANGE_UP_TO)
        return RANGE_UNCLEAR;
    return order < 0 || (order == 0 && part->upper_kind == RANGE_AT_MOST) ? RANGE_INSIDE : RANGE_OUTSIDE;
}

static enum range_answer within_lower(const struct range_part *part, enum order_rule rule,
                                      const char *version)
{
    if (part->lower[0] == '\0')
        return RANGE_INSIDE;
    if (!alike(version, part->lower, rule))
        return RANGE_UNCLEAR;
    int order = compare(rule, version, part->lower);
    return order > 0 || (order == 0 && part->lower_kind == RANGE_AT_LEAST) ? RANGE_INSIDE : RANGE_OUTSIDE;
}

static enum range_answer is_exactly(const char *exact, enum order_rule rule, const char *version)
{
    if (exact[0] == '\0')
        return RANGE_INSIDE;
    if (!alike(version, exact, rule))
        return RANGE_UNCLEAR;
    if (compare(rule, version, exact) == 0)
        return RANGE_INSIDE;
    /* "3.6" may be all of 3.6.x, or the first of them alone */
    return is_of(version, exact) && strlen(version) > strlen(exact) ? RANGE_UNCLEAR : RANGE_OUTSIDE;
}

static enum range_answer holds_part(const struct range_part *part, enum order_rule rule, const char *version)
{
    enum range_answer answers[] = {is_exactly(part->exact, rule, version), within_lower(part, rule, version),
                                   within_upper(part, rule, version),
                                   part->branch[0] == '\0' || is_of(version, part->branch) ? RANGE_INSIDE
                                                                                           : RANGE_OUTSIDE};
    enum range_answer whole = RANGE_INSIDE;
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++)
        if (answers[i] == RANGE_OUTSIDE)
            return RANGE_OUTSIDE;
        else if (answers[i] == RANGE_UNCLEAR)
            whole = RANGE_UNCLEAR;
    return whole;
}

enum range_answer range_holds(const char *sentence, enum order_rule rule, const char *version)
{
    char normal[RANGE_VERSION_SIZE];
    struct range_meaning meaning;
    range_understand(sentence, rule, &meaning);
    if (meaning.strange || !range_version(version, normal))
        return RANGE_UNCLEAR;
    enum range_answer answer = RANGE_OUTSIDE;
    for (size_t i = 0; i < meaning.count; i++) {
        enum range_answer one = holds_part(&meaning.parts[i], rule, normal);
        if (one == RANGE_INSIDE)
            return RANGE_INSIDE;
        answer = one == RANGE_UNCLEAR ? RANGE_UNCLEAR : answer;
    }
    return answer;
}
