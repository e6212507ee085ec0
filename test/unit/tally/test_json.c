/* figures.json of a small ledger, byte for byte; argv[1] is the file it must be. */
#include "desk.h"
#include "base/file.h"
#include <jansson.h>

enum { JSON_MOST = 1 << 20 };
static const char *golden_path;

static void fill(struct desk *desk)
{
    desk_point(desk, "east", "192.0.2.1", NULL, NULL);
    desk_import(desk, "malware",
                "taro,2011-10-02,2011-10-01,W32/Mytob,virus,906,mail\n"
                "taro,2011-11-02,2011-11-01,W32/Mytob,virus,795,mail\n"
                "taro,2011-11-02,2011-11-01,\"a \"\"quoted\"\" \\ウイルス\",virus,1,mail\n"
                "taro,2011-11-30,2011-11-01,BACKDOOR,program,4,mail\n");
    desk_import(desk, "access", "a,2011-11-01,yes,intrusion,password\nb,2011-11-01,no,probe,\n");
    desk_import(desk, "consultations", "2011-11-01,auto,winny,yes,yes\n2011-11-01,phone,one-click,,\n");
    desk_import(desk, "history",
                "2011-09,virus.detections,21291\n2011-09,consultations.mail,52\n"
                "2011-09,observation.accesses,5000000000\n2011-09,observation.sources,7\n");
    struct sighting rows[] = {
        desk_sighting("2011-11-01", 445, 1, "CN", 10), desk_sighting("2011-11-01", 80, 1, "", 15),
        desk_sighting("2011-11-02", 23, 2, "US", 1100), desk_sighting("2011-11-30", 23, 3, "", 50),
        desk_sighting("2011-10-31", 80, 1, "", 2)};
    desk_see(desk, rows, sizeof rows / sizeof *rows);
}

static void write_json(struct desk *desk, struct text *out)
{
    OWNED(figures_free) struct figures *figures = desk_figures(desk, "2011-11");
    figures_json(figures, out);
    assert_true(text_whole(out));
}

static void the_same_figures_are_the_same_bytes(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    CLEANUP(text_clear) struct text seen, again, golden;
    text_init(&seen, JSON_MOST);
    text_init(&again, JSON_MOST);
    text_init(&golden, JSON_MOST);
    desk_open(&desk);
    fill(&desk);
    write_json(&desk, &seen);
    write_json(&desk, &again);
    assert_string_equal(seen.bytes, again.bytes);
    struct fault fault;
    if (!file_read(golden_path, &golden, &fault))
        fail_msg("%s", fault.text);
    assert_string_equal(seen.bytes, golden.bytes);
}

static void it_is_json_with_the_contracts_names(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    CLEANUP(text_clear) struct text seen;
    text_init(&seen, JSON_MOST);
    desk_open(&desk);
    fill(&desk);
    write_json(&desk, &seen);
    json_error_t error;
    json_t *root = json_loads(seen.bytes, JSON_REJECT_DUPLICATES, &error), *virus, *observation;
    assert_non_null(root);
    const char *name, *port;
    virus = json_object_get(root, "virus");
    observation = json_object_get(root, "observation");
    assert_int_equal(json_integer_value(json_object_get(virus, "detections")), 796);
    assert_true(json_is_real(json_object_get(virus, "detections_change_percent")));
    name = json_string_value(json_object_get(json_array_get(json_object_get(virus, "by_name"), 1), "name"));
    assert_string_equal(name, "a \"quoted\" \\ウイルス");
    port =
        json_string_value(json_object_get(json_array_get(json_object_get(observation, "ports"), 0), "port"));
    assert_string_equal(port, "23/tcp");
    json_decref(root);
}

static void what_has_nothing_before_it_is_null(void **state)
{
    (void)state;
    CLEANUP(desk_close) struct desk desk;
    CLEANUP(text_clear) struct text seen;
    text_init(&seen, JSON_MOST);
    desk_open(&desk);
    write_json(&desk, &seen);
    assert_non_null(strstr(seen.bytes, "\"detections_change_percent\": null,"));
    assert_non_null(strstr(seen.bytes, "\"by_name\": []"));
    assert_non_null(strstr(seen.bytes, "\"notable\": []"));
    json_t *root = json_loads(seen.bytes, 0, NULL);
    assert_non_null(root);
    json_decref(root);
}

int main(int argc, char **argv)
{
    golden_path = argc > 1 ? argv[1] : "figures.json";
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_figures_are_the_same_bytes),
        cmocka_unit_test(it_is_json_with_the_contracts_names),
        cmocka_unit_test(what_has_nothing_before_it_is_null),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
