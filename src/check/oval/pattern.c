#define PCRE2_CODE_UNIT_WIDTH 8
#include "check/oval/pattern.h"

#include "base/memory.h"

#include <pcre2.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A match that goes back and forth more often than this ends: some hundredths of a second. So that a thousand
 * slow ones end too, a document has only so many. */
enum {
    STEPS_MOST = 1000000,
    HEAP_KIB_MOST = 20000,
    FAILED_MOST = 20, /* matches that ran into a limit; then no more are tried */
    KEPT_MOST = 4096
};

struct kept {
    char *pattern;
    uint32_t options;
    pcre2_code *code; /* NULL: it is no pattern */
    char why[160];
};

struct patterns {
    struct kept *kept[KEPT_MOST];
    pcre2_match_context *context;
    pcre2_match_data *match;
    size_t failed;
    char why[256];
};

struct patterns *patterns_new(void)
{
    struct patterns *patterns = memory_new(1, sizeof *patterns);
    patterns->context = pcre2_match_context_create(NULL);
    patterns->match = pcre2_match_data_create(PATTERN_CAPTURES_MOST, NULL);
    if (patterns->context == NULL || patterns->match == NULL)
        abort(); /* as all memory does */
    pcre2_set_match_limit(patterns->context, STEPS_MOST);
    pcre2_set_heap_limit(patterns->context, HEAP_KIB_MOST);
    return patterns;
}

static void kept_free(struct kept *kept)
{
    if (kept == NULL)
        return;
    pcre2_code_free(kept->code);
    free(kept->pattern);
    free(kept);
}

void patterns_free(struct patterns *patterns)
{
    if (patterns == NULL)
        return;
    for (size_t i = 0; i < KEPT_MOST; i++)
        kept_free(patterns->kept[i]);
    pcre2_match_context_free(patterns->context);
    pcre2_match_data_free(patterns->match);
    free(patterns);
}

/* Perl's own back references into the code ((?{...})) are none that PCRE2 has; \C would cut a character. */
static void compile(struct kept *kept)
{
    int number = 0;
    PCRE2_SIZE at = 0;
    if (strlen(kept->pattern) > PATTERN_LENGTH_MOST) {
        snprintf(kept->why, sizeof kept->why, "is longer than %d bytes", PATTERN_LENGTH_MOST);
        return;
    }
    kept->code = pcre2_compile((PCRE2_SPTR)kept->pattern, PCRE2_ZERO_TERMINATED,
                               kept->options | PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C,
                               &number, &at, NULL);
    if (kept->code == NULL) {
        char said[100] = "";
        pcre2_get_error_message(number, (PCRE2_UCHAR *)said, sizeof said);
        snprintf(kept->why, sizeof kept->why, "%s at character %zu", said, (size_t)at + 1);
    }
}

/* One place for each pattern, by a hash; whoever comes later takes it over. */
static const struct kept *compiled(struct patterns *patterns, const char *pattern, uint32_t options)
{
    uint32_t hash = options * 2654435761u;
    for (const char *c = pattern; *c != '\0'; c++)
        hash = (hash ^ (unsigned char)*c) * 16777619u;
    struct kept **place = &patterns->kept[hash % KEPT_MOST];
    if (*place != NULL && (*place)->options == options && strcmp((*place)->pattern, pattern) == 0)
        return *place;
    kept_free(*place);
    *place = memory_new(1, sizeof **place);
    (*place)->pattern = memory_string(pattern);
    (*place)->options = options;
    compile(*place);
    return *place;
}

static enum pattern_answer fails(struct patterns *patterns, const char *pattern, const char *reason,
                                 const char **why)
{
    snprintf(patterns->why, sizeof patterns->why, "pattern '%.60s' %s", pattern, reason);
    if (why != NULL)
        *why = patterns->why;
    return PATTERN_FAILS;
}

static void take_spans(const struct patterns *patterns, int found, struct pattern_span *spans, size_t *count)
{
    const PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(patterns->match);
    *count = found > 0 && found < PATTERN_CAPTURES_MOST ? (size_t)found : PATTERN_CAPTURES_MOST;
    for (size_t i = 0; i < *count; i++)
        spans[i] = (struct pattern_span){offsets[2 * i], offsets[2 * i + 1]};
}

enum pattern_answer pattern_match(struct patterns *patterns, const char *pattern,
                                  const struct pattern_subject *subject, struct pattern_span *spans,
                                  size_t *count, const char **why)
{
    uint32_t options = (subject->lines ? PCRE2_MULTILINE : 0) | (subject->any_case ? PCRE2_CASELESS : 0) |
                       (subject->dot_all ? PCRE2_DOTALL : 0);
    const struct kept *kept = compiled(patterns, pattern, options);
    if (kept->code == NULL)
        return fails(patterns, pattern, kept->why, why);
    if (patterns->failed >= FAILED_MOST)
        return fails(patterns, pattern, "was not tried, because too many took too long", why);
    int found = pcre2_match(kept->code, (PCRE2_SPTR)subject->bytes, subject->length, subject->from, 0,
                            patterns->match, patterns->context);
    if (found == PCRE2_ERROR_NOMATCH)
        return PATTERN_DIFFERS;
    if (found < 0) {
        patterns->failed++;
        return fails(patterns, pattern, "takes too long", why);
    }
    if (spans != NULL)
        take_spans(patterns, found, spans, count);
    return PATTERN_MATCHES;
}
