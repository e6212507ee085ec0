#include "desk/page.h"
#include "base/memory.h"
#include "base/words.h"
#include "desk/frame.h"
#include "desk/render.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *call_say(const struct call *call, const char *msgid)
{
    return words_in(call->language, msgid);
}

/* What is hidden may have none. */
static const char *label_of(const struct field *field, const char *language)
{
    return field->label != NULL ? words_in(language, field->label) : "";
}

/* What stands in the summary of problems, each with a link to its field. */
static json_t *problems_model(const struct form *form, const char *language)
{
    json_t *list = json_array();
    for (size_t i = 0; form->fields[i].name != NULL; i++)
        if (form->problems[i] != NULL)
            json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "name", form->fields[i].name, "label",
                                                  label_of(&form->fields[i], language), "message",
                                                  words_in(language, form->problems[i])));
    if (json_array_size(list) > 0)
        return json_pack("{s:o}", "list", list);
    json_decref(list);
    return json_false();
}

void call_form(struct call *call, const struct form *form)
{
    json_object_set_new(call->model, "fields", form_model(form, call->language));
    json_object_set_new(call->model, "problems", problems_model(form, call->language));
}

bool call_show(struct call *call, const char *template, const char *title, struct fault *fault)
{
    frame_add(call, title);
    call->replied = true;
    return render_page(call->render, call->language, template, json_incref(call->model), &call->reply->body,
                       fault);
}

bool call_go(struct call *call, const char *format, ...)
{
    struct reply *reply = call->reply;
    CLEANUP(text_clear) struct text path;
    text_init(&path, sizeof reply->location - 1);
    text_addf(&path, "/%s", call->language);
    char rest[sizeof reply->location];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(rest, sizeof rest, format, arguments);
    va_end(arguments);
    text_add_string(&path, rest);
    reply->status = 303;
    memcpy(reply->location, path.bytes, path.length + 1);
    call->replied = true;
    return true;
}

bool call_refuse(struct call *call, unsigned status, const char *message, struct fault *fault)
{
    call->reply->status = status;
    json_object_set_new(call->model, "refused", json_string(call_say(call, message)));
    return call_show(call, "refused", frame_refusal(status), fault);
}

bool call_file(struct call *call, const char *name, const char *bytes, size_t length)
{
    struct reply *reply = call->reply;
    snprintf(reply->type, sizeof reply->type, "application/octet-stream");
    snprintf(reply->download, sizeof reply->download, "%s", name);
    text_empty(&reply->body);
    text_add(&reply->body, bytes, length);
    call->replied = true;
    return true;
}
