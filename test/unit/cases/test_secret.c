#include "../unit.h"
#include "base/cleanup.h"
#include "cases/secret.h"

static void test_a_full_lane_keeps_only_its_own_waiting(void **state)
{
    struct secret_place strangers[16], known;
    size_t held = 0;
    (void)state;
    while (held < 16 && secret_enter(&strangers[held], SECRET_STRANGER))
        held++;
    assert_in_range(held, 1, 8); /* so many times the memory of one */
    assert_true(secret_enter(&known, SECRET_KNOWN));
    secret_leave(&strangers[held]); /* one that was never held gives nothing back */
    assert_false(secret_enter(&strangers[held], SECRET_STRANGER));
    secret_leave(&strangers[0]);
    secret_leave(&strangers[0]);
    assert_true(secret_enter(&strangers[0], SECRET_STRANGER));
    assert_false(secret_enter(&strangers[held], SECRET_STRANGER));
    for (size_t i = 0; i < held; i++)
        secret_leave(&strangers[i]);
    secret_leave(&known);
}

static struct seal_key key_of(const char *password, unsigned char salt)
{
    struct seal_key key;
    CLEANUP(secret_leave) struct secret_place place;
    const unsigned char salts[SECRET_SALT] = {salt};
    assert_true(secret_enter(&place, SECRET_KNOWN));
    assert_int_equal(secret_of_password(&place, password, salts, &key), SECRET_DONE);
    return key;
}

static void test_a_password_is_the_same_on_every_keyboard(void **state)
{
    (void)state;
    struct seal_key one = key_of("sakura 2026 が", 1), wide = key_of("ｓａｋｕｒａ ２０２６ が", 1);
    struct seal_key apart = key_of("sakura 2026 か\xe3\x82\x99", 1), other = key_of("Sakura 2026 が", 1);
    struct seal_key salted = key_of("sakura 2026 が", 2);
    assert_memory_equal(&one, &wide, sizeof one);
    assert_memory_equal(&one, &apart, sizeof one);
    assert_memory_not_equal(&one, &other, sizeof one);
    assert_memory_not_equal(&one, &salted, sizeof one);
}

static void test_each_use_is_counted(void **state)
{
    (void)state;
    unsigned long before = secret_worked_count();
    key_of("a", 1);
    key_of("\xff not UTF-8", 1);
    assert_int_equal(secret_worked_count() - before, 2);
}

static void test_what_is_wrapped_opens_for_its_key_and_person_only(void **state)
{
    struct receipt code = {{1, 2, 3}}, wrong = {{1, 2, 4}};
    struct seal_key key, other, same, purpose;
    char opened[6] = "kept";
    CLEANUP(text_clear) struct text wrapped;
    (void)state;
    text_init(&wrapped, 1024);
    secret_of_code(&code, "invitation", &key);
    secret_of_code(&code, "invitation", &same);
    secret_of_code(&wrong, "invitation", &other);
    secret_of_code(&code, "recovery", &purpose);
    secret_close(&key, "hanako", "secret", 6, &wrapped);
    assert_null(memmem(wrapped.bytes, wrapped.length, "secret", 6));
    assert_false(secret_open(&other, "hanako", wrapped.bytes, wrapped.length, opened, 6));
    assert_false(secret_open(&purpose, "hanako", wrapped.bytes, wrapped.length, opened, 6));
    assert_false(secret_open(&key, "taro", wrapped.bytes, wrapped.length, opened, 6));
    assert_false(secret_open(&key, "hanako", wrapped.bytes, wrapped.length - 1, opened, 6));
    assert_false(secret_open(&key, "hanako", wrapped.bytes, wrapped.length, opened, 5));
    for (size_t i = 0; i < wrapped.length; i++) {
        wrapped.bytes[i] ^= 1;
        assert_false(secret_open(&key, "hanako", wrapped.bytes, wrapped.length, opened, 6));
        wrapped.bytes[i] ^= 1;
    }
    assert_string_equal(opened, "kept");
    assert_true(secret_open(&same, "hanako", wrapped.bytes, wrapped.length, opened, 6));
    assert_memory_equal(opened, "secret", 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_full_lane_keeps_only_its_own_waiting),
        cmocka_unit_test(test_a_password_is_the_same_on_every_keyboard),
        cmocka_unit_test(test_each_use_is_counted),
        cmocka_unit_test(test_what_is_wrapped_opens_for_its_key_and_person_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
