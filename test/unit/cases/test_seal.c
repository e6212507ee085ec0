#include "../unit.h"
#include "cases/seal.h"
#include <sodium.h>

static const unsigned char here[16] = "one case's once", there[16] = "another's once!";
static const char secret[] = "山田花子 hanako@example.jp";

static struct text closed(const struct seal_key *key, struct seal_about about)
{
    struct text sealed;
    text_init(&sealed, 4096);
    seal_close(key, about, secret, strlen(secret), &sealed);
    assert_true(text_whole(&sealed));
    return sealed;
}

static bool opens(const struct seal_key *key, struct seal_about about, const struct text *sealed)
{
    struct text plain;
    text_init(&plain, 4096);
    bool opened = seal_open(key, about, sealed->bytes, sealed->length, &plain);
    if (opened)
        assert_string_equal(plain.bytes, secret);
    else
        assert_int_equal(plain.length, 0);
    text_clear(&plain);
    return opened;
}

static void what_is_sealed_opens_with_its_key_in_its_place_only(void **state)
{
    (void)state;
    struct seal_key key, other;
    seal_key_make(&key);
    seal_key_make(&other);
    struct text sealed = closed(&key, (struct seal_about){"told", here});
    assert_true(opens(&key, (struct seal_about){"told", here}, &sealed));
    assert_false(opens(&other, (struct seal_about){"told", here}, &sealed));
    assert_false(opens(&key, (struct seal_about){"name", here}, &sealed));
    assert_false(opens(&key, (struct seal_about){"tol", here}, &sealed));
    assert_false(opens(&key, (struct seal_about){"told", there}, &sealed));
    text_clear(&sealed);
}

static void the_same_twice_is_not_seen_to_be_the_same(void **state)
{
    (void)state;
    struct seal_key key;
    seal_key_make(&key);
    struct text one = closed(&key, (struct seal_about){"told", here});
    struct text other = closed(&key, (struct seal_about){"told", here});
    assert_int_equal(one.length, other.length);
    assert_memory_not_equal(one.bytes, other.bytes, one.length);
    assert_null(memmem(one.bytes, one.length, "hanako", 6));
    text_clear(&one);
    text_clear(&other);
}

static void a_damaged_byte_anywhere_and_any_shorter_length_do_not_open(void **state)
{
    (void)state;
    struct seal_key key;
    seal_key_make(&key);
    struct text sealed = closed(&key, (struct seal_about){"told", here});
    for (size_t i = 0; i < sealed.length; i++) {
        sealed.bytes[i] ^= 1;
        assert_false(opens(&key, (struct seal_about){"told", here}, &sealed));
        sealed.bytes[i] ^= 1;
    }
    size_t whole = sealed.length;
    for (sealed.length = 0; sealed.length < whole; sealed.length++)
        assert_false(opens(&key, (struct seal_about){"told", here}, &sealed));
    assert_true(opens(&key, (struct seal_about){"told", here}, &sealed));
    text_clear(&sealed);
}

static void nothing_at_all_is_sealed_and_opened_too(void **state)
{
    (void)state;
    struct seal_key key;
    struct text sealed, plain;
    seal_key_make(&key);
    text_init(&sealed, 4096);
    text_init(&plain, 4096);
    seal_close(&key, (struct seal_about){"told", here}, "", 0, &sealed);
    assert_true(seal_open(&key, (struct seal_about){"told", here}, sealed.bytes, sealed.length, &plain));
    assert_int_equal(plain.length, 0);
    assert_false(seal_open(&key, (struct seal_about){"told", here}, NULL, 0, &plain));
    text_clear(&sealed);
    text_clear(&plain);
}

