/* Finding: the sealed lists of a query's pairs are walked together, from the newest case down, and each case
 * that is in all of them is checked against its text. Lists are opened only as far down as the walk comes. */
#include "cases/search.h"
#include "base/memory.h"
#include "cases/fold.h"
#include "cases/search_parts.h"
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum {
    SEARCH_WORDS_MOST = 16,
    SEARCH_WORD_BYTES = 4096,
    SEARCH_PAIRS_MOST = 64, /* of a query; what more there is is found by checking the text */
    SEARCH_WALKED_MOST = 4, /* of them, the rarest: their lists are read */
    SEARCH_TAIL_MOST = 256, /* entries not indexed yet that are looked through */
    SEARCH_TEXT_MOST = 32 << 20,
};

static const char sql_size[] =
    "SELECT ifnull(sum(length(sealed)), 0) FROM search_posting WHERE batch = ?1 AND term BETWEEN ?2 AND ?3";
static const char sql_lists[] =
    "SELECT term, sealed FROM search_posting WHERE batch = ?1 AND term BETWEEN ?2 AND ?3";
static const char sql_tail[] = "SELECT casefile FROM told WHERE id > ?1 ORDER BY id DESC LIMIT ?2";

/* The cases that hold one pair; only those before the walk are left in `ids`. */
struct lane {
    int64_t term;
    size_t opened; /* batches */
    struct search_ids *lists;
    size_t count;
};
struct finding {
    struct ledger *ledger;
    const struct seal_pair *desk;
    const struct case_filter *filter;
    struct search_keys keys;
    struct search_batches batches; /* the one with the newest case first */
    sqlite3_stmt *lists;
    struct lane lanes[SEARCH_WALKED_MOST];
    size_t lanes_count;
    int64_t terms[SEARCH_PAIRS_MOST];
    size_t terms_count;
    struct search_ids tail;
    struct text words; /* folded, each ended by a NUL */
    struct case_list found;
};

static void finding_clear(struct finding *finding)
{
    for (size_t i = 0; i < finding->lanes_count; i++) {
        for (size_t j = 0; j < finding->lanes[i].count; j++)
            search_ids_clear(&finding->lanes[i].lists[j]);
        free(finding->lanes[i].lists);
    }
    sqlite3_finalize(finding->lists);
    search_batches_clear(&finding->batches);
    search_keys_clear(&finding->keys);
    search_ids_clear(&finding->tail);
    sodium_memzero(finding->words.bytes, finding->words.length);
    text_clear(&finding->words);
    case_list_clear(&finding->found);
}

/* The query's words, each ended by a NUL. */
static void read_words(struct finding *finding, const char *words)
{
    text_init(&finding->words, SEARCH_WORD_BYTES);
    fold_add(&finding->words, words, FOLD_BLANKS_ONE);
    for (size_t i = 0; i < finding->words.length; i++)
        if (finding->words.bytes[i] == ' ')
            finding->words.bytes[i] = '\0';
}

static void add_term(void *context, int64_t term)
{
    struct finding *finding = context;
    for (size_t i = 0; i < finding->terms_count; i++)
        if (finding->terms[i] == term)
            return;
    if (finding->terms_count < SEARCH_PAIRS_MOST)
        finding->terms[finding->terms_count++] = term;
}

static void read_terms(struct finding *finding)
{
    const char *word = finding->words.bytes, *end = word + finding->words.length;
    for (; word < end; word += strlen(word) + 1)
        search_pairs(&finding->keys, word, strlen(word), (struct search_see){add_term, finding});
}

/* The rows of a pair in one batch: those of the filter's kind, or of all kinds. */
static void bind_rows(const struct finding *finding, sqlite3_stmt *statement, int64_t batch, int64_t term)
{
    int kind = finding->filter->kind;
    sqlite3_bind_int64(statement, 1, batch);
    sqlite3_bind_int64(statement, 2, kind < 0 ? term : term | kind);
    sqlite3_bind_int64(statement, 3, kind < 0 ? term | (SEARCH_KINDS - 1) : term | kind);
}

static int newest_case_first(const void *a, const void *b)
{
    const struct search_batch *one = a, *other = b;
    return (one->case_last < other->case_last) - (one->case_last > other->case_last);
}

static const struct search_batch *largest(const struct search_batches *batches)
{
    const struct search_batch *found = &batches->items[0];
    for (size_t i = 1; i < batches->count; i++)
        if (batches->items[i].entries > found->entries)
            found = &batches->items[i];
    return found;
}

static void add_lane(struct finding *finding, int64_t term)
{
    finding->lanes[finding->lanes_count++].term = term;
}

