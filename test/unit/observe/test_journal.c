#include "unit.h"
#include "observe/journal.h"
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char ledger[] = "/tmp/mimamori-journal-XXXXXX";
static int folder;
static char *names[] = {"campus"};
static const struct points points = {.names = names, .count = 1};

static size_t one_row(void *context, struct sighting *rows, size_t most)
{
    int *left = context;
    if (most == 0 || *left == 0)
        return 0;
    --*left;
    rows[0] = (struct sighting){.accesses = 7, .day = 15286};
    return 1;
}

static void write_one(struct runs *runs)
{
    struct fault fault;
    int left = 1;
    assert_non_null(runs);
    assert_true(runs_add(runs, (struct sightings_in){one_row, &left}, &fault));
}

static struct runs *begin(void)
{
    struct fault fault;
    return journal_begin(folder, "eth0", "UTC", &points, &fault);
}

struct found {
    int count;
    uint64_t rows;
    bool remove;
};

static bool see(void *context, const char *name, int file, struct fault *fault)
{
    struct found *found = context;
    OWNED(runs_reader_free) struct runs_reader *reader = runs_open(file, name, fault);
    found->count++;
    found->rows += reader == NULL ? 0 : runs_rows(reader);
    if (found->remove)
        journal_remove(folder, name);
    return true;
}

static struct found look(bool remove)
{
    struct fault fault;
    struct found found = {.remove = remove};
    assert_true(journal_each(folder, see, &found, &fault));
    return found;
}

static void one_that_is_written_is_nobody_elses(void **state)
{
    (void)state;
    struct runs *runs = begin();
    write_one(runs);
    assert_int_equal(look(false).count, 0);
    runs_free(runs);
    struct found found = look(false);
    assert_int_equal(found.count, 1);
    assert_int_equal(found.rows, 1);
    assert_int_equal(look(true).count, 1);
    assert_int_equal(look(true).count, 0);
}

static void one_whose_writer_was_killed_is_finished(void **state)
{
    (void)state;
    int ready[2];
    char byte;
    assert_int_equal(pipe(ready), 0);
    pid_t writer = fork();
    if (writer == 0) {
        write_one(begin());
        if (write(ready[1], "x", 1) != 1)
            _exit(1);
        pause();
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    assert_int_equal(look(false).count, 0);
    kill(writer, SIGKILL);
    waitpid(writer, NULL, 0);
    struct found found = look(true);
    assert_int_equal(found.count, 1);
    assert_int_equal(found.rows, 1);
    close(ready[0]);
    close(ready[1]);
}

/* A look within a look: the outer one has it. */
static bool look_within(void *context, const char *name, int file, struct fault *fault)
{
    (void)context;
    (void)name;
    (void)fault;
    assert_int_equal(look(false).count, 0);
    close(file);
    return true;
}

static void one_that_somebody_stores_is_not_stored_by_another(void **state)
{
    (void)state;
    struct fault fault;
    struct runs *runs = begin();
    write_one(runs);
    runs_free(runs);
    assert_true(journal_each(folder, look_within, NULL, &fault));
    assert_int_equal(look(true).count, 1);
}

static void what_is_no_journal_is_left_alone(void **state)
{
    (void)state;
    close(openat(folder, "notes.txt", O_CREAT | O_WRONLY, 0600));
    close(openat(folder, "new-live-eth0-1-2", O_CREAT | O_WRONLY, 0600)); /* killed before it was locked */
    assert_int_equal(look(true).count, 0);
    assert_int_equal(faccessat(folder, "notes.txt", F_OK, 0), 0);
    assert_int_not_equal(faccessat(folder, "new-live-eth0-1-2", F_OK, 0), 0);
    unlinkat(folder, "notes.txt", 0);
}

int main(void)
{
    struct fault fault;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_that_is_written_is_nobody_elses),
        cmocka_unit_test(one_whose_writer_was_killed_is_finished),
        cmocka_unit_test(one_that_somebody_stores_is_not_stored_by_another),
        cmocka_unit_test(what_is_no_journal_is_left_alone),
    };
    char path[128];
    folder = mkdtemp(ledger) == NULL ? -1 : journal_folder(ledger, &fault);
    if (folder < 0)
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    close(folder);
    snprintf(path, sizeof path, "%s/" JOURNAL_FOLDER, ledger);
    rmdir(path);
    rmdir(ledger);
    return failed;
}
