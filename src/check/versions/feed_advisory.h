/* feed_advisory: what an overview or its details say: which products, which versions of them. */
#pragma once
#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "check/versions/feed.h"
#include <stdbool.h>
#include <stddef.h>

enum { ADVISORIES_MOST = 1 << 20, ADVISORY_PARTS_MOST = 1 << 22 /* products and sentences, all together */ };

enum affected_status {
    AFFECTED_YES,
    AFFECTED_NO,     /* said to be safe */
    AFFECTED_UNSURE, /* still being looked into */
};
struct affected {
    const char *vendor, *product, *cpe; /* "" not known */
    enum affected_status status;
    const char **sentences; /* each on versions, for range_holds() */
    size_t sentence_count, sentence_capacity;
    struct affected *next;
};
struct advisory {
    const char *id, *title, *link; /* "JVNDB-2011-000001"; tamed; "" not known */
    bool detailed;                 /* VULDEF: what it does not say of versions is nowhere to be looked up */
    const struct feed *feed;
    struct affected *affected; /* in their order */
};
struct advisories {
    struct arena arena;
    struct advisory *items;
    size_t count, capacity;
    size_t parts;
};
void advisories_init(struct advisories *advisories);
void advisories_clear(struct advisories *advisories);

/* For the readers (jvnrss.c, vuldef.c). NULL: past a limit, which is a fault of the reader's to tell. */
struct advisory *advisories_add(struct advisories *advisories, const struct feed *feed);
struct affected *advisory_affected(struct advisories *advisories, struct advisory *advisory,
                                   struct affected *last);
bool affected_sentence(struct advisories *advisories, struct affected *affected, const char *sentence);
/* A copy without unruly characters, and without spaces around it. */
const char *advisories_string(struct advisories *advisories, const char *string);

/* Reads an overview (jvnrss.c) or details (vuldef.c): adds to `advisories`. */
bool jvnrss_read(const struct feed *feed, struct advisories *advisories, struct fault *fault);
bool vuldef_read(const struct feed *feed, struct advisories *advisories, struct fault *fault);
