#include "check/finding.h"
#include "base/cleanup.h"
#include "base/memory.h"
#include "check/check.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* Bytes of `string` up to the limit, without the half of a character at its end. */
static size_t cut(const char *string)
{
    size_t length = strnlen(string, FINDING_STRING_MOST + 1);
    if (length <= FINDING_STRING_MOST)
        return length;
    for (length = FINDING_STRING_MOST; length > 0 && ((unsigned char)string[length] & 0xc0) == 0x80;)
        length--;
    return length;
}

const char *findings_string(struct findings *findings, const char *string)
{
    if (string == NULL)
        return NULL;
    size_t length = cut(string);
    if (text_is_utf8(string, length))
        return arena_string(&findings->arena, string, length);
    CLEANUP(text_clear) struct text safe;
    text_init(&safe, 3 * FINDING_STRING_MOST);
    text_add_utf8(&safe, string, length);
    return arena_string(&findings->arena, safe.bytes, safe.length);
}

__attribute__((format(printf, 2, 0))) static const char *say(struct findings *findings, const char *format,
                                                             va_list arguments)
{
    char said[FINDING_STRING_MOST + 2]; /* one more than is kept, so that a character is not cut in two */
    vsnprintf(said, sizeof said, format, arguments);
    return findings_string(findings, said);
}

const char *findings_format(struct findings *findings, const char *words, ...)
{
    va_list arguments;
    va_start(arguments, words);
    const char *said = say(findings, words, arguments);
    va_end(arguments);
    return said;
}

void findings_say(struct findings *findings, const char *words, ...)
{
    va_list arguments;
    va_start(arguments, words);
    findings->summary = grow(findings->summary, findings->summary_count, &findings->summary_capacity,
                             sizeof *findings->summary);
    findings->summary[findings->summary_count++] = say(findings, words, arguments);
    va_end(arguments);
}

void finding_add(struct findings *findings, const struct finding *finding)
{
    findings->full |= findings->count == FINDINGS_MOST;
    if (findings->full)
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
    added->reason = findings_string(findings, finding->reason);
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

static size_t place(const struct check_id *ids, const char *id)
{
    size_t i = 0;
    while (ids[i].id != NULL && strcmp(ids[i].id, id) != 0)
        i++;
    return i;
}

static int compare(const void *one, const void *other, void *ids)
{
    const struct finding *a = one, *b = other;
    if (a->result != b->result)
        return a->result < b->result ? -1 : 1;
    size_t place_a = place(ids, a->id), place_b = place(ids, b->id);
    if (place_a != place_b)
        return place_a < place_b ? -1 : 1;
    int order = strcmp(a->subject, b->subject);
    if (order != 0)
        return order;
    /* The strings' own order would do for a reader, but not for whoever compares two runs. */
    order = strcmp(a->seen != NULL ? a->seen : "", b->seen != NULL ? b->seen : "");
    return order != 0 ? order : a->line < b->line ? -1 : a->line > b->line;
}

void findings_sort(struct findings *findings, const struct check_id *ids)
{
    if (findings->count > 0)
        qsort_r(findings->items, findings->count, sizeof *findings->items, compare, (void *)ids);
}

enum check_result findings_result(const struct findings *findings)
{
    enum check_result result = findings->full ? CHECK_UNKNOWN : CHECK_PASS;
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
