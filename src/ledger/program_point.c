#include "base/memory.h"
#include "ledger/points.h"
#include "ledger/program.h"
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LIST_COLUMNS = 4, LIST_CELL_SIZE = POINT_NAME_MOST + NETWORK_TEXT_SIZE };

static const char *point_ledger, *point_since, *point_until, *point_json;

#define LEDGER_OPTION                                                                                        \
    {                                                                                                        \
        "--ledger", "DIR", "the ledger (else $MIMAMORI_LEDGER, else ./ledger)", &point_ledger                \
    }

const struct command_option program_point_add_options[] = {
    LEDGER_OPTION,
    {"--since", "DATE", "the first day it watches, YYYY-MM-DD", &point_since},
    {"--until", "DATE", "the last day it watches, YYYY-MM-DD", &point_until},
    {"--json", NULL, "tell what is watched now as JSON", &point_json},
    {0},
};
const struct command_option program_point_list_options[] = {
    LEDGER_OPTION,
    {"--json", NULL, "as JSON", &point_json},
    {0},
};
const struct command_option program_point_end_options[] = {
    LEDGER_OPTION,
    {"--until", "DATE", "the last day it watches, YYYY-MM-DD", &point_until},
    {"--json", NULL, "tell what is watched now as JSON", &point_json},
    {0},
};

static bool read_day(const char *option, const char *value, int32_t *day, struct fault *fault)
{
    return value == NULL || calendar_parse_day(value, day) ||
           fault_set(fault, "'%s' is '%s' (expected a day that exists, YYYY-MM-DD)", option, value);
}

static bool read_networks(int count, char **words, struct network *networks, struct fault *fault)
{
    for (int i = 0; i < count; i++)
        if (!network_parse(words[i], &networks[i]))
            return fault_set(fault,
                             "'%s' is no network (expected a CIDR block without host bits, like 192.0.2.0/24 "
                             "or 2001:db8::/64)",
                             words[i]);
    return true;
}

/* One line of the list; a day that is open is "". */
struct line {
    char cells[LIST_COLUMNS][LIST_CELL_SIZE];
};

static int compare_by_point(const void *left, const void *right)
{
    const struct point_watch *a = left, *b = right;
    int order = (a->point > b->point) - (a->point < b->point);
    if (order == 0)
        order = address_compare(a->network.first, b->network.first);
    return order != 0 ? order : (a->since > b->since) - (a->since < b->since);
}

static struct line line_of(const struct points *points, const struct point_watch *watch)
{
    struct line line = {0};
    snprintf(line.cells[0], sizeof line.cells[0], "%s", points->names[watch->point]);
    network_text(line.cells[1], watch->network);
    if (watch->since != INT32_MIN)
        calendar_day_text(line.cells[2], watch->since);
    if (watch->until != INT32_MAX)
        calendar_day_text(line.cells[3], watch->until);
    return line;
}

static void print_lines(const struct points *points)
{
    const struct line head = {{"point", "network", "since", "until"}};
    size_t widths[LIST_COLUMNS] = {0};
    for (size_t i = 0; i <= points->watch_count; i++) {
        struct line line = i == 0 ? head : line_of(points, &points->watches[i - 1]);
        for (size_t column = 0; column < LIST_COLUMNS; column++) {
            size_t width = text_columns(line.cells[column]);
            widths[column] = width > widths[column] ? width : widths[column];
        }
    }
    for (size_t i = 0; i <= points->watch_count; i++) {
        struct line line = i == 0 ? head : line_of(points, &points->watches[i - 1]);
        for (size_t column = 0; column < LIST_COLUMNS; column++) {
            const char *cell = line.cells[column][0] == '\0' ? "-" : line.cells[column];
            bool last = column + 1 == LIST_COLUMNS;
            printf("%s%*s", cell, last ? 0 : (int)(widths[column] - text_columns(cell)) + 2,
                   last ? "\n" : "");
        }
    }
}

static json_t *day_or_null(const char *cell)
{
    return cell[0] == '\0' ? json_null() : json_string(cell);
}

static void print_json(const struct points *points)
{
    json_t *list = json_array();
    for (size_t i = 0; i < points->watch_count; i++) {
        struct line line = line_of(points, &points->watches[i]);
        json_array_append_new(list, json_pack("{s:s, s:s, s:o, s:o}", "point", line.cells[0], "network",
                                              line.cells[1], "since", day_or_null(line.cells[2]), "until",
                                              day_or_null(line.cells[3])));
    }
    json_dumpf(list, stdout, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
    json_decref(list);
    printf("\n");
}

static enum command_exit tell(const struct ledger *ledger, bool json, struct fault *fault)
{
    CLEANUP(points_clear) struct points points = {0};
    if (!points_load(ledger, &points, fault))
        return COMMAND_NOT;
    if (points.watch_count > 0)
        qsort(points.watches, points.watch_count, sizeof *points.watches, compare_by_point);
    if (json)
        print_json(&points);
    else
        print_lines(&points);
    return COMMAND_DONE;
}

/* A change says nothing to people: no news is good news. */
static enum command_exit tell_change(const struct ledger *ledger, struct fault *fault)
{
    command_kept();
    return point_json != NULL ? tell(ledger, true, fault) : COMMAND_DONE;
}

enum command_exit program_point_add(int count, char **words, struct fault *fault)
{
    int32_t since = INT32_MIN, until = INT32_MAX;
    OWNED_MEMORY struct network *networks = memory_new((size_t)count, sizeof *networks);
    if (!read_day("--since", point_since, &since, fault) ||
        !read_day("--until", point_until, &until, fault) ||
        !read_networks(count - 1, words + 1, networks, fault))
        return COMMAND_NOT;
    OWNED(ledger_free) struct ledger *ledger = ledger_open(command_ledger(point_ledger), LEDGER_WRITE, fault);
    if (ledger == NULL || !points_add(ledger, words[0], networks, (size_t)count - 1, since, until, fault))
        return COMMAND_NOT;
    return tell_change(ledger, fault);
}

enum command_exit program_point_end(int count, char **words, struct fault *fault)
{
    (void)count;
    int32_t until = 0;
    if (point_until == NULL) {
        fault_set(fault, "'--until' is missing (expected the last day the point watches)");
        return COMMAND_NOT;
    }
    if (!read_day("--until", point_until, &until, fault))
        return COMMAND_NOT;
    OWNED(ledger_free) struct ledger *ledger = ledger_open(command_ledger(point_ledger), LEDGER_WRITE, fault);
    if (ledger == NULL || !points_end(ledger, words[0], until, fault))
        return COMMAND_NOT;
    return tell_change(ledger, fault);
}

enum command_exit program_point_list(int count, char **words, struct fault *fault)
{
    (void)count;
    (void)words;
    OWNED(ledger_free) struct ledger *ledger = ledger_open(command_ledger(point_ledger), LEDGER_READ, fault);
    return ledger == NULL ? COMMAND_NOT : tell(ledger, point_json != NULL, fault);
}
