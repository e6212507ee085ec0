#include "demo/sheet.h"
#include "base/memory.h"
#include "demo/published.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void sheet_add(struct sheet *sheet, int32_t day, uint32_t order, const char *format, ...)
{
    if (sheet->count == sheet->room) {
        sheet->room = sheet->room == 0 ? 256 : sheet->room * 2;
        sheet->lines = memory_resize(sheet->lines, sheet->room, sizeof *sheet->lines);
    }
    struct sheet_line *line = &sheet->lines[sheet->count++];
    line->day = day;
    line->order = order;
    va_list words;
    va_start(words, format);
    vsnprintf(line->text, sizeof line->text, format, words);
    va_end(words);
}

static int by_day(const void *left, const void *right)
{
    const struct sheet_line *a = left, *b = right;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    return strcmp(a->text, b->text);
}

void sheet_write(struct sheet *sheet, const char *folder, int month, const struct sheet_form *form)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s-%d-%02d.csv", folder, form->name, DEMO_YEAR, DEMO_FIRST_MONTH + month);
    FILE *file = fopen(path, "w");
    bool well = file != NULL;
    if (well) {
        qsort(sheet->lines, sheet->count, sizeof *sheet->lines, by_day);
        fprintf(file, "%s%s%s", form->before, form->header, form->line_end);
        for (size_t i = 0; i < sheet->count; i++)
            fprintf(file, "%s%s", sheet->lines[i].text, form->line_end);
        well = ferror(file) == 0;
        well = fclose(file) == 0 && well;
    }
    if (!well) {
        fprintf(stderr, "make-demo: cannot write '%s': %s\n", path, strerror(errno));
        exit(2);
    }
    free(sheet->lines);
    *sheet = (struct sheet){0};
}
