#include "desk/worker.h"
#include "base/command.h"
#include "base/memory.h"
#include "base/words.h"
#include "desk/channel.h"
#include "desk/rights.h"
#include "desk/sheet.h"
#include "desk/wire.h"
#include <pthread.h>

enum { PUBLIC_THREADS = 8, STAFF_THREADS = 3, THREADS_MOST = 8 };

struct worker {
    int socket;
    pthread_mutex_t *confined; /* held until the process is */
    struct serve_thread *serve;
    pthread_t thread;
};

static bool answer(struct worker *worker, const struct wire_request *request, struct text *message)
{
    struct fault fault;
    CLEANUP(reply_clear) struct reply reply;
    reply_init(&reply);
    if (!serve_request(worker->serve, &request->request, &reply, &fault))
        command_say("%s", fault.text);
    text_empty(message);
    wire_add_reply(message, request->id, &reply);
    enum channel_sent sent = text_whole(message) ? channel_send(worker->socket, message, true) : CHANNEL_FULL;
    if (sent == CHANNEL_FULL) { /* no memory for it */
        struct reply failed;
        reply_init(&failed);
        failed.status = 503;
        text_empty(message);
        wire_add_reply(message, request->id, &failed);
        sent = channel_send(worker->socket, message, true);
    }
    return sent == CHANNEL_SENT;
}

static void *work(void *context)
{
    struct worker *worker = context;
    OWNED_MEMORY struct wire_request *request = memory_new(1, sizeof *request);
    CLEANUP(text_clear) struct text asked, answered;
    text_init(&asked, WIRE_REQUEST_MOST);
    text_init(&answered, WIRE_REPLY_MOST);
    pthread_mutex_lock(worker->confined);
    pthread_mutex_unlock(worker->confined);
    while (channel_receive(worker->socket, &asked)) {
        if (!wire_read_request(asked.bytes, asked.length, request)) {
            command_say("the door has sent what is no request");
            break;
        }
        if (!answer(worker, request, &answered))
            break;
        if (asked.capacity > 1 << 20)
            text_clear(&asked);
    }
    return NULL;
}

static unsigned start(struct worker *workers, unsigned count)
{
    unsigned started = 0;
    while (started < count && pthread_create(&workers[started].thread, NULL, work, &workers[started]) == 0)
        started++;
    return started;
}

bool worker_run(int socket, const char *ledger, enum serve_which which, struct fault *fault)
{
    enum rights_process rights = which == SERVE_PUBLIC ? RIGHTS_PUBLIC : RIGHTS_STAFF;
    struct worker workers[THREADS_MOST] = {{0}};
    unsigned count = which == SERVE_PUBLIC ? PUBLIC_THREADS : STAFF_THREADS;
    pthread_mutex_t confined = PTHREAD_MUTEX_INITIALIZER;
    words_in("ja", "");                 /* the catalogues are read now */
    sheet_prepare();                    /* and the C library's converters */
    setenv("SQLITE_TMPDIR", ledger, 1); /* what it sorts and cannot hold: nowhere else may it write */
    if (!rights_files(rights, ledger, fault))
        return false;
    OWNED(serve_free) struct serve *serve = serve_new(ledger, which, fault);
    bool well = serve != NULL;
    for (unsigned i = 0; well && i < count; i++) {
        workers[i] = (struct worker){.socket = socket, .confined = &confined};
        workers[i].serve = serve_thread_new(serve, fault);
        well = workers[i].serve != NULL;
    }
    pthread_mutex_lock(&confined);
    unsigned started = well ? start(workers, count) : 0;
    if (well && started == 0)
        well = fault_set(fault, "cannot begin a thread");
    well = well && rights_calls(rights, fault);
    if (!well && started > 0) { /* nobody is heard by who is not confined */
        command_say("%s", fault->text);
        _exit(COMMAND_NOT);
    }
    pthread_mutex_unlock(&confined);
    for (unsigned i = 0; i < started; i++)
        pthread_join(workers[i].thread, NULL);
    for (unsigned i = 0; i < count; i++)
        serve_thread_free(workers[i].serve);
    return well;
}
