#include "check/finding.h"
#include "base/memory.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FORMATTED_MOST = 8192 };

void findings_init(struct findings *findings)
{
    *findings = (struct findings){0};
    arena_init(&findings->arena);
}

void findings_clear(struct findings *findings)
{
    free(findings->items);
    free(findings->summary);
    if (findings->list != NULL)
        free(findings->list->cells);
    arena_clear(&findings->arena);
    *findings = (struct findings){0};
}

/* One more place in an array that grows by doubling. */
static void *grow(void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return items;
    *capacity = *capacity == 0 ? 64 : 2 * *capacity;
    return memory_resize(items, *capacity, size);
}

const char *findings_string(struct findings *findings, const char *string)
{
    return string == NULL ? NULL : arena_string(&findings->arena, string, strlen(string));
}

static const char *format(struct findings *findings, const char *format, va_list arguments)
{
    char said[FORMATTED_MOST];
    vsnprintf(said, sizeof said, format, arguments);
    return findings_string(findings, said);
}

const char *findings_format(struct findings *findings, const char *words, ...)
{
    va_list arguments;
    va_start(arguments, words);
    const char *said = format(findings, words, arguments);
    va_end(arguments);
    return said;
}

void findings_say(struct findings *findings, const char *words, ...)
{
    va_list arguments;
    va_start(arguments, words);
    findings->summary = grow(findings->summary, findings->summary_count, &findings->summary_capacity,
                             sizeof *findings->summary);
    findings->summary[findings->summary_count++] = format(findings, words, arguments);
    va_end(arguments);
}

void finding_add(struct findings *findings, const struct finding *finding)
{
    if (findings->count == FINDINGS_MOST)
        return;
    findings->items = grow(findings->items, findings->count, &findings->capacity, sizeof *findings->items);
    struct finding *added = &findings->items[findings->count++];
    *added = *finding;
    added->subject = findings_string(findings, finding->subject);
    added->seen = findings_string(findings, finding->seen);
    added->expected = findings_string(findings, finding->expected);
    added->advice = findings_string(findings, finding->advice);
    added->source = findings_string(findings, finding->source);
    added->file = findings_string(findings, finding->file);
}

void findings_list(struct findings *findings, const char *title, const char *const *columns,
                   size_t column_count)
{
    findings->list = arena_new(&findings->arena, 1, sizeof *findings->list);
    *findings->list = (struct finding_list){.title = title, .columns = columns, .column_count = column_count};
}

void findings_list_row(struct findings *findings, const char *const *cells)
{
    struct finding_list *list = findings->list;
    list->cells =
        grow(list->cells, list->row_count, &list->row_capacity, list->column_count * sizeof *list->cells);
    for (size_t i = 0; i < list->column_count; i++)
        list->cells[list->row_count * list->column_count + i] = findings_string(findings, cells[i]);
    list->row_count++;
}

enum check_result findings_result(const struct findings *findings)
{
    enum check_result result = CHECK_PASS;
    for (size_t i = 0; i < findings->count; i++) {
        if (findings->items[i].result == CHECK_FAIL)
            return CHECK_FAIL;
        if (findings->items[i].result == CHECK_UNKNOWN)
            result = CHECK_UNKNOWN;
    }
    return result;
}

const char *check_result_name(enum check_result result)
{
    static const char *const names[] = {[CHECK_FAIL] = "fail",
                                        [CHECK_UNKNOWN] = "unknown",
                                        [CHECK_SKIPPED] = "skipped",
                                        [CHECK_PASS] = "pass"};
    return names[result];
}
