#include "ledger/imprint.h"
#include "base/memory.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>

enum { IMPRINT_BLOCK = 1 << 18 };

bool imprint_take(const struct ledger *ledger, const char *path, struct imprint *imprint, struct fault *fault)
{
    CLEANUP(cleanup_descriptor) int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return fault_errno(fault, "cannot open '%s'", path);
    OWNED(content_sum_free) struct content_sum *sum = content_sum_new(ledger);
    OWNED_MEMORY unsigned char *block = memory_new(IMPRINT_BLOCK, 1);
    uint64_t bytes = 0;
    for (ssize_t got; (got = read(file, block, IMPRINT_BLOCK)) != 0;) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fault_errno(fault, "cannot read '%s'", path);
        content_sum_add(sum, block, (size_t)got);
        bytes += (uint64_t)got;
    }
    *imprint = (struct imprint){bytes, content_sum_value(sum)};
    return true;
}

bool imprint_equal(const struct imprint *a, const struct imprint *b)
{
    return a->bytes == b->bytes && memcmp(a->sum.sum, b->sum.sum, sizeof a->sum.sum) == 0;
}
