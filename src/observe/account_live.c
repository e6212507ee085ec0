#include "observe/account_live.h"
#include "base/number.h"
#include <jansson.h>

enum { ACCOUNT_MOST = 1 << 16 };

static void add_line(struct text *out, const char *words, uint64_t value)
{
    char grouped[NUMBER_GROUPED_SIZE];
    number_grouped(grouped, value);
    text_addf(out, "%-26s %15s\n", words, grouped);
}

void account_live_text(const struct account *sum, const struct account_live *live, struct text *out)
{
    account_text(sum, NULL, 0, out);
    add_line(out, "dropped by the kernel", live->dropped);
    if (live->dropped_interface != 0)
        add_line(out, "dropped by the interface", live->dropped_interface);
    if (live->lost != 0)
        add_line(out, "lost for want of room", live->lost);
    if (live->journals > 1)
        text_addf(out, "sources are those of %llu journals, each by itself\n",
                  (unsigned long long)live->journals);
}

static int add_bytes(const char *bytes, size_t length, void *out)
{
    text_add(out, bytes, length);
    return 0;
}

/* A file's account without the files. */
void account_live_json(const struct account *sum, const struct account_live *live, bool one_line,
                       struct text *out)
{
    CLEANUP(text_clear) struct text plain;
    text_init(&plain, ACCOUNT_MOST);
    account_json(sum, NULL, 0, &plain);
    json_t *object = json_loadb(plain.bytes, plain.length, 0, NULL);
    json_object_del(object, "files");
    json_object_set_new(object, "interface", json_string(live->interface));
    json_object_set_new(object, "arrived", json_integer((json_int_t)live->arrived));
    json_object_set_new(object, "dropped", json_integer((json_int_t)live->dropped));
    json_object_set_new(object, "dropped_by_interface", json_integer((json_int_t)live->dropped_interface));
    json_object_set_new(object, "lost", json_integer((json_int_t)live->lost));
    json_object_set_new(object, "journals", json_integer((json_int_t)live->journals));
    if (one_line) {
        json_t *line = json_object();
        json_object_set_new(line, "account", object);
        object = line;
    }
    json_dump_callback(object, add_bytes, out,
                       JSON_PRESERVE_ORDER | (one_line ? JSON_COMPACT : JSON_INDENT(2)));
    text_add_byte(out, '\n');
    json_decref(object);
}
