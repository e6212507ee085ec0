/* xccdf_model: a benchmark in memory, as far as it decides which OVAL definitions are asked; only xccdf*.c
 * need it. All of it lives in one arena. */
#pragma once
#include "base/arena.h"
#include "base/fault.h"
#include <stdbool.h>
#include <stddef.h>

enum { XCCDF_ITEMS_MOST = 100000, XCCDF_SELECTS_MOST = 20000, XCCDF_TEXT_MOST = 4096 };

/* A check, or several under an operator (complex-check). */
struct xccdf_check {
    bool complex, or, negate;
    bool oval;              /* it is judged by OVAL: no other system is */
    bool has_content, each; /* each: one result a definition, not one of all (multi-check) */
    const char *selector;   /* "": it counts unless another is asked for */
    const char *definition; /* "": all of the document */
    struct xccdf_check *children, *last_child, *parent, *next;
};

/* A group or a rule. */
struct xccdf_item {
    const char *id, *cluster;
    size_t around; /* the index of the group around it; SIZE_MAX: none */
    bool rule, selected, abstract, unchecked;
    const char *title, *fix;
    struct xccdf_check *checks, *last_check;
};
struct xccdf_select {
    const char *idref;
    bool selected;
};
struct xccdf_profile {
    const char *id, *extends;
    struct xccdf_select *selects;
    size_t count, capacity;
};
struct xccdf_benchmark {
    struct arena arena;
    const char *title;
    struct xccdf_item *items;
    size_t item_count, item_capacity;
    struct xccdf_profile *profiles;
    size_t profile_count, profile_capacity;
};
bool xccdf_read(const char *name, const char *bytes, size_t length, struct xccdf_benchmark *benchmark,
                struct fault *fault);
void xccdf_benchmark_clear(struct xccdf_benchmark *benchmark);
