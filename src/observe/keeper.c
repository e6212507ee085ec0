/* keeper: the watcher's side. */
#include "observe/keeper.h"
#include "base/memory.h"
#include "observe/keeper_serve.h"
#include "observe/keeper_wire.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>

/* The terminal and the service manager signal both processes: to stop is the watcher's to decide, and the end
 * of the socket tells the keeper. */
static void run_process(int socket, const struct keeper_settings *settings)
{
    static const int deaf[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
    for (size_t i = 0; i < sizeof deaf / sizeof *deaf; i++)
        signal(deaf[i], SIG_IGN);
    exit(keeper_serve(socket, settings));
}

static bool start(struct keeper *keeper, const struct keeper_settings *settings, struct fault *fault)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return fault_errno(fault, "cannot begin the process that keeps");
    pid_t process = fork();
    if (process == 0) {
        close(ends[0]);
        run_process(ends[1], settings);
    }
    close(ends[1]);
    if (process < 0) {
        close(ends[0]);
        return fault_errno(fault, "cannot begin the process that keeps");
    }
    *keeper = (struct keeper){.process = process, .socket = ends[0]};
    return true;
}

enum heard { HEARD_WHOLE, HEARD_PART, HEARD_END };

/* Up to `wanted` bytes of the next answer, without waiting. */
static enum heard hear(struct keeper *keeper, size_t wanted)
{
    while (keeper->heard.length < wanted) {
        if (keeper->heard.room < wanted) {
            keeper->heard.room = wanted;
            keeper->heard.bytes = memory_resize(keeper->heard.bytes, wanted, 1);
        }
        ssize_t length = recv(keeper->socket, keeper->heard.bytes + keeper->heard.length,
                              wanted - keeper->heard.length, MSG_DONTWAIT);
        if (length < 0 && errno == EINTR)
            continue;
        if (length < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return HEARD_PART;
        if (length <= 0)
            return HEARD_END;
        keeper->heard.length += (size_t)length;
    }
    return HEARD_WHOLE;
}

static enum heard hear_message(struct keeper *keeper, struct wire_head *head)
{
    if (keeper->socket < 0)
        return HEARD_END;
    enum heard heard = hear(keeper, sizeof *head);
    if (heard != HEARD_WHOLE)
        return heard;
    memcpy(head, keeper->heard.bytes, sizeof *head);
    return head->length > WIRE_MOST ? HEARD_END : hear(keeper, sizeof *head + head->length);
}

static void copy_fault(const unsigned char *bytes, size_t length, struct fault *fault)
{
    fault_set(fault, "%.*s", (int)length, (const char *)bytes);
}

static bool take_ledger(const unsigned char *at, const unsigned char *end, struct keeper_ledger *ledger)
{
    const char *zone, *database;
    struct keeper_ledger taken = {0};
    if (!wire_take_string(&at, end, &zone) || !wire_take_string(&at, end, &database) ||
        strlen(zone) >= sizeof taken.zone || !wire_take_points(at, end, &taken.points))
        return false;
    memcpy(taken.zone, zone, strlen(zone) + 1);
    snprintf(taken.country_database, sizeof taken.country_database, "%s", database);
    *ledger = taken;
    return true;
}

bool keeper_begin(struct keeper *keeper, const struct keeper_settings *settings, struct keeper_ledger *ledger,
                  struct fault *fault)
{
    struct wire_head head;
    enum heard heard;
    if (!start(keeper, settings, fault))
        return false;
    while ((heard = hear_message(keeper, &head)) == HEARD_PART) {
        struct pollfd poller = {.fd = keeper->socket, .events = POLLIN};
        poll(&poller, 1, -1);
    }
    const unsigned char *body = keeper->heard.bytes + sizeof head;
    bool whole = heard == HEARD_WHOLE;
    if (whole && head.kind == WIRE_FAULT)
        copy_fault(body, head.length, fault);
    else if (!whole || !take_ledger(body, body + head.length, ledger))
        whole = fault_set(fault, "the process that keeps has ended");
    keeper->heard.length = 0;
    if (whole && head.kind == WIRE_LEDGER)
        return true;
    keeper_end(keeper);
    return false;
}

static void ask(struct keeper *keeper, char what)
{
    if (keeper->socket >= 0 && write(keeper->socket, &what, 1) != 1)
        return; /* it has ended: keeper_hear() tells */
}

void keeper_ask_points(struct keeper *keeper)
{
    ask(keeper, WIRE_ASK_POINTS);
}

void keeper_ask_store(struct keeper *keeper)
{
    ask(keeper, WIRE_ASK_STORE);
}

static enum keeper_answer understand(const struct wire_head *head, const unsigned char *body,
                                     struct keeper_said *said, struct fault *fault)
{
    struct wire_stored stored;
    if (head->kind == WIRE_POINTS && wire_take_points(body, body + head->length, &said->points))
        return KEEPER_POINTS;
    if (head->kind == WIRE_STORED && head->length == sizeof stored) {
        memcpy(&stored, body, sizeof stored);
        said->journals = stored.journals;
        said->sources = stored.sources;
        said->backscatter_sources = stored.backscatter_sources;
        said->cut = stored.cut;
        said->left = stored.left;
        return KEEPER_STORED;
    }
    if (head->kind != WIRE_FAULT)
        return KEEPER_ENDED;
    copy_fault(body, head->length, fault);
    return KEEPER_FAULT;
}

enum keeper_answer keeper_hear(struct keeper *keeper, struct keeper_said *said, struct fault *fault)
{
    struct wire_head head;
    switch (hear_message(keeper, &head)) {
    case HEARD_PART:
        return KEEPER_NOTHING;
    case HEARD_END:
        return KEEPER_ENDED;
    case HEARD_WHOLE:
        break;
    }
    keeper->heard.length = 0;
    return understand(&head, keeper->heard.bytes + sizeof head, said, fault);
}

static void forget(struct keeper *keeper)
{
    if (keeper->socket >= 0)
        close(keeper->socket);
    free(keeper->heard.bytes);
    *keeper = (struct keeper){.socket = -1};
}

bool keeper_end(struct keeper *keeper)
{
    int status = 0;
    pid_t process = keeper->process;
    forget(keeper); /* the end of the socket is what it waits for */
    while (process > 0 && waitpid(process, &status, 0) < 0 && errno == EINTR)
        ;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

void keeper_leave(struct keeper *keeper)
{
    if (keeper->process > 0)
        kill(keeper->process, SIGKILL); /* the ledger is whole whenever its writer dies */
    keeper_end(keeper);
}
