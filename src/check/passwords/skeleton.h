/* skeleton: what is left of a password when what people change from service to service is taken away. */
#pragma once
#include <stddef.h>

enum skeleton_kind {
    SKELETON_WORD,   /* "Password1!", "pa55word2": the word without what is at its ends */
    SKELETON_NUMBER, /* "Tokyo2023Tower", "tokyo2024tower": every number is like any other */
    SKELETON_KINDS
};
enum { SKELETON_LEAST = 4, SKELETON_MOST = 2 * 64 /* of a password's first letters */ };

/* Writes it, NUL-ended, to out[SKELETON_MOST + 1], and returns its length; 0 where too little is left to say
 * that two are alike. `own` is the service's registered name ("example.jp"): its first part is set aside. */
size_t skeleton_of(enum skeleton_kind kind, const char *password, const char *own, char *out);
