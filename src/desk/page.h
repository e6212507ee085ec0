/* page: the whole service is one table of pages (desk/pages.c): method, path, the right one needs, the fields
 * one takes, who answers. What is not in the table does not exist; a field that is not in a page's list is
 * refused; a page without a right is nobody's. GET is given a ledger that cannot be written. */
#pragma once
#include "cases/staff.h"
#include "cases/taker.h"
#include "desk/reply.h"
#include "desk/request.h"
#include "desk/field.h"

enum page_right {
    PAGE_NOBODY,
    PAGE_PUBLIC,
    PAGE_STAFF /* any of the staff */,
    PAGE_INTAKE,
    PAGE_ANALYST,
    PAGE_EDITOR,
    PAGE_ADMINISTRATOR
};

struct desk;
struct render;
/* One request on its way through its page. */
struct call {
    const struct request *request;
    struct desk *desk;     /* what lives as long as the process: desk/desk.h */
    struct ledger *ledger; /* this thread's: LEDGER_READ for a GET, LEDGER_SHARE for a POST */
    struct taker *taker;
    struct render *render;
    const struct staff_session *session; /* NULL: nobody is signed in */
    const char *language;                /* "ja", "en": of the page, from its path */
    const char *path;                    /* without the language */
    int64_t number;                      /* the number in the path ({n}), 0 */
    int64_t second;                      /* the second one */
    struct form form;                    /* the page's fields, checked (desk/field.h) */
    json_t *model; /* what the template is given; page_*() fill it; "frame" and "token" are the frame's */
    const char *message; /* a msgid said at the top of the page (call_show), NULL: none */
    int64_t now_s;
    struct reply *reply;
    bool replied;
};
struct page {
    enum request_method method;
    const char *path; /* "/staff/case/{n}/answer" */
    enum page_right right;
    const struct field *fields;                             /* ends with {0}; NULL: none */
    bool (*answer)(struct call *call, struct fault *fault); /* a fault is a 500 and one line in the log */
};
extern const struct page pages[]; /* ends with {0} */

/* Puts a form into the model: "fields" and "problems", as the partials {{> problems}} and {{> fields}} show
 * them. Of a page with fields that found problems this is `&call->form`; of one that asks, a form_blank(). */
void call_form(struct call *call, const struct form *form);

/* How an answer ends; each returns true, so that `return call_show(...)` reads well (false on a fault). */
bool call_show(struct call *call, const char *template, const char *title,
               struct fault *fault); /* web/templates/desk/TEMPLATE.mustache in the frame; title: a msgid */
bool call_go(struct call *call, const char *format, ...)
    __attribute__((format(printf, 2, 3))); /* 303 to a path of ours, without the language */
bool call_refuse(struct call *call, unsigned status, const char *message,
                 struct fault *fault); /* a page that says why: a msgid */
bool call_file(struct call *call, const char *name, const char *bytes, size_t length); /* a download */
const char *call_say(const struct call *call, const char *msgid); /* in the page's language */
