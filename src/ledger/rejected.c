#include "ledger/rejected.h"
#include "base/file.h"
#include "base/memory.h"
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

struct rejected {
    char *path, *beside; /* beside: the name while it is written; NULL once placed */
    FILE *file;
};

static bool add_line(struct rejected *rejected, const char *row, size_t length)
{
    bool ended = length > 0 && (row[length - 1] == '\n' ||
                                row[length - 1] == '\r'); /* the file's last row may lack its end */
    return fwrite(row, 1, length, rejected->file) == length && (ended || putc('\n', rejected->file) != EOF);
}

struct rejected *rejected_open(const char *path, const char *header, size_t length, struct fault *fault)
{
    OWNED(rejected_free) struct rejected *rejected = memory_new(1, sizeof *rejected);
    char *beside;
    if (asprintf(&rejected->path, "%s.rejected", path) < 0 ||
        asprintf(&beside, "%s.rejected.XXXXXX", path) < 0)
        abort(); /* out of memory */
    int file = mkostemp(beside, O_CLOEXEC);
    if (file < 0) {
        fault_errno(fault, "cannot write '%s'", rejected->path);
        free(beside);
        return NULL;
    }
    rejected->beside = beside;
    rejected->file = fdopen(file, "w");
    if (rejected->file == NULL || !add_line(rejected, header, length)) {
        fault_errno(fault, "cannot write '%s'", rejected->path);
        return NULL;
    }
    return HANDOVER(rejected);
}

bool rejected_add(struct rejected *rejected, const char *row, size_t length, struct fault *fault)
{
    return add_line(rejected, row, length) || fault_errno(fault, "cannot write '%s'", rejected->path);
}

bool rejected_place(struct rejected *rejected, struct fault *fault)
{
    if (fflush(rejected->file) != 0 || fsync(fileno(rejected->file)) != 0)
        return fault_errno(fault, "cannot write '%s'", rejected->path);
    if (!file_rename(rejected->beside, rejected->path, fault))
        return false;
    free(rejected->beside);
    rejected->beside = NULL;
    return true;
}

void rejected_take_back(struct rejected *rejected)
{
    unlink(rejected->path);
}

void rejected_free(struct rejected *rejected)
{
    if (rejected == NULL)
        return;
    if (rejected->file != NULL)
        fclose(rejected->file);
    if (rejected->beside != NULL)
        unlink(rejected->beside);
    free(rejected->beside);
    free(rejected->path);
    free(rejected);
}
