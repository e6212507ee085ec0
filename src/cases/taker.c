#include "cases/taker.h"
#include "base/memory.h"
#include "cases/sealed_case.h"
#include "ledger/records.h"
#include <pthread.h>
#include <signal.h>
#include <sodium.h>
#include <string.h>

enum {
    TAKER_CASES_MOST = 512,      /* one transaction takes what waits: up to so many cases, */
    TAKER_BYTES_MOST = 64 << 20, /* and (attachments) so many bytes */
    TAKER_SEALINGS_MOST = 4,
};

enum outcome {
    ITEM_WRITTEN,
    ITEM_FAILED,
    ITEM_STALE, /* not sealed to the key that the desk has: it is to be sealed anew */
};
/* One case on its way; it lives on the stack of the thread that waits for it. */
struct item {
    struct sealed_case sealed;
    enum outcome outcome;
    enum case_taken taken;
    int64_t id;
    struct fault fault;
    struct item *next;
    bool over; /* guarded by the taker's mutex; all above is the writer's until then */
    pthread_cond_t done;
};

struct taker {
    struct ledger *ledger; /* the writer's alone */
    pthread_t writer;
    pthread_mutex_t mutex; /* all below */
    pthread_cond_t come;   /* something waits, or it is to end */
    struct item *first, **last;
    bool ends;
    bool knows_desk;
    struct seal_public desk;
};

static size_t bytes_of(const struct item *item)
{
    size_t bytes = item->sealed.told.fields.length;
    for (size_t i = 0; i < item->sealed.told.attachments_count; i++)
        bytes += item->sealed.told.attachments[i].bytes.length;
    return bytes;
}

/* Takes off the queue what one transaction takes: at least one. */
static struct item *take_off(struct taker *taker)
{
    struct item *batch = taker->first, **end = &taker->first;
    size_t count = 0, bytes = 0;
    while (*end != NULL && count < TAKER_CASES_MOST) {
        bytes += bytes_of(*end);
        if (count > 0 && bytes > TAKER_BYTES_MOST)
            break;
        end = &(*end)->next;
        count++;
    }
    struct item *rest = *end;
    *end = NULL;
    taker->first = rest;
    if (rest == NULL)
        taker->last = &taker->first;
    return batch;
}

static void fail_all(struct item *batch, const struct fault *fault)
{
    for (struct item *item = batch; item != NULL; item = item->next) {
        item->outcome = ITEM_FAILED;
        item->fault = *fault;
    }
}

/* One case, in a savepoint of its own: what fails of it leaves the others. */
static bool write_item(struct ledger *ledger, struct item *item, struct fault *fault)
{
    if (!records_run(ledger->records, "SAVEPOINT item", fault))
        return false;
    bool well = sealed_case_write(ledger, &item->sealed, &item->taken, &item->id, &item->fault);
    item->outcome = well ? ITEM_WRITTEN : ITEM_FAILED;
    if (!well && sqlite3_get_autocommit(ledger->records) != 0) { /* a full disk: SQLite undid all of it */
        *fault = item->fault;
        return false;
    }
    return records_run(ledger->records, well ? "RELEASE item" : "ROLLBACK TO item; RELEASE item", fault);
}

static bool write_items(struct taker *taker, struct item *batch, struct fault *fault)
{
    struct seal_public desk;
    if (!told_desk(taker->ledger, &desk, fault))
        return false;
    pthread_mutex_lock(&taker->mutex);
    taker->desk = desk;
    taker->knows_desk = true;
    pthread_mutex_unlock(&taker->mutex);
    for (struct item *item = batch; item != NULL; item = item->next) {
        item->outcome = ITEM_STALE;
        if (memcmp(&item->sealed.desk, &desk, sizeof desk) == 0 && !write_item(taker->ledger, item, fault))
            return false;
    }
    return true;
}

enum written {
    WRITTEN,
    WRITTEN_NOT /* nobody could have written */,
    WRITTEN_UNDONE /* what broke it may be one case's doing */
};

/* When it is back with WRITTEN, the log is synced: it is on the disk. */
static enum written write_together(struct taker *taker, struct item *batch)
{
    struct fault fault, ignored;
    sqlite3 *records = taker->ledger->records;
    if (!records_run(records, "BEGIN IMMEDIATE", &fault)) {
        fail_all(batch, &fault);
        return WRITTEN_NOT;
    }
    if (write_items(taker, batch, &fault) && records_run(records, "COMMIT", &fault))
        return WRITTEN;
    records_run(records, "ROLLBACK", &ignored);
    fail_all(batch, &fault);
    return WRITTEN_UNDONE;
}

