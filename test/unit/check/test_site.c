#include "base/cleanup.h"
#include "check/passwords/services.h"
#include "check/passwords/site.h"

#include "unit.h"

static void check_site(const char *address, const char *host, const char *own, bool insecure)
{
    CLEANUP(arena_clear) struct arena arena;
    arena_init(&arena);
    struct site site = site_of(address, &arena);
    if (strcmp(site.host, host) != 0 || strcmp(site.own, own) != 0 || site.insecure != insecure)
        fail_msg("'%s' is '%s', '%s', %d", address, site.host, site.own, site.insecure);
}

static void an_address_tells_the_host(void **state)
{
    (void)state;
    check_site("https://example.jp/login?next=http://x.example", "example.jp", "example.jp", false);
    check_site("HTTPS://WWW.Example.JP:8443", "example.jp", "example.jp", false);
    check_site("https://hanako:pass@word@login.example.jp/a@b", "login.example.jp", "example.jp", false);
    check_site("https://example.jp./", "example.jp", "example.jp", false);
    check_site("example.jp/login", "example.jp", "example.jp", false);
    check_site("https://a.example.jp,https://b.example.com", "a.example.jp", "example.jp", false);
    check_site("https://[2001:db8::1]:8443/", "2001:db8::1", "2001:db8::1", false);
    check_site("https://www.jp/", "www.jp", "www.jp", false);
    check_site("", "", "", false);
    check_site("https://", "", "", false);
    check_site("https:///@@", "", "", false);
    check_site("http://[", "", "", false);
}

static void what_somebody_has_registered_is_one_service(void **state)
{
    (void)state;
    check_site("https://id.shop.example.co.jp", "id.shop.example.co.jp", "example.co.jp", false);
    check_site("https://www.city.shibuya.tokyo.jp", "city.shibuya.tokyo.jp", "city.shibuya.tokyo.jp", false);
    check_site("https://a.b.example.co.uk", "a.b.example.co.uk", "example.co.uk", false);
    check_site("https://hanako.github.io", "hanako.github.io", "hanako.github.io", false);
    check_site("https://co.jp", "co.jp", "co.jp", false);
    check_site("https://10.1.2.3", "10.1.2.3", "10.1.2.3", false);
}

static void an_app_is_of_who_made_it(void **state)
{
    (void)state;
    check_site("android://aGFzaA==@jp.co.example.shop/", "shop.example.co.jp", "example.co.jp", false);
    check_site("androidapp://com.example", "example.com", "example.com", false);
    check_site("android://x@..a..b./", "b..a.", "b..a.", false); /* nonsense, but bounded */
}

static void plain_http_matters_where_others_can_listen(void **state)
{
    (void)state;
    check_site("http://example.jp/", "example.jp", "example.jp", true);
    check_site("HTTP://EXAMPLE.JP/", "example.jp", "example.jp", true);
    check_site("http://203.0.114.9/", "203.0.114.9", "203.0.114.9", true);
    check_site("http://[2600::1]/", "2600::1", "2600::1", true);
    check_site("http://localhost.example.jp/", "localhost.example.jp", "example.jp", true);
    static const char *const near[] = {
        "http://localhost/",       "http://a.localhost:80/", "http://127.0.0.1/",
        "http://192.168.0.1:8080", "http://10.9.8.7/",       "http://172.16.0.1/",
        "http://169.254.1.1/",     "http://[fd00::1]/",      "http://[::1]/",
        "http://router/",          "http://printer.local/",  "http://a.home.arpa/",
        "http://abc.onion/",       "https://example.jp/",    "http://",
        "ftp://example.jp/",       "xhttp://example.jp/"};
    CLEANUP(arena_clear) struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof near / sizeof near[0]; i++)
        if (site_of(near[i], &arena).insecure)
            fail_msg("%s", near[i]);
}

static void a_host_that_is_too_long_is_none(void **state)
{
    (void)state;
    char address[4000];
    memset(address, 'a', sizeof address - 1);
    address[sizeof address - 1] = '\0';
    check_site(address, "", "", false);
    memcpy(address, "android://x@", 12);
    for (size_t i = 13; i < sizeof address - 1; i += 2)
        address[i] = '.';
    check_site(address, "", "", false);
}

static void services_that_offer_codes_are_known_by_their_whole_name(void **state)
{
    (void)state;
    assert_true(services_offer_codes("github.com"));
    assert_true(services_offer_codes("amazon.co.jp")); /* the first and the last of the table */
    assert_true(services_offer_codes("zoom.us"));
    assert_true(services_offer_codes("yahoo.co.jp"));
    assert_false(services_offer_codes("github.co"));
    assert_false(services_offer_codes("hub.com"));
    assert_false(services_offer_codes(""));
    CLEANUP(arena_clear) struct arena arena;
    arena_init(&arena);
    for (const char *const *at = services_with_codes; *at != NULL; at++)
        if (!services_offer_codes(*at) || strcmp(site_of(*at, &arena).own, *at) != 0 ||
            strcmp(services_account(*at), *at) != 0)
            fail_msg("'%s' is not in its place, or not what is registered", *at);
    assert_string_equal(services_account("youtube.com"), "google.com");
    assert_string_equal(services_account("example.jp"), "example.jp");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_tells_the_host),
        cmocka_unit_test(what_somebody_has_registered_is_one_service),
        cmocka_unit_test(an_app_is_of_who_made_it),
        cmocka_unit_test(plain_http_matters_where_others_can_listen),
        cmocka_unit_test(a_host_that_is_too_long_is_none),
        cmocka_unit_test(services_that_offer_codes_are_known_by_their_whole_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
