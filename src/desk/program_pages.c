/* program_pages: mimamori desk pages: the whole service as it stands in its table. */
#include "desk/program_parts.h"
#include "desk/page.h"
#include <jansson.h>
#include <stdio.h>

static const char *pages_json;

const struct command_option program_pages_options[] = {
    {"--json", NULL, "as JSON", &pages_json},
    {0},
};
static const char *const rights[] = {
    [PAGE_NOBODY] = "nobody",
    [PAGE_PUBLIC] = "public",
    [PAGE_STAFF] = "staff",
    [PAGE_INTAKE] = "intake",
    [PAGE_ANALYST] = "analyst",
    [PAGE_EDITOR] = "editor",
    [PAGE_ADMINISTRATOR] = "administrator",
};

static const char *method_of(const struct page *page)
{
    return page->method == REQUEST_POST ? "POST" : "GET";
}

static json_t *json_of(const struct page *page)
{
    json_t *fields = json_array();
    for (const struct field *field = page->fields; field != NULL && field->name != NULL; field++)
        json_array_append_new(fields, json_string(field->name));
    return json_pack("{s:s, s:s, s:s, s:o}", "method", method_of(page), "path", page->path, "right",
                     rights[page->right], "fields", fields);
}

static void print(const struct page *page)
{
    printf("%-4s  %-13s  %s", method_of(page), rights[page->right], page->path);
    for (const struct field *field = page->fields; field != NULL && field->name != NULL; field++)
        printf("%s%s", field == page->fields ? "  " : " ", field->name);
    printf("\n");
}

enum command_exit program_pages(int count, char **words, struct fault *fault)
{
    (void)count, (void)words, (void)fault;
    json_t *all = json_array();
    for (const struct page *page = pages; page->path != NULL; page++)
        if (pages_json == NULL)
            print(page);
        else
            json_array_append_new(all, json_of(page));
    if (pages_json != NULL) {
        json_dumpf(all, stdout, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
        printf("\n");
    }
    json_decref(all);
    return COMMAND_DONE;
}
