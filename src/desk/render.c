#include "desk/render.h"
#include "base/memory.h"
#include "base/parts.h"
#include "base/shelf.h"
#include <string.h>

static const char *const languages[] = {"ja", "en"};
enum { LANGUAGES = sizeof languages / sizeof languages[0] };

struct render {
    struct shelf *shelves[LANGUAGES];
};

struct render *render_new(struct fault *fault)
{
    OWNED(render_free) struct render *render = memory_new(1, sizeof *render);
    json_t *sources = parts_folder("templates/desk", ".mustache", fault);
    bool well = sources != NULL;
    for (size_t i = 0; well && i < LANGUAGES; i++)
        well = (render->shelves[i] = shelf_new(languages[i], sources, fault)) != NULL;
    json_decref(sources);
    return well ? HANDOVER(render) : NULL;
}

void render_free(struct render *render)
{
    for (size_t i = 0; render != NULL && i < LANGUAGES; i++)
        shelf_free(render->shelves[i]);
    free(render);
}

bool render_page(struct render *render, const char *language, const char *name, json_t *model,
                 struct text *out, struct fault *fault)
{
    size_t i = 0;
    while (i < LANGUAGES && strcmp(languages[i], language) != 0)
        i++;
    bool well = i < LANGUAGES ? shelf_render(render->shelves[i], "frame", name, model, out, fault)
                              : fault_set(fault, "there is no language '%s'", language);
    json_decref(model);
    return well;
}
