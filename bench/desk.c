/* desk: what the pages of the staff ask of a ledger that desk_fill made, and how long each takes.
 *
 *     desk LEDGER [ROUNDS]
 *
 * Every question is asked ROUNDS times (20), with other pages of the queue, other words, other cases each
 * time where there are such; told are the first time, the median and the longest, in milliseconds. Exits 1
 * where one took 200 ms or more. */
#include "desk.h"
#include "base/number.h"
#include "cases/classing.h"
#include "cases/counted.h"
#include "cases/history.h"
#include "cases/queue.h"
#include "cases/search.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS_MOST = 1000, LIMIT_MS = 200, PAGE_ROWS = 30, QUEUE_COUNT_MOST = 1000, HISTORY_MOST = 200 };

struct bench {
    struct ledger *ledger;
    struct seal_pair desk;
    int64_t cases;
    unsigned rounds;
    bool slow;
    struct fault fault;
};

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int compare(const void *a, const void *b)
{
    const double *one = a, *other = b;
    return (*one > *other) - (*one < *other);
}

/* One question; `context` says which, `round` varies it. */
struct question {
    const char *what;
    bool (*ask)(struct bench *bench, const struct question *question, unsigned round, size_t *rows);
    struct case_filter filter;
    const char *words;
    bool unlimited; /* part of the inspection, which may take its time */
};

static void measure(struct bench *bench, const struct question *question)
{
    double took[ROUNDS_MOST], first;
    size_t rows = 0;
    for (unsigned round = 0; round < bench->rounds; round++) {
        double begun = now_ms();
        if (!question->ask(bench, question, round, &rows)) {
            fprintf(stderr, "desk: %s\n", bench->fault.text);
            exit(2);
        }
        took[round] = now_ms() - begun;
    }
    first = took[0];
    qsort(took, bench->rounds, sizeof *took, compare);
    printf("| %s | %zu | %.1f | %.1f | %.1f |\n", question->what, rows, first, took[bench->rounds / 2],
           took[bench->rounds - 1]);
    fflush(stdout);
    bench->slow = bench->slow || (!question->unlimited && took[bench->rounds - 1] >= LIMIT_MS);
}

static bool show_rows(struct bench *bench, const struct case_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        CLEANUP(text_clear) struct text title;
        text_init(&title, 4096);
        if (!casefile_title(bench->ledger, &list->files[i], &bench->desk, &title, &bench->fault))
            return false;
    }
    return true;
}

/* A page of the queue: its rows with their titles, and how many wait. The first page, then some way down. */
static bool ask_queue(struct bench *bench, const struct question *question, unsigned round, size_t *rows)
{
    CLEANUP(case_list_clear) struct case_list list = {0};
    struct case_filter filter = question->filter;
    unsigned counts[CASE_STATES];
    filter.most = PAGE_ROWS;
    filter.before = round % 2 == 0 ? 0 : bench->cases - bench->cases / (2 * bench->rounds) * round;
    if (!casefile_list(bench->ledger, &filter, &list, &bench->fault) || !show_rows(bench, &list) ||
        !queue_count(bench->ledger, QUEUE_COUNT_MOST, counts, &bench->fault))
        return false;
    *rows = round % 2 == 0 ? list.count : *rows;
    return true;
}

static bool ask_search(struct bench *bench, const struct question *question, unsigned round, size_t *rows)
{
    CLEANUP(case_list_clear) struct case_list list = {0};
    struct case_filter filter = question->filter;
    filter.most = PAGE_ROWS;
    filter.before = round % 2 == 0 ? 0 : bench->cases - bench->cases / (2 * bench->rounds) * round;
    if (!search_find(bench->ledger, &bench->desk, question->words, &filter, &list, &bench->fault) ||
        !show_rows(bench, &list))
        return false;
    *rows = round % 2 == 0 ? list.count : *rows;
    return true;
}

static bool read_case(struct bench *bench, const struct casefile *file)
{
    json_t *parts[] = {
        casefile_told(bench->ledger, file, &bench->desk, false, &bench->fault),
        classing_read(bench->ledger, file->id, &bench->fault),
        counted_read(bench->ledger, file->id, &bench->fault),
        history_read(bench->ledger, file->id, HISTORY_MOST, &bench->fault),
    };
    bool well = true;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        well = well && parts[i] != NULL;
        json_decref(parts[i]);
    }
    return well;
}

static bool ask_case(struct bench *bench, const struct question *question, unsigned round, size_t *rows)
{
    (void)question;
    struct casefile file;
    enum case_found found;
    int64_t id = 1 + (int64_t)((uint64_t)round * 2654435761U % (uint64_t)bench->cases);
    *rows = 1;
    return casefile_read(bench->ledger, id, &file, &found, &bench->fault) && read_case(bench, &file);
}

