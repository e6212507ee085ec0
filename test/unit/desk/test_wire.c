#include "unit.h"
#include "desk/channel.h"
#include "desk/wire.h"
#include <fcntl.h>
#include <unistd.h>

static const struct request_field some_fields[] = {
    {.name = "text", .value = "届出", .length = 6},
    {.name = "empty", .value = "", .length = 0},
    {.name = "file", .value = "a\0\xff", .length = 3, .file = "x.bin"},
};
static const struct request some_request = {.method = REQUEST_POST,
                                            .path = "/ja/report",
                                            .host = "desk.example.jp",
                                            .languages = "ja",
                                            .cookies = {[REQUEST_BROWSER] = "abc"},
                                            .source = {1, 2},
                                            .secure = true,
                                            .fields = some_fields,
                                            .fields_count = 3};
static struct wire_request got;

static void write_request(struct text *message, const struct request *request)
{
    text_init(message, WIRE_REQUEST_MOST);
    wire_add_request(message, 7, request);
    assert_true(text_whole(message));
}

static void a_request_comes_through_as_it_was(void **state)
{
    (void)state;
    struct text message;
    write_request(&message, &some_request);
    wire_set_id(&message, UINT64_C(0x1122334455667788));
    assert_true(wire_read_request(message.bytes, message.length, &got));
    assert_int_equal(got.id, UINT64_C(0x1122334455667788));
    assert_int_equal(got.request.method, REQUEST_POST);
    assert_string_equal(got.request.path, "/ja/report");
    assert_string_equal(got.request.host, "desk.example.jp");
    assert_null(got.request.origin);
    assert_null(got.request.site);
    assert_string_equal(got.request.languages, "ja");
    assert_null(got.request.cookies[REQUEST_SESSION]);
    assert_string_equal(got.request.cookies[REQUEST_BROWSER], "abc");
    assert_int_equal(got.request.source.high, 1);
    assert_int_equal(got.request.source.low, 2);
    assert_true(got.request.secure);
    assert_int_equal(got.request.fields_count, 3);
    assert_string_equal(got.request.fields[0].value, "届出");
    assert_null(got.request.fields[0].file);
    assert_int_equal(got.request.fields[2].length, 3);
    assert_memory_equal(got.request.fields[2].value, "a\0\xff", 4);
    assert_string_equal(got.request.fields[2].file, "x.bin");
    text_clear(&message);
}

static void a_request_cut_short_anywhere_is_none(void **state)
{
    (void)state;
    struct text message;
    write_request(&message, &some_request);
    for (size_t length = 0; length < message.length; length++) {
        char *cut = malloc(length + 1); /* so that a byte read beyond is seen */
        assert_non_null(cut);
        memcpy(cut, message.bytes, length);
        assert_false(wire_read_request(cut, length, &got));
        free(cut);
    }
    text_add_byte(&message, 'x');
    assert_false(wire_read_request(message.bytes, message.length, &got));
    text_clear(&message);
}

static void expect_refused(const struct request *request)
{
    struct text message;
    write_request(&message, request);
    assert_false(wire_read_request(message.bytes, message.length, &got));
    text_clear(&message);
}

static void what_the_door_would_never_send_is_refused(void **state)
{
    (void)state;
    struct request request = some_request;
    request.path = "ja";
    expect_refused(&request);
    request.path = "/\xff";
    expect_refused(&request);
    request.path = NULL;
    expect_refused(&request);
    request = some_request;
    request.method = 2;
    expect_refused(&request);
    request = some_request;
    request.fields = &(struct request_field){.name = "a", .value = "\xff", .length = 1};
    request.fields_count = 1;
    expect_refused(&request);
    request.fields = &(struct request_field){.name = "a", .value = "a\0b", .length = 3};
    expect_refused(&request);
    struct request_field files[REQUEST_FILES_MOST + 1];
    for (size_t i = 0; i <= REQUEST_FILES_MOST; i++)
        files[i] = some_fields[2];
    request.fields = files;
    request.fields_count = REQUEST_FILES_MOST + 1;
    expect_refused(&request);
}

static void a_reply_comes_through_as_it_was(void **state)
{
    (void)state;
    struct text message;
    struct reply reply, back;
    uint64_t id = 0;
    reply_init(&reply);
    reply_init(&back);
    reply.status = 303;
    snprintf(reply.location, sizeof reply.location, "/ja/receipt");
    snprintf(reply.cookies[REQUEST_SESSION], sizeof reply.cookies[0], "-");
    text_add(&reply.body, "a\0b", 3);
    text_init(&message, WIRE_REPLY_MOST);
    wire_add_reply(&message, 9, &reply);
    assert_true(wire_read_reply(message.bytes, message.length, &id, &back));
    assert_int_equal(id, 9);
    assert_int_equal(back.status, 303);
    assert_string_equal(back.location, "/ja/receipt");
    assert_string_equal(back.cookies[REQUEST_SESSION], "-");
    assert_string_equal(back.type, reply.type);
    assert_int_equal(back.body.length, 3);
    assert_memory_equal(back.body.bytes, "a\0b", 3);
    reply_clear(&back);
    for (size_t length = 0; length < message.length; length++) {
        struct reply cut;
        reply_init(&cut);
        assert_false(wire_read_reply(message.bytes, length, &id, &cut));
        reply_clear(&cut);
    }
    text_clear(&message);
    reply_clear(&reply);
}

