/* mimamori-observe: captures in, sightings in the ledger, an account at the end. */
#include "observe/take.h"
#include "base/command.h"
#include "base/memory.h"
#include "observe/program_live.h"
#include <string.h>
#include <sys/stat.h>

enum { ACCOUNT_MOST = 64 << 20, THREADS_MOST = 256, MEMORY_LEAST = 1 << 20 };

static const char *observe_ledger, *observe_json, *observe_threads;
static struct program_live live;

static const struct command_option observe_options[] = {
    {"--ledger", "DIR", "the ledger (else $MIMAMORI_LEDGER, else ./ledger)", &observe_ledger},
    {"--json", NULL, "the account as JSON", &observe_json},
    {"--threads", "N", "how many at once (as many as there are processors)", &observe_threads},
    {"--memory", "SIZE", "use about so much of it (400M, 2G); what is beyond goes to the disk for a while",
     &live.memory},
    {"--interface", "IFACE", "watch this network interface until told to stop", &live.interface},
    {"--watch", NULL, "with --interface: show what arrives on the terminal", &live.watch},
    {"--every", "SECONDS", "with --interface: a line of JSON so often", &live.every},
    {"--store", "SECONDS", "with --interface: into the ledger so often (3600)", &live.store},
    {"--checkpoint", "SECONDS", "with --interface: to the disk so often (2)", &live.checkpoint},
    {"--ring", "SIZE", "with --interface: what the kernel keeps for us (64M)", &live.ring},
    {"--own", NULL, "with --interface: not promiscuous", &live.own},
    {"--user", "NAME", "with --interface: become this user, not the ledger's owner", &live.user},
    {0},
};

/* A source that can be read but once (a pipe) stays open from the check until its turn. */
static bool reads_twice(const char *name)
{
    struct stat status;
    return strcmp(name, "-") != 0 && stat(name, &status) == 0 && S_ISREG(status.st_mode);
}

static const char *shown_name(const char *name)
{
    return strcmp(name, "-") == 0 ? "standard input" : name;
}

static struct capture *open_capture(const char *name, struct fault *fault)
{
    struct source *source = source_open(name, fault);
    return source == NULL ? NULL : capture_new(source, shown_name(name), fault);
}

/* All files are looked at before the first is stored: one that is missing, empty or no capture changes
 * nothing. */
static bool check_files(int count, char **names, struct capture **waiting, struct fault *fault)
{
    bool input = false;
    for (int i = 0; i < count; i++) {
        if (strcmp(names[i], "-") == 0 && input)
            return fault_set(fault, "'-' is given twice (expected standard input once)");
        input |= strcmp(names[i], "-") == 0;
        waiting[i] = open_capture(names[i], fault);
        if (waiting[i] == NULL)
            return false;
        if (reads_twice(names[i])) {
            capture_free(waiting[i]);
            waiting[i] = NULL;
        }
    }
    return true;
}

/* Without a database there are no countries, which is no reason to lose packets. */
static struct origin *open_origin(const struct ledger *ledger)
{
    const char *path = ledger->settings.country_database;
    struct fault fault;
    struct origin *origin = origin_open(path != NULL ? path : COUNTRY_DATABASE, &fault);
    if (origin == NULL)
        command_say("%s: sources are stored without countries", fault.text);
    return origin;
}

/* The files in their order; stops at the first that fails. Returns how many were taken. */
static int take_files(struct take *take, int count, struct capture **waiting, struct account_file *files,
                      struct fault *fault)
{
    for (int i = 0; i < count; i++) {
        OWNED(capture_free) struct capture *capture = HANDOVER(waiting[i]);
        if (capture == NULL)
            capture = open_capture(files[i].name, fault);
        files[i].name = shown_name(files[i].name);
        if (capture == NULL || !take_capture(take, capture, &files[i], fault))
            return i;
    }
    return count;
}

static void print_account(const struct account_file *files, size_t count)
{
    struct account sum = {0};
    CLEANUP(text_clear) struct text out;
    text_init(&out, ACCOUNT_MOST);
    for (size_t i = 0; i < count; i++)
        account_add(&sum, &files[i].account);
    if (observe_json != NULL)
        account_json(&sum, files, count, &out);
    else
        account_text(&sum, files, count, &out);
    fwrite(out.bytes, 1, out.length, stdout);
}

