#include "check/passwords/services.h"
#include "base/calendar.h"
#include "base/cleanup.h"
#include "base/memory.h"
#include "base/words.h"
#include "check/check.h"
#include "check/passwords/looked.h"
#include <string.h>

/* As is commonly known in November 2026: one log-in, kept under several addresses, is not used again. */
static const struct {
    const char *own, *account;
} one_account[] = {
    {"bitbucket.org", "atlassian.com"},
    {"gmail.com", "google.com"},
    {"hotmail.com", "microsoft.com"},
    {"icloud.com", "apple.com"},
    {"live.com", "microsoft.com"},
    {"messenger.com", "facebook.com"},
    {"microsoftonline.com", "microsoft.com"},
    {"nintendo.co.jp", "nintendo.com"},
    {"nintendo.net", "nintendo.com"},
    {"office.com", "microsoft.com"},
    {"outlook.com", "microsoft.com"},
    {"playstation.com", "sony.com"},
    {"rakuten-card.co.jp", "rakuten.co.jp"},
    {"skype.com", "microsoft.com"},
    {"steamcommunity.com", "steampowered.com"},
    {"trello.com", "atlassian.com"},
    {"wikimedia.org", "wikipedia.org"},
    {"x.com", "twitter.com"},
    {"xbox.com", "microsoft.com"},
    {"youtube.com", "google.com"},
};

const char *services_account(const char *own)
{
    for (size_t i = 0; i < sizeof one_account / sizeof one_account[0]; i++)
        if (strcmp(own, one_account[i].own) == 0)
            return one_account[i].account;
    return own;
}

/* Large services that let everybody log in with one-time codes of an app of one's own choice (RFC 6238), as
 * is commonly known in November 2026; by no means all there are. Whose codes come only by telephone, by mail
 * or from an app of theirs is not here: no export could keep those. In order of strcmp; to add one: in its
 * place. */
/* clang-format off */
const char *const services_with_codes[] = {
    "amazon.co.jp", "amazon.com", "atlassian.com", "binance.com", "bitflyer.com", "bitwarden.com",
    "chatwork.com", "cloudflare.com", "coinbase.com", "coincheck.com", "cybozu.com", "digitalocean.com",
    "discord.com", "docusign.com", "dropbox.com", "ea.com", "epicgames.com", "evernote.com", "facebook.com",
    "figma.com", "freee.co.jp", "github.com", "gitlab.com", "google.com", "heroku.com", "instagram.com",
    "kickstarter.com", "kraken.com", "linkedin.com", "microsoft.com", "moneyforward.com", "nintendo.com",
    "notion.so", "npmjs.com", "nulab.com", "paypal.com", "pinterest.com", "pixiv.net", "proton.me",
    "pypi.org", "reddit.com", "roblox.com", "sakura.ad.jp", "salesforce.com", "shopify.com", "slack.com",
    "snapchat.com", "sony.com", "square-enix.com", "stripe.com", "tiktok.com", "tumblr.com", "twitch.tv",
    "twitter.com", "uber.com", "ubisoft.com", "wordpress.com", "xserver.ne.jp", "yahoo.co.jp", "yahoo.com",
    "zoom.us", NULL,
};
/* clang-format on */

static int compare_names(const void *key, const void *entry)
{
    return strcmp(key, *(const char *const *)entry);
}

bool services_offer_codes(const char *own)
{
    return bsearch(own, services_with_codes, sizeof services_with_codes / sizeof services_with_codes[0] - 1,
                   sizeof services_with_codes[0], compare_names) != NULL;
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
