#include "check/versions/range.h"
#include "check/versions/range_words.h"
#include <stdio.h>
#include <string.h>

/* What one part of a sentence demands, all of it together. */
struct part {
    char exact[RANGE_VERSION_SIZE], branch[RANGE_VERSION_SIZE];
    char lower[RANGE_VERSION_SIZE], upper[RANGE_VERSION_SIZE]; /* "": none */
    enum range_kind lower_kind, upper_kind;
    bool upper_branch; /* `upper` is a branch: all of it is meant too, or none of it */
    bool all;
};
enum { PARTS_MOST = 64 };
struct meaning {
    struct part parts[PARTS_MOST];
    size_t count;
    bool strange; /* not all of it was understood */
};

struct reading {
    const struct range_token *at, *end;
    struct part part;
    enum range_kind waiting; /* a word that stands before its version; RANGE_STRANGE: none */
    bool ends_next;          /* behind から: the next version is the end of it */
    bool strange;
};

static bool is_empty(const struct part *part)
{
    return part->exact[0] == '\0' && part->branch[0] == '\0' && part->lower[0] == '\0' &&
           part->upper[0] == '\0' && !part->all;
}

/* A place that is taken already makes the sentence strange. */
static void put(struct reading *reading, char place[RANGE_VERSION_SIZE], const char *text)
{
    if (place[0] != '\0')
        reading->strange = true;
    memcpy(place, text, RANGE_VERSION_SIZE);
}

static void put_lower(struct reading *reading, const struct range_token *token, enum range_kind kind)
{
    put(reading, reading->part.lower, token->text);
    reading->part.lower_kind = kind;
    /* nothing of a branch lies above it that is not of the next one */
    reading->strange |= kind == RANGE_ABOVE && token->kind == RANGE_BRANCH;
}

static void put_upper(struct reading *reading, const struct range_token *token, enum range_kind kind)
{
    put(reading, reading->part.upper, token->text);
    reading->part.upper_kind = kind;
    reading->part.upper_branch = token->kind == RANGE_BRANCH;
    reading->ends_next = false;
}

/* What the word `kind` says of a version. */
static void apply(struct reading *reading, const struct range_token *token, enum range_kind kind)
{
    bool was_to_end = reading->ends_next;
    switch (kind) {
    case RANGE_AT_LEAST:
    case RANGE_ABOVE:
        put_lower(reading, token, kind);
        reading->strange |= was_to_end;
        break;
    case RANGE_FROM:
        put_lower(reading, token, RANGE_AT_LEAST);
        reading->strange |= was_to_end;
        reading->ends_next = true;
        break;
    case RANGE_TO:
        put_upper(reading, token, RANGE_AT_MOST);
        break;
    default:
        put_upper(reading, token, kind);
        break;
    }
}

static void put_bare(struct reading *reading, const struct range_token *token)
{
    if (reading->ends_next) {
        put_upper(reading, token, RANGE_AT_MOST);
    } else if (token->kind == RANGE_BRANCH) {
        put(reading, reading->part.branch, token->text);
    } else {
        reading->strange |= !is_empty(&reading->part);
        put(reading, reading->part.exact, token->text);
    }
}

/* A version or branch, with the word that goes with it. */
static void read_version(struct reading *reading)
{
    const struct range_token *token = reading->at++;
    const struct range_token *next = reading->at < reading->end ? reading->at : NULL;
    if (reading->waiting != RANGE_STRANGE) {
        apply(reading, token, reading->waiting);
        reading->waiting = RANGE_STRANGE;
    } else if (next != NULL && next->kind < RANGE_LIST && next->kind > RANGE_BRANCH &&
               next->place == RANGE_BEHIND) {
        apply(reading, token, next->kind);
        reading->at++;
    } else if (next != NULL && next->kind == RANGE_TO && !reading->ends_next) {
        apply(reading, token, RANGE_FROM);
        reading->at++;
    } else {
        put_bare(reading, token);
    }
}

static void read_word(struct reading *reading)
{
    enum range_kind kind = reading->at->kind;
    if (kind == RANGE_ALL)
        reading->part.all = true;
    else if (kind == RANGE_TO && reading->ends_next)
        ; /* "from 1.0 to 1.4": said twice */
    else if (kind < RANGE_LIST && reading->at->place != RANGE_BEHIND && reading->waiting == RANGE_STRANGE)
        reading->waiting = kind;
    else if (kind != RANGE_ALSO)
        reading->strange = true;
    reading->at++;
}

/* The part ends: what waits for a version has none. */
static void end_part(struct reading *reading, struct meaning *meaning)
{
    meaning->strange |= reading->strange || reading->ends_next || reading->waiting != RANGE_STRANGE;
    if (is_empty(&reading->part))
        return;
    if (meaning->count == PARTS_MOST)
        meaning->strange = true;
    else
        meaning->parts[meaning->count++] = reading->part;
    reading->part = (struct part){0};
    reading->strange = reading->ends_next = false;
}

static bool has_only_lower(const struct part *part)
{
    return part->lower[0] != '\0' && part->upper[0] == '\0' && part->exact[0] == '\0';
}
static bool has_only_upper(const struct part *part)
{
    return part->upper[0] != '\0' && part->lower[0] == '\0' && part->exact[0] == '\0';
}

/* "1.0 以上、1.2 未満" is one range: as two it would be every version there is. */
static void join(struct meaning *meaning, enum order_rule rule)
{
    for (size_t i = 0; i + 1 < meaning->count; i++) {
        struct part *first = &meaning->parts[i], *second = first + 1;
        struct part *low = has_only_lower(first) ? first : second, *high = low == first ? second : first;
        if (!has_only_lower(low) || !has_only_upper(high) || low->branch[0] != '\0' ||
            high->branch[0] != '\0' || order_compare(rule, low->lower, high->upper) > 0)
            continue;
        struct part both = *high;
        memcpy(both.lower, low->lower, sizeof both.lower);
        both.lower_kind = low->lower_kind;
        *first = both;
        memmove(second, second + 1, (meaning->count - i - 2) * sizeof *second);
        meaning->count--;
    }
}

static void understand(const char *sentence, enum order_rule rule, struct meaning *meaning)
{
    struct range_token tokens[RANGE_TOKENS_MOST];
    size_t count = range_words(sentence, tokens);
    struct reading reading = {.at = tokens, .end = tokens + count, .waiting = RANGE_STRANGE};
    *meaning = (struct meaning){.count = 0};
    while (reading.at < reading.end)
        if (reading.at->kind == RANGE_VERSION || reading.at->kind == RANGE_BRANCH) {
            read_version(&reading);
        } else if (reading.at->kind == RANGE_LIST) {
            end_part(&reading, meaning);
            reading.at++;
        } else {
            read_word(&reading);
        }
    end_part(&reading, meaning);
    meaning->strange |= meaning->count == 0;
    join(meaning, rule);
}

/* --- holding a version against it --- */

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

static enum range_answer within_upper(const struct part *part, enum order_rule rule, const char *version)
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

static enum range_answer within_lower(const struct part *part, enum order_rule rule, const char *version)
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

static enum range_answer holds_part(const struct part *part, enum order_rule rule, const char *version)
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
    struct meaning meaning;
    understand(sentence, rule, &meaning);
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
