#include "ledger/imprint.h"
#include "base/memory.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <xxhash.h>

enum { IMPRINT_BLOCK = 1 << 18 };

static bool add_all(XXH3_state_t *state, int file, uint64_t *bytes)
{
    OWNED_MEMORY unsigned char *block = memory_new(IMPRINT_BLOCK, 1);
    for (ssize_t got; (got = read(file, block, IMPRINT_BLOCK)) != 0;) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return false;
        XXH3_128bits_update(state, block, (size_t)got);
        *bytes += (uint64_t)got;
    }
    return true;
}

bool imprint_take(const char *path, struct imprint *imprint, struct fault *fault)
{
    CLEANUP(cleanup_descriptor) int file = open(path, O_RDONLY | O_CLOEXEC);
    struct imprint taken = {0};
    XXH128_canonical_t canonical; /* the same bytes on every machine */
    if (file < 0)
        return fault_errno(fault, "cannot open '%s'", path);
    XXH3_state_t *state = XXH3_createState();
    if (state == NULL)
        abort(); /* out of memory */
    XXH3_128bits_reset(state);
    bool read = add_all(state, file, &taken.bytes) || fault_errno(fault, "cannot read '%s'", path);
    XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(state));
    XXH3_freeState(state);
    memcpy(taken.sum.sum, canonical.digest, sizeof taken.sum.sum);
    if (read)
        *imprint = taken;
    return read;
}

bool imprint_equal(const struct imprint *a, const struct imprint *b)
{
    return a->bytes == b->bytes && memcmp(a->sum.sum, b->sum.sum, sizeof a->sum.sum) == 0;
}
