/* Text: what a person reads in a terminal. What is wrong stands first; what is well is counted. */
#include "base/calendar.h"
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
    CLEANUP(text_clear) struct text words;
    char count[NUMBER_GROUPED_SIZE];
    text_init(&words, LINE_MOST);
    number_grouped(count, group->count);
    if (group->result == CHECK_SKIPPED)
        text_addf(&words, _("Passed over: %s"), _(group->id->title));
    else
        text_add_string(&words, group->id != NULL ? _(group->id->title) : group_mark_words(group->result));
    if (group->id != NULL)
        text_addf(&words, " (%s)", group->id->id);
    text_addf(&words, ": %s", count);
    print_heading(page, group->result, words.bytes);
}

/* What stands under a row because the rows differ in it. */
static void add_notes(struct output_table *table, const struct group *group, const struct finding *finding)
{
    CLEANUP(text_clear) struct text note;
    text_init(&note, LINE_MOST);
    if (group->advices_differ && group->result != CHECK_SKIPPED && finding->advice != NULL) {
        text_addf(&note, "→ %s", finding->advice);
        output_table_note(table, note.bytes);
    }
    if (group->sources_differ && finding->source != NULL) {
        CLEANUP(text_clear) struct text source;
        text_init(&source, LINE_MOST);
        group_write_source(finding, &source);
        text_empty(&note);
        text_addf(&note, _("%s: %s"), _("Source"), source.bytes);
        output_table_note(table, note.bytes);
    }
    if (finding->reason != NULL) {
        char day[CALENDAR_DAY_SIZE];
        calendar_day_text(day, finding->until_day);
        text_empty(&note);
        text_addf(&note, _("Until %s: %s"), day, finding->reason);
        output_table_note(table, note.bytes);
    }
}

static void print_rows(const struct page *page, const struct group *group, size_t count)
{
    const char *heads[4] = {_("Item")};
    size_t columns = 1;
    if (group->seen_differ)
        heads[columns++] = _("Seen");
    if (group->expected_differ)
        heads[columns++] = _("Expected");
    if (group->places_differ)
        heads[columns++] = _("Where");
    CLEANUP(output_table_clear) struct output_table table;
    output_table_init(&table, heads, columns);
    for (size_t i = 0; i < count; i++) {
        const struct finding *at = &group->items[i];
        CLEANUP(text_clear) struct text place;
        text_init(&place, LINE_MOST);
        group_write_place(at, &place);
        const char *cells[4] = {at->subject};
        size_t cell = 1;
        if (group->seen_differ)
            cells[cell++] = at->seen;
        if (group->expected_differ)
            cells[cell++] = at->expected;
        if (group->places_differ)
            cells[cell++] = place.bytes;
        output_table_row(&table, cells);
        add_notes(&table, group, at);
    }
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
