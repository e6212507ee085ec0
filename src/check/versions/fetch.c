#include "check/versions/fetch.h"
#include "base/memory.h"
#include "base/progress.h"
#include "check/versions/fetch_ask.h"
#include "check/versions/fetch_kept.h"
#include <string.h>
#include <time.h>

enum {
    PAUSE_NS = 100000000, /* between two requests */
    FAILURES_MOST = 3     /* after so many nothing more is asked for */
};

struct fetch {
    int32_t today;
    unsigned failures;
    struct fetch_ask *ask;
    struct fetch_account account;
};

void fetched_init(struct fetched *fetched)
{
    *fetched = (struct fetched){.day = 0};
    text_init(&fetched->bytes, FETCH_BYTES_MOST);
}

void fetched_clear(struct fetched *fetched)
{
    text_clear(&fetched->bytes);
    fetched_init(fetched);
}

struct fetch *fetch_new(int32_t today, struct fault *fault)
{
    OWNED(fetch_free) struct fetch *fetch = memory_new(1, sizeof *fetch);
    fetch->today = today;
    fetch->ask = fetch_ask_new(fault);
    return fetch->ask == NULL ? NULL : HANDOVER(fetch);
}

void fetch_free(struct fetch *fetch)
{
    if (fetch == NULL)
        return;
    fetch_ask_free(fetch->ask);
    free(fetch);
}

const struct fetch_account *fetch_account(const struct fetch *fetch)
{
    return &fetch->account;
}

static bool ask(struct fetch *fetch, const char *address, const struct fetched *kept, struct fetched *answer,
                enum fetch_answer *what, struct fault *fault)
{
    if (fetch->failures >= FAILURES_MOST)
        return fault_set(fault, "%s", fetch->account.why.text);
    if (fetch->account.requests == FETCH_REQUESTS_MOST)
        return fault_set(fault, "'%s': is not asked for any more after %d requests", address,
                         FETCH_REQUESTS_MOST);
    if (fetch->account.requests++ > 0)
        nanosleep(&(struct timespec){0, PAUSE_NS}, NULL);
    return fetch_ask(fetch->ask, address, kept, answer, what, fault);
}

/* The kept copy stands in; the account tells of it. */
static bool stand_in(struct fetch *fetch, struct fetched *kept, struct fetched *fetched,
                     const struct fault *why)
{
    if (fetch->failures++ == 0)
        fetch->account.why = *why;
    if (kept == NULL)
        return false;
    if (fetch->account.stale++ == 0 || kept->day < fetch->account.oldest)
        fetch->account.oldest = kept->day;
    fetched_clear(fetched);
    *fetched = *kept;
    fetched_init(kept);
    return true;
}

bool fetch_get(struct fetch *fetch, const char *address, struct fetched *fetched, struct fault *fault)
{
    CLEANUP(fetched_clear) struct fetched kept, answer;
    fetched_init(&kept);
    fetched_init(&answer);
    struct fault why;
    enum fetch_answer what;
    bool has = fetch_kept_read(address, &kept);
    bool today = has && kept.day == fetch->today;
    if (!today && !ask(fetch, address, has ? &kept : NULL, &answer, &what, &why)) {
        if (stand_in(fetch, has ? &kept : NULL, fetched, &why))
            return true;
        *fault = why;
        return false;
    }
    fetched_clear(fetched);
    *fetched = today || what == FETCH_UNCHANGED ? kept : answer;
    fetched->fresh = !today; /* unchanged too: its day is a new one */
    fetched->day = fetch->today;
    fetched_init(today || what == FETCH_UNCHANGED ? &kept : &answer);
    return true;
}

bool fetch_fall_back(struct fetch *fetch, const char *address, struct fetched *fetched,
                     const struct fault *why)
{
    CLEANUP(fetched_clear) struct fetched kept;
    fetched_init(&kept);
    return fetched->fresh && fetch_kept_read(address, &kept) && stand_in(fetch, &kept, fetched, why);
}

void fetch_keep(struct fetch *fetch, const char *address, const struct fetched *fetched)
{
    struct fault why;
    if (!fetched->fresh || fetch_kept_write(address, fetched, &why) || fetch->account.unkept)
        return;
    fetch->account.unkept = true;
    fetch->account.unkept_why = why;
}
