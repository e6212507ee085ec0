/* Any bytes sent to the door are answered or not, and the door stays whole: through libmicrohttpd as it is,
 * with nobody behind the door. What is taken is then what the rules say. */
#include "fuzz.h"
#include "desk/door_parts.h"
#include "desk/door_path.h"
#include "desk/static.h"
#include <string.h>
#include <sys/socket.h>

enum { ROUNDS_MOST = 100 };
static struct door door;
static const struct door_settings settings = {.listener = -1};

static void open_door(void)
{
    struct fault fault;
    if (door.daemon != NULL)
        return;
    door.settings = &settings;
    pthread_mutex_init(&door.clock.lock, NULL);
    pthread_mutex_init(&door.public.lock, NULL);
    pthread_mutex_init(&door.staff.lock, NULL);
    door.public.ending = door.staff.ending = true; /* who is asked says at once that it cannot be */
    door_answer_open();
    MUST(static_open(&fault));
    MUST(door_start(&door, MHD_USE_NO_LISTEN_SOCKET | MHD_USE_EPOLL, 0, &fault));
}

static void ask(const uint8_t *bytes, size_t length)
{
    struct sockaddr_storage from = {.ss_family = AF_UNIX};
    char answer[8192] = "";
    int ends[2];
    MUST(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) == 0);
    MUST(MHD_add_connection(door.daemon, ends[1], (struct sockaddr *)&from, sizeof(sa_family_t)) == MHD_YES);
    ssize_t sent = send(ends[0], bytes, length, MSG_NOSIGNAL), got = 0, all = 0;
    MUST(sent >= 0 || length == 0);
    shutdown(ends[0], SHUT_WR);
    for (int i = 0; i < ROUNDS_MOST && door.clock.count > 0; i++) {
        MUST(MHD_run(door.daemon) == MHD_YES);
        while ((got = recv(ends[0], answer, sizeof answer, 0)) > 0) {
            MUST(all > 0 || got < 8 || memcmp(answer, "HTTP/1.", 7) == 0);
            all += got;
        }
    }
    close(ends[0]);
    for (int i = 0; i < ROUNDS_MOST && door.clock.count > 0; i++)
        MHD_run(door.daemon);
    MUST(door.clock.count == 0 && door.held == 0 && door.busy == 0);
}

/* The same bytes as a path. */
static void read_path(const uint8_t *bytes, size_t length)
{
    OWNED_MEMORY char *target = memory_new(length + 1, 1);
    CLEANUP(text_clear) struct text path;
    const char *query = NULL;
    memcpy(target, bytes, length);
    text_init(&path, REQUEST_HEAD_MOST);
    if (door_path_read(target, &path, &query) != DOOR_PATH_WELL)
        return;
    MUST(path.bytes[0] == '/' && strlen(path.bytes) == path.length);
    MUST(text_is_utf8(path.bytes, path.length) && strstr(path.bytes, "//") == NULL);
    MUST(strstr(path.bytes, "/../") == NULL && strstr(path.bytes, "/./") == NULL);
    MUST(strchr(path.bytes, '\\') == NULL && strchr(path.bytes, '\n') == NULL);
}

static void read_form(const uint8_t *bytes, size_t length)
{
    OWNED_MEMORY char *form = memory_new(length + 1, 1);
    OWNED_MEMORY struct door_fields *fields = memory_new(1, sizeof *fields);
    memcpy(form, bytes, length);
    if (door_fields_form(form, length, fields) != DOOR_FIELDS_WELL)
        return;
    for (size_t i = 0; i < fields->count; i++) {
        const struct request_field *field = &fields->list[i];
        MUST(field->name[0] != '\0' && field->file == NULL && strlen(field->value) == field->length);
        MUST(text_is_utf8(field->value, field->length));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length > 60000)
        return 0;
    open_door();
    read_path(bytes, length);
    read_form(bytes, length);
    ask(bytes, length);
    return 0;
}
