#include "check/versions/fetch_address.h"
#include "base/cleanup.h"
#include <curl/curl.h>
#include <string.h>
#include <strings.h>

enum { ADDRESS_MOST = 8192 };

typedef char *curl_word;
static void word_free(curl_word *word)
{
    curl_free(*word);
}
static void url_free(CURLU **url)
{
    curl_url_cleanup(*url);
}

bool fetch_is_address(const char *where)
{
    return strncasecmp(where, "http://", 7) == 0 || strncasecmp(where, "https://", 8) == 0;
}

bool fetch_address_allow(const char *address, bool after_https, struct fault *fault)
{
    CLEANUP(url_free) CURLU *url = curl_url();
    CLEANUP(word_free) curl_word scheme = NULL, user = NULL;
    if (strlen(address) > ADDRESS_MOST || curl_url_set(url, CURLUPART_URL, address, 0) != CURLUE_OK ||
        curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK)
        return fault_set(fault, "is no address (expected http://HOST/... or https://HOST/...)");
    bool safe = strcmp(scheme, "https") == 0;
    if (!safe && strcmp(scheme, "http") != 0)
        return fault_set(fault, "leads to '%.20s' (expected http or https)", scheme);
    if (after_https && !safe)
        return fault_set(fault, "leads from https to http (expected https to stay https)");
    if (curl_url_get(url, CURLUPART_USER, &user, 0) == CURLUE_OK)
        return fault_set(fault, "holds a name or a password (expected an address that needs none)");
    return true;
}
