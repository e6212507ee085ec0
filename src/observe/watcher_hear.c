#include "observe/watcher_parts.h"
#include "base/clock.h"
#include <string.h>

enum { RETRY_MS = 60000 /* a keeper that could not store */, RUNS_ENOUGH = RUNS_MOST - 16 };
#define JOURNAL_BYTES_ENOUGH (UINT64_C(512) << 20)

void watcher_look(struct watcher *watcher)
{
    bool was_stuck = watcher->recorder_state.stuck;
    struct recorder_state *state = &watcher->recorder_state;
    recorder_look(watcher->recorder, state);
    if (state->stuck && !was_stuck)
        watcher_say(watcher, "%s: what is seen is kept in memory until it can be written", state->why.text);
    if (was_stuck && !state->stuck)
        watcher_say(watcher, "what was seen is written again");
    if (state->finished > watcher->asked_for && watcher->waiting == 0) {
        watcher->asked_for = state->finished;
        watcher->waiting++;
        keeper_ask_store(&watcher->keeper);
    }
    if (state->bytes > JOURNAL_BYTES_ENOUGH || state->runs > RUNS_ENOUGH)
        watcher->finish = true;
}

static void take_stored(struct watcher *watcher, const struct keeper_said *said)
{
    if (watcher->own_journals) { /* the first answer is about those that others left */
        watcher->end->account.sources += said->sources;
        watcher->end->account.backscatter_sources += said->backscatter_sources;
        watcher->end->journals += said->journals;
    }
    watcher->own_journals = true;
    watcher->kept_from[0] = '\0';
    if (said->cut > 0)
        watcher_say(watcher,
                    "%llu bytes of a journal were not whole: a watcher was killed while it wrote them",
                    (unsigned long long)said->cut);
    if (said->left > 0)
        watcher_say(watcher, "%llu packets are of days whose sightings the ledger has let go of: left out",
                    (unsigned long long)said->left);
}

/* It tries again; the same reason is told once. */
static void take_fault(struct watcher *watcher, const struct fault *fault)
{
    watcher->retry_ms = clock_steady_ms() + RETRY_MS;
    if (strncmp(watcher->kept_from, fault->text, sizeof watcher->kept_from - 1) == 0)
        return;
    snprintf(watcher->kept_from, sizeof watcher->kept_from, "%.*s", (int)sizeof watcher->kept_from - 1,
             fault->text);
    watcher_say(watcher, "%s: what was seen stays in the journal until it can be stored", fault->text);
}

static void take_points(struct watcher *watcher, struct points points)
{
    if (points.watch_count == 0) {
        watcher_say(watcher, "there is no observation point any more: those before are watched on");
        points_clear(&points);
        return;
    }
    if (watcher->have_next)
        points_clear(&watcher->next);
    watcher->next = points;
    watcher->have_next = true;
    watcher->checkpoint_ms = clock_steady_ms();
}

/* False: it has ended. */
bool watcher_hear(struct watcher *watcher)
{
    struct fault fault;
    struct keeper_said said = {0};
    enum keeper_answer answer = keeper_hear(&watcher->keeper, &said, &fault);
    watcher->waiting -= answer != KEEPER_NOTHING && watcher->waiting > 0;
    switch (answer) {
    case KEEPER_NOTHING:
        break;
    case KEEPER_STORED:
        take_stored(watcher, &said);
        break;
    case KEEPER_FAULT:
        take_fault(watcher, &fault);
        break;
    case KEEPER_POINTS:
        take_points(watcher, said.points);
        break;
    case KEEPER_ENDED:
        return false;
    }
    return true;
}
