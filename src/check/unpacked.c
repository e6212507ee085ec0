#include "check/unpacked.h"
#include "base/memory.h"
#include <archive.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>

enum { READ_BYTES = 256 * 1024 };

struct unpacked {
    struct archive *archive;
    int descriptor;
    char *name;
    uint64_t left; /* bytes that may still come */
    uint64_t most;
    bool ended;
};

static bool broken(struct unpacked *unpacked, struct fault *fault)
{
    const char *why = archive_error_string(unpacked->archive);
    return fault_set(fault, "%s: cannot be read: %s", unpacked->name, why != NULL ? why : "no reason given");
}

/* Only what is unpacked inside this process: libarchive knows filters too that run programs. */
static bool begin(struct unpacked *unpacked, struct fault *fault)
{
    struct archive *archive = unpacked->archive;
    archive_read_support_filter_gzip(archive);
    archive_read_support_filter_bzip2(archive);
    archive_read_support_filter_xz(archive);
    archive_read_support_filter_lzma(archive);
    archive_read_support_filter_zstd(archive);
    archive_read_support_filter_lz4(archive);
    archive_read_support_format_raw(archive);
    archive_read_support_format_empty(archive);
    if (archive_read_open_fd(archive, unpacked->descriptor, READ_BYTES) != ARCHIVE_OK)
        return broken(unpacked, fault);
    struct archive_entry *entry;
    int got = archive_read_next_header(archive, &entry);
    if (got != ARCHIVE_OK && got != ARCHIVE_EOF)
        return broken(unpacked, fault);
    unpacked->ended = got == ARCHIVE_EOF;
    return true;
}

struct unpacked *unpacked_over(int descriptor, const char *name, uint64_t most, struct fault *fault)
{
    OWNED(unpacked_free) struct unpacked *unpacked = memory_new(1, sizeof *unpacked);
    *unpacked = (struct unpacked){archive_read_new(), descriptor, memory_string(name), most, most, false};
    if (unpacked->archive == NULL) {
        fault_set(fault, "%s: cannot be read: no memory", name);
        return NULL;
    }
    return begin(unpacked, fault) ? HANDOVER(unpacked) : NULL;
}

struct unpacked *unpacked_open(const char *path, uint64_t most, struct fault *fault)
{
    CLEANUP(cleanup_descriptor) int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    struct stat status;
    if (descriptor < 0 || fstat(descriptor, &status) != 0) {
        fault_set(fault, "cannot open '%s': %s", path, strerror(errno));
        return NULL;
    }
    if (S_ISDIR(status.st_mode)) {
        fault_set(fault, "'%s' is a folder (expected a file)", path);
        return NULL;
    }
    int given = descriptor;
    descriptor = -1;
    return unpacked_over(given, path, most, fault);
}

void unpacked_free(struct unpacked *unpacked)
{
    if (unpacked == NULL)
        return;
    if (unpacked->archive != NULL)
        archive_read_free(unpacked->archive);
    close(unpacked->descriptor);
    free(unpacked->name);
    free(unpacked);
}

bool unpacked_next(struct unpacked *unpacked, const char **bytes, size_t *length, struct fault *fault)
{
    const void *block = NULL;
    size_t size = 0;
    la_int64_t offset;
    int got = ARCHIVE_EOF;
    if (!unpacked->ended) {
        do
            got = archive_read_data_block(unpacked->archive, &block, &size, &offset);
        while (got == ARCHIVE_OK && size == 0);
    }
    if (got == ARCHIVE_EOF) {
        unpacked->ended = true;
        *length = 0;
        return true;
    }
    if (got != ARCHIVE_OK)
        return broken(unpacked, fault);
    if (size > unpacked->left)
        return fault_set(fault, "%s: is longer than %llu bytes when unpacked", unpacked->name,
                         (unsigned long long)unpacked->most);
    unpacked->left -= size;
    *bytes = block;
    *length = size;
    return true;
}

bool unpacked_whole(struct unpacked *unpacked, struct text *out, struct fault *fault)
{
    const char *bytes;
    size_t length;
    do {
        if (!unpacked_next(unpacked, &bytes, &length, fault))
            return false;
        if (length > 0)
            text_add(out, bytes, length);
        if (!text_whole(out))
            return fault_set(fault, "%s: is longer than %zu bytes when unpacked", unpacked->name, out->limit);
    } while (length > 0);
    return true;
}
