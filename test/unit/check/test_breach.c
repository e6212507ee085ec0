/* breach: a list of stolen passwords of any size is asked in few reads, and a wrong list is told of. */
#include "unit.h"

#include "base/cleanup.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "check/passwords/breach.h"
#include "check/passwords/breach_list.h"

#include <fcntl.h>
#include <gnutls/crypto.h>
#include <math.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/mimamori-test-breach-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL;
}

static int remove_folder(void **state)
{
    (void)state;
    struct fault fault;
    return file_remove_tree(folder, &fault) ? 0 : 1;
}

static const char *in_folder(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

/* The path of a file that holds these bytes. */
static const char *file_of(const char *bytes, size_t length)
{
    const char *path = in_folder("list");
    struct fault fault;
    assert_true(file_write(path, bytes, length, &fault));
    return path;
}

static void sha1(const char *password, char digits[BREACH_DIGITS + 1])
{
    unsigned char sum[20];
    assert_int_equal(gnutls_hash_fast(GNUTLS_DIG_SHA1, password, strlen(password), sum), 0);
    for (size_t i = 0; i < sizeof sum; i++)
        snprintf(digits + 2 * i, 3, "%02X", sum[i]);
}

static int by_string(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* The hashes of "word0", "word1"... in order, a line each with what is put behind it. */
static void list_of_words(struct text *list, size_t count, const char *behind)
{
    char(*lines)[BREACH_DIGITS + 1] = memory_new(count, sizeof *lines);
    for (size_t i = 0; i < count; i++) {
        char word[32];
        snprintf(word, sizeof word, "word%zu", i);
        sha1(word, lines[i]);
    }
    qsort(lines, count, sizeof *lines, by_string);
    for (size_t i = 0; i < count; i++)
        text_addf(list, "%s%s", lines[i], behind);
    free(lines);
}

static uint64_t look(struct breach *breach, const char *password)
{
    struct fault fault = {""};
    uint64_t times = 12345;
    if (!breach_look(breach, password, &times, &fault))
        fail_msg("%s", fault.text);
    return times;
}

static struct breach *opened(const char *path)
{
    struct fault fault = {""};
    struct breach *breach = breach_open(path, &fault);
    if (breach == NULL)
        fail_msg("%s", fault.text);
    return breach;
}

/* Every word of a list is there, and no other, in lists of one line to many blocks. */
static void words_that_are_there_are_found_and_no_others(void **state)
{
    (void)state;
    static const size_t counts[] = {1, 2, 3, 80, 91, 92, 93, 184, 500, 3000};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        CLEANUP(text_clear) struct text list;
        text_init(&list, 1 << 20);
        list_of_words(&list, counts[i], ":7\n");
        OWNED(breach_free) struct breach *breach = opened(file_of(list.bytes, list.length));
        for (size_t word = 0; word < counts[i] + 200; word++) {
            char name[32];
            snprintf(name, sizeof name, "word%zu", word);
            assert_int_equal(look(breach, name), word < counts[i] ? 7 : 0);
        }
    }
}

static void every_form_of_line_is_read(void **state)
{
    (void)state;
    static const struct {
        const char *behind;
        uint64_t times;
    } forms[] = {{"\n", 1},  {"\r\n", 1}, {":3\n", 3}, {":3\r\n", 3}, {":18446744073709551615\n", UINT64_MAX},
                 {":0\n", 0}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        for (unsigned variant = 0; variant < 4; variant++) {
            CLEANUP(text_clear) struct text list;
            text_init(&list, 1 << 20);
            list_of_words(&list, 150, forms[i].behind);
            for (size_t k = 0; k < list.length && (variant & 1) != 0; k++) {
                if (list.bytes[k] >= 'A' && list.bytes[k] <= 'F')
                    list.bytes[k] = (char)(list.bytes[k] - 'A' + 'a');
            }
            OWNED(breach_free)
            struct breach *breach =
                opened(file_of(list.bytes, list.length - (variant >> 1))); /* without the last line's end */
            for (size_t word = 0; word < 150; word++) {
                char name[32];
                snprintf(name, sizeof name, "word%zu", word);
                assert_true(look(breach, name) == forms[i].times);
            }
            assert_int_equal(look(breach, "another"), 0);
        }
    }
}

static void a_hash_that_stands_twice_counts_as_its_most(void **state)
{
    (void)state;
    char digits[BREACH_DIGITS + 1];
    sha1("sakura", digits);
    CLEANUP(text_clear) struct text list;
    text_init(&list, 4096);
    text_addf(&list, "%s:5\n%s:9\n%s:2\n", digits, digits, digits);
    OWNED(breach_free) struct breach *breach = opened(file_of(list.bytes, list.length));
    assert_int_equal(look(breach, "sakura"), 9);
}

static void must_not_open(const char *path, const char *because)
{
    struct fault fault = {""};
    OWNED(breach_free) struct breach *breach = breach_open(path, &fault);
    assert_null(breach);
    if (strstr(fault.text, because) == NULL)
        fail_msg("'%s' does not say '%s'", fault.text, because);
}

static void what_is_no_list_is_told_of(void **state)
{
    (void)state;
    must_not_open(in_folder("nothing"), "cannot open");
    must_not_open(file_of("", 0), "is empty");
    must_not_open(file_of("sakura\n", 7), "is no list of SHA-1 hashes");
    must_not_open(file_of("\n", 1), "is no list of SHA-1 hashes");
    must_not_open(file_of("\0\0\0\0", 4), "is no list of SHA-1 hashes");
    static const char ntlm[] = "0123456789ABCDEF0123456789ABCDEF:3\n",
                      bad_count[] = "0123456789ABCDEF0123456789ABCDEF01234567:x\n",
                      more[] = "0123456789ABCDEF0123456789ABCDEF012345678\n",
                      big_count[] = "0123456789ABCDEF0123456789ABCDEF01234567:18446744073709551616\n";
    must_not_open(file_of(ntlm, strlen(ntlm)), "NTLM");
    must_not_open(file_of(bad_count, strlen(bad_count)), "is no list");
    must_not_open(file_of(big_count, strlen(big_count)), "is no list");
    must_not_open(file_of(more, strlen(more)), "is no list");
    OWNED_MEMORY char *endless = memory_new(1, 1 << 20);
    memset(endless, 'A', 1 << 20);
    must_not_open(file_of(endless, 1 << 20), "too long");
    assert_int_equal(mkfifo(in_folder("fifo"), 0600), 0);
    must_not_open(in_folder("fifo"), "no ordinary file"); /* and does not wait for a writer */
    must_not_open("/dev/zero", "no ordinary file");
}

static void a_list_that_is_not_in_order_is_told_of(void **state)
{
    (void)state;
    static const char two[] =
        "B000000000000000000000000000000000000000:9\nA000000000000000000000000000000000000000:1\n";
    must_not_open(file_of(two, strlen(two)), "not in order");
    CLEANUP(text_clear) struct text list, turned;
    text_init(&list, 1 << 20);
    text_init(&turned, 1 << 20);
    list_of_words(&list, 2000, "\n");
    text_add(&turned, list.bytes + list.length / 2, list.length / 2);
    text_add(&turned, list.bytes, list.length / 2);
    must_not_open(file_of(turned.bytes, turned.length), "not in order");
}

/* A list of hashes of 8 digits that count, and noughts: evenly spread, or all crowded together. */
enum { LINES = 1 << 18, LINE = BREACH_DIGITS + 1 };
static void digits_of(uint32_t number, bool crowded, char out[BREACH_DIGITS + 1])
{
    snprintf(out, BREACH_DIGITS + 1,
             crowded ? "00000000000000000000000000000000%08x" : "%08x00000000000000000000000000000000",
             crowded ? number : number << 14);
}

static struct breach_list long_list(bool crowded)
{
    CLEANUP(text_clear) struct text list;
    text_init(&list, (size_t)LINES * LINE);
    for (uint32_t i = 0; i < LINES; i++) {
        char digits[BREACH_DIGITS + 1];
        digits_of(i, crowded, digits);
        text_addf(&list, "%s\n", digits);
    }
    assert_true(text_whole(&list) && list.length > 10 << 20);
    struct breach_list open = {.path = "list", .digits = BREACH_DIGITS};
    struct fault fault;
    assert_true(breach_list_open(&open, memfd_create("list", 0), &fault) == false); /* is empty yet */
    assert_int_equal(write(open.descriptor, list.bytes, list.length), list.length);
    assert_true(breach_list_open(&open, open.descriptor, &fault) && breach_list_check(&open, &fault));
    return open;
}

static void few_reads_are_made_however_long_the_list_is(void **state)
{
    (void)state;
    for (unsigned crowded = 0; crowded < 2; crowded++) {
        CLEANUP(breach_list_close) struct breach_list list = long_list(crowded);
        uint64_t before = list.reads, asked = 0;
        for (uint32_t i = 0; i < LINES; i += 97, asked++) {
            char digits[BREACH_DIGITS + 1];
            uint64_t times = 0, reads = list.reads;
            struct fault fault;
            digits_of(i, crowded, digits);
            assert_true(breach_list_find(&list, digits, &times, &fault));
            assert_int_equal(times, 1);
            digits[BREACH_DIGITS / 2] = 'a'; /* between two, or behind all */
            assert_true(breach_list_find(&list, digits, &times, &fault));
            assert_int_equal(times, 0);
            assert_true(list.reads - reads <= 2 * (8 + (unsigned)ceil(log2((double)list.size / 2048)) + 1));
        }
        if (!crowded)
            assert_true(list.reads - before <=
                        asked * 2 * 2); /* two a question, where hashes are like hashes */
    }
}

/* What opening did not see is seen by the question that comes across it. */
static void disorder_within_is_told_of_when_it_is_met(void **state)
{
    (void)state;
    CLEANUP(breach_list_close) struct breach_list list = long_list(false);
    char digits[BREACH_DIGITS + 1], other[BREACH_DIGITS + 1];
    digits_of(LINES / 3, false, digits);
    memset(other, '0', sizeof other - 1);
    assert_int_equal(pwrite(list.descriptor, other, BREACH_DIGITS, (off_t)(LINES / 3 - 1) * LINE),
                     BREACH_DIGITS);
    struct fault fault = {""};
    uint64_t times = 77;
    assert_true(breach_list_check(&list, &fault));
    assert_false(breach_list_find(&list, digits, &times, &fault));
    assert_non_null(strstr(fault.text, "not in order"));
    assert_int_equal(times, 77);
    digits_of(5, false, digits); /* elsewhere it still answers */
    assert_true(breach_list_find(&list, digits, &times, &fault) && times == 1);
}

static void a_list_that_is_cut_off_meanwhile_is_a_fault(void **state)
{
    (void)state;
    CLEANUP(text_clear) struct text list;
    text_init(&list, 1 << 20);
    list_of_words(&list, 1000, "\n");
    const char *path = file_of(list.bytes, list.length);
    OWNED(breach_free) struct breach *breach = opened(path);
    assert_int_equal(truncate(path, 10), 0);
    struct fault fault = {""};
    uint64_t times = 77;
    assert_false(breach_look(breach, "word1", &times, &fault));
    assert_non_null(strstr(fault.text, "shorter"));
    assert_int_equal(times, 77);
}

static void write_range(const char *name, const char *line)
{
    char path[300];
    struct fault fault;
    snprintf(path, sizeof path, "%s/%s", in_folder("ranges"), name);
    assert_true(file_write(path, line, strlen(line), &fault));
}

static void a_folder_of_ranges_is_a_list_too(void **state)
{
    (void)state;
    struct fault fault = {""};
    assert_true(file_make_folder(in_folder("ranges"), &fault));
    must_not_open(in_folder("ranges"), "00000.txt");
    char digits[BREACH_DIGITS + 1], name[16], line[64];
    write_range("00000.txt", "0005AD76BD555C1D6D771DE417A4B87E4B4:10\r\n");
    sha1("sakura", digits);
    snprintf(name, sizeof name, "%.5s.txt", digits);
    snprintf(line, sizeof line, "%s:42\r\n", digits + BREACH_RANGE_DIGITS);
    write_range(name, line);
    sha1("himitsu", digits);
    snprintf(name, sizeof name, "%.5s", digits); /* without an ending */
    write_range(name, "0005AD76BD555C1D6D771DE417A4B87E4B4:10");
    OWNED(breach_free) struct breach *breach = opened(in_folder("ranges"));
    assert_int_equal(look(breach, "sakura"), 42);
    assert_int_equal(look(breach, "himitsu"), 0);

    uint64_t times;
    assert_false(breach_look(breach, "tomodachi", &times, &fault)); /* its range is missing: no good news */
    sha1("tomodachi", digits);
    digits[BREACH_RANGE_DIGITS] = '\0';
    assert_null(strcasestr(fault.text, digits)); /* nor is it told which */
}

static void its_age_is_that_of_the_file(void **state)
{
    (void)state;
    static const char one[] = "A000000000000000000000000000000000000000\n";
    const char *path = file_of(one, strlen(one));
    struct timespec dates[2] = {{.tv_sec = 15000 * 86400LL + 5}, {.tv_sec = 15000 * 86400LL + 5}};
    assert_int_equal(utimensat(AT_FDCWD, path, dates, 0), 0);
    OWNED(breach_free) struct breach *breach = opened(path);
    assert_int_equal(breach_age_days(breach, 15031), 31);
    assert_int_equal(breach_age_days(breach, 14000), 0); /* of the future */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_that_are_there_are_found_and_no_others),
        cmocka_unit_test(every_form_of_line_is_read),
        cmocka_unit_test(a_hash_that_stands_twice_counts_as_its_most),
        cmocka_unit_test(what_is_no_list_is_told_of),
        cmocka_unit_test(a_list_that_is_not_in_order_is_told_of),
        cmocka_unit_test(few_reads_are_made_however_long_the_list_is),
        cmocka_unit_test(disorder_within_is_told_of_when_it_is_met),
        cmocka_unit_test(a_list_that_is_cut_off_meanwhile_is_a_fault),
        cmocka_unit_test(a_folder_of_ranges_is_a_list_too),
        cmocka_unit_test(its_age_is_that_of_the_file),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
