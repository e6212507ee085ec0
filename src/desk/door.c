#include "desk/door_parts.h"
#include "base/clock.h"
#include "base/workers.h"
#include "desk/channel.h"
#include "desk/rights.h"
#include "desk/static.h"
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>

enum {
    CONNECTION_BYTES = 32 << 10, /* the head of a request, the head of its answer, what is read at once */
    DESCRIPTORS_APART = 256,     /* that are no connection of the world's */
    CONNECTIONS_MOST = 32768,
    SWEEP_MS = 500,
    END_MS = 20000,
    LAST_ANSWERS_MS = 1000,
};

/* libmicrohttpd forgets a request whose query fills its memory, without see_end(): who sends the next one on
 * that connection, or closes it, clears up. */
static void *see_target(void *context, const char *target, struct MHD_Connection *mhd)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    struct door_connection *connection = info == NULL ? NULL : info->socket_context;
    if (connection == NULL)
        return NULL;
    door_exchange_free(connection->exchange);
    return door_exchange_new(context, connection, mhd, target);
}

static enum MHD_Result see_request(void *context, struct MHD_Connection *connection, const char *url,
                                   const char *method, const char *version, const char *bytes, size_t *length,
                                   void **exchange)
{
    (void)context, (void)connection, (void)url; /* url: decoded by rules that are not ours */
    return *exchange == NULL ? MHD_NO : door_exchange_step(*exchange, method, version, bytes, length);
}

static void see_end(void *context, struct MHD_Connection *connection, void **exchange,
                    enum MHD_RequestTerminationCode code)
{
    (void)context, (void)connection, (void)code;
    door_exchange_free(*exchange);
    *exchange = NULL;
}

static void see_connection(void *context, struct MHD_Connection *mhd, void **held,
                           enum MHD_ConnectionNotificationCode code)
{
    struct door *door = context;
    struct door_connection *connection = *held;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        *held = door_clock_begin(&door->clock, mhd);
        return;
    }
    if (connection == NULL)
        return;
    door_exchange_free(connection->exchange);
    door_clock_end(&door->clock, connection);
}

static unsigned places(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur < 2 * DESCRIPTORS_APART)
        return DESCRIPTORS_APART;
    return limit.rlim_cur > CONNECTIONS_MOST + DESCRIPTORS_APART
               ? CONNECTIONS_MOST
               : (unsigned)limit.rlim_cur - DESCRIPTORS_APART;
}

bool door_start(struct door *door, unsigned flags, unsigned threads, struct fault *fault)
{
    const struct door_settings *settings = door->settings;
    struct MHD_OptionItem more[8] = {{MHD_OPTION_END, 0, NULL}}, *at = more;
    bool secure = settings->certificate != NULL;
    if (secure) {
        *at++ = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0, settings->certificate};
        *at++ = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0, settings->key};
        *at++ = (struct MHD_OptionItem){MHD_OPTION_HTTPS_PRIORITIES, 0,
                                        (void *)(uintptr_t) "SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"};
    }
    if (threads > 0) {
        *at++ = (struct MHD_OptionItem){MHD_OPTION_LISTEN_SOCKET, settings->listener, NULL};
        *at++ = (struct MHD_OptionItem){MHD_OPTION_THREAD_POOL_SIZE, (intptr_t)threads, NULL};
    }
    *at = (struct MHD_OptionItem){MHD_OPTION_END, 0, NULL};
    door->clock.most = places();
    door->daemon = MHD_start_daemon(
        flags | MHD_ALLOW_SUSPEND_RESUME | (secure ? MHD_USE_TLS : 0), 0, NULL, NULL, see_request, door,
        MHD_OPTION_CONNECTION_LIMIT, door->clock.most, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)CONNECTION_BYTES, MHD_OPTION_STRICT_FOR_CLIENT, 0, MHD_OPTION_URI_LOG_CALLBACK, see_target,
        door, MHD_OPTION_NOTIFY_COMPLETED, see_end, door, MHD_OPTION_NOTIFY_CONNECTION, see_connection, door,
        MHD_OPTION_ARRAY, more, MHD_OPTION_END);
    return door->daemon != NULL ||
           fault_set(fault, secure ? "cannot serve by TLS (expected a certificate and its key, PEM)"
                                   : "cannot serve");
}

/* False: it is time to end. */
static bool hear(struct door *door, int control)
{
    char what;
    int socket;
    if (!channel_take(control, &what, &socket))
        return false;
    if (what == DOOR_PUBLIC && socket >= 0)
        door_backend_use(&door->public, socket);
    else if (what == DOOR_STAFF && socket >= 0)
        door_backend_use(&door->staff, socket);
    else
        cleanup_descriptor(&socket);
    return what != DOOR_END;
}

static void wait_for_busy(struct door *door, int64_t most_ms)
{
    for (int64_t until = clock_steady_ms() + most_ms; door->busy > 0 && clock_steady_ms() < until;)
        poll(NULL, 0, 10);
}

/* What has begun to come is taken and answered; what takes too long is told that it cannot be. */
static void finish(struct door *door)
{
    door->ending = true;
    MHD_quiesce_daemon(door->daemon);
    wait_for_busy(door, END_MS);
    door_backend_end(&door->public);
    door_backend_end(&door->staff);
    wait_for_busy(door, LAST_ANSWERS_MS);
    MHD_stop_daemon(door->daemon);
}

bool door_run(const struct door_settings *settings, int control, struct fault *fault)
{
    OWNED_MEMORY struct door *door = memory_new(1, sizeof *door);
    struct pollfd poller = {.fd = control, .events = POLLIN};
    unsigned threads = workers_processors() < 4 ? 2 : 4;
    door->settings = settings;
    pthread_mutex_init(&door->clock.lock, NULL);
    door_answer_open();
    if (!static_open(fault) || !rights_files(RIGHTS_DOOR, NULL, fault) ||
        !door_backend_begin(&door->public, fault) || !door_backend_begin(&door->staff, fault) ||
        !door_start(door, MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_INTERNAL_POLLING_THREAD, threads, fault) ||
        !rights_calls(RIGHTS_DOOR, fault))
        return false;
    for (bool serving = true; serving;) {
        int ready = poll(&poller, 1, SWEEP_MS);
        if (ready > 0)
            serving = hear(door, control);
        door_clock_sweep(&door->clock);
    }
    finish(door);
    pthread_mutex_destroy(&door->clock.lock);
    static_close();
    return true;
}
