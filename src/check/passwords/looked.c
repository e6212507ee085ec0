#include "check/passwords/looked.h"
#include "base/progress.h"
#include "base/words.h"
#include "base/workers.h"
#include "check/passwords/services.h"
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN_MOST = 80 /* bytes of a name */, AT_ONCE = 64 };

/* The first bytes of a name, cut between characters. */
static int shown(const char *name)
{
    size_t length = strnlen(name, SHOWN_MOST + 1);
    if (length <= SHOWN_MOST)
        return (int)length;
    while (length > 0 && ((unsigned char)name[length] & 0xc0) == 0x80)
        length--;
    return (int)length;
}

static void name_one(struct looked *looked, struct findings *findings)
{
    const struct login *login = looked->login;
    looked->site = site_of(login->address, &findings->arena);
    const char *place = looked->site.host[0] != '\0' ? looked->site.host : login->service;
    if (place[0] == '\0')
        place = _("(no name)");
    looked->place = findings_format(findings, "%.*s", shown(place), place);
    looked->service = looked->site.own[0] != '\0' ? services_account(looked->site.own) : looked->place;
    looked->subject = login->user[0] == '\0' ? looked->place
                                             : findings_format(findings, "%s (%.*s)", looked->place,
                                                               shown(login->user), login->user);
}

static int compare(const void *a, const void *b)
{
    const struct looked *one = a, *other = b;
    int order = strcmp(one->service, other->service);
    if (order == 0)
        order = strcmp(one->login->user, other->login->user);
    if (order == 0)
        order = strcmp(one->login->password, other->login->password);
    return order != 0 ? order
                      : (one->login->line > other->login->line) - (one->login->line < other->login->line);
}

static bool is_one_login(const struct looked *one, const struct looked *other)
{
    return strcmp(one->service, other->service) == 0 && strcmp(one->login->user, other->login->user) == 0 &&
           strcmp(one->login->password, other->login->password) == 0;
}

/* The latest use counts, a code that is kept once is kept, and a way in without encryption is shown. */
static void join(struct looked *into, const struct looked *other)
{
    struct login *login = into->login;
    if (other->login->used_day > login->used_day)
        login->used_day = other->login->used_day;
    login->one_time_code = login->one_time_code || other->login->one_time_code;
    if (other->site.insecure && !into->site.insecure) {
        into->site = other->site;
        into->place = other->place;
        into->subject = other->subject;
        login->line = other->login->line;
    }
}

size_t looked_gather(struct looked *looked, struct logins *logins, struct findings *findings)
{
    size_t count = 0;
    for (size_t i = 0; i < logins->count; i++) {
        looked[i].login = &logins->items[i];
        name_one(&looked[i], findings);
    }
    qsort(looked, logins->count, sizeof *looked, compare);
    for (size_t i = 0; i < logins->count; i++)
        if (count > 0 && is_one_login(&looked[count - 1], &looked[i]))
            join(&looked[count - 1], &looked[i]);
        else
            looked[count++] = looked[i];
    return count;
}

struct measuring {
    struct looked *looked;
    size_t count;
    atomic_size_t next;
    struct progress progress;
};

static void measure_some(void *context, unsigned worker)
{
    struct measuring *all = context;
    for (;;) {
        size_t first = atomic_fetch_add(&all->next, AT_ONCE);
        if (first >= all->count)
            return;
        for (size_t i = first; i < all->count && i < first + AT_ONCE; i++) {
            struct looked *looked = &all->looked[i];
            const char *const near[] = {looked->place, looked->login->user, NULL};
            if (looked->login->password[0] != '\0')
                strength_of(looked->login->password, near, &looked->strength);
        }
        if (worker == 0)
            progress_tell(&all->progress, first);
    }
}

void looked_measure(struct looked *looked, size_t count)
{
    struct measuring all = {.looked = looked, .count = count};
    progress_begin(&all.progress, _("Looking at passwords"), count);
    workers_run(workers_processors(), measure_some, &all);
    progress_end(&all.progress);
}

bool looked_lost(struct looked *looked, size_t count, struct breach *breach, struct fault *fault)
{
    for (size_t i = 0; i < count; i++)
        if (looked[i].login->password[0] != '\0' &&
            !breach_look(breach, looked[i].login->password, &looked[i].lost, fault))
            return false;
    return true;
}
