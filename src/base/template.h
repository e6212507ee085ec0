/* template: Mustache, as much of it as pages need: {{name}} and {{a.b}} (always escaped), {{.}}, {{#name}}
 * and
 * {{^name}} with {{/name}}, {{> template}}, {{! comment}}. A line of nothing but marks that show nothing
 * leaves no line. In C, since a request for a form's page takes 0.08 ms of a processor with it and 2.6 ms
 * with mustache.js in Duktape; a test holds the two together. */
#pragma once
#include "base/fault.h"
#include "base/text.h"
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

enum template_kind { TEMPLATE_TEXT, TEMPLATE_VALUE, TEMPLATE_SECTION, TEMPLATE_INVERTED, TEMPLATE_PARTIAL };
struct template_node {
    enum template_kind kind;
    const char *bytes; /* of a text; a name's parts, each with its NUL */
    size_t length;     /* of a text; how many parts a name has, 0 for {{.}} */
    size_t end;        /* of a section: the node after its last */
    const struct template *partial;
};
struct template
{
    struct template_node *nodes;
    size_t count;
};
/* What a partial's name means, NULL: nothing. */
typedef const struct template *template_find(const void *among, const char *name);

/* Partials are left open, until template_link(). */
bool template_parse(struct template *template, const char *source, struct fault *fault);
bool template_link(struct template *template, template_find *find, const void *among, struct fault *fault);
void template_clear(struct template *template);
/* False: templates hold each other. */
bool template_render(const struct template *template, const json_t *model, struct text *out,
                     struct fault *fault);
/* What a value becomes in HTML. What would turn or hide what is shown (base/text.h) is written out: [U+202E].
 */
void template_escape(const char *string, struct text *out);
