#include "check/versions/feed_fetch.h"
#include "base/calendar.h"
#include "base/words.h"
#include "check/unpacked.h"
#include <sys/mman.h>
#include <unistd.h>

bool feed_fetch_unpack(const char *address, const struct text *packed, struct text *bytes,
                       struct fault *fault)
{
    int beside = memfd_create("feed", MFD_CLOEXEC);
    for (size_t at = 0; at < packed->length;) {
        ssize_t written = beside < 0 ? -1 : write(beside, packed->bytes + at, packed->length - at);
        if (written <= 0) {
            fault_errno(fault, "'%s': no memory to unpack it", address);
            cleanup_descriptor(&beside);
            return false;
        }
        at += (size_t)written;
    }
    lseek(beside, 0, SEEK_SET);
    OWNED(unpacked_free) struct unpacked *unpacked = unpacked_over(beside, address, FEED_BYTES_MOST, fault);
    return unpacked != NULL && unpacked_whole(unpacked, bytes, fault);
}

void feeds_cut(struct feeds *feeds, size_t count)
{
    while (feeds->count > count) {
        struct feed *last = &feeds->items[--feeds->count];
        free(last->name);
        text_clear(&last->bytes);
    }
}

/* All that was fetched, or none of it. */
static bool take_in(struct feeds *feeds, const struct fetched *fetched, struct feed_origin origin,
                    struct fault *fault)
{
    CLEANUP(text_clear) struct text bytes;
    text_init(&bytes, FEED_BYTES_MOST);
    origin.day = fetched->day;
    size_t before = feeds->count;
    if (feed_fetch_unpack(origin.name, &fetched->bytes, &bytes, fault) &&
        feed_add(feeds, &origin, &bytes, fault))
        return true;
    feeds_cut(feeds, before);
    return false;
}

bool feed_fetch(struct feeds *feeds, struct fetch *fetch, const char *address, struct feed_origin as,
                struct fault *fault)
{
    CLEANUP(fetched_clear) struct fetched fetched;
    fetched_init(&fetched);
    if (!fetch_get(fetch, address, &fetched, fault))
        return false;
    if (take_in(feeds, &fetched, as, fault)) {
        fetch_keep(fetch, address, &fetched);
        return true;
    }
    return fetch_fall_back(fetch, address, &fetched, fault) && take_in(feeds, &fetched, as, fault);
}

void feed_fetch_say(const struct fetch *fetch, const char *where, struct findings *findings)
{
    const struct fetch_account *account = fetch_account(fetch);
    char day[CALENDAR_DAY_SIZE];
    if (account->stale > 0) {
        calendar_day_text(day, account->oldest);
        findings_say(findings, _("%s could not be fetched (%s). What was fetched on %s was gone by instead."),
                     where, account->why.text, day);
    }
    if (account->unkept)
        findings_say(findings, _("What was fetched could not be kept for a day without network (%s)."),
                     account->unkept_why.text);
}
