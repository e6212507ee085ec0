#include "check/versions/range_meaning.h"
#include <string.h>

struct reading {
    const struct range_token *at, *end;
    struct range_part part;
    enum range_kind waiting; /* a word that stands before its version; RANGE_STRANGE: none */
    bool ends_next;          /* behind から: the next version is the end of it */
    bool strange;
};

static bool is_empty(const struct range_part *part)
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
static void end_part(struct reading *reading, struct range_meaning *meaning)
{
    meaning->strange |= reading->strange || reading->ends_next || reading->waiting != RANGE_STRANGE;
    if (is_empty(&reading->part))
        return;
    if (meaning->count == RANGE_PARTS_MOST)
        meaning->strange = true;
    else
        meaning->parts[meaning->count++] = reading->part;
    reading->part = (struct range_part){0};
    reading->strange = reading->ends_next = false;
}

static bool has_only_lower(const struct range_part *part)
{
    return part->lower[0] != '\0' && part->upper[0] == '\0' && part->exact[0] == '\0';
}
static bool has_only_upper(const struct range_part *part)
{
    return part->upper[0] != '\0' && part->lower[0] == '\0' && part->exact[0] == '\0';
}

/* "1.0 以上、1.2 未満" is one range: as two it would be every version there is. */
static void join(struct range_meaning *meaning, enum order_rule rule)
{
    for (size_t i = 0; i + 1 < meaning->count; i++) {
        struct range_part *first = &meaning->parts[i], *second = first + 1;
        struct range_part *low = has_only_lower(first) ? first : second,
                          *high = low == first ? second : first;
        if (!has_only_lower(low) || !has_only_upper(high) || low->branch[0] != '\0' ||
            high->branch[0] != '\0' || order_compare(rule, low->lower, high->upper) > 0)
            continue;
        struct range_part both = *high;
        memcpy(both.lower, low->lower, sizeof both.lower);
        both.lower_kind = low->lower_kind;
        *first = both;
        memmove(second, second + 1, (meaning->count - i - 2) * sizeof *second);
        meaning->count--;
    }
}

void range_understand(const char *sentence, enum order_rule rule, struct range_meaning *meaning)
{
    struct range_token tokens[RANGE_TOKENS_MOST];
    size_t count = range_words(sentence, tokens);
    struct reading reading = {.at = tokens, .end = tokens + count, .waiting = RANGE_STRANGE};
    *meaning = (struct range_meaning){.count = 0};
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
