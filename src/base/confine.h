/* confine: what a process gives up before it touches what strangers send. Each step holds for good, also for
 * threads and programs begun later; one that the kernel refuses is a fault, never a warning. The order is:
 * user, capabilities, paths, calls. */
#pragma once
#include "base/fault.h"
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* The sanitizers need more than a process has in earnest: their shadow fits into no limit of memory. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define CONFINE_SANITIZED 1
#elif defined(__has_feature)
#define CONFINE_SANITIZED (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
#else
#define CONFINE_SANITIZED 0
#endif

/* The user `name`, else whoever `path` belongs to. Only where the process is root; else nothing happens. */
bool confine_user(const char *name, const char *path, struct fault *fault);

/* None is left, none can be had again, and no program that is run has more. */
bool confine_capabilities(struct fault *fault);

enum confine_right {
    CONFINE_READ,
    CONFINE_RUN,    /* read, and run as a program */
    CONFINE_CHANGE, /* also make, rename and remove what is in it */
    CONFINE_CONNECT /* `path` is a port's number: TCP may go out to it */
};
struct confine_path {
    const char
        *path; /* a folder with all that is in it, or a file; NULL and what is not there are passed over */
    enum confine_right right;
};
/* By Landlock: of files, only these can be opened from now on, and TCP is closed but for the ports said.
 * `count` paths. *enforced is false where the kernel has no Landlock. */
bool confine_paths(const struct confine_path *paths, size_t count, bool *enforced, struct fault *fault);

/* A system call, and what must hold of one of its arguments. */
struct confine_call {
    const char *name;
    enum { CONFINE_ANY, CONFINE_EQUAL, CONFINE_OTHER_THAN, CONFINE_WITHOUT_BITS } must;
    unsigned argument; /* from 0 */
    uint64_t value;
};
/* By seccomp, for all threads: what is not in the list, which ends with {0}, fails with EPERM; a name this
 * machine does not have is passed over. What does no harm need not be listed: memory that is never code,
 * reading what is open, waiting, time, the other threads, and the end of this very process. */
bool confine_calls(const struct confine_call *calls, struct fault *fault);

/* By seccomp, for all threads and programs begun later: no socket that leaves this machine. All else stays as
 * it was. */
bool confine_network(struct fault *fault);
