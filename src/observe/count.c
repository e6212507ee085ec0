/* count: several threads, one order.
 *
 * A thread takes the next stretch of records (one at a time reads), judges it, waits until those before it
 * have been judged, and folds it while others go on. All but one thing of a packet's verdict is known from
 * the packet itself: whether a point has asked for it in the last two minutes is known only when all packets
 * before it are. So a stretch is first judged as if nobody had asked for anything, which is how it is where
 * points only listen. If when its turn comes something has been asked for that it could be answering, or a
 * point sent something in it, then it is judged again, in its turn, with the memory of what was asked. So the
 * verdicts are those of one thread that reads packet after packet. */
#include "observe/count.h"
#include "observe/judge.h"
#include "observe/plain.h"
#include "observe/stretch.h"
#include "base/workers.h"
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

struct counting {
    const struct count *count;
    struct capture *capture;
    pthread_mutex_t reading; /* for the capture, and the two below */
    enum capture_next next;
    uint64_t stretches;
    pthread_mutex_t judging; /* for `asked`, the account, and the two below */
    pthread_cond_t turn_over;
    atomic_ullong turn; /* the stretch whose turn it is */
    bool refused;
    struct account *account;
    pthread_rwlock_t folding; /* held by whoever has a stretch; by one alone who puts the fold's rows aside */
    struct fault *fault;      /* set where that failed */
    atomic_bool failed;
};

/* What one thread has of its own. */
struct hand {
    struct counting *counting;
    struct stretch stretch;
    struct fold_inlet *inlet;
    struct zone zone;
    struct days days;
    struct account account; /* of this stretch */
};

static bool count_record(struct hand *hand, struct unasked *unasked, const struct capture_record *record)
{
    struct fold_seen seen;
    enum verdict verdict = judge_record(unasked, record, &seen);
    hand->account.packets++;
    hand->account.verdicts[verdict]++;
    return (verdict != VERDICT_ACCESS && verdict != VERDICT_BACKSCATTER) || fold_put(hand->inlet, &seen);
}

/* Into the hand's account and inlet. False: the stretch has too many days, or, where `asked` is NULL, a point
 * sent something. */
static bool judge_stretch(struct hand *hand, struct asked *asked)
{
    struct unasked unasked = {hand->counting->count->points, &hand->days, asked, false};
    const struct capture_record *records = hand->stretch.records;
    size_t at = 0, count = hand->stretch.count;
    fold_drop(hand->inlet);
    hand->account = (struct account){0};
    while (at < count) {
        at += plain_run(&unasked, records + at, count - at, hand->inlet, &hand->account);
        if (at < count && !count_record(hand, &unasked, &records[at++]))
            return false;
        if (asked == NULL && unasked.sent)
            return false;
    }
    return true;
}

static int64_t earliest_ns(const struct stretch *stretch)
{
    int64_t earliest = INT64_MAX;
    for (size_t i = 0; i < stretch->count; i++)
        if (stretch->records[i].timed && stretch->records[i].time_ns < earliest)
            earliest = stretch->records[i].time_ns;
    return earliest;
}

/* The others are at work for some ten microseconds: a thread that goes to sleep for so little leaves its
 * processor idle, and waking that up again is dear, on a virtual machine most of all. */
enum { YIELDS = 400 };

static void lock_soon(pthread_mutex_t *mutex)
{
    for (int i = 0; i < YIELDS; i++) {
        if (pthread_mutex_trylock(mutex) == 0)
            return;
        sched_yield();
    }
    pthread_mutex_lock(mutex);
}

/* Comes back with `judging` locked. */
static void wait_for_turn(struct counting *counting, uint64_t number)
{
    for (int i = 0; i < YIELDS && counting->turn != number; i++)
        sched_yield();
    lock_soon(&counting->judging);
    while (counting->turn != number)
        pthread_cond_wait(&counting->turn_over, &counting->judging);
}

/* Where something has been asked for already, the first judgement would be for nothing. */
static bool judge_early(struct hand *hand, int64_t earliest)
{
    struct counting *counting = hand->counting;
    lock_soon(&counting->judging);
    bool quiet = !asked_may_answer(counting->count->asked, earliest);
    pthread_mutex_unlock(&counting->judging);
    return quiet && judge_stretch(hand, NULL);
}