/* Of days let go, the sightings that were there cannot be merged with. */
static uint64_t say_let_go(const struct account_file *files, int count)
{
    uint64_t left = 0;
    for (int i = 0; i < count; i++)
        left += files[i].account.verdicts[VERDICT_LET_GO];
    if (left != 0)
        command_say("%llu packets are of days whose sightings the ledger has let go of: left out",
                    (unsigned long long)left);
    return left;
}

/* Files before a failed one are in the ledger: that is a part, and the fault is told here. */
static enum command_exit conclude(const struct account_file *files, int taken, int count,
                                  const struct fault *fault)
{
    bool broken = false, changed = false;
    for (int i = 0; i < taken; i++) {
        broken |= files[i].broken;
        changed |= !files[i].known;
        if (files[i].broken)
            command_say("'%s' is read up to its break at byte %llu, packet %llu: %s", files[i].name,
                        (unsigned long long)files[i].where.offset, (unsigned long long)files[i].where.packet,
                        files[i].where.why);
    }
    uint64_t left = say_let_go(files, taken);
    if (changed)
        command_kept();
    if (taken == count)
        return broken || left != 0 ? COMMAND_PART : COMMAND_DONE;
    if (!changed)
        return COMMAND_NOT;
    command_say("%s", fault->text);
    return COMMAND_PART;
}

static enum command_exit run(struct take *take, int count, char **names, struct fault *fault)
{
    OWNED_MEMORY struct capture **waiting = memory_new((size_t)count, sizeof *waiting);
    OWNED_MEMORY struct account_file *files = memory_new((size_t)count, sizeof *files);
    enum command_exit result = COMMAND_NOT;
    if (check_files(count, names, waiting, fault)) {
        for (int i = 0; i < count; i++)
            files[i].name = names[i];
        take->origin = open_origin(take->ledger);
        int taken = take_files(take, count, waiting, files, fault);
        sightings_settle(take->ledger);
        if (taken > 0)
            print_account(files, (size_t)taken);
        result = conclude(files, taken, count, fault);
        if (asked_forgotten(take->asked) != 0)
            command_say(
                "%llu packets of the points could not be remembered: answers to them may count as accesses",
                (unsigned long long)asked_forgotten(take->asked));
    }
    for (int i = 0; i < count; i++)
        capture_free(waiting[i]);
    return result;
}

/* What a run may use; no figure hangs on it. */
static bool read_limits(struct take *take, struct fault *fault)
{
    uint64_t threads = take->threads, memory = take->memory_bytes;
    if (observe_threads != NULL &&
        (!number_parse(observe_threads, strlen(observe_threads), THREADS_MOST, &threads) || threads == 0))
        return fault_set(fault, "--threads is '%s' (expected 1 to %d)", observe_threads, THREADS_MOST);
    if (live.memory != NULL && (!number_size(live.memory, SIZE_MAX / 2, &memory) || memory < MEMORY_LEAST))
        return fault_set(fault, "--memory is '%s' (expected a size from 1M on)", live.memory);
    take->threads = take->ledger->threads = (unsigned)threads;
    take->memory_bytes = (size_t)memory;
    return true;
}

static enum command_exit observe(int count, char **words, struct fault *fault)
{
    if ((live.interface != NULL) == (count > 0)) {
        fault_set(fault, "%s (expected captures, or one --interface)",
                  count > 0 ? "captures and an interface are given" : "nothing to observe is given");
        return COMMAND_NOT;
    }
    if (live.interface != NULL) {
        live.ledger = observe_ledger;
        live.json = observe_json;
        return program_live(&live, fault);
    }
    OWNED(ledger_free)
    struct ledger *ledger = ledger_open(command_ledger(observe_ledger), LEDGER_WRITE, fault);
    if (ledger == NULL)
        return COMMAND_NOT;
    struct take take;
    bool begun = take_begin(&take, ledger, fault) && read_limits(&take, fault);
    enum command_exit result = begun ? run(&take, count, words, fault) : COMMAND_NOT;
    take_clear(&take);
    return result;
}

static const struct command commands[] = {
    {"observe", "FILE... | --interface IFACE",
     "Reads captures (pcap or pcapng, also .gz .zst .lz4; '-' is standard input) in the order given, keeps "
     "the packets"
     " that reached the observation points and that nobody there asked for, and tells what became of every "
     "packet. The"
     " same capture again changes nothing. A broken file is read up to its break. With --interface the same "
     "is done with what arrives there.",
     observe_options, 0, -1, observe},
    {0},
};

int main(int argc, char **argv)
{
    memory_keep();
    return command_main(commands, argc, argv);
}
