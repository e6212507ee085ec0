/* desk_fill: puts any number of made cases into a new ledger, sealed as the desk seals them, classified,
 * counted and indexed, so that pages and searches can be measured on years of work.
 *
 *     desk_fill LEDGER CASES
 *
 * One case in six is a report, half of them of malware; the others are consultations. Their text is of some
 * 4,000 words after a power law, two characters or more each; 65,532 texts come again and again. The newest
 * three in a hundred are open. What is left out is only the way in: rows are written by the hundred thousand,
 * batches of the index are made full, and entries of the record of deeds are not chained. The desk's key is
 * made of a seed that stands here (desk.h). */
#include "desk.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/progress.h"
#include "base/workers.h"
#include "cases/fold.h"
#include "cases/sealed_case.h"
#include "cases/search_parts.h"
#include "ledger/codes.h"
#include "ledger/crew.h"
#include <string.h>
#include <time.h>

/* Cases come in chunks whose texts are the same, each in a case of the same kind: a multiple of 12. */
enum { CHUNK = 12 * 5461, WORDS = 4000, STAFF = 20, RARE_AT = 76, RARE_EVERY = 15 /* chunks */ };
static const char rare_word[] = "雲雀";

struct pair {
    int64_t term, at; /* of the chunk's cases */
};
struct chunk {
    json_t *told[CHUNK], *told_rare;
    struct pair *pairs; /* in order, each once */
    size_t count, room;
    int64_t at, rare;
};
struct job {
    const struct chunk *chunk;
    const struct seal_public *desk;
    struct ledger *ledger;
    int64_t first, count, all;
    bool is_rare; /* the rare word is in it */
    struct case_intake intakes[CHUNK];
    struct sealed_case cases[CHUNK];
    struct search_batch batch;
    struct text lists; /* term, length, bytes */
};