static bool ask_missing(struct bench *bench, const struct question *question, unsigned round, size_t *rows)
{
    (void)question;
    uint64_t missing[CASE_KINDS];
    *rows = 1;
    return classing_missing(bench->ledger, 2019 * 12 + 11 - (int32_t)(round % 24), missing, &bench->fault);
}

#define ANY                                                                                                  \
    {                                                                                                        \
        .kind = -1, .state = -1, .assigned = -1                                                              \
    }
static const struct question questions[] = {
    {"queue: to do", ask_queue, {.kind = -1, .state = -1, .assigned = -1, .open = 1}, NULL},
    {"queue: new", ask_queue, {.kind = -1, .state = CASE_NEW, .assigned = -1}, NULL},
    {"queue: waiting", ask_queue, {.kind = -1, .state = CASE_WAITING, .assigned = -1}, NULL},
    {"queue: answered", ask_queue, {.kind = -1, .state = CASE_ANSWERED, .assigned = -1}, NULL},
    {"queue: closed", ask_queue, {.kind = -1, .state = CASE_CLOSED, .assigned = -1}, NULL},
    {"queue: withdrawn", ask_queue, {.kind = -1, .state = CASE_WITHDRAWN, .assigned = -1}, NULL},
    {"queue: to do, virus reports",
     ask_queue,
     {.kind = CASE_MALWARE, .state = -1, .assigned = -1, .open = 1},
     NULL},
    {"queue: closed, access", ask_queue, {.kind = CASE_ACCESS, .state = CASE_CLOSED, .assigned = -1}, NULL},
    {"queue: to do, mine", ask_queue, {.kind = -1, .state = -1, .assigned = 3, .open = 1}, NULL},
    {"queue: closed, mine", ask_queue, {.kind = -1, .state = CASE_CLOSED, .assigned = 3}, NULL},
    {"queue: to do, nobody's", ask_queue, {.kind = -1, .state = -1, .assigned = 0, .open = 1}, NULL},
    {"queue: closed, nobody's", ask_queue, {.kind = -1, .state = CASE_CLOSED, .assigned = 0}, NULL},
    {"queue: overdue",
     ask_queue,
     {.kind = -1, .state = -1, .assigned = -1, .open = 1, .overdue_on = 20000},
     NULL},
    {"queue: overdue, mine",
     ask_queue,
     {.kind = -1, .state = -1, .assigned = 3, .open = 1, .overdue_on = 20000},
     NULL},
    {"search: 相談 (in five of six)", ask_search, ANY, "相談"},
    {"search: 届出 (in one of six)", ask_search, ANY, "届出"},
    {"search: 凸凹 (in one of 1,000)", ask_search, ANY, "凸凹"},
    {"search: 雲雀 (in one of 1,000,000)", ask_search, ANY, "雲雀"},
    {"search: 無有 (in none)", ask_search, ANY, "無有"},
    {"search: 相談 雲雀", ask_search, ANY, "相談 雲雀"},
    {"search: 凸凹 届出 (in one of 6,000)", ask_search, ANY, "凸凹 届出"},
    {"search: a mail address (92 cases)", ask_search, ANY, "reporter12345@example.jp"},
    {"search: 相談, closed virus reports (none)",
     ask_search,
     {.kind = CASE_MALWARE, .state = CASE_CLOSED, .assigned = -1},
     "相談"},
    {"search: 凸凹, to do", ask_search, {.kind = -1, .state = -1, .assigned = -1, .open = 1}, "凸凹"},
    {"case page", ask_case, ANY, NULL},
    {"a month's cases not yet classified", ask_missing, ANY, NULL, true},
};

static bool count_cases(struct bench *bench)
{
    OWNED(sqlite3_finalize)
    sqlite3_stmt *statement =
        records_prepare(bench->ledger->records, "SELECT max(id) FROM casefile", &bench->fault);
    bool row;
    if (statement == NULL || !records_step(statement, &row, &bench->fault))
        return false;
    bench->cases = sqlite3_column_int64(statement, 0);
    return true;
}

int main(int count, char **words)
{
    struct bench bench = {.rounds = 20, .desk = bench_desk()};
    uint64_t rounds;
    if (count == 3 && number_parse(words[2], strlen(words[2]), ROUNDS_MOST, &rounds) && rounds > 0)
        bench.rounds = (unsigned)rounds;
    if (count < 2 || (bench.ledger = ledger_open(words[1], LEDGER_READ, &bench.fault)) == NULL ||
        !count_cases(&bench)) {
        fprintf(stderr, "desk: %s\n", count < 2 ? "usage: desk LEDGER [ROUNDS]" : bench.fault.text);
        return 2;
    }
    printf("%lld cases\n\n| question | rows | first ms | median ms | longest ms |\n|---|---|---|---|---|\n",
           (long long)bench.cases);
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
        measure(&bench, &questions[i]);
    ledger_free(bench.ledger);
    return bench.slow;
}
