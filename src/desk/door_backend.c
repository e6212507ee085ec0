#include "desk/door_parts.h"
#include "desk/channel.h"

enum { SLOTS = 256, SENT_MOST = 64, WAITING_MOST = 2048 };

static void take_first(struct door_backend *backend)
{
    backend->first = backend->first->next;
    if (backend->first == NULL)
        backend->last = NULL;
    backend->waiting--;
}

/* A slot for its id, so that the reply finds it; ids are not used twice. */
static void place(struct door_backend *backend, struct door_exchange *exchange)
{
    do
        exchange->id = ++backend->serial;
    while (backend->sent[exchange->id % SLOTS] != NULL);
    backend->sent[exchange->id % SLOTS] = exchange;
    backend->asked++;
    wire_set_id(&exchange->message, exchange->id);
}

static void unplace(struct door_backend *backend, struct door_exchange *exchange)
{
    backend->sent[exchange->id % SLOTS] = NULL;
    backend->asked--;
}

/* Sends what waits, as long as the process takes it. Locked. */
static void send_waiting(struct door_backend *backend)
{
    while (backend->first != NULL && backend->socket >= 0 && backend->asked < SENT_MOST) {
        struct door_exchange *exchange = backend->first;
        place(backend, exchange);
        enum channel_sent sent = channel_send(backend->socket, &exchange->message, false);
        if (sent == CHANNEL_SENT) {
            take_first(backend);
            continue;
        }
        unplace(backend, exchange);
        if (sent == CHANNEL_ENDED || backend->asked > 0)
            return; /* the next reply, or the next process, brings us back */
        take_first(backend);
        exchange->gone = true; /* not even one goes through: no memory for it */
        door_exchange_answer(exchange);
    }
}

bool door_backend_ask(struct door_backend *backend, struct door_exchange *exchange)
{
    pthread_mutex_lock(&backend->lock);
    bool room = backend->waiting < WAITING_MOST && !backend->ending;
    if (room) {
        MHD_suspend_connection(exchange->mhd);
        exchange->next = NULL;
        if (backend->last == NULL)
            backend->first = exchange;
        else
            backend->last->next = exchange;
        backend->last = exchange;
        backend->waiting++;
        send_waiting(backend);
    }
    pthread_mutex_unlock(&backend->lock);
    return room;
}

static void take_reply(struct door_backend *backend, const struct text *message)
{
    struct reply reply;
    uint64_t id;
    reply_init(&reply);
    bool well = wire_read_reply(message->bytes, message->length, &id, &reply);
    pthread_mutex_lock(&backend->lock);
    struct door_exchange *exchange = well ? backend->sent[id % SLOTS] : NULL;
    if (exchange != NULL && exchange->id == id) {
        unplace(backend, exchange);
        reply_clear(&exchange->reply);
        exchange->reply = reply;
        door_exchange_answer(exchange);
    } else {
        reply_clear(&reply);
    }
    send_waiting(backend);
    pthread_mutex_unlock(&backend->lock);
}

/* What the process had taken it will not answer; what still waits is for the next one. Locked. */
static void fail_sent(struct door_backend *backend)
{
    for (size_t i = 0; i < SLOTS; i++) {
        struct door_exchange *exchange = backend->sent[i];
        if (exchange == NULL)
            continue;
        unplace(backend, exchange);
        exchange->gone = true;
        door_exchange_answer(exchange);
    }
}

/* The socket to hear, when there is one; -1: it is over. */
static int wait_for_socket(struct door_backend *backend)
{
    pthread_mutex_lock(&backend->lock);
    while (backend->socket < 0 && !backend->ending)
        pthread_cond_wait(&backend->changed, &backend->lock);
    int socket = backend->ending ? -1 : backend->socket;
    send_waiting(backend);
    pthread_mutex_unlock(&backend->lock);
    return socket;
}

static void *read_replies(void *context)
{
    struct door_backend *backend = context;
    CLEANUP(text_clear) struct text message;
    text_init(&message, WIRE_REPLY_MOST);
    for (int socket; (socket = wait_for_socket(backend)) >= 0;) {
        while (channel_receive(socket, &message))
            take_reply(backend, &message);
        pthread_mutex_lock(&backend->lock);
        close(socket);
        backend->socket = -1;
        fail_sent(backend);
        pthread_cond_broadcast(&backend->changed);
        pthread_mutex_unlock(&backend->lock);
    }
    return NULL;
}

bool door_backend_begin(struct door_backend *backend, struct fault *fault)
{
    *backend = (struct door_backend){.socket = -1};
    pthread_mutex_init(&backend->lock, NULL);
    pthread_cond_init(&backend->changed, NULL);
    return pthread_create(&backend->reader, NULL, read_replies, backend) == 0 ||
           fault_set(fault, "cannot begin a thread");
}

void door_backend_use(struct door_backend *backend, int socket)
{
    pthread_mutex_lock(&backend->lock);
    while (backend->socket >= 0) { /* the one before has ended: its reader is about to see it */
        shutdown(backend->socket, SHUT_RDWR);
        pthread_cond_wait(&backend->changed, &backend->lock);
    }
    backend->socket = socket;
    pthread_cond_broadcast(&backend->changed);
    pthread_mutex_unlock(&backend->lock);
}

void door_backend_end(struct door_backend *backend)
{
    pthread_mutex_lock(&backend->lock);
    backend->ending = true;
    if (backend->socket >= 0)
        shutdown(backend->socket, SHUT_RDWR);
    while (backend->first != NULL) {
        struct door_exchange *exchange = backend->first;
        take_first(backend);
        exchange->gone = true;
        door_exchange_answer(exchange);
    }
    pthread_cond_broadcast(&backend->changed);
    pthread_mutex_unlock(&backend->lock);
    pthread_join(backend->reader, NULL);
    pthread_mutex_destroy(&backend->lock);
    pthread_cond_destroy(&backend->changed);
}
