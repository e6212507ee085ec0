#include "base/command.h"
#include "base/text.h"

#include "unit.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *zone, *all;
static int counted;
static char words_seen[200];
static enum command_exit result;
static const char *complaint;

static enum command_exit run(int count, char **words, struct fault *fault)
{
    counted = count;
    words_seen[0] = '\0';
    for (int i = 0; i < count; i++) {
        size_t length = strlen(words_seen);
        snprintf(words_seen + length, sizeof words_seen - length, "[%s]", words[i]);
    }
    if (complaint != NULL)
        fault_set(fault, "%s", complaint);
    return result;
}

static enum command_exit print(int count, char **words, struct fault *fault)
{
    (void)count, (void)words, (void)fault;
    printf("printed\n");
    return COMMAND_DONE;
}

static const struct command_option options[] = {
    {"--zone", "ZONE", "the time zone", &zone}, {"--all", NULL, "all of them", &all}, {0}};
static const struct command table[] = {{"point add", "NAME CIDR...", "Adds a point.", options, 2, -1, run},
                                       {"point", "[NAME]", "Shows points.", options, 0, 1, run},
                                       {"print", "", "Prints.", NULL, 0, 0, print},
                                       {0}};

static struct text output, errors;

static void read_back(FILE *file, int kept, int stream, struct text *into)
{
    char bytes[4096];
    fflush(stdout);
    dup2(kept, stream);
    close(kept);
    rewind(file);
    text_empty(into);
    text_add(into, bytes, fread(bytes, 1, sizeof bytes, file));
    fclose(file);
}

/* Runs "mimamori-part WORD..." with its two streams caught. */
static int call(const char *const *words)
{
    char *arguments[20] = {"mimamori-part"};
    int count = 1;
    for (; *words != NULL; words++)
        arguments[count++] = (char *)*words;
    zone = all = NULL;
    counted = -1;
    fflush(stdout);
    FILE *out = tmpfile(), *err = tmpfile();
    int kept_out = dup(STDOUT_FILENO), kept_err = dup(STDERR_FILENO);
    dup2(fileno(out), STDOUT_FILENO);
    dup2(fileno(err), STDERR_FILENO);
    int code = command_main(table, count, arguments);
    read_back(out, kept_out, STDOUT_FILENO, &output);
    read_back(err, kept_err, STDERR_FILENO, &errors);
    return code;
}
#define CALL(...) call((const char *const[]){__VA_ARGS__ __VA_OPT__(, ) NULL})

static int set_up(void **state)
{
    (void)state;
    result = COMMAND_DONE;
    complaint = NULL;
    return 0;
}

static void the_longest_name_is_the_command(void **state)
{
    (void)state;
    assert_int_equal(CALL("point", "add", "a", "b", "c"), 0);
    assert_string_equal(words_seen, "[a][b][c]");
    assert_int_equal(CALL("point", "ad"), 0);
    assert_string_equal(words_seen, "[ad]");
    assert_int_equal(CALL("point"), 0);
    assert_int_equal(counted, 0);
}

static void options_stand_anywhere(void **state)
{
    (void)state;
    assert_int_equal(CALL("point", "add", "--zone", "UTC", "a", "--all", "b"), 0);
    assert_string_equal(words_seen, "[a][b]");
    assert_string_equal(zone, "UTC");
    assert_string_equal(all, "--all");
    assert_int_equal(CALL("point", "a", "--zone=x=y"), 0);
    assert_string_equal(zone, "x=y");
    assert_int_equal(CALL("point", "--zone=", "a"), 0);
    assert_string_equal(zone, "");
    assert_int_equal(CALL("point", "--zone", "--all"), 0); /* a value may begin with dashes */
    assert_string_equal(zone, "--all");
}

static void two_dashes_end_the_options_and_one_is_a_word(void **state)
{
    (void)state;
    assert_int_equal(CALL("point", "add", "--", "--zone", "--help"), 0);
    assert_string_equal(words_seen, "[--zone][--help]");
    assert_null(zone);
    assert_int_equal(CALL("point", "-"), 0);
    assert_string_equal(words_seen, "[-]");
}