static uint64_t dice(uint64_t *state)
{
    uint64_t value = *state += UINT64_C(0x9e3779b97f4a7c15);
    value = (value ^ value >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    value = (value ^ value >> 27) * UINT64_C(0x94d049bb133111eb);
    return value ^ value >> 31;
}

static void add_character(struct text *text, unsigned code)
{
    const char bytes[] = {(char)(0xe0 | code >> 12), (char)(0x80 | (code >> 6 & 0x3f)),
                          (char)(0x80 | (code & 0x3f))};
    text_add(text, bytes, sizeof bytes);
}

/* Word `number` of the vocabulary: the same each time. Two kanji, or some katakana, or Latin letters. */
static void add_word(struct text *text, unsigned number)
{
    uint64_t state = number;
    unsigned kind = (unsigned)(dice(&state) % 10), length = 3 + (unsigned)(dice(&state) % 4);
    for (unsigned i = 0; i < (kind < 7 ? 2 : length); i++)
        if (kind < 7)
            add_character(text, 0x4e00 + (unsigned)(dice(&state) % 3000));
        else if (kind < 9)
            add_character(text, 0x30a2 + (unsigned)(dice(&state) % 80));
        else
            text_add_byte(text, (char)('a' + dice(&state) % 26));
}

/* Word k comes about as often as 1/k. */
static unsigned some_word(uint64_t *state)
{
    unsigned most = WORDS;
    for (unsigned halvings = (unsigned)(dice(state) % 12); halvings > 0; halvings--)
        most /= 2;
    return (unsigned)(dice(state) % (most + 1));
}

static void add_text(struct text *text, int64_t at, const char *word)
{
    static const char *const joints[] = {"の", "が", "を", "に", "です。", "ました。", "、"};
    uint64_t state = (uint64_t)at * 1000003;
    text_add_string(text, bench_kind(at + 1) == CASE_CONSULTATION ? "相談です。" : "届出します。");
    if (at % 1000 == 7)
        text_add_string(text, "凸凹"); /* one in a thousand */
    text_add_string(text, word);
    for (unsigned words = 10 + (unsigned)(dice(&state) % 30); words > 0; words--) {
        add_word(text, some_word(&state));
        text_add_string(text, joints[dice(&state) % 7]);
    }
}

static json_t *told_of(int64_t at, const char *word)
{
    CLEANUP(text_clear) struct text text;
    char mail[64];
    text_init(&text, 1 << 16);
    add_text(&text, at, word);
    snprintf(mail, sizeof mail, "reporter%lld@example.jp", (long long)at);
    return json_pack("{s:s, s:s}", "text", text.bytes, "email", mail);
}

static void add_pair(void *context, int64_t term)
{
    struct chunk *chunk = context;
    if (chunk->count == chunk->room) {
        chunk->room = chunk->room == 0 ? 1 << 22 : chunk->room * 2;
        chunk->pairs = memory_resize(chunk->pairs, chunk->room, sizeof *chunk->pairs);
    }
    chunk->pairs[chunk->count++] = (struct pair){term | bench_kind(chunk->at + 1), chunk->at};
}

static void note_rare(void *context, int64_t term)
{
    ((struct chunk *)context)->rare = term | bench_kind(RARE_AT + 1);
}

static int compare_pairs(const void *a, const void *b)
{
    const struct pair *one = a, *other = b;
    if (one->term != other->term)
        return one->term < other->term ? -1 : 1;
    return (one->at > other->at) - (one->at < other->at);
}

static void index_case(struct chunk *chunk, const struct search_keys *keys, json_t *told)
{
    const char *name;
    json_t *value;
    CLEANUP(text_clear) struct text folded;
    text_init(&folded, 1 << 20);
    json_object_foreach(told, name, value)
    {
        fold_add(&folded, json_string_value(value), FOLD_BLANKS_ONE);
        text_add_byte(&folded, '\n');
    }
    search_pairs(keys, folded.bytes, folded.length, (struct search_see){add_pair, chunk});
}

static void chunk_make(struct chunk *chunk, const struct search_keys *keys)
{
    size_t kept = 0;
    for (chunk->at = 0; chunk->at < CHUNK; chunk->at++) {
        chunk->told[chunk->at] = told_of(chunk->at, "");
        index_case(chunk, keys, chunk->told[chunk->at]);
    }
    chunk->told_rare = told_of(RARE_AT, rare_word);
    chunk->at = RARE_AT;
    index_case(chunk, keys, chunk->told_rare);
    search_pairs(keys, rare_word, sizeof rare_word - 1, (struct search_see){note_rare, chunk});
    qsort(chunk->pairs, chunk->count, sizeof *chunk->pairs, compare_pairs);
    for (size_t i = 0; i < chunk->count; i++)
        if (kept == 0 || compare_pairs(&chunk->pairs[kept - 1], &chunk->pairs[i]) != 0)
            chunk->pairs[kept++] = chunk->pairs[i];
    chunk->count = kept;
}

static void seal_list(struct job *job, int64_t term, const struct search_ids *ids)
{
    uint64_t length = 0;
    size_t at = job->lists.length;
    if (ids->count == 0 || (term == job->chunk->rare && !job->is_rare))
        return;
    text_add(&job->lists, (const char *)&term, sizeof term);
    text_add(&job->lists, (const char *)&length, sizeof length);
    search_list_seal(&job->batch, term, ids, &job->lists);
    length = job->lists.length - at - sizeof term - sizeof length;
    memcpy(job->lists.bytes + at + sizeof term, &length, sizeof length);
}

static void seal_lists(struct job *job)
{
    CLEANUP(search_ids_clear) struct search_ids ids = {0};
    const struct pair *pairs = job->chunk->pairs;
    for (size_t i = 0; i < job->chunk->count; i++) {
        if (pairs[i].at < job->count)
            search_ids_add(&ids, job->first + pairs[i].at);
        if (i + 1 < job->chunk->count && pairs[i + 1].term == pairs[i].term)
            continue;
        seal_list(job, pairs[i].term, &ids);
        ids.count = 0;
    }
}

static void work(void *context, unsigned worker)
{
    (void)worker;
    struct job *job = context;
    struct fault fault;
    text_empty(&job->lists);
    for (int64_t i = 0; i < job->count; i++) {
        int64_t id = job->first + i;
        struct case_intake *intake = &job->intakes[i];
        bool rare = job->is_rare && i == RARE_AT;
        *intake = (struct case_intake){.kind = bench_kind(id),
                                       .channel = (enum case_channel)(id % CASE_CHANNELS),
                                       .language = "ja",
                                       .told = rare ? job->chunk->told_rare : job->chunk->told[i],
                                       .at_s = bench_received_s(id, job->all)};
        casefile_once(job->ledger, &id, sizeof id, intake->once);
        if (!sealed_case_make(&job->cases[i], intake, job->desk, &fault))
            abort();
    }
    seal_lists(job);
}

static const char sql_case[] =
    "INSERT INTO casefile (id, kind, channel, language, state, received_s, received_on, changed_s, due_on,"
    " assigned, reporter, once, desk_key, access_report, consultation)"
    " VALUES (?1, ?2, ?3, 'ja', ?4, ?5, ?6, ?5, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
static const char sql_told[] =
    "INSERT INTO told (id, casefile, at_s, what, sealed) VALUES (?1, ?1, ?2, 'told', ?3)";
static const char *const sql_classed[CASE_KINDS][3] = {
    [CASE_MALWARE] = {"INSERT INTO classed_malware VALUES (?1, 0, ?2, ?2, 'W32/Netsky', 'virus', 1, 'mail')",
                      "INSERT INTO malware_report (reporter, detected_on, name, month, accepted_on, kind,"
                      " detections, route) VALUES (?3, ?2, 'W32/Netsky', ?4, ?2, 'virus', 1, 'mail')",
                      "INSERT INTO counted_malware VALUES (?1, 0, ?4, 'W32/Netsky', ?3, ?2, 1)"},
    [CASE_ACCESS] = {"INSERT INTO classed_access VALUES (?1, ?2, 0, 'probe', '')",
                     "INSERT INTO access_report VALUES (?1, ?3, ?2, 0, 'probe', '')", NULL},
    [CASE_CONSULTATION] = {"INSERT INTO classed_consultation VALUES (?1, ?2, 'phone', 'winny', 0, NULL)",
                           "INSERT INTO consultation VALUES (?1, ?2, 'phone', 'winny', 0, NULL)", NULL},
};

static const char sql_deed[] = "INSERT INTO deed (at_s, staff, what, casefile, detail, hash)"
                               " VALUES (?1, -1, 'case.taken', ?2, 'web', zeroblob(32))";

struct filler {
    struct ledger *ledger;
    const struct search_keys *keys;
    sqlite3_stmt *casefile, *told, *deed, *classed[CASE_KINDS][3];
};

static bool prepare(struct filler *filler, struct fault *fault)
{
    sqlite3 *records = filler->ledger->records;
    filler->casefile = records_prepare(records, sql_case, fault);
    filler->told = records_prepare(records, sql_told, fault);
    filler->deed = records_prepare(records, sql_deed, fault);
    bool well = filler->casefile != NULL && filler->told != NULL && filler->deed != NULL;
    for (int kind = 0; kind < CASE_KINDS; kind++)
        for (int i = 0; well && i < 3 && sql_classed[kind][i] != NULL; i++)
            well = (filler->classed[kind][i] = records_prepare(records, sql_classed[kind][i], fault)) != NULL;
    return well;
}

static bool write_classed(struct filler *filler, const struct casefile *file, struct fault *fault)
{
    for (int i = 0; i < 3 && filler->classed[file->kind][i] != NULL; i++) {
        sqlite3_stmt *statement = filler->classed[file->kind][i];
        sqlite3_bind_int64(statement, 1, file->id);
        sqlite3_bind_int(statement, 2, file->received_on);
        if (sqlite3_bind_parameter_count(statement) > 2)
            sqlite3_bind_blob(statement, 3, file->once, sizeof file->once, SQLITE_STATIC);
        if (sqlite3_bind_parameter_count(statement) > 3)
            sqlite3_bind_int(statement, 4, calendar_month(file->received_on));
        if (!records_do(statement, fault))
            return false;
    }
    return true;
}

/* Its entry in the record, not chained. */
static bool write_deed(struct filler *filler, const struct casefile *file, struct fault *fault)
{
    sqlite3_bind_int64(filler->deed, 1, file->received_s);
    sqlite3_bind_int64(filler->deed, 2, file->id);
    return records_do(filler->deed, fault);
}

/* The newest three in a hundred are open; of the others most are closed. */
static struct casefile file_of(const struct job *job, const struct case_intake *intake, int64_t id)
{
    static const enum case_state open[] = {CASE_NEW, CASE_NEW, CASE_WORKING, CASE_WAITING};
    uint64_t state = (uint64_t)id;
    unsigned thrown = (unsigned)(dice(&state) % 100);
    struct casefile file = {.id = id, .kind = intake->kind, .received_s = intake->at_s, .due_on = INT32_MIN};
    bool is_open = id > job->all - job->all * 3 / 100;
    file.state = is_open       ? open[thrown % 4]
                 : thrown == 0 ? CASE_WITHDRAWN
                 : thrown < 5  ? CASE_REJECTED
                 : thrown < 15 ? CASE_ANSWERED
                               : CASE_CLOSED;
    file.received_on = (int32_t)(intake->at_s / 86400);
    if (file.state != CASE_NEW)
        file.assigned = 1 + (int64_t)(dice(&state) % STAFF);
    if (is_open && thrown < 50)
        file.due_on = file.received_on + (int32_t)thrown;
    file.classed = !is_open && file.state != CASE_REJECTED && file.state != CASE_WITHDRAWN;
    memcpy(file.once, intake->once, sizeof file.once);
    return file;
}

static bool write_case(struct filler *filler, const struct job *job, int64_t at, struct fault *fault)
{
    const struct sealed_case *sealed = &job->cases[at];
    const struct casefile file = file_of(job, &job->intakes[at], job->first + at);
    sqlite3_stmt *add = filler->casefile, *told = filler->told;
    sqlite3_clear_bindings(add);
    sqlite3_bind_int64(add, 1, file.id);
    sqlite3_bind_text(add, 2, case_kinds[file.kind], -1, SQLITE_STATIC);
    sqlite3_bind_text(add, 3, case_channels[job->intakes[at].channel], -1, SQLITE_STATIC);
    sqlite3_bind_text(add, 4, case_states[file.state], -1, SQLITE_STATIC);
    sqlite3_bind_int64(add, 5, file.received_s);
    sqlite3_bind_int(add, 6, file.received_on);
    if (file.due_on != INT32_MIN)
        sqlite3_bind_int(add, 7, file.due_on);
    if (file.assigned != 0)
        sqlite3_bind_int64(add, 8, file.assigned);
    sqlite3_bind_blob(add, 9, file.once, sizeof file.once, SQLITE_STATIC);
    sqlite3_bind_blob(add, 10, file.once, sizeof file.once, SQLITE_STATIC);
    sqlite3_bind_blob(add, 11, sealed->desk_key.bytes, sizeof sealed->desk_key.bytes, SQLITE_STATIC);
    if (file.classed && file.kind != CASE_MALWARE)
        sqlite3_bind_int64(add, file.kind == CASE_ACCESS ? 12 : 13, file.id);
    sqlite3_bind_int64(told, 1, file.id);
    sqlite3_bind_int64(told, 2, file.received_s);
    sqlite3_bind_blob64(told, 3, sealed->told.fields.bytes, sealed->told.fields.length, SQLITE_STATIC);
    return records_do(add, fault) && records_do(told, fault) && write_deed(filler, &file, fault) &&
           (!file.classed || write_classed(filler, &file, fault));
}

static bool write_lists(struct filler *filler, const struct job *job, struct fault *fault)
{
    CLEANUP(search_writer_clear) struct search_writer writer = {0};
    if (!search_writer_begin(&writer, filler->ledger, filler->keys, fault))
        return false;
    writer.batch = job->batch;
    for (size_t at = 0; at < job->lists.length;) {
        int64_t term;
        uint64_t length;
        memcpy(&term, job->lists.bytes + at, sizeof term);
        memcpy(&length, job->lists.bytes + at + sizeof term, sizeof length);
        at += sizeof term + sizeof length;
        if (!search_writer_add(&writer, term, (struct told_bytes){job->lists.bytes + at, length}, fault))
            return false;
        at += length;
    }
    return search_writer_finish(&writer, fault);
}

static bool write_job(struct filler *filler, struct job *job, struct fault *fault)
{
    bool well = records_run(filler->ledger->records, "BEGIN IMMEDIATE", fault);
    for (int64_t i = 0; i < job->count; i++) {
        well = well && write_case(filler, job, i, fault);
        sealed_case_clear(&job->cases[i]);
    }
    return well && write_lists(filler, job, fault) && records_run(filler->ledger->records, "COMMIT", fault);
}

static void give(struct crew *crew, struct job *job, const struct search_keys *keys, int64_t first)
{
    int64_t all = job->all;
    job->first = first;
    job->is_rare = first / CHUNK % RARE_EVERY == 0;
    job->count = all - first + 1 < CHUNK ? all - first + 1 : CHUNK;
    job->batch = (struct search_batch){.batch = first / CHUNK + 1,
                                       .told_first = first,
                                       .told_last = first + job->count - 1,
                                       .case_last = first + job->count - 1,
                                       .entries = job->count,
                                       .made_s = time(NULL)};
    memcpy(job->batch.salt, &first, sizeof first);
    search_batch_key(keys, &job->batch);
    crew_give(crew, job);
}

static bool fill(struct filler *filler, struct crew *crew, int64_t all, struct fault *fault)
{
    struct progress progress;
    int64_t first = 1, written = 0;
    bool well = true;
    progress_begin(&progress, "cases", (uint64_t)all);
    while (well && written < all) {
        struct job *job = first > all ? NULL : crew_spare(crew);
        if (job != NULL) {
            give(crew, job, filler->keys, first);
            first += CHUNK;
            continue;
        }
        job = crew_take(crew);
        well = write_job(filler, job, fault);
        written += job->count;
        crew_return(crew, job);
        progress_tell(&progress, (uint64_t)written);
    }
    progress_end(&progress);
    return well;
}

static bool make_desk(struct ledger *ledger, const struct seal_pair *desk, struct fault *fault)
{
    OWNED(sqlite3_finalize)
    sqlite3_stmt *key =
        records_prepare(ledger->records, "INSERT INTO desk_key VALUES (1, ?1, x'00', x'00')", fault);
    if (key == NULL)
        return false;
    sqlite3_bind_blob(key, 1, desk->public.bytes, sizeof desk->public.bytes, SQLITE_STATIC);
    return records_do(key, fault) &&
           records_run(ledger->records,
                       "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)"
                       " INSERT INTO staff SELECT i, 'staff' || i, 'staff' || i, 1, 'ja', 'active', x'00',"
                       " x'00', 0, 0, 0 FROM n",
                       fault);
}

static bool run(const char *path, int64_t all, struct fault *fault)
{
    struct seal_pair desk = bench_desk();
    struct search_keys keys;
    search_keys_make(&desk, &keys);
    if (!ledger_make(path, "Asia/Tokyo", "ja", fault))
        return false;
    struct filler filler = {.ledger = ledger_open(path, LEDGER_WRITE, fault)};
    if (filler.ledger == NULL || !make_desk(filler.ledger, &desk, fault) ||
        !records_run(filler.ledger->records, "PRAGMA synchronous = OFF; PRAGMA cache_size = -2000000",
                     fault) ||
        !prepare(&filler, fault))
        return false;
    enum { JOBS = 4 };
    void *jobs[JOBS];
    struct chunk *chunk = memory_new(1, sizeof *chunk);
    filler.keys = &keys;
    chunk_make(chunk, &keys);
    for (int i = 0; i < JOBS; i++) {
        struct job *job = memory_new(1, sizeof *job);
        job->desk = &desk.public;
        job->chunk = chunk;
        job->all = all;
        job->ledger = filler.ledger;
        text_init(&job->lists, (size_t)1 << 30);
        jobs[i] = job;
    }
    struct crew *crew = crew_new(workers_processors(), work, jobs, JOBS);
    return fill(&filler, crew, all, fault) &&
           records_run(filler.ledger->records, "PRAGMA wal_checkpoint(TRUNCATE)", fault);
}

int main(int count, char **words)
{
    struct fault fault;
    uint64_t all;
    if (count != 3 || !number_parse(words[2], strlen(words[2]), 1000000000, &all)) {
        fprintf(stderr, "usage: desk_fill LEDGER CASES\n");
        return 2;
    }
    if (run(words[1], (int64_t)all, &fault))
        return 0; /* the system takes all back */
    fprintf(stderr, "desk_fill: %s\n", fault.text);
    return 2;
}
