/* program_desk: mimamori desk. */
#include "desk/program_parts.h"
#include "base/confine.h"
#include "base/file.h"
#include "cases/state.h"
#include "cases/told.h"
#include "desk/parent.h"
#include "desk/program_listen.h"
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>

enum { PEM_MOST = 1 << 20 };
static const char *desk_ledger, *desk_listen, *desk_tls, *desk_proxy;

const struct command_option program_desk_options[] = {
    {"--ledger", "DIR", "the ledger (else $MIMAMORI_LEDGER, else ./ledger)", &desk_ledger},
    {"--listen", "ADDR:PORT", "where to listen (127.0.0.1:8080)", &desk_listen},
    {"--tls", "CERT", "serve by TLS with this certificate; its key is the word after it", &desk_tls},
    {"--behind-proxy", NULL, "believe the last address in X-Forwarded-For", &desk_proxy},
    {0},
};

/* What is secret stays out of the swap, where the system lets it. */
static bool read_pem(const char *path, struct text *pem, struct fault *fault)
{
    text_init(pem, PEM_MOST);
    if (!file_read(path, pem, fault))
        return false;
    if (pem->capacity > 0)
        mlock(pem->bytes, pem->capacity);
    return true;
}

static void open_files_most(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

/* For the page on which the desk inspects itself. A full disk is no reason not to serve what can be served.
 */
static void tell_how(struct ledger *ledger, bool open, bool tls)
{
    static const char *const words[2][2] = {{"local plain", "local tls"}, {"open plain", "open tls"}};
    struct fault untold;
    if (!state_set(ledger, "desk.listens", words[open][tls], &untold))
        command_say("%s", untold.text);
}

/* The ledger is there and of today's format; what its settings say of the world's way to us. */
static bool look(const char *path, bool open, bool *secure, struct fault *fault)
{
    OWNED(ledger_free) struct ledger *ledger = ledger_open(path, LEDGER_SHARE, fault);
    if (ledger == NULL)
        ledger = ledger_open(path, LEDGER_WRITE, fault);
    if (ledger == NULL)
        return false;
    struct seal_public key;
    struct fault keyless;
    if (!told_desk(ledger, &key, &keyless)) /* it serves; what people tell is refused kindly until then */
        command_say("%s", keyless.text);
    tell_how(ledger, open, *secure);
    *secure |= strncmp(ledger->settings.desk_address, "https://", 8) == 0;
    return true;
}

static void say_where(const struct program_listen *listen, const struct door_settings *door)
{
    command_say("the desk listens at %s://%s/", door->certificate == NULL ? "http" : "https", listen->name);
    if (listen->open && door->certificate == NULL)
        command_say("it listens beyond this machine without TLS: what reporters write can be read on the way "
                    "(expected --tls CERT KEY, or a proxy before it and --listen 127.0.0.1:8080)");
}

enum command_exit program_desk(int count, char **words, struct fault *fault)
{
    CLEANUP(text_clear) struct text certificate, key;
    struct program_listen listen;
    struct parent_settings settings = {.ledger = command_ledger(desk_ledger)};
    struct door_settings *door = &settings.door;
    text_init(&certificate, 0);
    text_init(&key, 0);
    if ((desk_tls != NULL) != (count == 1)) {
        fault_set(fault, "a certificate and its key belong together (expected --tls CERT KEY)");
        return COMMAND_NOT;
    }
    if (desk_tls != NULL && (!read_pem(desk_tls, &certificate, fault) || !read_pem(words[0], &key, fault)))
        return COMMAND_NOT;
    if (!program_listen(desk_listen == NULL ? "127.0.0.1:8080" : desk_listen, &listen, fault))
        return COMMAND_NOT;
    *door = (struct door_settings){.listener = listen.socket,
                                   .certificate = desk_tls == NULL ? NULL : certificate.bytes,
                                   .key = desk_tls == NULL ? NULL : key.bytes,
                                   .behind_proxy = desk_proxy != NULL,
                                   .secure = desk_tls != NULL};
    open_files_most();
    if (!confine_user(NULL, settings.ledger, fault) ||
        !look(settings.ledger, listen.open, &door->secure, fault))
        return COMMAND_NOT;
    say_where(&listen, door);
    return parent_run(&settings, fault) ? COMMAND_DONE : COMMAND_NOT;
}
