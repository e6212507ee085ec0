#include "base/cleanup.h"
#include "base/file.h"
#include "base/memory.h"
#include "check/passwords/looked.h"

#include "unit.h"

#include <fcntl.h>
#include <jansson.h>
#include <sys/mman.h>
#include <sys/wait.h>

/* The secret that is looked for lies nowhere in this process but where the code under test puts it: here it
 * is written with every bit turned around, and files that hold it are written by a child. */
enum { MARK_LENGTH = 22, RUN_BYTES = 1 << 20 };
/* The address sanitizer's own notes, up to terabytes, hold nobody's bytes; what was freed,
 * which it keeps, takes 256 MB at most. */
static const uintptr_t SHADOW_FROM = (uintptr_t)1 << 30;
static const char turned[MARK_LENGTH + 1] = "\xb2\xce\x8d\x94\x9a\x8d\xd2\xaf\xcb\x8c\x8c\xc8"
                                            "\xd1\xae\xcd\x85\xc7\xbb\x99\xba\x96\x94";

static void write_mark(FILE *out)
{
    for (size_t i = 0; i < MARK_LENGTH; i++)
        fputc(~turned[i] & 0xff, out);
}

static bool is_mark(const char *at)
{
    for (size_t i = 0; i < MARK_LENGTH; i++)
        if ((char)(at[i] ^ turned[i]) != (char)-1)
            return false;
    return true;
}

static size_t marks_in(const char *bytes, size_t length)
{
    size_t marks = 0;
    const char *end = bytes + length, *at = bytes;
    while ((at = memchr(at, ~turned[0] & 0xff, (size_t)(end - at))) != NULL) {
        marks += end - at >= MARK_LENGTH && is_mark(at);
        at++;
    }
    return marks;
}

/* How often the mark lies in what this process can write to. What is read lies in `run`, which is passed
 * over. Runs overlap by a mark's length. */
static size_t marks_between(int memory, uintptr_t first, uintptr_t end, char *run)
{
    size_t marks = 0;
    for (uintptr_t at = first; at < end; at += RUN_BYTES - MARK_LENGTH) {
        size_t length = end - at < RUN_BYTES ? end - at : RUN_BYTES;
        ssize_t got = pread(memory, run, length, (off_t)at);
        if (got > 0)
            marks += marks_in(run, (size_t)got);
    }
    return marks;
}

