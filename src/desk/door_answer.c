#include "desk/door_parts.h"
#include "base/words.h"
#include "desk/static.h"
#include <string.h>

/* What the door says by itself, where the pages cannot be asked: short, in both languages. */
static const struct said {
    unsigned status;
    const char *title, *message;
} said[] = {
    {400, N_("This request was not understood."),
     N_("Please go back, load the page again and try once more.")},
    {404, N_("There is no such page."), N_("Please check the address, or begin at the first page.")},
    {405, N_("This cannot be asked that way."), N_("Please begin at the first page.")},
    {411, N_("This request was not understood."),
     N_("Please go back, load the page again and try once more.")},
    {413, N_("This is more than we can take in at once."),
     N_("A file may have up to 10 MB, and five files can be sent at once. Please go back and send less.")},
    {414, N_("This address is too long."), N_("Please begin at the first page.")},
    {415, N_("This request was not understood."), N_("Please use the form on the page.")},
    {417, N_("This request was not understood."),
     N_("Please go back, load the page again and try once more.")},
    {431, N_("This request was not understood."), N_("Your browser has sent more than we can read.")},
    {500, N_("Something went wrong at our side."),
     N_("Please try again in a few minutes. If you were sending a report, go back and send it again: it is "
        "not "
        "counted twice.")},
    {503, N_("We are very busy just now."),
     N_("Please try again in a few minutes. If you were sending a report, go back and send it again: it is "
        "not "
        "counted twice.")},
    {505, N_("This request was not understood."), N_("Your browser speaks a language we do not know.")},
};
enum { SAID = sizeof said / sizeof *said, PAGE_MOST = 4096 };
static char pages[SAID][PAGE_MOST];

/* Before the door is confined: the catalogues are read here. */
void door_answer_open(void)
{
    for (size_t i = 0; i < SAID; i++)
        snprintf(
            pages[i], PAGE_MOST,
            "<!DOCTYPE html>\n<html lang=\"ja\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width\">\n<title>%s</title>\n"
            "<link rel=\"stylesheet\" href=\"/static/pico.css\">\n</head>\n<body>\n<main>\n"
            "<h1>%s</h1>\n<p>%s</p>\n<p><a href=\"/ja/\">%s</a></p>\n<section lang=\"en\">\n"
            "<h2>%s</h2>\n<p>%s</p>\n<p><a href=\"/en/\">%s</a></p>\n</section>\n</main>\n</body>\n</html>\n",
            words_in("ja", said[i].title), words_in("ja", said[i].title), words_in("ja", said[i].message),
            words_in("ja", N_("To the first page")), said[i].title, said[i].message,
            words_in("en", N_("To the first page")));
}

static size_t find_said(unsigned status)
{
    for (size_t i = 0; i < SAID; i++)
        if (said[i].status == status)
            return i;
    return status >= 500 ? find_said(500) : 0;
}

static enum MHD_Result queue(struct door_exchange *exchange, unsigned status, struct MHD_Response *response)
{
    enum MHD_Result result = MHD_queue_response(exchange->mhd, status, response);
    MHD_destroy_response(response);
    return result;
}

static struct MHD_Response *make(struct door_exchange *exchange, const char *bytes, size_t length,
                                 struct headers headers)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(length, (void *)(uintptr_t)bytes, MHD_RESPMEM_PERSISTENT);
    headers.secure = exchange->door->settings->secure;
    headers.close |= exchange->door->ending;
    if (response != NULL)
        headers_add(response, &headers);
    return response;
}

enum MHD_Result door_answer_status(struct door_exchange *exchange, unsigned status, bool close)
{
    const char *page = pages[find_said(status)];
    struct MHD_Response *response = make(exchange, page, strlen(page), (struct headers){.close = close});
    if (response == NULL)
        return MHD_NO;
    MHD_add_response_header(response, "Content-Type", "text/html; charset=utf-8");
    if (status == 405)
        MHD_add_response_header(response, "Allow", "GET, HEAD, POST");
    if (status == 503)
        MHD_add_response_header(response, "Retry-After", "30");
    return queue(exchange, status, response);
}

enum MHD_Result door_answer_reply(struct door_exchange *exchange)
{
    const struct reply *reply = &exchange->reply;
    if (reply->status >= 400 && reply->body.length == 0)
        return door_answer_status(exchange, reply->status, false);
    struct headers headers = {.kind = reply->download[0] == '\0' ? HEADERS_PAGE : HEADERS_DOWNLOAD};
    /* The reply lives until the exchange is over, and so longer than its response. */
    struct MHD_Response *response = make(exchange, reply->body.bytes, reply->body.length, headers);
    if (response == NULL)
        return MHD_NO;
    headers_add_reply(response, reply, exchange->door->settings->secure);
    return queue(exchange, reply->status, response);
}

bool door_answer_static(struct door_exchange *exchange, enum MHD_Result *result)
{
    const struct static_file *file = static_find(exchange->path.bytes);
    if (file == NULL && strncmp(exchange->path.bytes, "/static/", 8) != 0)
        return false;
    if (file == NULL || exchange->head.method != REQUEST_GET) {
        *result = door_answer_status(exchange, file == NULL ? 404 : 405, false);
        return true;
    }
    bool known = exchange->head.known != NULL && strstr(exchange->head.known, file->tag) != NULL;
    struct MHD_Response *response =
        make(exchange, file->bytes, known ? 0 : file->length, (struct headers){.kind = HEADERS_STATIC});
    *result = MHD_NO;
    if (response == NULL)
        return true;
    MHD_add_response_header(response, "ETag", file->tag);
    MHD_add_response_header(response, "Content-Type", file->type);
    *result = queue(exchange, known ? 304 : 200, response);
    return true;
}
