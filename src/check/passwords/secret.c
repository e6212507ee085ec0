#include "check/passwords/secret.h"
#include "base/memory.h"
#include <errno.h>
#include <jansson.h>
#include <malloc.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

enum { STEP_BYTES = 256 * 1024, OVERWRITTEN_WITH = 0x5a };

struct secrets {
    char *bytes;
    size_t used, open, most; /* open: so much can be written to; a multiple of STEP_BYTES */
    bool locked;
};

static atomic_size_t on_heap;
static atomic_bool all_locked, heap_used, heap_full;

/* True where the limit on locked memory does not hold for us (CAP_IPC_LOCK), or there is none. Under a limit
 * nothing but secrets is locked: with all memory locked, the first allocation past it would end us. */
static bool may_lock_all(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_MEMLOCK, &limit) != 0)
        return false;
    if (limit.rlim_cur == RLIM_INFINITY)
        return true;
    size_t past = (size_t)limit.rlim_cur + STEP_BYTES;
    void *tried = mmap(NULL, past, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (tried == MAP_FAILED)
        return false;
    bool may = mlock2(tried, past, MLOCK_ONFAULT) == 0;
    munmap(tried, past);
    return may;
}

bool secret_begin(struct fault *fault)
{
    static const struct rlimit none = {0, 0};
    if (setrlimit(RLIMIT_CORE, &none) != 0 || prctl(PR_SET_DUMPABLE, 0) != 0)
        return fault_errno(fault, "cannot keep this process out of core dumps");
    mallopt(M_PERTURB, OVERWRITTEN_WITH);
    atomic_store(&all_locked, may_lock_all() && mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) == 0);
    json_set_alloc_funcs(secret_malloc, secret_free);
    return true;
}

void *secret_malloc(size_t size)
{
    if (size > SECRET_HEAP_MOST || atomic_load(&on_heap) > SECRET_HEAP_MOST - size) {
        atomic_store(&heap_full, true);
        return NULL;
    }
    void *pointer = malloc(size);
    atomic_fetch_add(&on_heap, malloc_usable_size(pointer));
    atomic_store(&heap_used, true);
    return pointer;
}

bool secret_heap_full(void)
{
    return atomic_load(&heap_full);
}

void secret_free(void *pointer)
{
    /* malloc's own size: M_PERTURB passes over what a thread keeps for its next allocation (glibc 2.26 on),
     * and so does not wipe what is small. */
    size_t size = malloc_usable_size(pointer);
    if (pointer != NULL)
        explicit_bzero(pointer, size);
    atomic_fetch_sub(&on_heap, size);
    free(pointer);
}

struct secrets *secrets_new(size_t most, struct fault *fault)
{
    size_t whole = (most / STEP_BYTES + 1) * STEP_BYTES; /* with room for a NUL */
    void *bytes = mmap(NULL, whole, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (bytes == MAP_FAILED) {
        fault_errno(fault, "cannot have %zu bytes of memory", whole);
        return NULL;
    }
    if (madvise(bytes, whole, MADV_DONTDUMP) != 0 || madvise(bytes, whole, MADV_WIPEONFORK) != 0) {
        fault_errno(fault, "cannot keep memory out of core dumps and children");
        munmap(bytes, whole);
        return NULL;
    }
    struct secrets *secrets = memory_new(1, sizeof *secrets);
    *secrets = (struct secrets){.bytes = bytes, .most = whole, .locked = true};
    return secrets;
}

void secrets_free(struct secrets *secrets)
{
    if (secrets == NULL)
        return;
    explicit_bzero(secrets->bytes, secrets->open);
    munmap(secrets->bytes, secrets->most);
    free(secrets);
}

bool secrets_locked(const struct secrets *secrets)
{
    return secrets->locked && (atomic_load(&all_locked) || !atomic_load(&heap_used));
}

/* The first `length` bytes can be written to. */
static bool open_up(struct secrets *secrets, size_t length)
{
    if (length > secrets->most)
        return false;
    size_t wanted = (length + STEP_BYTES - 1) / STEP_BYTES * STEP_BYTES;
    if (wanted <= secrets->open)
        return true;
    char *from = secrets->bytes + secrets->open;
    if (mprotect(from, wanted - secrets->open, PROT_READ | PROT_WRITE) != 0)
        return false;
    secrets->locked = mlock2(from, wanted - secrets->open, 0) == 0 && secrets->locked;
    secrets->open = wanted;
    return true;
}

char *secrets_room(struct secrets *secrets, size_t length)
{
    if (length >= secrets->most - secrets->used || !open_up(secrets, secrets->used + length + 1))
        return NULL;
    char *room = secrets->bytes + secrets->used;
    secrets->used += length + 1;
    return room;
}

const char *secrets_keep(struct secrets *secrets, const char *bytes, size_t length)
{
    char *room = secrets_room(secrets, length);
    if (room != NULL && length > 0)
        memcpy(room, bytes, length);
    return room;
}

enum secrets_read secrets_read(struct secrets *secrets, int file, char **bytes, size_t *length)
{
    size_t begin = secrets->used, end = begin;
    for (;;) {
        if (!open_up(secrets, end + 2))
            return SECRETS_TOO_MUCH;
        ssize_t got = read(file, secrets->bytes + end, secrets->open - end - 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return SECRETS_FAILED;
        end += (size_t)got;
        if (got == 0)
            break;
    }
    secrets->used = end + 1;
    *bytes = secrets->bytes + begin;
    *length = end - begin;
    return SECRETS_READ;
}
