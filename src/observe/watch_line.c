#include "observe/watch_parts.h"
#include <jansson.h>
#include <time.h>

enum { PORTS_TOLD = 10 };

static int add_bytes(const char *bytes, size_t length, void *out)
{
    text_add(out, bytes, length);
    return 0;
}

static json_t *number(uint64_t value)
{
    return json_integer((json_int_t)value);
}

static json_t *count_object(const char *name, const char *value, const struct watch_count *count)
{
    json_t *object = json_object();
    json_object_set_new(object, name, json_string(value));
    json_object_set_new(object, "accesses", number(count->accesses));
    json_object_set_new(object, "sources", number(count->sources));
    return object;
}

static json_t *points_array(const struct watch *watch)
{
    json_t *array = json_array();
    for (size_t i = 0; i < watch->point_count; i++)
        json_array_append_new(array, count_object("point", watch->names[i], &watch->points[i]));
    return array;
}

static json_t *ports_array(const struct watch *watch)
{
    struct watch_rank top[PORTS_TOLD];
    json_t *array = json_array();
    size_t count = watch_top(watch->ports, WATCH_PORTS, top, PORTS_TOLD);
    for (size_t i = 0; i < count; i++) {
        char port[WATCH_PORT_TEXT];
        watch_port_text(port, (unsigned)(top[i].index >> 16), (unsigned)top[i].index);
        json_array_append_new(array, count_object("port", port, &top[i].count));
    }
    return array;
}

static json_t *time_text(int64_t time_s)
{
    char text[32];
    struct tm civil;
    time_t time = (time_t)time_s;
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&time, &civil));
    return json_string(text);
}

static json_t *line_object(const struct watch *watch)
{
    const struct account *now = &watch->account, *before = &watch->account_before;
    json_t *object = json_object();
    json_object_set_new(object, "interface", json_string(watch->settings.interface));
    json_object_set_new(object, "from", time_text(watch->since_s));
    json_object_set_new(object, "to", time_text((int64_t)time(NULL)));
    json_object_set_new(object, "packets", number(now->packets - before->packets));
    json_object_set_new(object, "accesses",
                        number(now->verdicts[VERDICT_ACCESS] - before->verdicts[VERDICT_ACCESS]));
    json_object_set_new(object, "sources", number(watch->all.sources));
    json_object_set_new(object, "sources_at_least", json_boolean(watch->set_full));
    json_object_set_new(object, "backscatter",
                        number(now->verdicts[VERDICT_BACKSCATTER] - before->verdicts[VERDICT_BACKSCATTER]));
    json_object_set_new(object, "dropped", number(watch->now.dropped - watch->now_before.dropped));
    json_object_set_new(object, "dropped_by_interface",
                        number(watch->now.dropped_interface - watch->now_before.dropped_interface));
    json_object_set_new(object, "points", points_array(watch));
    json_object_set_new(object, "ports", ports_array(watch));
    return object;
}

void watch_line(struct watch *watch, struct text *out)
{
    pthread_mutex_lock(&watch->lock);
    json_t *object = line_object(watch);
    watch->account_before = watch->account;
    watch->now_before = watch->now;
    pthread_mutex_unlock(&watch->lock);
    watch_anew(watch);
    json_dump_callback(object, add_bytes, out, JSON_PRESERVE_ORDER | JSON_COMPACT);
    text_add_byte(out, '\n');
    json_decref(object);
}
