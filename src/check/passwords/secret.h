/* secret: memory for what must not leave this process: locked (never in swap), left out of core dumps, not
 * handed to children, wiped when it is let go of. Also makes the whole process so. */
#pragma once
#include "base/cleanup.h"
#include "base/fault.h"
#include <stdbool.h>
#include <stddef.h>

/* Before any secret is read: no core dumps, no other process of this user may look in (PR_SET_DUMPABLE), what
 * libraries free is overwritten, and all memory from now on is locked where a limit does not forbid it. */
bool secret_begin(struct fault *fault);

/* For libraries that take functions for memory: wiped when it is let go of. Past SECRET_HEAP_MOST in all
 * there is no more. */
enum { SECRET_HEAP_MOST = 512 << 20 };
void *secret_malloc(size_t size);
void secret_free(void *pointer);
bool secret_heap_full(void); /* there was no more for somebody */

/* Pages that grow up to `most` bytes and never move, zeroed. */
struct secrets;
struct secrets *secrets_new(size_t most, struct fault *fault);
void secrets_free(struct secrets *secrets); /* wipes */
OWNED_TYPE(secrets_free, struct secrets)
/* False once the system has refused to lock some of it, or libraries' memory: that could come to lie in swap.
 */
bool secrets_locked(const struct secrets *secrets);

/* `length` bytes and a NUL behind them, good until secrets_free(). NULL past the limit. */
char *secrets_room(struct secrets *secrets, size_t length);
const char *secrets_keep(struct secrets *secrets, const char *bytes, size_t length); /* a copy */

enum secrets_read { SECRETS_READ, SECRETS_TOO_MUCH, SECRETS_FAILED /* errno says why */ };
/* All that is left to read of `file`, in one piece, with a NUL behind it. */
enum secrets_read secrets_read(struct secrets *secrets, int file, char **bytes, size_t *length);
