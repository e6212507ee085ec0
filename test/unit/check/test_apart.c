#include "unit.h"
#include "base/cleanup.h"
#include "base/confine.h"
#include "base/memory.h"
#include "check/apart.h"
#include "check/apart_program.h"
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Who is to be ended by the clock is ended soon; all others have time, however busy the machine is. */
static const struct apart_limits small = {64u << 20, 20, 1u << 20}, hasty = {64u << 20, 1, 1u << 20};
static volatile bool for_ever = true;
static char folder[] = "/tmp/mimamori-apart-XXXXXX";

static bool done_within(struct apart_limits limits, bool (*work)(void *, struct text *, struct fault *),
                        void *context, struct text *answer, struct fault *fault)
{
    text_init(answer, limits.answer);
    bool well = apart_run(limits, work, context, answer, fault);
    /* nothing is left of it, however it ended */
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
    return well;
}

static bool done(bool (*work)(void *, struct text *, struct fault *), void *context, struct text *answer,
                 struct fault *fault)
{
    return done_within(small, work, context, answer, fault);
}

static void takes_too_long(bool (*work)(void *, struct text *, struct fault *))
{
    CLEANUP(text_clear) struct text answer;
    struct fault fault;
    assert_false(done_within(hasty, work, NULL, &answer, &fault));
    assert_string_equal(fault.text, "took longer than 1 s");
    assert_int_equal(answer.length, 0);
}

static void is_one_sentence(bool (*work)(void *, struct text *, struct fault *), const char *sentence)
{
    CLEANUP(text_clear) struct text answer;
    struct fault fault;
    assert_false(done(work, NULL, &answer, &fault));
    assert_string_equal(fault.text, sentence);
    assert_int_equal(answer.length, 0);
}

static bool say_twice(void *context, struct text *answer, struct fault *fault)
{
    (void)fault;
    text_add_string(answer, context);
    text_add(answer, "\0", 1);
    text_add_string(answer, context);
    return true;
}
static void an_answer_comes_back_byte_for_byte(void **state)
{
    (void)state;
    CLEANUP(text_clear) struct text answer;
    struct fault fault;
    char said[] = "said";
    assert_true(done(say_twice, said, &answer, &fault));
    assert_int_equal(answer.length, 9);
    assert_memory_equal(answer.bytes, "said\0said", 9);
}

static bool say_nothing(void *context, struct text *answer, struct fault *fault)
{
    (void)context, (void)answer, (void)fault;
    return true;
}
static void no_answer_is_an_answer(void **state)
{
    (void)state;
    CLEANUP(text_clear) struct text answer;
    struct fault fault;
    assert_true(done(say_nothing, NULL, &answer, &fault));
    assert_int_equal(answer.length, 0);
}

static bool say_a_lot(void *context, struct text *answer, struct fault *fault)
{
    (void)context, (void)fault;
    for (int i = 0; i < 1 << 20; i++)
        text_add_byte(answer, (char)i);
    return true;
}
static void an_answer_as_long_as_the_limit_is_whole(void **state)
{
    (void)state;
    CLEANUP(text_clear) struct text answer;
    struct fault fault;
    assert_true(done(say_a_lot, NULL, &answer, &fault));
    assert_int_equal(answer.length, 1 << 20);
    for (int i = 0; i < 1 << 20; i++)
        assert_int_equal(answer.bytes[i], (char)i);
}

static bool say_too_much(void *context, struct text *answer, struct fault *fault)
{
    say_a_lot(context, answer, fault);
    text_add_byte(answer, 'x');
    return true;
}
static void more_than_the_limit_is_a_fault(void **state)
{
    (void)state;
    is_one_sentence(say_too_much, "has more to say than 1 MiB");
}

static bool refuse(void *context, struct text *answer, struct fault *fault)
{
    (void)context;
    text_add_string(answer, "what it had so far");
    return fault_set(fault, "'%s': no such thing", "hive");
}
static void a_fault_crosses_as_it_was_said(void **state)
{
    (void)state;
    is_one_sentence(refuse, "'hive': no such thing");
}

static bool loop(void *context, struct text *answer, struct fault *fault)
{
    (void)context, (void)answer, (void)fault;
    while (for_ever)
        ;
    return true;
}
static void who_loops_is_ended(void **state)
{
    (void)state;
    takes_too_long(loop);
}

