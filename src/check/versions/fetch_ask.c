#include "check/versions/fetch_ask.h"
#include "base/memory.h"
#include "base/progress.h"
#include "check/versions/fetch_address.h"
#include <curl/curl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum {
    CONNECT_S = 20,
    WHOLE_S = 900,
    SLOW_BYTES = 100, /* a second, over SLOW_S: slower is given up */
    SLOW_S = 20
};

struct fetch_ask {
    CURL *curl;
    char error[CURL_ERROR_SIZE];
    struct fetched *answer; /* of the request under way */
    struct progress progress;
    bool too_large;
};

static void list_free(struct curl_slist **list)
{
    curl_slist_free_all(*list);
}

static size_t heard_bytes(char *bytes, size_t size, size_t count, void *user)
{
    struct fetch_ask *ask = user;
    text_add(&ask->answer->bytes, bytes, size * count);
    ask->too_large = !text_whole(&ask->answer->bytes);
    return ask->too_large ? 0 : size * count;
}

/* The value of a header named `name`, without what would break our own lines. */
static void take_header(const char *line, size_t length, const char *name, char *value, size_t size)
{
    size_t begin = strlen(name);
    if (length <= begin || strncasecmp(line, name, begin) != 0)
        return;
    while (begin < length && (line[begin] == ' ' || line[begin] == '\t'))
        begin++;
    while (length > begin && (unsigned char)line[length - 1] <= ' ')
        length--;
    value[0] = '\0';
    for (size_t i = begin; i < length; i++)
        if ((unsigned char)line[i] < ' ' || (unsigned char)line[i] > '~')
            return;
    if (length - begin < size)
        snprintf(value, size, "%.*s", (int)(length - begin), line + begin);
}

static size_t heard_header(char *line, size_t size, size_t count, void *user)
{
    struct fetch_ask *ask = user;
    if (size * count >= 5 && strncmp(line, "HTTP/", 5) == 0) /* another answer begins */
        ask->answer->etag[0] = ask->answer->modified[0] = '\0';
    take_header(line, size * count, "etag:", ask->answer->etag, sizeof ask->answer->etag);
    take_header(line, size * count, "last-modified:", ask->answer->modified, sizeof ask->answer->modified);
    return size * count;
}

static int heard_progress(void *user, curl_off_t total, curl_off_t done, curl_off_t up_total, curl_off_t up)
{
    struct fetch_ask *ask = user;
    (void)up_total, (void)up;
    ask->progress.total = total > 0 ? (uint64_t)total : 0;
    progress_tell(&ask->progress, (uint64_t)done);
    return 0;
}

static void set_limits(CURL *curl)
{
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L); /* by our own rule */
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)WHOLE_S);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, (long)SLOW_BYTES);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, (long)SLOW_S);
    curl_easy_setopt(curl, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)FETCH_BYTES_MOST);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
}

struct fetch_ask *fetch_ask_new(struct fault *fault)
{
    struct fetch_ask *ask = memory_new(1, sizeof *ask);
    ask->curl = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? curl_easy_init() : NULL;
    if (ask->curl == NULL) {
        fault_set(fault, "nothing can be fetched: libcurl does not begin");
        free(ask);
        return NULL;
    }
    set_limits(ask->curl);
    curl_easy_setopt(ask->curl, CURLOPT_USERAGENT, "mimamori/" MIMAMORI_VERSION);
    curl_easy_setopt(ask->curl, CURLOPT_ACCEPT_ENCODING, ""); /* all that libcurl can unpack */
    curl_easy_setopt(ask->curl, CURLOPT_ERRORBUFFER, ask->error);
    curl_easy_setopt(ask->curl, CURLOPT_WRITEFUNCTION, heard_bytes);
    curl_easy_setopt(ask->curl, CURLOPT_WRITEDATA, ask);
    curl_easy_setopt(ask->curl, CURLOPT_HEADERFUNCTION, heard_header);
    curl_easy_setopt(ask->curl, CURLOPT_HEADERDATA, ask);
    curl_easy_setopt(ask->curl, CURLOPT_XFERINFOFUNCTION, heard_progress);
    curl_easy_setopt(ask->curl, CURLOPT_XFERINFODATA, ask);
    curl_easy_setopt(ask->curl, CURLOPT_NOPROGRESS, 0L);
    return ask;
}

void fetch_ask_free(struct fetch_ask *ask)
{
    if (ask == NULL)
        return;
    curl_easy_cleanup(ask->curl);
    free(ask);
}

/* One more request header; NULL and the list as it was where there is no value. */
static void add_header(struct curl_slist **headers, const char *name, const char *value)
{
    char line[512];
    if (value[0] == '\0' || snprintf(line, sizeof line, "%s: %s", name, value) >= (int)sizeof line)
        return;
    struct curl_slist *longer = curl_slist_append(*headers, line);
    *headers = longer == NULL ? *headers : longer;
}

static bool perform(struct fetch_ask *ask, const char *address, struct curl_slist *headers, long *status,
                    struct fault *fault)
{
    text_empty(&ask->answer->bytes);
    ask->error[0] = '\0';
    ask->too_large = false;
    curl_easy_setopt(ask->curl, CURLOPT_URL, address);
    curl_easy_setopt(ask->curl, CURLOPT_HTTPHEADER, headers);
    progress_begin(&ask->progress, "fetching (bytes)", 0);
    CURLcode code = curl_easy_perform(ask->curl);
    progress_end(&ask->progress);
    if (ask->too_large || code == CURLE_FILESIZE_EXCEEDED)
        return fault_set(fault, "holds more than %d bytes", FETCH_BYTES_MOST);
    if (code != CURLE_OK)
        return fault_set(fault, "cannot be fetched: %s",
                         ask->error[0] != '\0' ? ask->error : curl_easy_strerror(code));
    curl_easy_getinfo(ask->curl, CURLINFO_RESPONSE_CODE, status);
    return true;
}

/* Follows redirects to where there is another answer. */
static bool follow(struct fetch_ask *ask, const char *address, struct curl_slist *headers, long *status,
                   struct fault *fault)
{
    OWNED_MEMORY char *at = memory_string(address);
    bool safe = false;
    for (int hop = 0; hop <= FETCH_REDIRECTS_MOST; hop++) {
        char *next = NULL;
        if (!fetch_address_allow(at, safe, fault) || !perform(ask, at, headers, status, fault))
            return false;
        curl_easy_getinfo(ask->curl, CURLINFO_REDIRECT_URL, &next);
        if (next == NULL)
            return true;
        safe = safe || strncasecmp(at, "https:", 6) == 0;
        free(at);
        at = memory_string(next);
    }
    return fault_set(fault, "leads on and on (expected at most %d redirects)", FETCH_REDIRECTS_MOST);
}

bool fetch_ask(struct fetch_ask *ask, const char *address, const struct fetched *kept, struct fetched *answer,
               enum fetch_answer *what, struct fault *fault)
{
    CLEANUP(list_free) struct curl_slist *headers = NULL;
    long status = 0;
    if (kept != NULL) {
        add_header(&headers, "If-None-Match", kept->etag);
        add_header(&headers, "If-Modified-Since", kept->modified);
    }
    ask->answer = answer;
    if (!follow(ask, address, headers, &status, fault))
        return fault_while(fault, "'%s'", address);
    if (status != 200 && !(status == 304 && kept != NULL))
        return fault_set(fault, "'%s': answers with HTTP status %ld (expected 200)", address, status);
    *what = status == 304 ? FETCH_UNCHANGED : FETCH_WHOLE;
    return true;
}
