/* What an import came to, for people and for programs. */
#include "ledger/import_kind.h"
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static void add_count(struct text *out, uint64_t count, const char *one, const char *many)
{
    char grouped[NUMBER_GROUPED_SIZE];
    number_grouped(grouped, count);
    text_addf(out, "%s %s", grouped, count == 1 ? one : many);
}

static void add_file(struct text *out, const char *before, const char *path, const char *behind)
{
    text_addf(out, "%s'", before);
    text_add_tame(out, path);
    text_addf(out, "'%s", behind);
}

void import_account_text(const struct import_order *order, const struct import_account *account,
                         struct text *out)
{
    if (account->outcome == IMPORT_REFUSED)
        return;
    if (account->outcome == IMPORT_KNOWN) {
        add_file(out, "", order->path, " was taken in before: nothing changed\n");
        return;
    }
    add_count(out, account->records, order->kind->one, order->kind->many);
    if (order->kind->counts_detections) {
        text_add_string(out, " (");
        add_count(out, account->detections, "detection", "detections");
        text_add_string(out, ")");
    }
    text_add_string(out, " from ");
    add_count(out, account->rows - account->bad, "row", "rows");
    add_file(out, " of ", order->path, "\n");
}

static const char *const outcomes[] = {
    [IMPORT_TAKEN] = "taken", [IMPORT_KNOWN] = "known", [IMPORT_PART] = "part", [IMPORT_REFUSED] = "refused"};

void import_account_json(const struct import_order *order, const struct import_account *account,
                         struct text *out)
{
    bool kept = account->outcome == IMPORT_TAKEN || account->outcome == IMPORT_PART;
    json_t *object = json_object();
    json_object_set_new(object, "import", json_string(order->kind->name));
    json_object_set_new(object, "file", json_pack("s?", text_or_null(order->path)));
    json_object_set_new(object, "outcome", json_string(outcomes[account->outcome]));
    json_object_set_new(object, "rows", json_integer((json_int_t)account->rows));
    json_object_set_new(object, "bad_rows", json_integer((json_int_t)account->bad));
    json_object_set_new(object, order->kind->many, json_integer(kept ? (json_int_t)account->records : 0));
    if (order->kind->counts_detections)
        json_object_set_new(object, "detections", json_integer(kept ? (json_int_t)account->detections : 0));
    OWNED_MEMORY char *line = json_dumps(object, JSON_COMPACT | JSON_PRESERVE_ORDER);
    json_decref(object);
    text_addf(out, "%s\n", line);
}
