#include "../unit.h"
#include "desk/mail_write.h"

static struct ledger ledger_of(const char *name)
{
    return (struct ledger){.settings = {.desk_name = (char *)name,
                                        .desk_mail = (char *)"desk@example.jp",
                                        .desk_address = (char *)"https://desk.example.jp"}};
}

/* All of the message; the caller frees. */
static char *write_with(const struct ledger *ledger, json_t *fields)
{
    struct outbox_mail mail = {.id = 3, .casefile = 5, .made_s = 1795455984, .mail = fields};
    struct mail_written written;
    struct fault fault = {""};
    if (!mail_write(ledger, &mail, &written, &fault))
        fail_msg("%s", fault.text);
    char *message = strdup(written.message.bytes);
    mail_written_clear(&written);
    json_decref(fields);
    return message;
}

static json_t *fields_with(const char *name, const char *value)
{
    json_t *fields = json_pack("{s:s, s:s, s:s, s:s}", "to", "hanako@example.com", "subject", "hello", "text",
                               "words", "language", "en");
    json_object_set_new(fields, name, json_string(value));
    return fields;
}

static void a_plain_mail_stands_as_it_was_written(void **state)
{
    (void)state;
    const struct ledger ledger = ledger_of("Watch Desk");
    char *message = write_with(&ledger, fields_with("in_reply_to", "<a@example.com>"));
    assert_non_null(strstr(message,
                           "From: Watch Desk\n <desk@example.jp>\nTo: <hanako@example.com>\nSubject: hello\n"
                           "Date: Mon, 23 Nov 2026 17:46:24 +0000\nMessage-ID: <mimamori."));
    assert_non_null(strstr(message,
                           "@example.jp>\nIn-Reply-To: <a@example.com>\nReferences: <a@example.com>\n"
                           "X-Mimamori-Desk: 1\n"));
    assert_non_null(
        strstr(message, "charset=US-ASCII\nContent-Transfer-Encoding: 7bit\n\nwords\n\n-- \nWatch Desk\n"));
    char *again = write_with(&ledger, fields_with("in_reply_to", "<a@example.com>"));
    assert_string_equal(message, again);
    free(message);
    free(again);
}

static void japanese_words_are_cut_between_characters_into_words_of_75(void **state)
{
    (void)state;
    const struct ledger ledger = ledger_of("見守り\"デスク\"");
    char *message = write_with(
        &ledger, fields_with("subject", "とても長い件名がここに書かれています。とても長い件名がここに"
                                        "書かれています。とても長い件名がここに書かれています。"));
    const char *line = strstr(message, "Subject: ");
    assert_non_null(line);
    unsigned lines = 0;
    for (; lines == 0 || *line == ' '; line = strchr(line, '\n') + 1, lines++) {
        assert_non_null(strstr(line, "=?UTF-8?B?"));
        assert_true(strcspn(line, "\n") <= 76 + strlen("Subject: "));
        /* whole characters of three bytes: four letters of base64 each */
        assert_int_equal((strstr(line, "?=") - strstr(line, "=?UTF-8?B?") - 10) % 4, 0);
    }
    assert_true(lines >= 4);
    free(message);
}

static void nothing_that_comes_from_elsewhere_becomes_a_header(void **state)
{
    (void)state;
    static const char *const names[] = {"subject", "in_reply_to", "references", "language", "receipt"};
    const struct ledger ledger = ledger_of("desk\nBcc: evil@example.net");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *message = write_with(
            &ledger, fields_with(names[i], "<a\r\nBcc: evil@example.net\r\n\r\n@b> <c d>\nBcc: e"));
        char *body = strstr(message, "\n\n");
        assert_non_null(body);
        *body = '\0';
        assert_null(strstr(message, "Bcc"));
        assert_null(strchr(message, '\r'));
        free(message);
    }
}

static void an_address_is_checked_letter_by_letter(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",
                                        "a",
                                        "a@b@example.com",
                                        "a@example.com\nBcc: b@example.com",
                                        "a@example.com, b@example.com",
                                        "<a@example.com>",
                                        "-oX@example.com",
                                        "花子@example.com",
                                        "a b@example.com",
                                        "a@exa mple.com",
                                        "\"a\"@example.com"};
    const struct ledger ledger = ledger_of("desk");
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct outbox_mail mail = {.casefile = 12, .mail = fields_with("to", wrong[i])};
        struct mail_written written;
        struct fault fault = {""};
        assert_false(mail_write(&ledger, &mail, &written, &fault));
        assert_non_null(strstr(fault.text, "case 12"));
        assert_null(strchr(fault.text, '@'));
        json_decref(mail.mail);
    }
}

static void an_automatic_mail_says_so_and_has_no_way_back(void **state)
{
    (void)state;
    const struct ledger ledger = ledger_of("desk");
    json_t *fields = fields_with("receipt", "ABCD-0000");
    json_object_set_new(fields, "automatic", json_true());
    struct outbox_mail mail = {.mail = fields};
    struct mail_written written;
    struct fault fault;
    assert_true(mail_write(&ledger, &mail, &written, &fault));
    assert_string_equal(written.from, "");
    assert_non_null(strstr(written.message.bytes, "\nAuto-Submitted: auto-replied\n"));
    assert_non_null(strstr(written.message.bytes, "\n    ABCD-0000\n"));
    assert_non_null(strstr(written.message.bytes, "https://desk.example.jp/en/receipt"));
    mail_written_clear(&written);
    json_object_del(fields, "automatic");
    assert_true(mail_write(&ledger, &mail, &written, &fault));
    assert_string_equal(written.from, "desk@example.jp");
    assert_null(strstr(written.message.bytes, "Auto-Submitted"));
    mail_written_clear(&written);
    json_decref(fields);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plain_mail_stands_as_it_was_written),
        cmocka_unit_test(japanese_words_are_cut_between_characters_into_words_of_75),
        cmocka_unit_test(nothing_that_comes_from_elsewhere_becomes_a_header),
        cmocka_unit_test(an_address_is_checked_letter_by_letter),
        cmocka_unit_test(an_automatic_mail_says_so_and_has_no_way_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