static bool doze(void *context, struct text *answer, struct fault *fault)
{
    (void)context, (void)answer, (void)fault;
    while (for_ever)
        sleep(60);
    return true;
}
static void who_only_waits_is_ended_too(void **state)
{
    (void)state;
    takes_too_long(doze);
}

/* The sanitizers' shadow is memory too: nothing is limited there. */
#if !CONFINE_SANITIZED
static bool eat(void *context, struct text *answer, struct fault *fault)
{
    (void)context, (void)answer, (void)fault;
    while (for_ever)
        memset(memory_new(1, 1 << 20), 1, 1 << 20);
    return true;
}
static void who_eats_memory_is_ended(void **state)
{
    (void)state;
    is_one_sentence(eat, "needed more than 64 MiB");
}
#endif

static bool crash(void *context, struct text *answer, struct fault *fault)
{
    (void)context, (void)fault;
    text_add_string(answer, "half");
    signal(SIGSEGV, SIG_DFL);
    return raise(SIGSEGV) == 0;
}
static void a_crash_is_one_sentence(void **state)
{
    (void)state;
    is_one_sentence(crash, "broke off (signal 11)");
}

static bool leave(void *context, struct text *answer, struct fault *fault)
{
    (void)context, (void)answer, (void)fault;
    _exit(3);
}
static void who_leaves_has_not_answered(void **state)
{
    (void)state;
    is_one_sentence(leave, "broke off (exit 3)");
}

static bool leave_quietly(void *context, struct text *answer, struct fault *fault)
{
    (void)context, (void)answer, (void)fault;
    _exit(0);
}
static void who_leaves_as_if_all_were_well_has_not_answered(void **state)
{
    (void)state;
    is_one_sentence(leave_quietly, "broke off (half an answer)");
}

/* What a broken process could write itself to the pipe: a beginning as it should be, and no end. */
static bool tear(void *context, struct text *answer, struct fault *fault)
{
    const uint64_t begin[] = {UINT64_C(0x6d696d616170740a), 0, 1000};
    static const char half[500];
    (void)context, (void)answer, (void)fault;
    for (int pipe = 3; pipe < 256; pipe++)
        if (fcntl(pipe, F_GETFL) == O_WRONLY)
            _exit(write(pipe, begin, sizeof begin) > 0 && write(pipe, half, sizeof half) > 0 ? 0 : 9);
    _exit(8);
}
static void half_an_answer_is_none(void **state)
{
    (void)state;
    is_one_sentence(tear, "broke off (half an answer)");
}

static bool flood(void *context, struct text *answer, struct fault *fault)
{
    static const char much[1 << 16];
    (void)context, (void)answer, (void)fault;
    for (int pipe = 3; pipe < 256; pipe++)
        while (fcntl(pipe, F_GETFL) == O_WRONLY && write(pipe, much, sizeof much) > 0)
            ;
    _exit(0);
}
static void who_writes_without_end_is_ended(void **state)
{
    (void)state;
    is_one_sentence(flood, "broke off (signal 9)");
}

