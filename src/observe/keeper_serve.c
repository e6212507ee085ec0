#include "observe/keeper_serve.h"
#include "base/command.h"
#include "base/confine.h"
#include "base/memory.h"
#include "ledger/sightings.h"
#include "observe/journal.h"
#include "observe/keeper_wire.h"
#include "observe/origin.h"
#include <errno.h>
#include <string.h>

struct serving {
    int socket;
    const char *path; /* of the ledger */
    int journals;     /* their folder */
    struct origin *origin;
    char *origin_path;
};

static bool send_all(int socket, const void *bytes, size_t length)
{
    const char *at = bytes;
    while (length > 0) {
        ssize_t sent = write(socket, at, length);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        at += sent;
        length -= (size_t)sent;
    }
    return true;
}

static bool answer(const struct serving *serving, enum wire_kind kind, const void *bytes, size_t length)
{
    struct wire_head head = {kind, (uint32_t)length};
    return send_all(serving->socket, &head, sizeof head) && send_all(serving->socket, bytes, length);
}

static bool answer_fault(const struct serving *serving, const struct fault *fault)
{
    return answer(serving, WIRE_FAULT, fault->text, strlen(fault->text) + 1);
}

static bool answer_points(const struct serving *serving)
{
    struct fault fault;
    CLEANUP(points_clear) struct points points = {0};
    CLEANUP(text_clear) struct text out;
    OWNED(ledger_free) struct ledger *ledger = ledger_open(serving->path, LEDGER_READ, &fault);
    text_init(&out, WIRE_MOST);
    if (ledger == NULL || !points_load(ledger, &points, &fault))
        return answer_fault(serving, &fault);
    wire_add_points(&out, &points);
    return answer(serving, WIRE_POINTS, out.bytes, out.length);
}

struct storing {
    struct ledger *ledger;
    struct serving *serving;
    struct wire_stored stored;
    struct runs_reader *reader;
    struct sightings_in in;
};

static size_t next_rows(void *context, struct sighting *rows, size_t most)
{
    struct storing *storing = context;
    size_t count = storing->in.next(storing->in.context, rows, most);
    origin_fill(storing->serving->origin, rows, count);
    for (size_t i = 0; i < count; i++)
        if (rows[i].kind == SIGHTING_CONTACT)
            storing->stored.sources++;
        else
            storing->stored.backscatter_sources++;
    return count;
}

static struct content content_of(const struct ledger *ledger, const struct runs_reader *reader)
{
    OWNED(content_sum_free) struct content_sum *sum = content_sum_new(ledger);
    content_sum_add(sum, runs_name(reader), RUNS_NAME_SIZE);
    return content_sum_value(sum);
}

/* One journal into the ledger; then it may go. */
static bool store_rows(struct storing *storing, const char *name, struct fault *fault)
{
    const struct runs_reader *reader = storing->reader;
    struct ledger *ledger = storing->ledger;
    struct sightings_taken taken;
    if (strcmp(runs_zone(reader), ledger->settings.zone) != 0)
        return fault_set(fault, "'%s' has days of %s (expected %s, the ledger's zone)", name,
                         runs_zone(reader), ledger->settings.zone);
    storing->stored.cut += runs_cut(reader);
    if (runs_rows(reader) == 0)
        return true;
    storing->in = runs_in(storing->reader);
    if (!sightings_take(ledger, runs_points(reader), content_of(ledger, reader), name,
                        (struct sightings_in){next_rows, storing}, &taken, fault))
        return false;
    const struct sightings_left *left = &taken.left;
    storing->stored.journals += taken.stored != SIGHTINGS_KNOWN;
    storing->stored.sources -= left->sightings[SIGHTING_CONTACT];
    storing->stored.backscatter_sources -= left->sightings[SIGHTING_BACKSCATTER];
    storing->stored.left += left->accesses[SIGHTING_CONTACT] + left->accesses[SIGHTING_BACKSCATTER];
    return true;
}

static bool store_one(void *context, const char *name, int file, struct fault *fault)
{
    struct storing *storing = context;
    /* Killed before its header was on the disk: it holds nothing. */
    bool begun = lseek(file, 0, SEEK_END) > 0;
    if (!begun)
        close(file);
    OWNED(runs_reader_free) struct runs_reader *reader = begun ? runs_open(file, name, fault) : NULL;
    storing->reader = reader;
    if (begun && (reader == NULL || !store_rows(storing, name, fault)))
        return false;
    journal_remove(storing->serving->journals, name);
    return true;
}

static bool store(struct serving *serving, struct wire_stored *stored, struct fault *fault)
{
    struct storing storing = {.serving = serving};
    OWNED(ledger_free) struct ledger *ledger = ledger_open(serving->path, LEDGER_WRITE, fault);
    if (ledger == NULL)
        return false;
    storing.ledger = ledger;
    bool done = journal_each(serving->journals, store_one, &storing, fault);
    sightings_settle(ledger);
    *stored = storing.stored;
    return done;
}

