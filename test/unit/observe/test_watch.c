#include "unit.h"
#include "observe/watch.h"
#include <jansson.h>

static char *names[] = {"campus", "darknet"}, *others[] = {"campus", "cloud", "darknet"};
static const struct points points = {.names = names, .count = 2}, more = {.names = others, .count = 3};

static struct sighting row(uint16_t point, uint16_t port, uint32_t source, uint64_t accesses)
{
    return (struct sighting){.source = address_from_ipv4(source),
                             .accesses = accesses,
                             .first_s = 1320678000 + source,
                             .last_s = 1320678000 + source,
                             .day = 15286,
                             .point = point,
                             .port = port};
}

static struct watch *new_watch(void)
{
    return watch_new(&(struct watch_settings){.interface = "eth0"}, &points);
}

static json_t *line(struct watch *watch)
{
    CLEANUP(text_clear) struct text out;
    text_init(&out, 1 << 20);
    watch_line(watch, &out);
    assert_int_equal(strcspn(out.bytes, "\n"), out.length - 1);
    json_t *object = json_loadb(out.bytes, out.length, 0, NULL);
    assert_non_null(object);
    return object;
}

static json_int_t number(const json_t *object, const char *name)
{
    return json_integer_value(json_object_get(object, name));
}

static void a_source_that_comes_again_counts_once(void **state)
{
    (void)state;
    OWNED(watch_free) struct watch *watch = new_watch();
    struct sighting rows[] = {row(0, 23, 1, 5), row(0, 22, 1, 1), row(1, 23, 1, 2)};
    watch_rows(watch, rows, 3);
    watch_rows(watch, rows, 3);
    json_t *object = line(watch);
    const json_t *campus = json_array_get(json_object_get(object, "points"), 0),
                 *telnet = json_array_get(json_object_get(object, "ports"), 0);
    assert_int_equal(number(object, "sources"), 3);
    assert_int_equal(number(campus, "accesses"), 12);
    assert_int_equal(number(campus, "sources"), 2);
    assert_string_equal(json_string_value(json_object_get(telnet, "port")), "23/tcp");
    assert_int_equal(number(telnet, "accesses"), 14);
    assert_int_equal(number(telnet, "sources"), 2);
    json_decref(object);
    object = line(watch);
    assert_int_equal(number(object, "sources"), 0); /* a line begins anew */
    json_decref(object);
}

static void many_sources_are_counted_exactly(void **state)
{
    (void)state;
    OWNED(watch_free) struct watch *watch = new_watch();
    for (uint32_t i = 0; i < 200000; i++) {
        struct sighting one = row(i % 2, 23, i % 150000, 1);
        watch_rows(watch, &one, 1);
    }
    json_t *object = line(watch);
    assert_int_equal(number(object, "sources"), 150000);
    json_decref(object);
}

static void backscatter_is_no_access(void **state)
{
    (void)state;
    OWNED(watch_free) struct watch *watch = new_watch();
    struct sighting one = row(0, 80, 1, 5);
    one.kind = SIGHTING_BACKSCATTER;
    watch_rows(watch, &one, 1);
    json_t *object = line(watch);
    assert_int_equal(number(object, "sources"), 0);
    assert_int_equal(json_array_size(json_object_get(object, "ports")), 0);
    json_decref(object);
}

static void other_points_begin_anew(void **state)
{
    (void)state;
    OWNED(watch_free) struct watch *watch = new_watch();
    struct sighting one = row(1, 80, 1, 5), two = row(2, 80, 1, 5);
    watch_rows(watch, &one, 1);
    watch_rows(watch, &two, 1); /* of no point that is known: left out */
    watch_points(watch, &points);
    watch_points(watch, &more);
    watch_rows(watch, &two, 1);
    json_t *object = line(watch);
    const json_t *last = json_array_get(json_object_get(object, "points"), 2);
    assert_int_equal(number(object, "sources"), 1);
    assert_string_equal(json_string_value(json_object_get(last, "point")), "darknet");
    assert_int_equal(number(last, "accesses"), 5);
    json_decref(object);
}

/* Columns and lines of a screen without its control sequences. */
static void measure(const char *screen, unsigned *columns, unsigned *lines)
{
    unsigned column = 0;
    *columns = 0;
    *lines = 1;
    for (const char *at = screen; *at != '\0'; at++) {
        if (*at == '\033') {
            at += 1 + strcspn(at + 1, "mKJH");
        } else if (*at == '\n') {
            ++*lines;
            column = 0;
        } else if (*at != '\r' && ++column > *columns) {
            *columns = column;
        }
    }
}

static void a_screen_keeps_to_its_size(void **state)
{
    (void)state;
    OWNED(watch_free) struct watch *watch = new_watch();
    for (uint32_t i = 0; i < 3000; i++) {
        struct sighting one = row(i % 2, (uint16_t)(i * 7), i * 7919, UINT64_C(12345678901) * i);
        watch_rows(watch, &one, 1);
    }
    for (unsigned columns = 40; columns < 200; columns += 7)
        for (unsigned lines = 8; lines < 70; lines += 5) {
            unsigned wide, high;
            CLEANUP(text_clear) struct text out;
            text_init(&out, 1 << 20);
            watch_draw(watch, columns, lines, 123456.7, &out);
            measure(out.bytes, &wide, &high);
            assert_in_range(wide, 1, columns);
            assert_in_range(high, 1, lines);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_source_that_comes_again_counts_once),
        cmocka_unit_test(many_sources_are_counted_exactly),
        cmocka_unit_test(backscatter_is_no_access),
        cmocka_unit_test(other_points_begin_anew),
        cmocka_unit_test(a_screen_keeps_to_its_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
