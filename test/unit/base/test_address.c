#include "base/address.h"

#include "unit.h"

static struct address parsed(const char *string)
{
    struct address address = {0, 0};
    if (!address_parse(string, &address))
        fail_msg("'%s' is refused", string);
    return address;
}

static struct network block(const char *string)
{
    struct network network = {{0, 0}, 0};
    if (!network_parse(string, &network))
        fail_msg("'%s' is refused", string);
    return network;
}

static void addresses_are_written_in_their_one_form(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"192.0.2.1", "192.0.2.1"},
        {"::ffff:192.0.2.1", "192.0.2.1"},
        {"0.0.0.0", "0.0.0.0"},
        {"2001:0DB8:0000:0000:0000:0000:0000:0001", "2001:db8::1"},
        {"2001:db8:0:0:1:0:0:1",
         "2001:db8::1:0:0:1"}, /* the first of two equal runs, RFC 5952 section 4.2.3 */
        {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"}, /* one group is not shortened, 4.2.2 */
        {"::", "::"},
        {"::1", "::1"},
        {"fe80::", "fe80::"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[ADDRESS_TEXT_SIZE];
        address_text(text, parsed(cases[i][0]));
        assert_string_equal(text, cases[i][1]);
    }
}

static void what_is_no_address_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",           "1.2.3",    "1.2.3.4.5",    "256.1.1.1",    "01.2.3.4", "1.2.3.4 ", " 1.2.3.4",
        "1.2.3.4/32", "2001:db8", "2001::db8::1", "fe80::1%eth0", "12345::",  "::g",      "localhost"};
    struct address address = {7, 7};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(address_parse(wrong[i], &address));
    assert_true(address.high == 7 && address.low == 7);
}

static void an_ipv4_address_is_its_mapped_form(void **state)
{
    (void)state;
    static const unsigned char bytes[16] = {0x20, 0x01, 0x0d, 0xb8, [15] = 9};
    assert_true(address_is_ipv4(parsed("1.2.3.4")));
    assert_int_equal(address_ipv4(parsed("1.2.3.4")), 0x01020304);
    assert_true(address_equal(address_from_ipv4(0x01020304), parsed("::ffff:1.2.3.4")));
    assert_false(address_is_ipv4(parsed("::1.2.3.4")));
    assert_true(address_equal(address_from_ipv6(bytes), parsed("2001:db8::9")));
}

static void addresses_have_one_order(void **state)
{
    (void)state;
    assert_true(address_compare(parsed("1.2.3.4"), parsed("1.2.3.5")) < 0);
    assert_true(address_compare(parsed("255.255.255.255"), parsed("2001::")) < 0);
    assert_true(address_compare(parsed("2001::1:0:0:0:0"), parsed("2001::ffff:0:0:0")) > 0);
    assert_int_equal(address_compare(parsed("::1"), parsed("::1")), 0);
}

static void special_blocks_are_special_from_first_to_last(void **state)
{
    (void)state;
    static const char *const inside[] = {"0.0.0.0",
                                         "0.255.255.255",
                                         "10.0.0.0",
                                         "10.255.255.255",
                                         "100.64.0.0",
                                         "100.127.255.255",
                                         "127.0.0.1",
                                         "169.254.0.0",
                                         "169.254.255.255",
                                         "172.16.0.0",
                                         "172.31.255.255",
                                         "192.0.0.9",
                                         "192.0.2.255",
                                         "192.168.1.1",
                                         "192.88.99.1",
                                         "198.18.0.0",
                                         "198.19.255.255",
                                         "198.51.100.7",
                                         "203.0.113.7",
                                         "224.0.0.0",
                                         "239.255.255.255",
                                         "240.0.0.0",
                                         "255.255.255.255",
                                         "::",
                                         "::1",
                                         "64:ff9b::1.2.3.4",
                                         "64:ff9b:1::1",
                                         "100::1",
                                         "2001::1",
                                         "2001:1ff:ffff::",
                                         "2001:db8::1",
                                         "2002:1::",
                                         "3fff:fff::1",
                                         "fc00::1",
                                         "fdff:ffff::1",
                                         "fe80::1",
                                         "febf::1",
                                         "ff02::1"};
    static const char *const outside[] = {
        "1.0.0.0",         "9.255.255.255", "11.0.0.0",        "100.63.255.255",  "100.128.0.0",
        "126.255.255.255", "128.0.0.0",     "169.253.255.255", "169.255.0.0",     "172.15.255.255",
        "172.32.0.0",      "192.0.1.0",     "192.0.3.0",       "192.167.255.255", "192.169.0.0",
        "198.17.255.255",  "198.20.0.0",    "198.51.101.0",    "203.0.112.255",   "203.0.114.0",
        "223.255.255.255", "8.8.8.8",       "2001:200::1",     "2001:db7::1",     "2001:db9::1",
        "2003::1",         "2400:cb00::1",  "64:ff9a::1",      "2a00:1450::1"};
    for (size_t i = 0; i < sizeof inside / sizeof inside[0]; i++) {
        if (!address_is_special(parsed(inside[i])))
            fail_msg("%s is not special", inside[i]);
    }
    for (size_t i = 0; i < sizeof outside / sizeof outside[0]; i++) {
        if (address_is_special(parsed(outside[i])))
            fail_msg("%s is special", outside[i]);
    }
}

