#include "desk/serve.h"
#include "base/memory.h"
#include "base/words.h"
#include "cases/session.h"
#include "desk/authorizer.h"
#include "desk/guard.h"
#include "desk/render.h"
#include "desk/route.h"
#include "desk/tries.h"
#include <string.h>
#include <time.h>

struct serve {
    struct desk desk;
};
struct serve_thread {
    struct serve *serve;
    struct ledger *read, *share;
    struct render *render;
};

struct serve *serve_new(const char *ledger, enum serve_which which, struct fault *fault)
{
    OWNED(serve_free) struct serve *serve = memory_new(1, sizeof *serve);
    serve->desk = (struct desk){.path = memory_string(ledger), .which = which, .pages = pages};
    words_in("ja", "read the catalogue now");
    serve->desk.tries = tries_new();
    serve->desk.taker = taker_new(ledger, fault);
    return serve->desk.taker != NULL ? HANDOVER(serve) : NULL;
}

struct desk *serve_desk(struct serve *serve)
{
    return &serve->desk;
}

void serve_free(struct serve *serve)
{
    if (serve == NULL)
        return;
    taker_free(serve->desk.taker);
    tries_free(serve->desk.tries);
    free(serve->desk.path);
    free(serve);
}

struct serve_thread *serve_thread_new(struct serve *serve, struct fault *fault)
{
    OWNED(serve_thread_free) struct serve_thread *thread = memory_new(1, sizeof *thread);
    thread->serve = serve;
    thread->read = ledger_open(serve->desk.path, LEDGER_READ, fault);
    thread->share = thread->read != NULL ? ledger_open(serve->desk.path, LEDGER_SHARE, fault) : NULL;
    thread->render = thread->share != NULL ? render_new(fault) : NULL;
    if (thread->render == NULL)
        return NULL;
    authorizer_install(thread->read->records, serve->desk.which, REQUEST_GET);
    authorizer_install(thread->share->records, serve->desk.which, REQUEST_POST);
    return HANDOVER(thread);
}

void serve_thread_free(struct serve_thread *thread)
{
    if (thread == NULL)
        return;
    ledger_free(thread->read);
    ledger_free(thread->share);
    render_free(thread->render);
    free(thread);
}

static const char no_such_page[] = N_("Perhaps the address has a slip of the pen, or the page has moved.");

/* An address without a language gets the one that is liked best. It is not remembered. */
static bool choose_language(struct call *call, struct fault *fault)
{
    const char *path = call->request->path;
    call->language = route_accepted(call->request->languages, call->ledger->settings.language);
    call->path = path;
    struct route route;
    bool ours = path[1] == '\0' || route_find(call->desk->pages, REQUEST_GET, path, &route) == ROUTE_PAGE;
    if (!ours || call->request->method != REQUEST_GET)
        return call_refuse(call, 404, no_such_page, fault);
    return call_go(call, "%s", path);
}

static bool open_session(struct call *call, struct staff_session *session, struct fault *fault)
{
    const char *cookie = call->request->cookies[REQUEST_SESSION];
    enum session_found found;
    if (call->desk->which != SERVE_STAFF || cookie == NULL)
        return true;
    if (!session_open(call->ledger, cookie, call->now_s, session, &found, fault))
        return false;
    call->session = found == SESSION_OPEN ? session : NULL;
    return true;
}

static bool refuse(struct call *call, enum guard_verdict verdict, struct fault *fault)
{
    switch (verdict) {
    case GUARD_SIGN_IN:
        return call_go(call, "/staff/sign-in");
    case GUARD_STRANGE:
        return call_refuse(call, 403,
                           N_("This form did not come from a page of ours, or it was open too long. Please "
                              "open it again and send it once more."),
                           fault);
    case GUARD_CLOSED:
    case GUARD_PASS:
        break;
    }
    return call_refuse(
        call, 403, N_("You have no right to this page. An administrator of the desk can give it."), fault);
}

