/* myjvn_pages: an answer of the MyJVN API that comes in pages, read from the first to the last. */
#pragma once
#include "base/arena.h"
#include "base/fault.h"
#include "check/versions/fetch.h"
#include <stddef.h>

enum { MYJVN_PAGE = 50, MYJVN_PAGES_MOST = 200, MYJVN_IDS_MOST = 10000 };

/* What is asked. */
struct myjvn_question {
    const char *where;     /* ".../myjvn" */
    const char *query;     /* "method=getOvalList&lang=ja", encoded */
    const char *element;   /* what is counted or collected: "item", "OvalListItem" */
    const char *attribute; /* of it, which is collected; NULL: elements are counted */
};
struct myjvn_page_answer {
    char *address;
    struct fetched fetched;
};
struct myjvn_answers {
    struct myjvn_page_answer *pages;
    size_t count;
    struct arena arena;
    const char **ids; /* collected, each once, in their order */
    size_t id_count;
    uint64_t total; /* entries there are */
};
void myjvn_answers_init(struct myjvn_answers *answers);
void myjvn_answers_clear(struct myjvn_answers *answers);

/* All of it, or a fault. Each page is kept once the last one is there. */
bool myjvn_pages_read(struct fetch *fetch, const struct myjvn_question *question,
                      struct myjvn_answers *answers, struct fault *fault);
/* Adds `value` percent-encoded (RFC 3986, section 2.3 stays as it is). */
void myjvn_encode(struct text *out, const char *value);