/* The rarest pairs, as the largest batch has them, come first. */
static bool sort_terms(struct finding *finding, struct fault *fault)
{
    int64_t sizes[SEARCH_PAIRS_MOST];
    OWNED(sqlite3_finalize)
    sqlite3_stmt *statement = records_prepare(finding->ledger->records, sql_size, fault);
    if (statement == NULL)
        return false;
    for (size_t i = 0; i < finding->terms_count; i++) {
        bool row;
        int64_t term = finding->terms[i];
        bind_rows(finding, statement, largest(&finding->batches)->batch, term);
        if (!records_step(statement, &row, fault))
            return false;
        int64_t size = sqlite3_column_int64(statement, 0);
        sqlite3_reset(statement);
        size_t at = i;
        for (; at > 0 && sizes[at - 1] > size; at--) {
            sizes[at] = sizes[at - 1];
            finding->terms[at] = finding->terms[at - 1];
        }
        sizes[at] = size;
        finding->terms[at] = term;
    }
    return true;
}

static bool prepare_lanes(struct finding *finding, struct fault *fault)
{
    if (!search_batches_read(finding->ledger, &finding->keys, &finding->batches, fault))
        return false;
    finding->lists = records_prepare(finding->ledger->records, sql_lists, fault);
    if (finding->lists == NULL)
        return false;
    if (finding->batches.count > 1)
        qsort(finding->batches.items, finding->batches.count, sizeof *finding->batches.items,
              newest_case_first);
    if (finding->batches.count > 0 && finding->terms_count > SEARCH_WALKED_MOST &&
        !sort_terms(finding, fault))
        return false;
    for (size_t i = 0; i < finding->terms_count && i < SEARCH_WALKED_MOST; i++)
        add_lane(finding, finding->terms[i]);
    return true;
}

static bool read_tail(struct finding *finding, struct fault *fault)
{
    int64_t last = 0;
    for (size_t i = 0; i < finding->batches.count; i++)
        if (finding->batches.items[i].told_last > last)
            last = finding->batches.items[i].told_last;
    OWNED(sqlite3_finalize)
    sqlite3_stmt *statement = records_prepare(finding->ledger->records, sql_tail, fault);
    bool row = statement != NULL;
    if (row) {
        sqlite3_bind_int64(statement, 1, last);
        sqlite3_bind_int64(statement, 2, SEARCH_TAIL_MOST);
    }
    while (row) {
        if (!records_step(statement, &row, fault))
            return false;
        if (row)
            search_ids_add(&finding->tail, sqlite3_column_int64(statement, 0));
    }
    search_ids_sort(&finding->tail);
    return statement != NULL;
}

/* Cuts off what is past the walk; the last that is left, 0: nothing. */
static int64_t cut(struct search_ids *ids, int64_t most)
{
    size_t low = 0, high = ids->count;
    if (high > 0 && ids->items[high - 1] <= most)
        return ids->items[high - 1];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ids->items[middle] <= most)
            low = middle + 1;
        else
            high = middle;
    }
    ids->count = low;
    return low == 0 ? 0 : ids->items[low - 1];
}

/* Adds the next batch's lists to the lane. */
static bool open_batch(struct finding *finding, struct lane *lane, struct fault *fault)
{
    const struct search_batch *batch = &finding->batches.items[lane->opened++];
    bool row = true;
    bind_rows(finding, finding->lists, batch->batch, lane->term);
    while (row) {
        if (!records_step(finding->lists, &row, fault))
            return false;
        if (!row)
            break;
        struct told_bytes sealed = {sqlite3_column_blob(finding->lists, 1),
                                    (size_t)sqlite3_column_bytes(finding->lists, 1)};
        lane->lists = memory_resize(lane->lists, lane->count + 1, sizeof *lane->lists);
        lane->lists[lane->count++] = (struct search_ids){0};
        if (!search_list_open(batch, sqlite3_column_int64(finding->lists, 0), sealed,
                              &lane->lists[lane->count - 1]))
            return fault_set(fault, "the desk's search index does not open with the desk's key");
    }
    return true;
}

static int64_t cut_lane(struct lane *lane, int64_t most)
{
    int64_t best = 0;
    for (size_t i = 0; i < lane->count;) {
        int64_t last = cut(&lane->lists[i], most);
        best = last > best ? last : best;
        if (last > 0) {
            i++;
            continue;
        }
        search_ids_clear(&lane->lists[i]);
        lane->lists[i] = lane->lists[--lane->count];
    }
    return best;
}

/* The newest case up to `most` that holds the lane's pair; 0: none. A batch whose newest case is older than
 * what is found already cannot have a better one. */
