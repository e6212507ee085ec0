/* pattern: regular expressions as OVAL means them (Perl 5's, oval-common-schema, OperationEnumeration), by
 * PCRE2, with limits on every match: a pattern that tries forever ends in an error. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

enum { PATTERN_CAPTURES_MOST = 32, PATTERN_LENGTH_MOST = 8192 };

struct patterns; /* each pattern is compiled once */
struct patterns *patterns_new(void);
void patterns_free(struct patterns *patterns);

struct pattern_span {
    size_t begin, end; /* begin == end == (size_t)-1: the group took no part */
};

enum pattern_answer { PATTERN_MATCHES, PATTERN_DIFFERS, PATTERN_FAILS };

/* Looks for `pattern` in `subject`, from `from` on. FAILS: it is no pattern, or matching took too long; *why
 * says it, good until the next call. `spans` (NULL: not asked for) has room for PATTERN_CAPTURES_MOST: the
 * whole match, then each group; *count is how many there are. */
struct pattern_subject {
    const char *bytes;
    size_t length, from;
    bool lines; /* ^ and $ are those of every line */
    bool any_case;
    bool dot_all; /* a dot takes line ends too */
};
enum pattern_answer pattern_match(struct patterns *patterns, const char *pattern,
                                  const struct pattern_subject *subject, struct pattern_span *spans,
                                  size_t *count, const char **why);
