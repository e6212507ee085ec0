#include "bulletin/pdf.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "base/text.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#define PROGRAM "weasyprint"

bool pdf_possible(struct fault *fault)
{
    const char *path = getenv("PATH");
    for (const char *at = path == NULL ? "" : path; *at != '\0';) {
        size_t length = strcspn(at, ":");
        char candidate[PATH_MAX];
        int size = snprintf(candidate, sizeof candidate, "%.*s/" PROGRAM, (int)length, at);
        if (length > 0 && size > 0 && (size_t)size < sizeof candidate && access(candidate, X_OK) == 0)
            return true;
        at += length + (at[length] == ':');
    }
    return fault_set(fault, "'" PROGRAM "' is not installed (expected on the PATH, to make bulletin.pdf)");
}

/* The first line of what WeasyPrint said, for the fault. */
static void first_words(const char *path, char *out, size_t size)
{
    CLEANUP(cleanup_file) FILE *file = fopen(path, "re");
    if (file == NULL || fgets(out, (int)size, file) == NULL)
        out[0] = '\0';
    out[strcspn(out, "\n")] = '\0';
}

static bool run(char **arguments, const char *log, struct fault *fault)
{
    extern char **environ;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 2, log, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    pid_t child;
    int error = posix_spawnp(&child, PROGRAM, &actions, NULL, arguments, environ), status = 0;
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) {
        errno = error;
        return fault_errno(fault, "'" PROGRAM "' could not be run");
    }
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        kill(child, SIGTERM); /* we were told to stop */
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;
    char words[512];
    first_words(log, words, sizeof words);
    return fault_set(fault, "'" PROGRAM "' failed: %s", words[0] == '\0' ? "it said nothing" : words);
}

bool pdf_write(const char *folder, int64_t made_s, struct fault *fault)
{
    char html[PATH_MAX], pdf[PATH_MAX], log[PATH_MAX], made[32];
    if (snprintf(html, sizeof html, "%s/paper.html", folder) >= (int)sizeof html ||
        snprintf(pdf, sizeof pdf, "%s/bulletin.pdf", folder) >= (int)sizeof pdf ||
        snprintf(log, sizeof log, "%s/paper.log", folder) >= (int)sizeof log)
        return fault_set(fault, "'%s' is too long a path", folder);
    snprintf(made, sizeof made, "%" PRId64, made_s);
    setenv("SOURCE_DATE_EPOCH", made, 1); /* reproducible-builds.org/specs/source-date-epoch */
    setenv("LC_ALL", "C.UTF-8", 1);       /* fontconfig prefers fonts of the user's language */
    char *arguments[] = {PROGRAM, "--quiet", "--encoding", "utf-8", "--", html, pdf, NULL};
    bool well = run(arguments, log, fault);
    unlink(html);
    unlink(log);
    return well && file_sync(pdf, fault) && file_sync(folder, fault);
}
