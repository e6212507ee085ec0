/* templates: answers written once and used often, each in one language. */
#pragma once
#include "ledger/ledger.h"
#include <jansson.h>
#include <stdint.h>

enum { TEMPLATES_TITLE_MOST = 120, TEMPLATES_BODY_MOST = 10000 }; /* characters */
struct template
{
    int64_t id; /* 0: a new one */
    const char *title, *language, *body;
};
/* [{"id", "title", "language", "body"}] by title; all languages where `language` is NULL. New reference. */
json_t *templates_list(struct ledger *ledger, const char *language, struct fault *fault);
enum templates_set {
    TEMPLATES_SET,
    TEMPLATES_KNOWN /* word for word there already: a form sent twice */,
    TEMPLATES_GONE /* somebody took it away meanwhile */
};
bool templates_set(struct ledger *ledger, const struct template *template, int64_t staff,
                   enum templates_set *set, struct fault *fault);
bool templates_remove(struct ledger *ledger, int64_t id, int64_t staff, struct fault *fault);