/* False: the capture is refused. */
static bool judge_in_turn(struct hand *hand, uint64_t number)
{
    struct counting *counting = hand->counting;
    int64_t earliest = earliest_ns(&hand->stretch);
    bool judged = judge_early(hand, earliest);
    wait_for_turn(counting, number);
    if (!judged || asked_may_answer(counting->count->asked, earliest))
        counting->refused |= !judge_stretch(hand, counting->count->asked);
    account_add(counting->account, &hand->account);
    bool refused = counting->refused;
    counting->turn++;
    pthread_cond_broadcast(&counting->turn_over);
    pthread_mutex_unlock(&counting->judging);
    return !refused;
}

/* The next stretch and its number; false where there is none. */
static bool read_stretch(struct hand *hand, uint64_t *number)
{
    struct counting *counting = hand->counting;
    lock_soon(&counting->reading);
    bool more = counting->next == CAPTURE_RECORD;
    if (more) {
        counting->next = stretch_fill(&hand->stretch, counting->capture);
        *number = counting->stretches++;
    }
    pthread_mutex_unlock(&counting->reading);
    return more;
}

/* The next stretch, from reading it to the fold; false where there is none, or the capture is refused. */
static bool work_stretch(struct hand *hand)
{
    struct counting *counting = hand->counting;
    uint64_t number;
    /* Before the stretch has its number: a stretch's turn must not wait for one that waits to begin. */
    pthread_rwlock_rdlock(&counting->folding);
    bool taken = !counting->failed && read_stretch(hand, &number) && judge_in_turn(hand, number);
    if (taken)
        fold_take(hand->inlet);
    else
        fold_drop(hand->inlet);
    pthread_rwlock_unlock(&counting->folding);
    return taken;
}

static void make_room(struct counting *counting)
{
    struct fold *fold = counting->count->fold;
    pthread_rwlock_wrlock(&counting->folding);
    if (!counting->failed && fold_over(fold))
        counting->failed = !fold_put_aside(fold, counting->fault);
    pthread_rwlock_unlock(&counting->folding);
}

static void work(void *context, unsigned worker)
{
    struct counting *counting = context;
    struct hand hand = {.counting = counting, .zone = *counting->count->zone};
    (void)worker;
    stretch_init(&hand.stretch);
    days_init(&hand.days, &hand.zone);
    hand.inlet = fold_inlet(counting->count->fold);
    while (work_stretch(&hand))
        if (fold_over(counting->count->fold))
            make_room(counting);
    stretch_clear(&hand.stretch);
}

bool count_packets(const struct count *count, struct capture *capture, struct account_file *file,
                   struct fault *fault)
{
    struct counting counting = {
        .count = count,
        .capture = capture,
        .reading = PTHREAD_MUTEX_INITIALIZER,
        .judging = PTHREAD_MUTEX_INITIALIZER,
        .turn_over = PTHREAD_COND_INITIALIZER,
        .account = &file->account,
        .folding =
            PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP, /* else who reads never lets others write */
        .fault = fault,
    };
    workers_run(count->threads, work, &counting);
    if (counting.failed)
        return fault_while(fault, "'%s'", file->name);
    if (counting.refused)
        return fault_set(fault, "'%s' has packets of more than %d days (expected a capture of fewer)",
                         file->name, FOLD_DAYS_MOST);
    file->broken = counting.next == CAPTURE_BROKEN;
    if (file->broken)
        file->where = *capture_break(capture);
    return true;
}

bool count_end(struct account *account, struct fold *fold, struct fault *fault)
{
    if (!fold_end(fold, fault))
        return false;
    uint64_t folded = fold_accesses(fold, SIGHTING_CONTACT),
             scattered = fold_accesses(fold, SIGHTING_BACKSCATTER);
    if (folded != account->verdicts[VERDICT_ACCESS] || scattered != account->verdicts[VERDICT_BACKSCATTER])
        return fault_set(
            fault, "the account does not add up: %llu accesses and backscatter, %llu folded",
            (unsigned long long)(account->verdicts[VERDICT_ACCESS] + account->verdicts[VERDICT_BACKSCATTER]),
            (unsigned long long)(folded + scattered));
    account->sources = fold_sightings(fold, SIGHTING_CONTACT);
    account->backscatter_sources = fold_sightings(fold, SIGHTING_BACKSCATTER);
    return account_check(account, fault);
}