/* Where all together do not fit, each has its own try: one that is too large fails alone. */
static void write_batch(struct taker *taker, struct item *batch)
{
    if (write_together(taker, batch) != WRITTEN_UNDONE || batch->next == NULL)
        return;
    for (struct item *item = batch, *next; item != NULL; item = next) {
        next = item->next;
        item->next = NULL;
        enum written written = write_together(taker, item);
        item->next = next;
        if (written == WRITTEN_NOT) { /* nor the ones behind it, and each would wait as long to hear so */
            const struct fault fault = item->fault;
            fail_all(item, &fault);
            return;
        }
    }
}

static void wake_all(struct item *batch)
{
    for (struct item *item = batch, *next; item != NULL; item = next) {
        next = item->next;
        item->over = true;
        pthread_cond_signal(&item->done);
    }
}

static void *write_on(void *context)
{
    struct taker *taker = context;
    pthread_mutex_lock(&taker->mutex);
    for (;;) {
        while (taker->first == NULL && !taker->ends)
            pthread_cond_wait(&taker->come, &taker->mutex);
        if (taker->first == NULL)
            break;
        struct item *batch = take_off(taker);
        pthread_mutex_unlock(&taker->mutex);
        write_batch(taker, batch);
        pthread_mutex_lock(&taker->mutex);
        wake_all(batch);
    }
    pthread_mutex_unlock(&taker->mutex);
    return NULL;
}

/* The writer hears no signals: they are for whoever leads the process. */
static bool start_writer(struct taker *taker, struct fault *fault)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int result = pthread_create(&taker->writer, NULL, write_on, taker);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return result == 0 || fault_set(fault, "cannot start the thread that writes: %s", strerror(result));
}

struct taker *taker_new(const char *path, struct fault *fault)
{
    if (sodium_init() < 0) {
        fault_set(fault, "the system gives no random numbers");
        return NULL;
    }
    struct taker *taker = memory_new(1, sizeof *taker);
    taker->ledger = ledger_open(path, LEDGER_SHARE, fault);
    taker->last = &taker->first;
    pthread_mutex_init(&taker->mutex, NULL);
    pthread_cond_init(&taker->come, NULL);
    if (taker->ledger != NULL && start_writer(taker, fault))
        return taker;
    ledger_free(taker->ledger);
    free(taker);
    return NULL;
}

void taker_free(struct taker *taker)
{
    if (taker == NULL)
        return;
    pthread_mutex_lock(&taker->mutex);
    taker->ends = true;
    pthread_cond_signal(&taker->come);
    pthread_mutex_unlock(&taker->mutex);
    pthread_join(taker->writer, NULL);
    pthread_cond_destroy(&taker->come);
    pthread_mutex_destroy(&taker->mutex);
    ledger_free(taker->ledger);
    free(taker);
}

/* Sealed to the desk's key as it is known by now. Where none is known yet, the writer finds it stale and
 * learns the key. */
static bool seal_item(struct taker *taker, const struct case_intake *intake, struct item *item,
                      struct fault *fault)
{
    pthread_mutex_lock(&taker->mutex);
    const struct seal_public desk = taker->desk;
    bool knows = taker->knows_desk;
    pthread_mutex_unlock(&taker->mutex);
    return !knows || sealed_case_make(&item->sealed, intake, &desk, fault);
}

static void wait_for(struct taker *taker, struct item *item)
{
    pthread_cond_init(&item->done, NULL);
    pthread_mutex_lock(&taker->mutex);
    *taker->last = item;
    taker->last = &item->next;
    pthread_cond_signal(&taker->come);
    while (!item->over)
        pthread_cond_wait(&item->done, &taker->mutex);
    pthread_mutex_unlock(&taker->mutex);
    pthread_cond_destroy(&item->done);
}

static enum outcome take_once(struct taker *taker, const struct case_intake *intake, struct item *item)
{
    if (!seal_item(taker, intake, item, &item->fault))
        item->outcome = ITEM_FAILED;
    else
        wait_for(taker, item);
    sealed_case_clear(&item->sealed);
    return item->outcome;
}

bool taker_take(struct taker *taker, const struct case_intake *intake, enum case_taken *taken, int64_t *id,
                struct fault *fault)
{
    struct item item;
    enum outcome outcome = ITEM_STALE;
    for (int i = 0; i < TAKER_SEALINGS_MOST && outcome == ITEM_STALE; i++) {
        item = (struct item){0};
        outcome = take_once(taker, intake, &item);
    }
    if (outcome == ITEM_STALE)
        return fault_set(fault, "the desk's key changes too often");
    if (outcome == ITEM_FAILED) {
        *fault = item.fault;
        return false;
    }
    *taken = item.taken;
    *id = item.id;
    return true;
}
