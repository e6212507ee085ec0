#include "check/passwords/export.h"
#include <strings.h>

const char export_known[] = "an export of Chrome, Edge, Firefox, Safari, KeePassXC or 1Password as CSV, or "
                            "of Bitwarden as CSV or JSON";

/* The headers as these programs write them (their exports of 2020 to 2026). Those that say more come first:
 * the last has only what all have. */
static const struct export_format formats[] = {
    {"Bitwarden",
     {"type", "login_uri", "login_username", "login_password"},
     {[EXPORT_SERVICE] = "name",
      [EXPORT_ADDRESS] = "login_uri",
      [EXPORT_USER] = "login_username",
      [EXPORT_PASSWORD] = "login_password",
      [EXPORT_CODE] = "login_totp",
      [EXPORT_KIND] = "type"}},
    {"Firefox",
     {"url", "username", "password", "httpRealm", "timeLastUsed"},
     {[EXPORT_ADDRESS] = "url",
      [EXPORT_USER] = "username",
      [EXPORT_PASSWORD] = "password",
      [EXPORT_USED_MS] = "timeLastUsed"}},
    {"KeePassXC",
     {"Group", "Title", "Username", "Password", "URL"},
     {[EXPORT_SERVICE] = "Title",
      [EXPORT_ADDRESS] = "URL",
      [EXPORT_USER] = "Username",
      [EXPORT_PASSWORD] = "Password",
      [EXPORT_CODE] = "TOTP"}},
    {"1Password",
     {"Title", "Url", "Username", "Password", "Favorite"},
     {[EXPORT_SERVICE] = "Title",
      [EXPORT_ADDRESS] = "Url",
      [EXPORT_USER] = "Username",
      [EXPORT_PASSWORD] = "Password",
      [EXPORT_CODE] = "OTPAuth"}},
    {"1Password", /* 8 on its first days called the address so */
     {"Title", "Website", "Username", "Password"},
     {[EXPORT_SERVICE] = "Title",
      [EXPORT_ADDRESS] = "Website",
      [EXPORT_USER] = "Username",
      [EXPORT_PASSWORD] = "Password",
      [EXPORT_CODE] = "One-time password"}},
    {"1Password", /* 6 and 7 */
     {"Title", "URL", "Username", "Password", "Type"},
     {[EXPORT_SERVICE] = "Title",
      [EXPORT_ADDRESS] = "URL",
      [EXPORT_USER] = "Username",
      [EXPORT_PASSWORD] = "Password",
      [EXPORT_KIND] = "Type"}},
    {"Safari",
     {"Title", "URL", "Username", "Password"},
     {[EXPORT_SERVICE] = "Title",
      [EXPORT_ADDRESS] = "URL",
      [EXPORT_USER] = "Username",
      [EXPORT_PASSWORD] = "Password",
      [EXPORT_CODE] = "OTPAuth"}},
    {"Chrome", /* and Edge, Brave, Opera, Vivaldi */
     {"name", "url", "username", "password"},
     {[EXPORT_SERVICE] = "name",
      [EXPORT_ADDRESS] = "url",
      [EXPORT_USER] = "username",
      [EXPORT_PASSWORD] = "password"}},
};

static bool holds(char *const *cells, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(cells[i], name) == 0)
            return true;
    return false;
}

const struct export_format *export_format_of(char *const *cells, size_t count)
{
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        size_t must = 0;
        while (must < EXPORT_MUST_MOST && formats[i].must[must] != NULL &&
               holds(cells, count, formats[i].must[must]))
            must++;
        if (must == EXPORT_MUST_MOST || formats[i].must[must] == NULL)
            return &formats[i];
    }
    return NULL;
}