static void a_wrapped_key_opens_for_its_pair_only_and_not_when_damaged(void **state)
{
    (void)state;
    struct seal_pair pair, other;
    struct seal_key key, opened = {0};
    struct seal_wrapped wrapped;
    seal_pair_make(&pair);
    seal_pair_make(&other);
    seal_key_make(&key);
    seal_wrap(&key, &pair.public, &wrapped);
    assert_false(seal_unwrap(&wrapped, &other, &opened));
    for (size_t i = 0; i < sizeof wrapped.bytes; i++) {
        wrapped.bytes[i] ^= 0x40;
        assert_false(seal_unwrap(&wrapped, &pair, &opened));
        wrapped.bytes[i] ^= 0x40;
    }
    assert_true(sodium_is_zero(opened.bytes, sizeof opened.bytes)); /* nothing was handed out */
    assert_true(seal_unwrap(&wrapped, &pair, &opened));
    assert_memory_equal(opened.bytes, key.bytes, sizeof key.bytes);
    const struct seal_wrapped nothing = {0};
    assert_false(seal_unwrap(&nothing, &pair, &opened));
}

static void a_key_for_a_public_key_that_no_pair_has_is_wrapped_for_nobody(void **state)
{
    (void)state;
    const struct seal_public small_order = {0};
    struct seal_key key;
    struct seal_wrapped wrapped;
    seal_key_make(&key);
    seal_wrap(&key, &small_order, &wrapped);
    assert_null(memmem(wrapped.bytes, sizeof wrapped.bytes, key.bytes, sizeof key.bytes));
    assert_true(sodium_is_zero(wrapped.bytes, sizeof wrapped.bytes));
}

static void the_same_seed_gives_the_same_pair(void **state)
{
    (void)state;
    struct seal_pair one, same, other;
    unsigned char seed[32] = "a seed that a receipt has given.";
    seal_pair_from(seed, &one);
    seal_pair_from(seed, &same);
    assert_memory_equal(&one, &same, sizeof one);
    seed[31] ^= 1;
    seal_pair_from(seed, &other);
    assert_memory_not_equal(&one.public, &other.public, sizeof one.public);
    struct seal_key key, opened;
    struct seal_wrapped wrapped;
    seal_key_make(&key);
    seal_wrap(&key, &one.public, &wrapped);
    assert_true(seal_unwrap(&wrapped, &same, &opened));
    assert_memory_equal(opened.bytes, key.bytes, sizeof key.bytes);
}

static void what_is_sealed_to_a_pair_opens_for_it_only(void **state)
{
    (void)state;
    struct seal_pair pair, other;
    struct text sealed, plain;
    seal_pair_make(&pair);
    seal_pair_make(&other);
    text_init(&sealed, 4096);
    text_init(&plain, 4096);
    seal_to(&pair.public, secret, strlen(secret), &sealed);
    assert_false(seal_from(&other, sealed.bytes, sealed.length, &plain));
    assert_false(seal_from(&pair, sealed.bytes, sealed.length - 1, &plain));
    assert_false(seal_from(&pair, sealed.bytes, 12, &plain));
    assert_true(seal_from(&pair, sealed.bytes, sealed.length, &plain));
    assert_string_equal(plain.bytes, secret);
    text_clear(&sealed);
    text_clear(&plain);
}

static int setup(void **state)
{
    (void)state;
    return sodium_init() < 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_sealed_opens_with_its_key_in_its_place_only),
        cmocka_unit_test(the_same_twice_is_not_seen_to_be_the_same),
        cmocka_unit_test(a_damaged_byte_anywhere_and_any_shorter_length_do_not_open),
        cmocka_unit_test(nothing_at_all_is_sealed_and_opened_too),
        cmocka_unit_test(a_wrapped_key_opens_for_its_pair_only_and_not_when_damaged),
        cmocka_unit_test(a_key_for_a_public_key_that_no_pair_has_is_wrapped_for_nobody),
        cmocka_unit_test(the_same_seed_gives_the_same_pair),
        cmocka_unit_test(what_is_sealed_to_a_pair_opens_for_it_only),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
