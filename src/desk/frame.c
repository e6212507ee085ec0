#include "desk/frame.h"
#include "base/words.h"
#include "desk/desk.h"
#include "desk/route.h"
#include "ledger/ledger.h"
#include <string.h>

/* The ways that every page offers; one is shown only where its page exists and is open to who asks. */
static const struct way {
    enum serve_which which;
    const char *path, *label;
} ways[] = {
    {SERVE_PUBLIC, "/report/malware", N_("Report a virus")},
    {SERVE_PUBLIC, "/report/access", N_("Report unauthorised access")},
    {SERVE_PUBLIC, "/ask", N_("Ask for advice")},
    {SERVE_PUBLIC, "/receipt", N_("I have a receipt")},
    {SERVE_STAFF, "/staff", N_("Cases")},
    {SERVE_STAFF, "/staff/new", N_("Take in a case")},
    {SERVE_STAFF, "/staff/names", N_("Virus names")},
    {SERVE_STAFF, "/staff/templates", N_("Answer templates")},
    {SERVE_STAFF, "/staff/people", N_("Staff")},
    {SERVE_STAFF, "/staff/deeds", N_("Record of deeds")},
    {SERVE_STAFF, "/staff/inspect", N_("State of the desk")},
    {SERVE_STAFF, "/staff/account", N_("My account")},
};

/* False where there is none; the public's first page is made of nothing else and needs them not twice. */
static json_t *ways_model(const struct call *call)
{
    if (strcmp(call->path, "/") == 0)
        return json_false();
    json_t *list = json_array();
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        const struct page *page = route_page(call->desk->pages, REQUEST_GET, ways[i].path);
        if (ways[i].which != call->desk->which || page == NULL || !route_open(page->right, call->session))
            continue;
        json_array_append_new(list, json_pack("{s:s, s:s, s:b}", "path", ways[i].path, "label",
                                              call_say(call, ways[i].label), "here",
                                              strcmp(call->path, ways[i].path) == 0));
    }
    if (json_array_size(list) > 0)
        return json_pack("{s:o}", "list", list);
    json_decref(list);
    return json_false();
}

/* Where the desk's name leads: the first page that is open to who asks. */
static const char *home_of(const struct call *call, const json_t *found)
{
    const json_t *first = json_array_get(json_object_get(found, "list"), 0);
    if (call->desk->which == SERVE_PUBLIC)
        return "/";
    return first != NULL ? json_string_value(json_object_get(first, "path")) : "/staff";
}

static void add_encoded(struct text *out, const char *string)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    for (; *string != '\0'; string++) {
        if (strchr(plain, *string) != NULL)
            text_add_byte(out, *string);
        else
            text_addf(out, "%%%02X", (unsigned char)*string);
    }
}

/* This page in the other language: only a GET can be asked again as it was. */
static json_t *other_address(const struct call *call, const char *language)
{
    enum { ADDRESS_MOST = 8192 };
    bool again = call->request->method == REQUEST_GET && call->reply->status == 200;
    again = again || route_page(call->desk->pages, REQUEST_GET, call->path) != NULL;
    CLEANUP(text_clear) struct text address;
    text_init(&address, ADDRESS_MOST);
    text_addf(&address, "/%s", language);
    add_encoded(&address, again ? call->path : "/");
    const char *between = "?";
    for (size_t i = 0; call->request->method == REQUEST_GET && i < call->request->fields_count; i++) {
        text_add_string(&address, between);
        add_encoded(&address, call->request->fields[i].name);
        text_add_byte(&address, '=');
        add_encoded(&address, call->request->fields[i].value);
        between = "&";
    }
    return json_string(text_whole(&address) ? address.bytes : "/");
}

static json_t *contact_model(const char *lines)
{
    json_t *list = json_array();
    while (*lines != '\0') {
        size_t length = strcspn(lines, "\n");
        json_array_append_new(list, json_stringn(lines, length));
        lines += length + (lines[length] == '\n');
    }
    return list;
}

void frame_add(struct call *call, const char *title)
{
    const struct ledger_settings *settings = &call->ledger->settings;
    bool japanese = strcmp(call->language, "ja") == 0, staff = call->desk->which == SERVE_STAFF;
    const char *name =
        settings->desk_name[0] != '\0' ? settings->desk_name : call_say(call, N_("Watch desk"));
    json_t *frame =
        json_pack("{s:s, s:s, s:o, s:b, s:o, s:s, s:s, s:o}", "title", call_say(call, title), "desk", name,
                  "contact", contact_model(settings->desk_contact), "staff", staff, "ways", ways_model(call),
                  "other_language", japanese ? "en" : "ja", "other_name", japanese ? "English" : "日本語",
                  "other_address", other_address(call, japanese ? "en" : "ja"));
    json_object_set_new(frame, "home", json_string(home_of(call, json_object_get(frame, "ways"))));
    json_object_set_new(frame, "who",
                        call->session != NULL ? json_string(call->session->shown) : json_false());
    json_object_set_new(frame, "message",
                        call->message != NULL ? json_string(call_say(call, call->message)) : json_false());
    json_object_set_new(frame, "trouble", json_incref(json_object_get(call->model, "problems")));
    json_object_set_new(call->model, "frame", frame);
    json_object_set_new(call->model, "language", json_string(call->language));
    json_object_set_new(call->model, "token",
                        call->session != NULL ? json_string(call->session->token) : json_false());
}

const char *frame_refusal(unsigned status)
{
    static const struct refusal {
        unsigned status;
        const char *title;
    } refusals[] = {
        {400, N_("This could not be understood")},
        {403, N_("This is not open to you")},
        {404, N_("There is no such page")},
        {405, N_("This does not work this way")},
        {409, N_("This has changed meanwhile")},
        {413, N_("This is too large")},
        {429, N_("Too many at once")},
        {503, N_("The desk is busy")},
    };
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++)
        if (refusals[i].status == status)
            return refusals[i].title;
    return N_("This did not work");
}