static void blocks_are_read_and_written(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"198.51.100.0/24", "198.51.100.0/24"},
        {"198.51.100.7", "198.51.100.7/32"},
        {"0.0.0.0/0", "0.0.0.0/0"},
        {"2001:db8::/32", "2001:db8::/32"},
        {"2001:db8::1", "2001:db8::1/128"},
        {"::/0", "::/0"},
        {"::ffff:10.0.0.0/104", "10.0.0.0/8"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[NETWORK_TEXT_SIZE];
        network_text(text, block(cases[i][0]));
        assert_string_equal(text, cases[i][1]);
    }
    assert_int_equal(block("198.51.100.0/24").prefix, 120);
}

static void what_is_no_block_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",
                                        "/",
                                        "/24",
                                        "1.2.3.0/",
                                        "1.2.3.0/33",
                                        "1.2.3.1/24",
                                        "1.2.3.0/-1",
                                        "1.2.3.0/24/8",
                                        "1.2.3.0/0024",
                                        "1.2.3.0/2x",
                                        "2001:db8::/129",
                                        "2001:db8::1/64",
                                        "1.2.3/24",
                                        "::1/0",
                                        "1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa:bbbb/64"};
    struct network network = {{7, 7}, 7};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(network_parse(wrong[i], &network));
    assert_int_equal(network.prefix, 7);
}

static void a_block_holds_its_first_and_last_and_none_beside(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"198.51.100.0/22", "198.51.99.255", "198.51.104.0"},
        {"2001:db8:1::/48", "2001:db8:0:ffff:ffff:ffff:ffff:ffff", "2001:db8:2::"},
        {"2001:db8::8000:0:0:0/65", "2001:db8::7fff:ffff:ffff:ffff", "2001:db8:0:1::"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct network network = block(cases[i][0]);
        assert_true(network_holds(network, network.first));
        assert_true(network_holds(network, network_last(network)));
        assert_false(network_holds(network, parsed(cases[i][1])));
        assert_false(network_holds(network, parsed(cases[i][2])));
    }
    assert_false(network_holds(block("198.51.100.0/24"), parsed("::c633:6401")));
    assert_true(address_equal(network_last(block("10.0.0.0/8")), parsed("10.255.255.255")));
}

static void blocks_overlap_where_one_holds_the_other(void **state)
{
    (void)state;
    assert_true(network_overlaps(block("10.0.0.0/8"), block("10.1.2.0/24")));
    assert_true(network_overlaps(block("10.1.2.0/24"), block("10.0.0.0/8")));
    assert_true(network_overlaps(block("10.1.2.3"), block("10.1.2.3")));
    assert_false(network_overlaps(block("10.1.2.0/24"), block("10.1.3.0/24")));
    assert_false(network_overlaps(block("10.0.0.0/8"), block("2001:db8::/32")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_are_written_in_their_one_form),
        cmocka_unit_test(what_is_no_address_is_refused),
        cmocka_unit_test(an_ipv4_address_is_its_mapped_form),
        cmocka_unit_test(addresses_have_one_order),
        cmocka_unit_test(special_blocks_are_special_from_first_to_last),
        cmocka_unit_test(blocks_are_read_and_written),
        cmocka_unit_test(what_is_no_block_is_refused),
        cmocka_unit_test(a_block_holds_its_first_and_last_and_none_beside),
        cmocka_unit_test(blocks_overlap_where_one_holds_the_other),
    };
    return cmocka_run_group_tests_name("address", tests, NULL, NULL);
}
