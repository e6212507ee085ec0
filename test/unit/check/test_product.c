#include "../unit.h"
#include "base/cleanup.h"
#include "check/versions/product.h"
#include "check/versions/product_table.h"

static struct fault fault;

static void a_list_comes_out_of_a_pack_as_it_went_in(void **state)
{
    (void)state;
    CLEANUP(products_clear) struct products products;
    CLEANUP(products_clear) struct products again;
    CLEANUP(text_clear) struct text packed;
    products_init(&products);
    products_init(&again);
    text_init(&packed, 1 << 20);
    products_add(&products, &(struct product){.system = PRODUCT_WINDOWS,
                                              .name = "ブラウザー",
                                              .version = "1.0",
                                              .vendor = "v",
                                              .architecture = "a",
                                              .group = "g",
                                              .where = "w",
                                              .latest = "2.0",
                                              .latest_source = "s",
                                              .latest_age_days = -1});
    products_add(&products, &(struct product){.system = PRODUCT_OS, .latest_age_days = 7});
    products_pack(&products, &packed);
    assert_true(products_unpack(packed.bytes, packed.length, &again, &fault));
    assert_int_equal(again.count, 2);
    const struct product *first = &again.items[0], *second = &again.items[1];
    assert_int_equal(first->system, PRODUCT_WINDOWS);
    assert_string_equal(first->name, "ブラウザー");
    assert_string_equal(first->latest_source, "s");
    assert_int_equal(first->latest_age_days, -1);
    assert_string_equal(second->name, "");
    assert_int_equal(second->latest_age_days, 7);
    for (size_t cut = 0; cut < packed.length; cut++) {
        CLEANUP(products_clear) struct products part;
        products_init(&part);
        assert_false(products_unpack(packed.bytes, cut, &part, &fault));
    }
}

static void a_damaged_pack_is_a_fault(void **state)
{
    (void)state;
    CLEANUP(products_clear) struct products products;
    products_init(&products);
    static const char system[] = {0, 0, 0, 1, 0, 0, 0, 99}, long_name[] =
                                                                "\0\0\0\1\0\0\0\0\0\0\0\0\xff\xff\xff\xff"
                                                                "abc";
    assert_false(products_unpack(system, sizeof system, &products, &fault));
    assert_false(products_unpack(long_name, sizeof long_name - 1, &products, &fault));
}

static void strangers_strings_become_one_line_of_utf_8(void **state)
{
    (void)state;
    CLEANUP(products_clear) struct products products;
    products_init(&products);
    assert_string_equal(products_string(&products, NULL, 0), "");
    assert_string_equal(products_string(&products, "a\n\x1b[1mb\x7f", 8), "a??[1mb?");
    assert_string_equal(products_string(&products, "caf\xe9", 4), "caf?");
    assert_string_equal(products_string(&products, "a\0b", 3), "a?b");
    char many[4096];
    for (size_t i = 0; i + 3 <= sizeof many; i += 3)
        memcpy(many + i, "あ", 3);
    const char *cut = products_string(&products, many, sizeof many - 1);
    assert_int_equal(strlen(cut), 1023); /* whole characters */
    assert_true(text_is_utf8(cut, strlen(cut)));
}

static void there_is_a_limit_of_products(void **state)
{
    (void)state;
    CLEANUP(products_clear) struct products products;
    products_init(&products);
    for (size_t i = 0; i < PRODUCTS_MOST; i++)
        assert_non_null(products_add(&products, &(struct product){.name = "x"}));
    assert_null(products_add(&products, &(struct product){.name = "one more"}));
    assert_int_equal(products.count, PRODUCTS_MOST);
}

static void a_product_is_found_by_name_and_architecture(void **state)
{
    (void)state;
    enum { MANY = 5000 };
    static char names[MANY][16];
    CLEANUP(product_table_clear) struct product_table table;
    product_table_init(&table);
    for (size_t i = 0; i < MANY; i++) {
        snprintf(names[i], sizeof names[i], "package-%zu", i);
        product_table_put(&table, names[i], i % 2 == 0 ? "amd64" : "i386", i);
    }
    for (size_t i = 0; i < MANY; i++) {
        assert_int_equal(product_table_find(&table, names[i], i % 2 == 0 ? "amd64" : "i386"), i);
        assert_true(product_table_find(&table, names[i], i % 2 == 0 ? "i386" : "amd64") ==
                    PRODUCT_TABLE_NONE);
    }
    product_table_put(&table, "package-0", "amd64", 77); /* the first stays */
    assert_int_equal(product_table_find(&table, "package-0", "amd64"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_comes_out_of_a_pack_as_it_went_in),
        cmocka_unit_test(a_damaged_pack_is_a_fault),
        cmocka_unit_test(strangers_strings_become_one_line_of_utf_8),
        cmocka_unit_test(there_is_a_limit_of_products),
        cmocka_unit_test(a_product_is_found_by_name_and_architecture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
