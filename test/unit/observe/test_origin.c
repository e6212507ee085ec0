#include "unit.h"
#include "observe/origin.h"

static struct origin *origin;

static const char *country(const char *source)
{
    static char code[3];
    struct address address;
    assert_true(address_parse(source, &address));
    origin_country(origin, address, code);
    return code;
}

static void a_source_has_its_country(void **state)
{
    (void)state;
    assert_string_equal(country("202.229.63.234"), "JP");
    assert_string_equal(country("202.229.63.234"), "JP");
    assert_string_equal(country("18.1.2.3"), "US");
    assert_string_equal(country("2a02:8100::1"), "DE");
}

static void special_addresses_have_none(void **state)
{
    (void)state;
    static const char *const special[] = {"192.168.1.1", "10.0.0.1",   "127.0.0.1",    "0.0.0.0",
                                          "169.254.1.1", "100.64.0.1", "198.51.100.7", "240.0.0.1",
                                          "::1",         "fe80::1",    "fd00::1",      "2001:db8::1"};
    for (size_t i = 0; i < sizeof special / sizeof *special; i++)
        assert_string_equal(country(special[i]), "");
}

static void without_a_database_there_are_no_countries(void **state)
{
    (void)state;
    struct fault fault;
    struct address address;
    char code[3] = "XX";
    assert_null(origin_open("/tmp/mimamori-no-such-database", &fault));
    assert_string_equal(fault.text,
                        "'/tmp/mimamori-no-such-database' is no country database: No such file or directory");
    assert_true(address_parse("202.229.63.234", &address));
    origin_country(NULL, address, code);
    assert_string_equal(code, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_source_has_its_country),
        cmocka_unit_test(special_addresses_have_none),
        cmocka_unit_test(without_a_database_there_are_no_countries),
    };
    struct fault fault;
    origin = origin_open(COUNTRY_DATABASE, &fault);
    if (origin == NULL) {
        printf("1..0 # SKIP %s\n", fault.text);
        return 0;
    }
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    origin_free(origin);
    return failed;
}