/* Each thing that it must not do, and by which number it is told. */
static bool reach_out(void *context, struct text *answer, struct fault *fault)
{
    const char *made = context;
    (void)fault;
    bool tried[] = {
        open(made, O_WRONLY) >= 0,
        open(made, O_RDONLY | O_TRUNC) >= 0,
        creat("/tmp/mimamori-apart-made", 0600) >= 0,
        open("/tmp", O_TMPFILE | O_RDWR, 0600) >= 0,
        truncate(made, 0) == 0,
        unlink(made) == 0,
        rename(made, "/tmp/mimamori-apart-renamed") == 0,
        mkdir("/tmp/mimamori-apart-folder", 0700) == 0,
        chmod(made, 0777) == 0,
        socket(AF_INET, SOCK_STREAM, 0) >= 0,
        socket(AF_UNIX, SOCK_STREAM, 0) >= 0,
        fork() >= 0,
        execl("/bin/true", "true", NULL) >= 0,
        kill(getppid(), 0) == 0,
        syscall(SYS_ptrace, 0, 0, 0, 0) >= 0,
        syscall(SYS_openat2, AT_FDCWD, made, &(uint64_t[3]){O_WRONLY, 0, 0}, sizeof(uint64_t[3])) >= 0,
    };
    for (size_t i = 0; i < sizeof tried / sizeof *tried; i++)
        if (tried[i])
            text_addf(answer, "%zu ", i);
    return true;
}
static void nothing_is_changed_and_nobody_reached(void **state)
{
    (void)state;
    char made[64];
    struct fault fault;
    struct stat status;
    CLEANUP(text_clear) struct text answer;
    snprintf(made, sizeof made, "%s/made", folder);
    CLEANUP(cleanup_descriptor) int file = open(made, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    assert_true(file >= 0 && write(file, "x", 1) == 1);
    if (!done(reach_out, made, &answer, &fault))
        fail_msg("%s", fault.text);
    assert_string_equal(answer.bytes, "");
    assert_int_equal(fstat(file, &status), 0);
    assert_int_equal(status.st_size, 1);
    assert_int_equal(status.st_mode & 0777, 0600);
}

static bool write_open(void *context, struct text *answer, struct fault *fault)
{
    (void)fault;
    signal(SIGXFSZ, SIG_IGN);
    text_addf(answer, "%d", write(*(int *)context, "more", 4) < 0 && errno == EFBIG);
    return true;
}
static void not_even_what_is_open_grows(void **state)
{
    (void)state;
    char path[64];
    struct fault fault;
    CLEANUP(text_clear) struct text answer;
    snprintf(path, sizeof path, "%s/open", folder);
    CLEANUP(cleanup_descriptor) int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    assert_true(file >= 0);
    assert_true(done(write_open, &file, &answer, &fault));
    assert_string_equal(answer.bytes, "1");
}

static bool look_around(void *context, struct text *answer, struct fault *fault)
{
    CLEANUP(cleanup_folder) DIR *at = opendir(context);
    CLEANUP(cleanup_file) FILE *file = fopen("/etc/passwd", "re");
    char line[8];
    iconv_t tables = iconv_open("UTF-8", "UTF-16LE");
    (void)fault;
    text_addf(answer, "%d%d%d", at != NULL && readdir(at) != NULL,
              file != NULL && fgets(line, 8, file) != NULL, tables != (iconv_t)-1);
    return true;
}
static void files_folders_and_tables_of_characters_are_read(void **state)
{
    (void)state;
    struct fault fault;
    CLEANUP(text_clear) struct text answer;
    assert_true(done(look_around, folder, &answer, &fault));
    assert_string_equal(answer.bytes, "111");
}

static bool run(const char *const *words, const char *change, struct text *answer, struct fault *fault)
{
    const struct apart_command command = {words, change};
    text_init(answer, small.answer);
    bool well = apart_program(APART_ORDINARY, &command, answer, fault);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    return well;
}
#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void a_program_says_what_it_prints_and_sees_nothing_of_ours(void **state)
{
    (void)state;
    struct fault fault;
    CLEANUP(text_clear) struct text answer;
    setenv("OF_OURS", "a secret", 1);
    assert_true(run(WORDS("sh", "-c", "echo chatter >&2; cat; env | grep -c OF_OURS; echo said"), NULL,
                    &answer, &fault));
    assert_string_equal(answer.bytes, "0\nsaid\n");
}
static void a_program_changes_its_one_folder_only(void **state)
{
    (void)state;
    char script[256];
    struct fault fault;
    CLEANUP(text_clear) struct text answer;
    snprintf(script, sizeof script,
             "echo x >%s/made; rm %s/made || echo kept; echo x >/tmp/mimamori-apart-no || echo no", folder,
             folder);
    assert_true(run(WORDS("sh", "-c", script), folder, &answer, &fault));
    assert_string_equal(answer.bytes, "no\n");
}
static void a_program_has_no_network(void **state)
{
    (void)state;
    struct fault fault;
    CLEANUP(text_clear) struct text answer;
    if (access("/usr/bin/python3", X_OK) != 0)
        skip();
    assert_true(run(WORDS("python3", "-c",
                          "import socket\n"
                          "for family in socket.AF_INET, socket.AF_INET6:\n"
                          "    try: socket.socket(family, socket.SOCK_DGRAM)\n"
                          "    except PermissionError: print('none')\n"),
                    NULL, &answer, &fault));
    assert_string_equal(answer.bytes, "none\nnone\n");
}
static void a_program_that_is_not_there_or_ends_badly_is_one_sentence(void **state)
{
    (void)state;
    const struct {
        const char *const *words, *sentence;
    } cases[] = {{WORDS("a-program-that-no-machine-has"), "is not installed here"},
                 {WORDS("sh", "-c", "echo half; exit 3"), "broke off (exit 3)"},
                 {WORDS("sh", "-c", "echo half; kill -9 $$"), "broke off (signal 9)"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fault fault;
        CLEANUP(text_clear) struct text answer;
        assert_false(run(cases[i].words, NULL, &answer, &fault));
        assert_string_equal(fault.text, cases[i].sentence);
    }
}
static void a_program_may_end_some_time_after_its_last_word(void **state)
{
    (void)state;
    struct fault fault;
    CLEANUP(text_clear) struct text answer;
    if (!run(WORDS("sh", "-c", "echo said; exec >&2; sleep 0.3"), NULL, &answer, &fault))
        fail_msg("%s", fault.text);
    assert_string_equal(answer.bytes, "said\n");
    text_clear(&answer);
    text_init(&answer, small.answer);
    const struct apart_command stays = {WORDS("sh", "-c", "exec >&2; sleep 60"), NULL};
    assert_false(apart_program(hasty, &stays, &answer, &fault));
    assert_string_equal(fault.text, "took longer than 1 s");
}
static void a_program_that_never_ends_or_prints_without_end_is_ended(void **state)
{
    (void)state;
    struct fault fault;
    CLEANUP(text_clear) struct text answer;
    const struct apart_command loops = {WORDS("sh", "-c", "while :; do :; done"), NULL};
    const struct apart_command prints = {WORDS("yes"), NULL};
    text_init(&answer, small.answer);
    assert_false(apart_program(hasty, &loops, &answer, &fault));
    assert_string_equal(fault.text, "took longer than 1 s");
    assert_false(apart_program(small, &prints, &answer, &fault));
    assert_string_equal(fault.text, "has more to say than 1 MiB");
}

static int forget(void **state)
{
    char path[64];
    (void)state;
    snprintf(path, sizeof path, "%s/made", folder);
    unlink(path);
    snprintf(path, sizeof path, "%s/open", folder);
    unlink(path);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_comes_back_byte_for_byte),
        cmocka_unit_test(no_answer_is_an_answer),
        cmocka_unit_test(an_answer_as_long_as_the_limit_is_whole),
        cmocka_unit_test(more_than_the_limit_is_a_fault),
        cmocka_unit_test(a_fault_crosses_as_it_was_said),
        cmocka_unit_test(who_loops_is_ended),
        cmocka_unit_test(who_only_waits_is_ended_too),
#if !CONFINE_SANITIZED
        cmocka_unit_test(who_eats_memory_is_ended),
#endif
        cmocka_unit_test(a_crash_is_one_sentence),
        cmocka_unit_test(who_leaves_has_not_answered),
        cmocka_unit_test(who_leaves_as_if_all_were_well_has_not_answered),
        cmocka_unit_test(half_an_answer_is_none),
        cmocka_unit_test(who_writes_without_end_is_ended),
        cmocka_unit_test(nothing_is_changed_and_nobody_reached),
        cmocka_unit_test(not_even_what_is_open_grows),
        cmocka_unit_test(a_program_says_what_it_prints_and_sees_nothing_of_ours),
        cmocka_unit_test(a_program_changes_its_one_folder_only),
        cmocka_unit_test(a_program_has_no_network),
        cmocka_unit_test(a_program_that_is_not_there_or_ends_badly_is_one_sentence),
        cmocka_unit_test(a_program_may_end_some_time_after_its_last_word),
        cmocka_unit_test(a_program_that_never_ends_or_prints_without_end_is_ended),
        cmocka_unit_test(files_folders_and_tables_of_characters_are_read),
    };
    if (mkdtemp(folder) == NULL)
        return 1;
    return cmocka_run_group_tests(tests, NULL, forget);
}
