/* range_words: the words of a sentence on versions, one token after another. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

enum { RANGE_VERSION_SIZE = 64, RANGE_TOKENS_MOST = 256 };

enum range_kind {
    RANGE_VERSION, /* "6.0.45", "8u45" ("8 Update 45"), "10.0.1esr" */
    RANGE_BRANCH,  /* "3.6.x", "3.6 系": its text is "3.6" */
    RANGE_AT_LEAST,
    RANGE_ABOVE,
    RANGE_AT_MOST,
    RANGE_BELOW,
    RANGE_FROM,  /* から, from: what follows is the end of it */
    RANGE_TO,    /* through, to, ~: stands between the two */
    RANGE_UP_TO, /* up to, until: whether the end is meant too is not said */
    RANGE_LIST,  /* 、 , and or および */
    RANGE_ALSO,  /* の, かつ: what stands on both sides holds together */
    RANGE_ALL,
    RANGE_STRANGE /* not understood */
};
enum range_place { RANGE_BEFORE, RANGE_BEHIND, RANGE_EITHER }; /* where the version of a word stands */

struct range_token {
    enum range_kind kind;
    enum range_place place;
    char text[RANGE_VERSION_SIZE]; /* of a version and a branch */
};

/* How many tokens `sentence` has; they end with the first strange one, and one too many is strange. */
size_t range_words(const char *sentence, struct range_token tokens[RANGE_TOKENS_MOST]);

/* "8u45" is Java's own way: the two numbers of it. */
bool range_java(const char *version, unsigned long *family, unsigned long *update);
/* A version as a person or a registry writes it, in the form of a token's text; false: it is none. */
bool range_version(const char *written, char text[RANGE_VERSION_SIZE]);
