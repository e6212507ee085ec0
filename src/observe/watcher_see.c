/* watcher_see: one packet; and what becomes of many. */
#include "base/memory.h"
#include "observe/judge.h"
#include "observe/watcher_parts.h"

void watcher_see(void *context, const struct capture_record *record)
{
    struct watcher *watcher = context;
    struct unasked unasked = {watcher->map, &watcher->days, watcher->asked, false};
    struct fold_seen seen;
    enum verdict verdict = judge_record(&unasked, record, &seen);
    struct account *account = &watcher->end->account;
    if (verdict == VERDICT_ACCESS || verdict == VERDICT_BACKSCATTER) {
        if (watcher->full || !fold_add(watcher->fold, &seen)) {
            watcher->end->lost++;
            return;
        }
        watcher->folded++;
    }
    account->packets++;
    account->verdicts[verdict]++;
}

static void say_filtered(struct watcher *watcher, enum live_filtered filtered)
{
    switch (filtered) {
    case LIVE_FILTERED:
        break;
    case LIVE_FILTERED_WIDER:
        watcher_say(watcher,
                    "there are more networks than a kernel filter can hold: it lets some others through");
        break;
    case LIVE_NOT_FILTERED:
        watcher_say(watcher, "interface '%s' cannot be filtered by the kernel: all of its packets are read",
                    watcher->settings->live.interface);
    }
}

/* Takes them over. */
void watcher_set_points(struct watcher *watcher, struct points points)
{
    point_map_free(watcher->map);
    watcher->points = points;
    watcher->map = point_map_new(&watcher->points);
    say_filtered(watcher, live_filter(watcher->live, &watcher->points));
}

/* What was folded goes to the recorder, where it is idle; the capture goes on with another fold. Rows have
 * the numbers of their points, so other points begin with another journal. */
void watcher_hand_over(struct watcher *watcher)
{
    recorder_look(watcher->recorder, &watcher->recorder_state);
    bool finish = watcher->finish || watcher->have_next;
    if (!watcher->recorder_state.idle || (watcher->folded == 0 && !finish))
        return;
    struct recorder_work work = {.fold = watcher->fold,
                                 .points = watcher->points,
                                 .retire = watcher->have_next,
                                 .account = watcher->end->account,
                                 .packets = watcher->folded,
                                 .finish = finish};
    if (watcher->have_next)
        watcher_set_points(watcher, watcher->next);
    watcher->have_next = watcher->finish = watcher->full = false;
    watcher->fold = fold_new(1);
    watcher->folded = 0;
    recorder_give(watcher->recorder, &work);
}
