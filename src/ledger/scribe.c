#include "ledger/scribe.h"
#include "base/memory.h"
#include "ledger/crew.h"

enum { ROW_MOST = 64 };

struct scribe_job {
    struct scribe *scribe;
    struct parquet_file *file;
    void *rows; /* PARQUET_ROWS of them */
    size_t count;
    struct parquet_group group;
};

struct scribe {
    unsigned threads;
    struct parquet_encoder **encoders; /* a thread each */
    struct scribe_job *jobs;
    size_t job_count;
    struct crew *crew;
    bool failed;
    struct fault fault; /* why */
};

static void encode(void *job_, unsigned worker)
{
    struct scribe_job *job = job_;
    parquet_encode(job->scribe->encoders[worker], job->file->table, job->rows, job->count, &job->group);
}

/* Some to be filled, one for each thread to encode, and one each that waits for its turn. */
static size_t jobs_for(unsigned threads)
{
    return SCRIBE_FILES_MOST + (threads == 1 ? 0 : 2 * (size_t)threads);
}

struct scribe *scribe_new(unsigned threads)
{
    struct scribe *scribe = memory_new(1, sizeof *scribe);
    scribe->threads = threads;
    scribe->encoders = memory_new(threads, sizeof *scribe->encoders);
    for (unsigned i = 0; i < threads; i++)
        scribe->encoders[i] = parquet_encoder_new();
    scribe->job_count = jobs_for(threads);
    scribe->jobs = memory_new(scribe->job_count, sizeof *scribe->jobs);
    OWNED_MEMORY void **jobs = memory_new(scribe->job_count, sizeof *jobs);
    for (size_t i = 0; i < scribe->job_count; i++) {
        struct scribe_job *job = jobs[i] = &scribe->jobs[i];
        job->scribe = scribe;
        job->rows = memory_new(PARQUET_ROWS, ROW_MOST);
        parquet_group_init(&job->group);
    }
    scribe->crew = crew_new(threads, encode, jobs, scribe->job_count);
    return scribe;
}

void scribe_free(struct scribe *scribe)
{
    if (scribe == NULL)
        return;
    crew_free(scribe->crew);
    for (size_t i = 0; i < scribe->job_count; i++) {
        free(scribe->jobs[i].rows);
        parquet_group_clear(&scribe->jobs[i].group);
    }
    for (unsigned i = 0; i < scribe->threads; i++)
        parquet_encoder_free(scribe->encoders[i]);
    free(scribe->encoders);
    free(scribe->jobs);
    free(scribe);
}

/* The oldest rows, to their file. False: there are none. */
static bool write_one(struct scribe *scribe)
{
    struct scribe_job *job = crew_take(scribe->crew);
    if (job == NULL)
        return false;
    if (!scribe->failed)
        scribe->failed = !parquet_add(job->file, &job->group, &scribe->fault);
    crew_return(scribe->crew, job);
    return true;
}

void *scribe_rows(struct scribe *scribe, struct scribe_file *file, size_t *room)
{
    struct scribe_job *job = file->filling;
    while (job == NULL && (job = crew_spare(scribe->crew)) == NULL)
        write_one(scribe);
    if (file->filling == NULL) {
        job->file = &file->parquet;
        job->count = 0;
        file->filling = job;
    }
    *room = PARQUET_ROWS - job->count;
    return (char *)job->rows + job->count * file->parquet.table->row_size;
}

static void give(struct scribe *scribe, struct scribe_file *file)
{
    struct scribe_job *job = HANDOVER(file->filling);
    if (job != NULL && job->count > 0)
        crew_give(scribe->crew, job);
    else if (job != NULL)
        crew_return(scribe->crew, job);
}

void scribe_add(struct scribe *scribe, struct scribe_file *file, size_t count)
{
    file->filling->count += count;
    if (file->filling->count == PARQUET_ROWS)
        give(scribe, file);
}

bool scribe_end(struct scribe *scribe, struct scribe_file *const *files, size_t count, struct fault *fault)
{
    for (size_t i = 0; i < count; i++)
        give(scribe, files[i]);
    while (write_one(scribe))
        ;
    bool failed = scribe->failed;
    scribe->failed = false;
    if (failed)
        *fault = scribe->fault;
    return !failed;
}
