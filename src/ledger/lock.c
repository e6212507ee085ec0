#include "ledger/lock.h"
#include "base/cleanup.h"
#include "base/command.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum { LOCK_WORD_MOST = 32 };

/* Reads up to size - 1 bytes from the start of a file, as a string. */
static void read_start(int file, char *out, size_t size)
{
    ssize_t length = pread(file, out, size - 1, 0);
    out[length < 0 ? 0 : length] = '\0';
}

/* The command's word: the second of the process's words ("import"), as the face passes it on; "" where it is
 * not a word. */
static void own_command(char out[LOCK_WORD_MOST])
{
    out[0] = '\0';
    CLEANUP(cleanup_descriptor) int file = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
    char words[4096] = "";
    ssize_t length = file < 0 ? -1 : read(file, words, sizeof words - 1);
    size_t first = strlen(words) + 1;
    if (length <= (ssize_t)first)
        return;
    size_t word = strspn(words + first, "abcdefghijklmnopqrstuvwxyz-");
    if (word < LOCK_WORD_MOST && words[first + word] == '\0')
        memcpy(out, words + first, word + 1);
}

/* Only told to whoever waits: that it cannot be written (a full disk) is no reason to stop. */
static void write_holder(int lock)
{
    char command[LOCK_WORD_MOST];
    own_command(command);
    if (ftruncate(lock, 0) == 0)
        dprintf(lock, "%ld %s\n", (long)getpid(), command);
}

static void say_for_whom(int lock, const char *ledger)
{
    char holder[64], command[LOCK_WORD_MOST] = "";
    long process = 0;
    read_start(lock, holder, sizeof holder);
    int read = sscanf(holder, "%ld %31[a-z-]", &process, command);
    if (read == 2)
        command_say("waiting for '%s' (process %ld) to finish with '%s'", command, process, ledger);
    else if (read == 1)
        command_say("waiting for process %ld to finish with '%s'", process, ledger);
    else
        command_say("waiting for another writer to finish with '%s'", ledger);
}

int lock_take(const char *path, const char *ledger, struct fault *fault)
{
    CLEANUP(cleanup_descriptor) int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0) {
        fault_errno(fault, "cannot write in '%s'", ledger);
        return -1;
    }
    if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK)
            say_for_whom(lock, ledger);
        if (flock(lock, LOCK_EX) != 0) { /* EINTR too: whoever catches a signal wants to stop */
            fault_errno(fault, "cannot lock '%s'", path);
            return -1;
        }
    }
    write_holder(lock);
    int taken = lock;
    lock = -1;
    return taken;
}

void lock_release(int lock)
{
    if (lock < 0)
        return;
    if (ftruncate(lock, 0) != 0) {
        /* the next holder writes over it */
    }
    close(lock);
}
