#include "office.h"
#include "cases/receipt.h"
#include "cases/reporter.h"
#include <sodium.h>

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
enum { RECEIPTS = 200 };

static struct office office;

static struct receipt random_receipt(void)
{
    struct receipt receipt;
    for (size_t i = 0; i < sizeof receipt.bytes; i++)
        receipt.bytes[i] = (unsigned char)office_random(&office, 256);
    return receipt;
}

static bool same(const struct receipt *a, const struct receipt *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

static bool parses(const char *string, const struct receipt *expected)
{
    struct receipt read;
    return receipt_parse(string, strlen(string), &read) && same(&read, expected);
}

static void a_receipt_is_seven_groups_of_four_and_reads_back(void **state)
{
    (void)state;
    for (int i = 0; i < RECEIPTS; i++) {
        char text[RECEIPT_TEXT];
        struct receipt receipt = random_receipt();
        receipt_text(&receipt, text);
        assert_int_equal(strlen(text), RECEIPT_TEXT - 1);
        for (size_t at = 0; at < strlen(text); at++)
            if (at % 5 == 4)
                assert_int_equal(text[at], '-');
            else
                assert_non_null(strchr(alphabet, text[at]));
        assert_true(parses(text, &receipt));
    }
}

static void every_wrong_letter_is_caught(void **state)
{
    (void)state;
    for (int i = 0; i < RECEIPTS; i++) {
        char text[RECEIPT_TEXT];
        struct receipt read, receipt = random_receipt();
        receipt_text(&receipt, text);
        for (size_t at = 0; at < strlen(text); at++) {
            char right = text[at];
            for (const char *wrong = alphabet; right != '-' && *wrong != '\0'; wrong++) {
                text[at] = *wrong;
                assert_int_equal(receipt_parse(text, strlen(text), &read), *wrong == right);
            }
            text[at] = right;
        }
    }
}

static void any_two_letters_that_changed_places_are_caught(void **state)
{
    (void)state;
    for (int i = 0; i < RECEIPTS; i++) {
        char text[RECEIPT_TEXT];
        struct receipt read, receipt = random_receipt();
        receipt_text(&receipt, text);
        for (size_t a = 0; a < strlen(text); a++)
            for (size_t b = a + 1; b < strlen(text); b++) {
                char one = text[a], other = text[b];
                if (one == '-' || other == '-' || one == other)
                    continue;
                text[a] = other;
                text[b] = one;
                assert_false(receipt_parse(text, strlen(text), &read));
                text[a] = one;
                text[b] = other;
            }
    }
}

/* Three wrong letters and more: what ten bits and the two that are nothing can catch. */
static void of_letters_typed_at_random_one_in_four_thousand_is_taken_for_a_receipt(void **state)
{
    (void)state;
    enum { TRIES = 400000 };
    unsigned taken = 0;
    for (int i = 0; i < TRIES; i++) {
        char text[29] = "";
        struct receipt read;
        for (int at = 0; at < 28; at++)
            text[at] = alphabet[office_random(&office, 32)];
        taken += receipt_parse(text, 28, &read);
    }
    assert_in_range(taken, TRIES / 4096 / 2, TRIES / 4096 * 2);
}

static void it_is_read_however_it_is_typed(void **state)
{
    (void)state;
    /* all letters and digits that may be mixed up are in it */
    struct receipt receipt;
    char text[RECEIPT_TEXT], typed[512];
    do {
        receipt = random_receipt();
        receipt_text(&receipt, text);
    } while (strchr(text, '0') == NULL || strchr(text, '1') == NULL);
    size_t length = 0;
    for (size_t i = 0; text[i] != '\0'; i++) /* small, O for 0, l for 1, no hyphens */
        if (text[i] != '-')
            typed[length++] = text[i] == '0'   ? 'O'
                              : text[i] == '1' ? 'l'
                                               : (char)(text[i] | (text[i] >= 'A' ? 32 : 0));
    typed[length] = '\0';
    assert_true(parses(typed, &receipt));
    for (size_t i = 0; i < length; i++)
        typed[i] = typed[i] == 'l' ? 'I' : typed[i] == 'O' ? 'o' : typed[i];
    assert_true(parses(typed, &receipt));

    struct text wide;
    text_init(&wide, 4096);
    text_add_string(&wide, "\t　"); /* U+3000 */
    for (size_t i = 0; text[i] != '\0'; i++) {
        unsigned code = 0xff00u + (unsigned char)text[i] - 0x20;
        if (text[i] == '-')
            text_add_string(&wide, i % 10 == 4 ? "ー" : i % 3 == 0 ? " ‐ " : "－");
        else
            text_addf(&wide, "%c%c%c", 0xe0 | code >> 12, 0x80 | (code >> 6 & 63), 0x80 | (code & 63));
    }
    text_add_string(&wide, "\r\n");
    assert_true(parses(wide.bytes, &receipt));
    text_clear(&wide);
}

static void what_is_no_receipt_is_refused(void **state)
{
    (void)state;
    struct receipt read, receipt = random_receipt();
    char text[RECEIPT_TEXT + 8];
    receipt_text(&receipt, text);
    for (size_t length = 0; length < RECEIPT_TEXT - 1; length++)
        assert_false(receipt_parse(text, length, &read));
    text[RECEIPT_TEXT - 1] = '0';
    assert_false(receipt_parse(text, RECEIPT_TEXT, &read)); /* one letter more */
    text[RECEIPT_TEXT - 1] = '\0';
    assert_false(receipt_parse(text, RECEIPT_TEXT, &read)); /* a NUL behind it */
    text[0] = 'U';                                          /* no letter of it */
    assert_false(receipt_parse(text, RECEIPT_TEXT - 1, &read));
    text[0] = '\xff';
    assert_false(receipt_parse(text, RECEIPT_TEXT - 1, &read));
    text[RECEIPT_TEXT - 2] = '\xe3'; /* a character cut off at the end */
    assert_false(receipt_parse(text, RECEIPT_TEXT - 1, &read));
}

static bool found_in(const struct receipt *receipt, const char *format, const char *text)
{
    struct receipt read;
    struct text mail;
    text_init(&mail, 65536);
    for (const char *at = format; *at != '\0'; at++)
        if (*at == '@')
            text_add_string(&mail, text);
        else
            text_add_byte(&mail, *at);
    bool found = receipt_find(mail.bytes, mail.length, &read);
    if (found)
        assert_true(same(&read, receipt));
    text_clear(&mail);
    return found;
}

static void it_is_found_in_a_mail_that_quotes_ours(void **state)
{
    (void)state;
    char text[RECEIPT_TEXT], bare[RECEIPT_TEXT], folded[RECEIPT_TEXT + 16];
    struct receipt receipt = random_receipt();
    receipt_text(&receipt, text);
    size_t length = 0;
    for (size_t i = 0; text[i] != '\0'; i++)
        if (text[i] != '-')
            bare[length++] = text[i];
    bare[length] = '\0';
    snprintf(folded, sizeof folded, "%.15s\r\n> > %s", text, text + 15);

    assert_true(found_in(&receipt, "@", text));
    assert_true(found_in(&receipt, "ありがとうございます。\r\n> 受付票：@\r\n> \r\n", text));
    assert_true(found_in(&receipt, "Receipt: @.", text));
    assert_true(found_in(&receipt, "受付票@です", text));
    assert_true(found_in(&receipt, "> 受付票 @ thanks", folded));
    assert_true(found_in(&receipt, "ticket 1234, (@)", bare));
    assert_true(found_in(&receipt, "0000-0000-0000-0000-0000-0000-0001 @", text)); /* none before it */
    assert_false(found_in(&receipt, "x@", text));
    assert_false(found_in(&receipt, "@x", text));
    assert_false(found_in(&receipt, "", text));
    text[0] = text[0] == '7' ? '8' : '7';
    assert_false(found_in(&receipt, "Receipt: @", text));
}

static void words_of_a_mail_are_not_taken_for_a_receipt(void **state)
{
    (void)state;
    struct receipt read;
    struct text mail;
    text_init(&mail, 4 << 20);
    for (int i = 0; i < 400000; i++) { /* letters of every kind, in words of many lengths */
        text_add_byte(&mail, alphabet[office_random(&office, 32)]);
        if (office_random(&office, 5) == 0)
            text_add_byte(&mail, ' ');
    }
    assert_false(receipt_find(mail.bytes, mail.length, &read));
    text_clear(&mail);
}

static void a_page_sent_twice_gives_one_receipt_and_another_ledger_another(void **state)
{
    (void)state;
    unsigned char once[32] = "what a form carries, 32 bytes ..";
    struct receipt one = receipt_make(office.ledger, once), again = receipt_make(office.ledger, once);
    assert_true(same(&one, &again));
    struct ledger other = *office.ledger;
    other.key[5] ^= 1;
    again = receipt_make(&other, once);
    assert_false(same(&one, &again));
    const struct receipt_hash hash = receipt_hash(office.ledger, &one), theirs = receipt_hash(&other, &one);
    assert_memory_not_equal(&hash, &theirs, sizeof hash);
    assert_memory_not_equal(&hash, &one, sizeof hash);
    once[31] ^= 1;
    again = receipt_make(office.ledger, once);
    assert_false(same(&one, &again));
    unsigned char kept[16];
    once[31] ^= 1;
    casefile_once(office.ledger, once, sizeof once, kept);
    assert_memory_not_equal(kept, one.bytes, sizeof kept); /* what the desk keeps is not the receipt */
}

static bool reporters_are_the_same(const char *one, const char *other)
{
    struct text a, b;
    json_t *first = json_loads(one, 0, NULL), *second = json_loads(other, 0, NULL);
    assert_non_null(first);
    assert_non_null(second);
    text_init(&a, 4096);
    text_init(&b, 4096);
    assert_true(reporter_of(first, &a));
    assert_true(reporter_of(second, &b));
    bool equal = strcmp(a.bytes, b.bytes) == 0;
    text_clear(&a);
    text_clear(&b);
    json_decref(first);
    json_decref(second);
    return equal;
}

static void a_reporter_typed_twice_is_one(void **state)
{
    (void)state;
    assert_true(reporters_are_the_same("{\"email\": \"Hanako@Example.jp\", \"name\": \"花子\"}",
                                       "{\"email\": \" ｈａｎａｋｏ＠example.jp \"}"));
    assert_true(
        reporters_are_the_same("{\"organisation\": \"株式会社 見守\", \"name\": \"山田　花子\"}",
                               "{\"organisation\": \"㍿見守\", \"name\": \"山田 花子\", \"email\": \"\"}"));
    assert_false(reporters_are_the_same("{\"organisation\": \"ab\", \"name\": \"c\"}",
                                        "{\"organisation\": \"a\", \"name\": \"bc\"}"));
    assert_false(reporters_are_the_same("{\"name\": \"a\"}", "{\"organisation\": \"a\"}"));
    struct text out;
    text_init(&out, 4096);
    json_t *nobody = json_pack("{s:s, s:s}", "phone", "03-0000-0000", "name", " ");
    assert_false(reporter_of(nobody, &out));
    json_decref(nobody);
    text_clear(&out);
}

static int setup(void **state)
{
    (void)state;
    office_open(&office);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    office_close(&office);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_receipt_is_seven_groups_of_four_and_reads_back),
        cmocka_unit_test(every_wrong_letter_is_caught),
        cmocka_unit_test(any_two_letters_that_changed_places_are_caught),
        cmocka_unit_test(of_letters_typed_at_random_one_in_four_thousand_is_taken_for_a_receipt),
        cmocka_unit_test(it_is_read_however_it_is_typed),
        cmocka_unit_test(what_is_no_receipt_is_refused),
        cmocka_unit_test(it_is_found_in_a_mail_that_quotes_ours),
        cmocka_unit_test(words_of_a_mail_are_not_taken_for_a_receipt),
        cmocka_unit_test(a_page_sent_twice_gives_one_receipt_and_another_ledger_another),
        cmocka_unit_test(a_reporter_typed_twice_is_one),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