static bool any_journal(void *context, const char *name, int file, struct fault *fault)
{
    (void)name;
    (void)fault;
    close(file);
    *(bool *)context = true;
    return true;
}

/* Without a journal the ledger is not opened for writing: whoever has it is not disturbed. */
static bool answer_store(struct serving *serving)
{
    struct fault fault;
    struct wire_stored stored = {0};
    bool any = false;
    if (!journal_each(serving->journals, any_journal, &any, &fault) ||
        (any && !store(serving, &stored, &fault)))
        return answer_fault(serving, &fault);
    return answer(serving, WIRE_STORED, &stored, sizeof stored);
}

/* Without a database there are no countries, which is no reason to lose packets. */
static void open_origin(struct serving *serving, const struct ledger *ledger, const char *otherwise)
{
    struct fault fault;
    const char *path = ledger->settings.country_database;
    serving->origin_path = memory_string(path != NULL ? path : otherwise);
    serving->origin = origin_open(serving->origin_path, &fault);
    if (serving->origin == NULL)
        command_say("%s: sources are stored without countries", fault.text);
}

/* What is in the ledger, and what libraries read of the machine. */
static bool confine(const struct serving *serving, struct fault *fault)
{
    bool enforced;
    const struct confine_path paths[] = {
        {serving->path, CONFINE_CHANGE},  {serving->origin_path, CONFINE_READ},
        {"/usr", CONFINE_READ},           {"/lib", CONFINE_READ},
        {"/lib64", CONFINE_READ},         {"/etc/localtime", CONFINE_READ},
        {getenv("TZDIR"), CONFINE_READ},  {"/proc", CONFINE_READ},
        {"/sys/fs/cgroup", CONFINE_READ}, {"/sys/devices/system/cpu", CONFINE_READ},
        {"/dev/null", CONFINE_CHANGE},    {"/dev/urandom", CONFINE_READ},
    };
    if (!confine_capabilities(fault) || !confine_paths(paths, sizeof paths / sizeof *paths, &enforced, fault))
        return false;
    if (!enforced)
        command_say("this kernel has no Landlock: files are not closed to 'observe'");
    return true;
}

static bool begin(struct serving *serving, const struct keeper_settings *settings, struct text *out,
                  struct fault *fault)
{
    if (!confine_user(settings->user, settings->ledger, fault))
        return false;
    CLEANUP(points_clear) struct points points = {0};
    OWNED(ledger_free) struct ledger *ledger = ledger_open(settings->ledger, LEDGER_READ, fault);
    if (ledger == NULL || !points_load(ledger, &points, fault))
        return false;
    serving->journals = journal_folder(settings->ledger, fault);
    if (serving->journals < 0)
        return false;
    open_origin(serving, ledger, settings->country_database);
    wire_add_string(out, ledger->settings.zone);
    wire_add_string(out, serving->origin == NULL ? "" : serving->origin_path);
    wire_add_points(out, &points);
    return confine(serving, fault);
}

static void serve(struct serving *serving)
{
    char asked;
    for (;;) {
        ssize_t length = read(serving->socket, &asked, 1);
        if (length < 0 && errno == EINTR)
            continue;
        if (length <= 0)
            return;
        if (!(asked == WIRE_ASK_POINTS ? answer_points(serving) : answer_store(serving)))
            return;
    }
}

/* The watcher is gone, maybe killed: what it had written is stored as far as that goes now. */
static int last_store(struct serving *serving)
{
    struct fault fault;
    struct wire_stored stored;
    bool any = false;
    if (journal_each(serving->journals, any_journal, &any, &fault) &&
        (!any || store(serving, &stored, &fault)))
        return COMMAND_DONE;
    command_say("%s: what was seen lies in '%s/" JOURNAL_FOLDER
                "', and the next 'observe --interface' stores it",
                fault.text, serving->path);
    return COMMAND_PART;
}

int keeper_serve(int socket, const struct keeper_settings *settings)
{
    struct fault fault;
    struct serving serving = {.socket = socket, .path = settings->ledger, .journals = -1};
    CLEANUP(text_clear) struct text out;
    text_init(&out, WIRE_MOST);
    int status = COMMAND_NOT;
    if (!begin(&serving, settings, &out, &fault)) {
        answer_fault(&serving, &fault);
    } else if (answer(&serving, WIRE_LEDGER, out.bytes, out.length)) {
        serve(&serving);
        status = last_store(&serving);
    }
    origin_free(serving.origin);
    free(serving.origin_path);
    if (serving.journals >= 0)
        close(serving.journals);
    return status;
}
