#include "office.h"
#include "cases/names.h"

static void canonical(struct office *office, const char *written, const char *expected, bool known,
                      const char *kind)
{
    struct fault fault;
    const char *of;
    bool is;
    CLEANUP(text_clear) struct text name;
    text_init(&name, 4096);
    OFFICE_OK(names_canonical(office->ledger, written, &name, &of, &is, &fault));
    text_add_byte(&name, '\0');
    assert_string_equal(name.bytes, expected);
    assert_int_equal(is, known);
    assert_string_equal(of, kind);
}

static void a_name_is_found_however_it_was_typed(void **state)
{
    struct office *office = *state;
    struct fault fault;
    canonical(office, " w32/netsky ", "w32/netsky", false, "");
    OFFICE_OK(names_set(office->ledger, "W32/Netsky", "virus", 1, &fault));
    OFFICE_OK(names_alias(office->ledger, "Netsky.P", "W32/Netsky", 1, &fault));
    OFFICE_OK(names_set(office->ledger, "RLTRAP", "program", 1, &fault));
    canonical(office, "ｗ３２／ＮＥＴＳＫＹ", "W32/Netsky", true, "virus");
    canonical(office, "  W32 / netsky　", "W32/Netsky", true, "virus");
    canonical(office, "netsky.p", "W32/Netsky", true, "virus");
    canonical(office, "rltrap", "RLTRAP", true, "program");
    canonical(office, "netsky", "netsky", false, "");
}

static void names_and_their_aliases_are_listed_changed_and_removed(void **state)
{
    struct office *office = *state;
    struct ledger *ledger = office->ledger;
    struct fault fault;
    OFFICE_OK(names_set(ledger, "W32/Netsky", "virus", 1, &fault));
    OFFICE_OK(names_set(ledger, "BACKDOOR", "virus", 1, &fault));
    OFFICE_OK(names_set(ledger, "BACKDOOR", "program", 1, &fault));
    OFFICE_OK(names_alias(ledger, "Netsky.P", "W32/Netsky", 1, &fault));
    OFFICE_OK(names_alias(ledger, "netsky.p", "W32/Netsky", 1, &fault));
    json_t *list = names_list(ledger, &fault);
    json_t *expected =
        json_pack("[{s:s, s:s, s:[]}, {s:s, s:s, s:[s]}]", "name", "BACKDOOR", "kind", "program", "aliases",
                  "name", "W32/Netsky", "kind", "virus", "aliases", "netsky.p");
    assert_true(json_equal(list, expected));
    json_decref(list);
    json_decref(expected);
    OFFICE_OK(names_unalias(ledger, "NETSKY.P", 1, &fault));
    canonical(office, "Netsky.P", "Netsky.P", false, "");
    OFFICE_OK(names_remove(ledger, "W32/Netsky", 1, &fault));
    canonical(office, "w32/netsky", "w32/netsky", false, "");
    assert_int_equal(office_number(office, "SELECT count(*) FROM deed WHERE what LIKE 'name.%'"), 7);
}

static void what_cannot_be_is_refused(void **state)
{
    struct office *office = *state;
    struct ledger *ledger = office->ledger;
    struct fault fault;
    OFFICE_OK(names_set(ledger, "W32/Netsky", "virus", 1, &fault));
    OFFICE_OK(names_set(ledger, "W32/Mydoom", "virus", 1, &fault));
    int64_t deeds = office_number(office, "SELECT count(*) FROM deed");
    assert_false(names_alias(ledger, "w32/mydoom", "W32/Netsky", 1, &fault));
    assert_string_equal(fault.text, "'w32/mydoom' is another name of 'W32/Mydoom' already");
    assert_false(names_set(ledger, "W32/NETSKY", "virus", 1, &fault)); /* it is there, written otherwise */
    assert_false(names_alias(ledger, "x", "W32/Other", 1, &fault));
    assert_false(names_unalias(ledger, "w32/netsky", 1, &fault));
    assert_false(names_set(ledger, "", "virus", 1, &fault));
    assert_false(names_set(ledger, "a\nb", "virus", 1, &fault));
    assert_false(names_set(ledger, "x", "worm", 1, &fault));
    assert_int_equal(office_number(office, "SELECT count(*) FROM deed"), deeds);
    assert_int_equal(office_number(office, "SELECT count(*) FROM virus_name"), 2);
}

static int setup(void **state)
{
    static struct office office;
    office_open(&office);
    *state = &office;
    return 0;
}

static int teardown(void **state)
{
    office_close(*state);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_name_is_found_however_it_was_typed),
        TEST(names_and_their_aliases_are_listed_changed_and_removed),
        TEST(what_cannot_be_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
