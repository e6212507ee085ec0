#include "observe/program_live.h"
#include "base/number.h"
#include "observe/account_live.h"
#include "observe/watcher.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    CHECKPOINT_S = 2,
    STORE_S = 3600,
    DAY_S = 86400,
    OUT_MOST = 1 << 16,
};
#define MIB          (UINT64_C(1) << 20)
#define RING_BYTES   (64 * MIB)
#define RING_MOST    (1024 * MIB)
#define MEMORY_BYTES (400 * MIB)
#define MEMORY_MOST  (UINT64_C(1) << 40)

static bool seconds_of(const char *option, const char *word, int otherwise, int *seconds, struct fault *fault)
{
    uint64_t value = (uint64_t)otherwise;
    if (word != NULL && (!number_parse(word, strlen(word), DAY_S, &value) || value == 0))
        return fault_set(fault, "%s is '%s' (expected seconds, 1 to %d)", option, word, DAY_S);
    *seconds = (int)value;
    return true;
}

static bool bytes_of(const char *option, const char *word, uint64_t most, uint64_t *bytes,
                     struct fault *fault)
{
    uint64_t value = *bytes;
    if (word != NULL && (!number_size(word, most, &value) || value < MIB))
        return fault_set(fault, "%s is '%s' (expected a size from 1M to %lluM)", option, word,
                         (unsigned long long)(most / MIB));
    *bytes = value;
    return true;
}

static bool read_words(const struct program_live *words, struct watcher_settings *settings,
                       struct fault *fault)
{
    settings->live.ring_bytes = RING_BYTES;
    settings->memory_bytes = MEMORY_BYTES;
    if (words->watch != NULL && words->every != NULL)
        return fault_set(fault, "--watch and --every are given (expected one of them)");
    settings->screen = words->watch != NULL && isatty(STDOUT_FILENO);
    /* --watch where nobody sees a screen: lines. */
    int every_s = words->every != NULL || (words->watch != NULL && !settings->screen) ? 60 : 0;
    if (every_s > 0 && !seconds_of("--every", words->every, every_s, &every_s, fault))
        return false;
    settings->every_s = every_s;
    int checkpoint_s = settings->screen ? 1 : CHECKPOINT_S;
    return seconds_of("--checkpoint", words->checkpoint, checkpoint_s, &settings->checkpoint_s, fault) &&
           seconds_of("--store", words->store, STORE_S, &settings->store_s, fault) &&
           bytes_of("--ring", words->ring, RING_MOST, &settings->live.ring_bytes, fault) &&
           bytes_of("--memory", words->memory, MEMORY_MOST, &settings->memory_bytes, fault);
}

static void print_account(const struct program_live *words, const struct watcher_settings *settings,
                          const struct watcher_end *end)
{
    struct account_live live = {words->interface,    end->counts.arrived,
                                end->counts.dropped, end->counts.dropped_interface,
                                end->lost,           end->journals};
    CLEANUP(text_clear) struct text out;
    text_init(&out, OUT_MOST);
    if (words->json != NULL || settings->every_s > 0)
        account_live_json(&end->account, &live, settings->every_s > 0, &out);
    else
        account_live_text(&end->account, &live, &out);
    fwrite(out.bytes, 1, out.length, stdout);
}

enum command_exit program_live(const struct program_live *words, struct fault *fault)
{
    struct watcher_settings settings = {
        .live = {.interface = words->interface, .promiscuous = words->own == NULL},
        .keeper = {.ledger = command_ledger(words->ledger),
                   .user = words->user,
                   .country_database = COUNTRY_DATABASE},
    };
    struct watcher_end end;
    if (!read_words(words, &settings, fault) || !watcher_run(&settings, &end, fault))
        return COMMAND_NOT;
    command_kept();
    if (!account_check(&end.account, fault)) {
        command_say("%s", fault->text);
        return COMMAND_PART;
    }
    print_account(words, &settings, &end);
    return end.gone || end.left ? COMMAND_PART : COMMAND_DONE;
}