static bool lane_at_most(struct finding *finding, struct lane *lane, int64_t most, int64_t *id,
                         struct fault *fault)
{
    int64_t best = cut_lane(lane, most);
    while (lane->opened < finding->batches.count && finding->batches.items[lane->opened].case_last > best) {
        if (!open_batch(finding, lane, fault))
            return false;
        best = cut_lane(lane, most);
    }
    *id = best;
    return true;
}

/* The newest case up to `most` that is in all lanes, or not indexed yet. */
static bool candidate(struct finding *finding, int64_t most, int64_t *id, struct fault *fault)
{
    int64_t at = most, tail = cut(&finding->tail, most);
    for (size_t agreed = 0, i = 0; agreed < finding->lanes_count && at > tail;
         i = (i + 1) % finding->lanes_count) {
        int64_t found;
        if (!lane_at_most(finding, &finding->lanes[i], at, &found, fault))
            return false;
        agreed = found == at ? agreed + 1 : 1;
        at = found;
    }
    *id = at > tail ? at : tail;
    return true;
}

static bool holds_words(struct finding *finding, int64_t id, bool *holds, struct fault *fault)
{
    CLEANUP(search_reader_clear) struct search_reader reader;
    CLEANUP(text_clear) struct text folded;
    bool row = true;
    text_init(&folded, SEARCH_TEXT_MOST);
    if (!search_reader_open(&reader, finding->ledger, finding->desk,
                            (struct search_wanted){.about = id, .most = INT64_MAX}, fault))
        return false;
    while (row)
        if (!search_reader_next(&reader, &folded, &row, fault))
            return false;
    *holds = true;
    const char *word = finding->words.bytes, *end = word + finding->words.length;
    for (; *holds && word < end; word += strlen(word) + 1)
        *holds = strstr(folded.bytes, word) != NULL;
    sodium_memzero(folded.bytes, folded.length);
    return true;
}

/* The newest case up to `id` that the filter lets through; found: CASE_NONE, none. */
static bool filtered(struct finding *finding, int64_t id, struct casefile *file, enum case_found *found,
                     struct fault *fault)
{
    struct case_filter filter = *finding->filter;
    if (filter.state < 0 && filter.assigned < 0 && filter.open != 1 && filter.overdue_on == 0)
        return casefile_read(finding->ledger, id, file, found, fault);
    CLEANUP(case_list_clear) struct case_list list = {0};
    filter.before = id + 1;
    filter.most = 1;
    if (!casefile_list(finding->ledger, &filter, &list, fault))
        return false;
    *found = list.count > 0 ? CASE_FOUND : CASE_NONE;
    if (list.count > 0)
        *file = list.files[0];
    return true;
}

/* Looks at case `id`, and says where to go on. */
static bool consider(struct finding *finding, int64_t id, int64_t *next, struct fault *fault)
{
    struct casefile file;
    enum case_found found;
    bool holds;
    if (!filtered(finding, id, &file, &found, fault))
        return false;
    *next = found == CASE_NONE ? 0 : file.id < id ? file.id : id - 1;
    if (found == CASE_NONE || file.id != id ||
        (finding->filter->kind >= 0 && (int)file.kind != finding->filter->kind))
        return true;
    if (!holds_words(finding, id, &holds, fault))
        return false;
    if (holds)
        finding->found.files[finding->found.count++] = file;
    return true;
}

static bool walk(struct finding *finding, struct fault *fault)
{
    size_t most = finding->filter->most;
    int64_t at = finding->filter->before > 0 ? finding->filter->before - 1 : INT64_MAX - 1;
    finding->found.files = memory_new(most + 1, sizeof *finding->found.files);
    while (at > 0 && finding->found.count <= most) {
        int64_t id;
        if (!candidate(finding, at, &id, fault))
            return false;
        at = 0;
        if (id > 0 && !consider(finding, id, &at, fault))
            return false;
    }
    finding->found.more = finding->found.count > most;
    finding->found.count -= finding->found.more;
    return true;
}

bool search_find(struct ledger *ledger, const struct seal_pair *desk, const char *words,
                 const struct case_filter *filter, struct case_list *list, struct fault *fault)
{
    CLEANUP(finding_clear)
    struct finding finding = {.ledger = ledger, .desk = desk, .filter = filter};
    search_keys_make(desk, &finding.keys);
    read_words(&finding, words);
    read_terms(&finding);
    if (!prepare_lanes(&finding, fault) || !read_tail(&finding, fault))
        return false;
    if (finding.terms_count > 0 && !walk(&finding, fault))
        return false;
    *list = finding.found;
    finding.found = (struct case_list){0};
    return true;
}