static size_t marks_in_memory(void)
{
    char *run = mmap(NULL, RUN_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_ptr_not_equal(run, MAP_FAILED);
    CLEANUP(cleanup_descriptor) int memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    CLEANUP(cleanup_file) FILE *maps = fopen("/proc/self/maps", "re");
    assert_true(memory >= 0 && maps != NULL);
    size_t marks = 0;
    char line[512], rights[8];
    while (fgets(line, sizeof line, maps) != NULL) {
        uintptr_t first, end;
        assert_int_equal(sscanf(line, "%lx-%lx %7s", &first, &end, rights), 3);
        bool ours = first <= (uintptr_t)run && (uintptr_t)run < end;
        if (rights[0] != 'r' || rights[1] != 'w' || end - first > SHADOW_FROM)
            continue;
        marks += marks_between(memory, first, ours ? (uintptr_t)run : end, run);
        if (ours)
            marks += marks_between(memory, (uintptr_t)run + RUN_BYTES, end, run);
    }
    munmap(run, RUN_BYTES);
    return marks;
}

/* Written by a child, so that nothing of it was ever here. */
static void write_export(char path[64], void (*write_it)(FILE *out))
{
    snprintf(path, 64, "export-XXXXXX");
    int file = mkstemp(path);
    assert_true(file >= 0);
    pid_t child = fork();
    if (child == 0) {
        FILE *out = fdopen(file, "w");
        write_it(out);
        _exit(fclose(out) == 0 ? 0 : 1);
    }
    int status;
    close(file);
    assert_true(child > 0 && waitpid(child, &status, 0) == child && status == 0);
}

/* free() writes its own over the first 16 bytes. */
#define BEFORE "before the mark comes "

static void write_csv(FILE *out)
{
    fputs("name,url,username,password,note\n", out);
    for (int i = 0; i < 3000; i++) {
        fprintf(out, "s%d,https://s%d.example,hanako,\"", i, i);
        write_mark(out);
        fprintf(out, "%s\",\"more\r\nof it: ", i % 3 == 0 ? "" : "\"\"!");
        write_mark(out);
        fputs("\"\n", out);
    }
}

static void write_json(FILE *out)
{
    fputs("{\"encrypted\":false,\"items\":[", out);
    for (int i = 0; i < 3000; i++) {
        fprintf(out, "%s{\"type\":1,\"name\":\"s%d\",\"notes\":\"", i == 0 ? "" : ",", i);
        write_mark(out);
        fputs("\",\"login\":{\"username\":\"hanako\",\"password\":\"" BEFORE, out);
        write_mark(out);
        fputs("\",\"totp\":\"" BEFORE, out);
        write_mark(out);
        fprintf(out, "\",\"uris\":[{\"uri\":\"https://s%d.example\"}]}}", i);
    }
    fputs("]}", out);
}

static void write_broken_json(FILE *out)
{
    fputs("{\"items\":[{\"login\":{\"password\":\"" BEFORE, out);
    write_mark(out);
    fputs("\"}},", out);
    write_mark(out);
    fputs("]}", out);
}

static void write_broken_csv(FILE *out)
{
    fputs("name,url,username,password\na,b,c,", out);
    write_mark(out);
    fputs("\na,b,c,\"", out);
    write_mark(out);
    fputs("\"x\n", out);
}

/* In a list of stolen ones that has none of them. */
static void look_up(struct looked *looked, size_t count)
{
    static const char path[] = "stolen", line[] = "0123456789abcdef0123456789abcdef01234567\n";
    struct fault fault = {""};
    assert_true(file_write(path, line, strlen(line), &fault));
    OWNED(breach_free) struct breach *breach = breach_open(path, &fault);
    assert_non_null(breach);
    assert_true(looked_lost(looked, count, breach, &fault));
    assert_int_equal(looked[0].lost, 0);
    unlink(path);
}

/* All that is done with an export, from reading to letting go. */
static void look_at(void (*write_it)(FILE *out), bool whole)
{
    char path[64];
    struct fault fault = {""};
    CLEANUP(findings_clear) struct findings findings;
    struct logins logins;
    findings_init(&findings);
    write_export(path, write_it);
    assert_int_equal(marks_in_memory(), 0);
    assert_int_equal(logins_read(&logins, path, &fault), whole);
    assert_true(marks_in_memory() > 0); /* or else nothing would be proved below */
    if (whole) {
        OWNED_MEMORY struct looked *looked = memory_new(logins.count, sizeof *looked);
        size_t count = looked_gather(looked, &logins, &findings);
        reuse_same(looked, count);
        assert_true(reuse_near(looked, count, &fault));
        looked_measure(looked, count);
        assert_true(looked[0].same.count > 0);
        look_up(looked, count);
    }
    logins_clear(&logins);
    assert_int_equal(marks_in_memory(), 0);
    assert_int_equal(marks_in(fault.text, sizeof fault.text), 0);
    unlink(path);
}

static void no_password_of_a_csv_stays_in_memory(void **state)
{
    (void)state;
    look_at(write_csv, true);
}

static void no_password_of_json_stays_in_memory(void **state)
{
    (void)state;
    look_at(write_json, true);
}

static void no_password_of_a_broken_export_stays_in_memory(void **state)
{
    (void)state;
    look_at(write_broken_json, false);
    look_at(write_broken_csv, false);
}

static void secrets_are_out_of_core_dumps_and_children(void **state)
{
    (void)state;
    struct fault fault;
    OWNED(secrets_free) struct secrets *secrets = secrets_new(1 << 20, &fault);
    assert_non_null(secrets);
    const char *kept = secrets_keep(secrets, "abc", 3);
    assert_string_equal(kept, "abc");
    pid_t child = fork();
    if (child == 0)
        _exit(kept[0]); /* a child reads zeros */
    int status;
    assert_true(waitpid(child, &status, 0) == child && WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    CLEANUP(cleanup_file) FILE *maps = fopen("/proc/self/smaps", "re");
    assert_non_null(maps);
    char line[512];
    bool ours = false, left_out = false, locked = false;
    while (fgets(line, sizeof line, maps) != NULL) {
        uintptr_t first, end;
        if (sscanf(line, "%lx-%lx ", &first, &end) == 2)
            ours = first <= (uintptr_t)kept && (uintptr_t)kept < end;
        if (ours && strncmp(line, "VmFlags:", 8) == 0) {
            left_out = strstr(line, " dd") != NULL;
            locked = strstr(line, " lo") != NULL;
        }
    }
    assert_true(left_out);
    assert_int_equal(locked, secrets_locked(secrets));
}

static void past_their_limit_there_are_no_more_secrets(void **state)
{
    (void)state;
    struct fault fault;
    OWNED(secrets_free) struct secrets *secrets = secrets_new(1000, &fault);
    size_t held = 0;
    while (secrets_keep(secrets, "0123456789", 10) != NULL)
        held++;
    assert_true(held >= 1000 / 11 && held < (1 << 20) / 11);
    assert_null(secrets_room(secrets, SIZE_MAX));
    assert_null(secrets_room(secrets, SIZE_MAX - 1));
}

static void what_a_library_lets_go_of_is_wiped(void **state)
{
    (void)state;
    for (size_t size = 2 * MARK_LENGTH; size < 1 << 20;
         size *= 3) { /* small ones are kept by the thread for the next */
        char *bytes = secret_malloc(size);
        assert_non_null(bytes);
        for (size_t i = 0; i < MARK_LENGTH; i++)
            bytes[size - MARK_LENGTH + i] = (char)~turned[i];
        assert_int_equal(marks_in_memory(), 1);
        secret_free(bytes);
        assert_int_equal(marks_in_memory(), 0);
    }
    secret_free(NULL);
    assert_null(secret_malloc((size_t)SECRET_HEAP_MOST + 1));
}

int main(void)
{
    json_set_alloc_funcs(secret_malloc, secret_free); /* as secret_begin() does, which would shut us out of
                                                         our own memory where we are not root */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(secrets_are_out_of_core_dumps_and_children),
        cmocka_unit_test(no_password_of_a_csv_stays_in_memory),
        cmocka_unit_test(no_password_of_json_stays_in_memory),
        cmocka_unit_test(no_password_of_a_broken_export_stays_in_memory),
        cmocka_unit_test(past_their_limit_there_are_no_more_secrets),
        cmocka_unit_test(what_a_library_lets_go_of_is_wiped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
