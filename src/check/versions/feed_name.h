/* feed_name: is an installed product the one that a note names? By their whole names once they are made alike
 * (feed_fold.h; without the maker, the version, the language and the processor around them), never by a part
 * of them: "Mozilla Firefox (x64 ja)" is "Firefox", "Mozilla Firefox ESR" is not. */
#pragma once
#include "check/versions/product.h"
#include <stdbool.h>

enum { FEED_NAME_SIZE = 256 };

/* A product's name without what the maker of its setup puts around it: "mozilla firefox", "jre" for "Java 8
 * Update 45 (64-bit)". And its version in the way that notes write it: "8u45". */
struct feed_name {
    char whole[FEED_NAME_SIZE];
    char bare[FEED_NAME_SIZE];   /* also without the maker's name in front: "firefox" */
    char vendor[FEED_NAME_SIZE]; /* the first word that tells the maker: "mozilla"; "" not known */
    char version[FEED_NAME_SIZE];
};
void feed_name_of(const struct product *product, struct feed_name *name);

struct affected;
/* The same for what a note names. */
struct feed_noted {
    struct feed_name name;
    char cpe_vendor[FEED_NAME_SIZE], cpe_product[FEED_NAME_SIZE];
};
void feed_noted_of(const struct affected *affected, struct feed_noted *noted);

/* What names that match have in common: the name without spaces. */
void feed_name_key(const char *name, char key[FEED_NAME_SIZE]);

bool feed_name_matches(const struct feed_name *installed, const struct feed_noted *noted);