static void a_reply_cannot_write_headers_of_its_own(void **state)
{
    (void)state;
    static const char *const bad[] = {"/ja\r\nSet-Cookie: x=y", "/ja\nx", "/\x7f"};
    uint64_t id;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct text message;
        struct reply reply, back;
        reply_init(&reply);
        reply_init(&back);
        snprintf(reply.location, sizeof reply.location, "%s", bad[i]);
        text_init(&message, WIRE_REPLY_MOST);
        wire_add_reply(&message, 9, &reply);
        assert_false(wire_read_reply(message.bytes, message.length, &id, &back));
        text_clear(&message);
        reply_clear(&back);
    }
}

static void messages_of_any_length_go_through_a_channel(void **state)
{
    (void)state;
    static const size_t lengths[] = {1, 100, 16 << 10, (16 << 10) + 1, 3 << 20};
    int ends[2];
    struct fault fault;
    struct text sent, received;
    text_init(&sent, 4 << 20);
    text_init(&received, 4 << 20);
    assert_true(channel_pair(ends, &fault));
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        text_empty(&sent);
        for (size_t at = 0; at < lengths[i]; at++)
            text_add_byte(&sent, (char)(at * 31 >> 3));
        assert_int_equal(channel_send(ends[0], &sent, true), CHANNEL_SENT);
        assert_true(channel_receive(ends[1], &received));
        assert_int_equal(received.length, lengths[i]);
        assert_memory_equal(received.bytes, sent.bytes, sent.length);
    }
    close(ends[0]);
    assert_false(channel_receive(ends[1], &received));
    assert_int_equal(channel_send(ends[1], &sent, true), CHANNEL_ENDED);
    close(ends[1]);
    text_clear(&sent);
    text_clear(&received);
}

static void a_full_channel_says_so_and_keeps_what_it_has(void **state)
{
    (void)state;
    int ends[2], sent = 0;
    struct fault fault;
    struct text message, received;
    text_init(&message, 1 << 20);
    text_init(&received, 1 << 20);
    for (int i = 0; i < 10000; i++)
        text_add_byte(&message, 'x');
    assert_true(channel_pair(ends, &fault));
    while (channel_send(ends[0], &message, false) == CHANNEL_SENT)
        sent++;
    assert_int_equal(channel_send(ends[0], &message, false), CHANNEL_FULL);
    assert_true(sent > 1);
    for (int i = 0; i < sent; i++)
        assert_true(channel_receive(ends[1], &received) && received.length == 10000);
    close(ends[0]);
    close(ends[1]);
    text_clear(&message);
    text_clear(&received);
}

static void what_is_longer_than_allowed_is_not_taken(void **state)
{
    (void)state;
    int ends[2];
    struct fault fault;
    struct text message, received;
    text_init(&message, 1 << 20);
    text_init(&received, 50000);
    for (int i = 0; i < 50001; i++)
        text_add_byte(&message, 'x');
    assert_true(channel_pair(ends, &fault));
    assert_int_equal(channel_send(ends[0], &message, true), CHANNEL_SENT);
    assert_false(channel_receive(ends[1], &received));
    close(ends[0]);
    close(ends[1]);
    text_clear(&message);
    text_clear(&received);
}

static void an_open_file_is_handed_over(void **state)
{
    (void)state;
    int ends[2], file, pipe_ends[2];
    struct fault fault;
    char what, byte = 0;
    assert_true(channel_pair(ends, &fault));
    assert_int_equal(pipe(pipe_ends), 0);
    assert_true(channel_hand(ends[0], 'p', pipe_ends[1]));
    assert_true(channel_hand(ends[0], 'e', -1));
    assert_true(channel_take(ends[1], &what, &file));
    assert_int_equal(what, 'p');
    assert_true(file >= 0);
    assert_true(fcntl(file, F_GETFD) & FD_CLOEXEC);
    assert_int_equal(write(file, "!", 1), 1);
    assert_int_equal(read(pipe_ends[0], &byte, 1), 1);
    assert_int_equal(byte, '!');
    close(file);
    assert_true(channel_take(ends[1], &what, &file));
    assert_int_equal(what, 'e');
    assert_int_equal(file, -1);
    close(pipe_ends[0]);
    close(pipe_ends[1]);
    close(ends[0]);
    assert_false(channel_take(ends[1], &what, &file));
    close(ends[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_comes_through_as_it_was),
        cmocka_unit_test(a_request_cut_short_anywhere_is_none),
        cmocka_unit_test(what_the_door_would_never_send_is_refused),
        cmocka_unit_test(a_reply_comes_through_as_it_was),
        cmocka_unit_test(a_reply_cannot_write_headers_of_its_own),
        cmocka_unit_test(messages_of_any_length_go_through_a_channel),
        cmocka_unit_test(a_full_channel_says_so_and_keeps_what_it_has),
        cmocka_unit_test(what_is_longer_than_allowed_is_not_taken),
        cmocka_unit_test(an_open_file_is_handed_over),
    };
    return cmocka_run_group_tests_name("wire", tests, NULL, NULL);
}
