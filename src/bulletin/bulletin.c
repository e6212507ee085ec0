#include "bulletin/bulletin.h"
#include "base/cleanup.h"
#include "base/stop.h"
#include "bulletin/editor.h"
#include "bulletin/outputs.h"
#include "bulletin/page.h"
#include "bulletin/pdf.h"
#include "bulletin/place.h"
#include "bulletin/scripts.h"
#include <string.h>

static void clear_tree(json_t **tree)
{
    json_decref(*tree);
}

/* The date a bulletin bears: that of its publication, else the day after its month. */
static int64_t made_s(const struct ledger *ledger, const struct editor *editor, int32_t month)
{
    return zone_day_begins_s(&ledger->zone,
                             editor->published_known ? editor->published : calendar_month_first(month + 1));
}

static bool write_edition(const struct ledger *ledger, struct issue *issue, struct place *place,
                          struct fault *fault)
{
    OWNED(script_free) struct script *script = scripts_open(fault);
    if (script == NULL)
        return false;
    CLEANUP(clear_tree) json_t *tree = page_gather(issue, script, fault);
    if (tree == NULL)
        return false;
    struct edition edition = {place->beside, issue->figures, tree, script,
                              made_s(ledger, issue->editor, issue->figures->month)};
    return outputs_write(&edition, fault) && place_finish(place, fault);
}

static char *default_place(const struct ledger *ledger, int32_t month, const char *language)
{
    char name[CALENDAR_MONTH_SIZE];
    calendar_month_text(name, month);
    bool own = strcmp(language, ledger->settings.language) == 0;
    return ledger_path(ledger, "bulletins/%s%s%s", name, own ? "" : ".", own ? "" : language);
}

bool bulletin_write(const struct ledger *ledger, const struct figures *figures, struct bulletin_order order,
                    char *path, struct fault *fault)
{
    OWNED_MEMORY char *standard = default_place(ledger, figures->month, order.language);
    CLEANUP(editor_clear) struct editor editor = {0};
    CLEANUP(place_give_up) struct place place = {0};
    stop_listen(); /* a folder half made must not stay beside the target */
    if (!pdf_possible(fault) || !editor_read(&editor, ledger, figures->month, order.language, fault) ||
        !place_begin(&place, order.out != NULL ? order.out : standard, fault))
        return false;
    struct issue issue = {.figures = figures, .settings = &ledger->settings, .editor = &editor};
    arena_init(&issue.words);
    bool well = write_edition(ledger, &issue, &place, fault);
    arena_clear(&issue.words);
    if (well)
        memcpy(path, place.target, sizeof place.target);
    return well;
}
