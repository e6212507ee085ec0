#include "check/passwords/services.h"
#include "base/calendar.h"
#include "base/cleanup.h"
#include "base/memory.h"
#include "base/words.h"
#include "check/check.h"
#include "check/passwords/looked.h"
#include <string.h>

/* Services that let everybody use one-time codes (an app's, or by mail or telephone) at log-in, by their own
 * help pages, as known on 2026-11-01. In order of strcmp. One more: add it in its place. */
static const char *const with_codes[] = {
    "adobe.com",
    "airbnb.com",
    "amazon.co.jp",
    "amazon.com",
    "apple.com",
    "atlassian.com",
    "au.com",
    "bitflyer.com",
    "bitwarden.com",
    "booking.com",
    "cloudflare.com",
    "coincheck.com",
    "discord.com",
    "docomo.ne.jp",
    "docusign.com",
    "dropbox.com",
    "ebay.com",
    "epicgames.com",
    "evernote.com",
    "facebook.com",
    "figma.com",
    "freee.co.jp",
    "github.com",
    "gitlab.com",
    "gmo.jp",
    "google.com",
    "hatena.ne.jp",
    "heroku.com",
    "icloud.com",
    "instagram.com",
    "jp-bank.japanpost.jp",
    "kickstarter.com",
    "linkedin.com",
    "live.com",
    "mercari.com",
    "microsoft.com",
    "microsoftonline.com",
    "moneyforward.com",
    "mufg.jp",
    "nintendo.com",
    "nintendo.net",
    "note.com",
    "notion.so",
    "npmjs.com",
    "office.com",
    "paypal.com",
    "paypay.ne.jp",
    "pinterest.com",
    "pixiv.net",
    "playstation.com",
    "pypi.org",
    "rakuten-bank.co.jp",
    "rakuten-sec.co.jp",
    "rakuten.co.jp",
    "reddit.com",
    "sakura.ad.jp",
    "salesforce.com",
    "sbisec.co.jp",
    "shopify.com",
    "slack.com",
    "smbc.co.jp",
    "snapchat.com",
    "softbank.jp",
    "sony.com",
    "square-enix.com",
    "steampowered.com",
    "stripe.com",
    "tiktok.com",
    "trello.com",
    "tumblr.com",
    "twitch.tv",
    "twitter.com",
    "ubisoft.com",
    "wordpress.com",
    "x.com",
    "xserver.ne.jp",
    "yahoo.co.jp",
    "yahoo.com",
    "zoom.us",
};

static int compare_names(const void *key, const void *entry)
{
    return strcmp(key, *(const char *const *)entry);
}

bool services_offer_codes(const char *own)
{
    return bsearch(own, with_codes, sizeof with_codes / sizeof with_codes[0], sizeof with_codes[0],
                   compare_names) != NULL;
}

/* Never used, or not told, comes before all that was. */
static int compare_use(const void *a, const void *b)
{
    const struct looked *one = *(const struct looked *const *)a, *other = *(const struct looked *const *)b;
    if (one->login->used_day != other->login->used_day)
        return one->login->used_day < other->login->used_day ? -1 : 1;
    int order = strcmp(one->place, other->place);
    return order != 0 ? order : strcmp(one->login->user, other->login->user);
}

static const char *when(const struct login *login, bool told, char day[CALENDAR_DAY_SIZE])
{
    if (login->used_day == LOGIN_NO_DAY)
        return told ? _("never") : _("not known");
    calendar_day_text(day, login->used_day);
    return day;
}

static const char *what_to_do(const struct login *login, bool told)
{
    bool old = told && (login->used_day == LOGIN_NO_DAY || check_today() - login->used_day > UNUSED_DAYS);
    return old ? _("Log in. If you no longer need it, close the account.")
               : _("Log in and see that it works and that nothing is strange.");
}

void services_list(const struct looked *looked, size_t count, bool tells_used, struct findings *findings)
{
    static const char *columns[4];
    columns[0] = _("Service"), columns[1] = _("User"), columns[2] = _("Last used");
    columns[3] = _("What to do");
    OWNED_MEMORY const struct looked **order = memory_new(count, sizeof *order);
    for (size_t i = 0; i < count; i++)
        order[i] = &looked[i];
    qsort(order, count, sizeof *order, compare_use);
    findings_list(findings, _("Your services"), columns, 4);
    for (size_t i = 0; i < count; i++) {
        char day[CALENDAR_DAY_SIZE];
        const struct login *login = order[i]->login;
        findings_list_row(findings,
                          (const char *const[]){order[i]->place, login->user, when(login, tells_used, day),
                                                what_to_do(login, tells_used)});
    }
}