/* What cannot be shown again as it was typed is not a form of ours. */
static bool readable(const struct request *request)
{
    for (size_t i = 0; i < request->fields_count; i++) {
        const struct request_field *field = &request->fields[i];
        if (!text_is_utf8(field->name, strlen(field->name)))
            return false;
        if (field->file != NULL ? !text_is_utf8(field->file, strlen(field->file))
                                : !text_is_utf8(field->value, field->length) ||
                                      memchr(field->value, '\0', field->length) != NULL)
            return false;
    }
    return true;
}

static bool answer(struct call *call, const struct page *page, struct fault *fault)
{
    enum guard_verdict verdict = guard_judge(call, page);
    if (verdict != GUARD_PASS)
        return refuse(call, verdict, fault);
    form_read(&call->form, page->fields, call->request);
    if (call->form.unknown != NULL || !readable(call->request))
        return call_refuse(
            call, 400, N_("Something came that this page does not ask for. Nothing was taken in."), fault);
    if (!page->answer(call, fault))
        return false;
    return call->replied || fault_set(fault, "the page '%s' gave no answer", page->path);
}

/* Each process answers its own pages only, whatever the door hands it. */
static bool is_ours(const struct call *call)
{
    static const char staff[] = "/staff";
    size_t length = sizeof staff - 1;
    bool staffs =
        strncmp(call->path, staff, length) == 0 && (call->path[length] == '/' || call->path[length] == '\0');
    return staffs == (call->desk->which == SERVE_STAFF);
}

static bool find_page(struct call *call, struct fault *fault)
{
    struct route route = {0};
    if (!is_ours(call))
        return call_refuse(call, 404, no_such_page, fault);
    switch (route_find(call->desk->pages, call->request->method, call->path, &route)) {
    case ROUTE_PAGE:
        call->number = route.numbers[0];
        call->second = route.numbers[1];
        return answer(call, route.page, fault);
    case ROUTE_OTHER_METHOD:
        return call_refuse(call, 405, N_("Please begin at the first page."), fault);
    case ROUTE_NONE:
        break;
    }
    return call_refuse(call, 404, no_such_page, fault);
}

/* For when not even a page can be made: it hangs on nothing. */
static void add_plain_trouble(struct reply *reply)
{
    static const char page[] =
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>500</title>"
        "<link rel=\"stylesheet\" href=\"/static/pico.css\"></head><body><main>"
        "<h1 lang=\"ja\">うまくいきませんでした</h1><p "
        "lang=\"ja\">こちらの不具合です。しばらくしてから、もう一度お試しください。</p>"
        "<h1>This did not work</h1><p>The fault is ours. Please try again in a "
        "while.</p></main></body></html>";
    reply_clear(reply);
    reply_init(reply);
    reply->status = 500;
    text_add(&reply->body, page, sizeof page - 1);
}

static bool respond(struct call *call, struct fault *fault)
{
    struct staff_session session = {0};
    const char *rest = route_language(call->request->path, &call->language);
    bool well = false;
    if (call->language == NULL) {
        well = choose_language(call, fault);
    } else {
        call->path = rest;
        well = open_session(call, &session, fault) && find_page(call, fault);
    }
    session_clear(&session);
    return well;
}

bool serve_request(struct serve_thread *thread, const struct request *request, struct reply *reply,
                   struct fault *fault)
{
    bool get = request->method == REQUEST_GET;
    struct call call = {.request = request,
                        .desk = &thread->serve->desk,
                        .ledger = get ? thread->read : thread->share,
                        .taker = thread->serve->desk.taker,
                        .render = thread->render,
                        .model = json_object(),
                        .now_s = time(NULL),
                        .reply = reply};
    bool well = respond(&call, fault);
    form_clear(&call.form);
    json_decref(call.model);
    bool said = reply->status >= 500 && reply->body.length > 0; /* the page has its own words for it */
    if (!well && !said)
        add_plain_trouble(reply);
    return well;
}
