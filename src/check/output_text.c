/* Text: what a person reads in a terminal. What is wrong stands first; what is well is counted. */
#include "base/cleanup.h"
#include "base/number.h"
#include "base/words.h"
#include "check/group.h"
#include "check/output.h"
#include "check/output_table.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { OPEN_SHOWN_MOST = 20, LINE_MOST = 64 * 1024 };

/* Where it goes, and whether colours may (no-color.org). */
struct page {
    FILE *out;
    bool coloured;
};

static bool wants_colour(FILE *out)
{
    const char *refused = getenv("NO_COLOR"), *terminal = getenv("TERM");
    return isatty(fileno(out)) && (refused == NULL || refused[0] == '\0') &&
           (terminal == NULL || strcmp(terminal, "dumb") != 0);
}

/* One line; what strangers wrote steers no terminal. */
static void print_line(const struct page *page, const char *before, const char *line)
{
    CLEANUP(text_clear) struct text tame;
    text_init(&tame, LINE_MOST);
    text_add_tame(&tame, line);
    fprintf(page->out, "%s%s\n", before, tame.length > 0 ? tame.bytes : "");
}

static void print_heading(const struct page *page, enum check_result result, const char *words)
{
    static const char *const colours[] = {[CHECK_FAIL] = "\033[1;31m",
                                          [CHECK_UNKNOWN] = "\033[1;33m",
                                          [CHECK_SKIPPED] = "\033[1m",
                                          [CHECK_PASS] = "\033[1;32m"};
    fprintf(page->out, "%s%s %s%s\n", page->coloured ? colours[result] : "", group_mark(result), words,
            page->coloured ? "\033[0m" : "");
}

static void print_group_heading(const struct page *page, const struct group *group)
{
    CLEANUP(text_clear) struct text name;
    CLEANUP(text_clear) struct text words;
    char count[NUMBER_GROUPED_SIZE];
    text_init(&name, LINE_MOST);
    text_init(&words, LINE_MOST);
    number_grouped(count, group->count);
    group_write_title(group, &name);
    if (group->id != NULL)
        text_addf(&name, _(" (%s)"), group->id->id);
    text_addf(&words, _("%s: %s"), name.bytes, count);
    print_heading(page, group->result, words.bytes);
}

static void take_value(const struct group_column *column, const struct finding *finding, struct text *out)
{
    text_empty(out);
    column->write(finding, out);
}

/* A row's cells, and under it what is too long for one. */
static void add_row(struct output_table *table, const struct group *group, const struct finding *finding)
{
    struct text values[GROUP_COLUMNS];
    const char *cells[1 + GROUP_COLUMNS] = {finding->subject};
    size_t count = 1;
    for (size_t i = 0; i < GROUP_COLUMNS; i++) {
        text_init(&values[i], LINE_MOST);
        if (group_columns[i].wanted(group) && !group_columns[i].long_one) {
            take_value(&group_columns[i], finding, &values[i]);
            cells[count++] = values[i].bytes;
        }
    }
    output_table_row(table, cells);
    for (size_t i = 0; i < GROUP_COLUMNS; i++) {
        if (group_columns[i].wanted(group) && group_columns[i].long_one) {
            take_value(&group_columns[i], finding, &values[i]);
            output_table_note(table, _(group_columns[i].head), values[i].bytes);
        }
        text_clear(&values[i]);
    }
}

static void print_rows(const struct page *page, const struct group *group, size_t count)
{
    const char *heads[1 + GROUP_COLUMNS] = {_("Item")};
    size_t columns = 1;
    for (size_t i = 0; i < GROUP_COLUMNS; i++)
        if (group_columns[i].wanted(group) && !group_columns[i].long_one)
            heads[columns++] = _(group_columns[i].head);
    CLEANUP(output_table_clear) struct output_table table;
    output_table_init(&table, heads, columns);
    for (size_t i = 0; i < count; i++)
        add_row(&table, group, &group->items[i]);
    output_table_print(&table, "    ", page->out);
}

static void print_pair(const struct page *page, const char *head, const char *value)
{
    CLEANUP(text_clear) struct text line;
    text_init(&line, LINE_MOST);
    if (value == NULL || value[0] == '\0')
        return;
    text_addf(&line, _("%s: %s"), head, value);
    print_line(page, "  ", line.bytes);
}

/* What its findings have in common. */
static void print_common(const struct page *page, const struct group *group)
{
    CLEANUP(text_clear) struct text value;
    text_init(&value, LINE_MOST);
    if (group->advice != NULL)
        print_line(page, "  → ", group->advice);
    print_pair(page, _("Seen"), group->seen);
    print_pair(page, _("Expected"), group->expected);
    group_write_sources(group, &value);
    print_pair(page, _("Source"), value.bytes);
    text_empty(&value);
    if (group->place != NULL)
        group_write_place(group->place, &value);
    print_pair(page, _("Where"), value.bytes);
}

static void print_group(const struct page *page, const struct group *group)
{
    bool folded =
        check_options.all == NULL && group->result == CHECK_UNKNOWN && group->count > OPEN_SHOWN_MOST;
    size_t shown = folded ? OPEN_SHOWN_MOST : group->count;
    print_group_heading(page, group);
    if (group->id != NULL && group->result != CHECK_SKIPPED)
        print_line(page, "  ", _(group->id->meaning));
    print_common(page, group);
    print_rows(page, group, shown);
    if (folded)
        fprintf(page->out, _("    and %zu more (--all shows them)\n"), group->count - shown);
    fputc('\n', page->out);
}

static void print_list(const struct page *page, const struct finding_list *list)
{
    fprintf(page->out, "%s\n", list->title);
    CLEANUP(output_table_clear) struct output_table table;
    output_table_init(&table, list->columns, list->column_count);
    for (size_t i = 0; i < list->row_count; i++)
        output_table_row(&table, &list->cells[i * list->column_count]);
    output_table_print(&table, "  □ ", page->out);
    fputc('\n', page->out);
}

static void print_head(const struct page *page, const struct check *check, const struct findings *findings)
{
    CLEANUP(text_clear) struct text words;
    char count[NUMBER_GROUPED_SIZE];
    text_init(&words, LINE_MOST);
    enum check_result result = group_verdict(findings);
    text_addf(&words, _("%s: %s"), _(check->title), group_verdict_words(result));
    print_heading(page, result, words.bytes);
    number_grouped(count, findings->looked_at);
    fprintf(page->out, _("  Looked at: %s\n"), count);
    for (size_t i = 0; i < findings->summary_count; i++)
        print_line(page, "  ", findings->summary[i]);
    fputc('\n', page->out);
}

void output_text(const struct check *check, const struct findings *findings, FILE *out)
{
    struct page page = {out, wants_colour(out)};
    print_head(&page, check, findings);
    if (findings->list != NULL)
        print_list(&page, findings->list);
    for (size_t from = 0; from < findings->count;) {
        struct group group = group_at(check, findings, from);
        if (group.result != CHECK_PASS || check_options.all != NULL)
            print_group(&page, &group);
        else
            print_group_heading(&page, &group);
        from += group.count;
    }
}