static void a_wrong_use_says_what_was_expected(void **state)
{
    (void)state;
    assert_int_equal(CALL("point", "--zoen", "UTC"), 2);
    assert_string_equal(
        errors.bytes, "mimamori: '--zoen' is no option of 'mimamori point' (see 'mimamori point --help')\n");
    assert_int_equal(CALL("point", "--zone"), 2);
    assert_string_equal(errors.bytes, "mimamori: '--zone' has no value (expected ZONE)\n");
    assert_int_equal(CALL("point", "--all=1"), 2);
    assert_string_equal(errors.bytes, "mimamori: '--all' takes no value\n");
    assert_int_equal(CALL("point", "--all", "--all"), 2);
    assert_string_equal(errors.bytes, "mimamori: '--all' is given twice\n");
    assert_int_equal(CALL("point", "-z"), 2);
    assert_int_equal(CALL("point", "add", "a"), 2);
    assert_string_equal(
        errors.bytes,
        "mimamori: 'mimamori point add' has too few words (expected mimamori point add NAME CIDR...)\n");
    assert_int_equal(CALL("point", "a", "b"), 2);
    assert_non_null(strstr(errors.bytes, "too many words"));
    assert_int_equal(counted, -1);
    assert_string_equal(output.bytes, "");
}

static void an_unknown_command_lists_the_known(void **state)
{
    (void)state;
    assert_int_equal(CALL("pint"), 2);
    assert_non_null(strstr(errors.bytes, "mimamori: 'pint' is no command"));
    assert_non_null(strstr(errors.bytes, "mimamori point add NAME CIDR..."));
    assert_int_equal(CALL(), 2);
    assert_non_null(strstr(errors.bytes, "no command given"));
}

static void help_goes_to_standard_output(void **state)
{
    (void)state;
    assert_int_equal(CALL("point", "add", "--help"), 0);
    assert_non_null(strstr(output.bytes, "usage: mimamori point add NAME CIDR...\n"));
    assert_non_null(strstr(output.bytes, "Adds a point.\n"));
    assert_non_null(strstr(output.bytes, "--zone ZONE"));
    assert_string_equal(errors.bytes, "");
    assert_int_equal(counted, -1);
    assert_int_equal(CALL("--help"), 0);
    assert_non_null(strstr(output.bytes, "mimamori print"));
}

static void exit_codes_are_those_of_the_command(void **state)
{
    (void)state;
    result = COMMAND_PART;
    assert_int_equal(CALL("point"), 1);
    assert_string_equal(errors.bytes, "");
    result = COMMAND_NOT;
    assert_int_equal(CALL("point"), 2);
    assert_string_equal(errors.bytes, "");
    complaint = "x.csv:3: 'kind' is 'worm'";
    assert_int_equal(CALL("point"), 2);
    assert_string_equal(errors.bytes, "mimamori: x.csv:3: 'kind' is 'worm'\n");
}

static void control_characters_do_not_reach_the_terminal(void **state)
{
    (void)state;
    result = COMMAND_NOT;
    complaint = "'a\x1b[31m\nmimamori: b\x7f\xc2\x9b"
                "見' is no kind";
    assert_int_equal(CALL("point"), 2);
    assert_string_equal(errors.bytes, "mimamori: 'a?[31m?mimamori: b??見' is no kind\n");
}

static void a_full_standard_output_is_not_done(void **state)
{
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        char *arguments[] = {"mimamori-part", "print", NULL};
        int full = open("/dev/full", O_WRONLY), quiet = open("/dev/null", O_WRONLY);
        dup2(full, STDOUT_FILENO);
        dup2(quiet, STDERR_FILENO);
        _exit(command_main(table, 2, arguments));
    }
    int status = 0;
    waitpid(child, &status, 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 2);
}

static void the_ledger_is_the_options_the_environments_or_here(void **state)
{
    (void)state;
    unsetenv("MIMAMORI_LEDGER");
    assert_string_equal(command_ledger(NULL), "./ledger");
    assert_string_equal(command_ledger("x"), "x");
    setenv("MIMAMORI_LEDGER", "/y", 1);
    assert_string_equal(command_ledger(NULL), "/y");
    assert_string_equal(command_ledger("x"), "x");
    setenv("MIMAMORI_LEDGER", "", 1);
    assert_string_equal(command_ledger(NULL), "./ledger");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_longest_name_is_the_command, set_up),
        cmocka_unit_test_setup(options_stand_anywhere, set_up),
        cmocka_unit_test_setup(two_dashes_end_the_options_and_one_is_a_word, set_up),
        cmocka_unit_test_setup(a_wrong_use_says_what_was_expected, set_up),
        cmocka_unit_test_setup(an_unknown_command_lists_the_known, set_up),
        cmocka_unit_test_setup(help_goes_to_standard_output, set_up),
        cmocka_unit_test_setup(exit_codes_are_those_of_the_command, set_up),
        cmocka_unit_test_setup(control_characters_do_not_reach_the_terminal, set_up),
        cmocka_unit_test_setup(a_full_standard_output_is_not_done, set_up),
        cmocka_unit_test(the_ledger_is_the_options_the_environments_or_here),
    };
    text_init(&output, 100000);
    text_init(&errors, 100000);
    int failed = cmocka_run_group_tests_name("command", tests, NULL, NULL);
    text_clear(&output);
    text_clear(&errors);
    return failed;
}
