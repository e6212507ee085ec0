#include "check/passwords/breach.h"
#include "base/memory.h"
#include "check/passwords/breach_list.h"
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <gnutls/crypto.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { SHA1_BYTES = 20, DAY_S = 24 * 60 * 60, NAME_SIZE = BREACH_RANGE_DIGITS + sizeof ".txt" };

struct breach {
    char *path;
    int folder;              /* of ranges, -1: it is one list */
    struct breach_list list; /* where there is no folder */
    int64_t date_s;
};

static int open_here(int folder, const char *name)
{
    return openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
}

/* Opens the range of a hash; its name is part of what nobody may know, so that no fault tells it. */
static bool open_range(const struct breach *breach, const char *digits, struct breach_list *list,
                       struct fault *fault)
{
    char name[NAME_SIZE];
    for (size_t i = 0; i < BREACH_RANGE_DIGITS; i++)
        name[i] = (char)toupper((unsigned char)digits[i]);
    memcpy(name + BREACH_RANGE_DIGITS, ".txt", sizeof ".txt");
    int file = open_here(breach->folder, name);
    name[BREACH_RANGE_DIGITS] = '\0';
    if (file < 0 && errno == ENOENT)
        file = open_here(breach->folder, name);
    explicit_bzero(name, sizeof name);
    if (file < 0)
        return fault_errno(fault, "cannot open a range in '%s' (expected the files 00000.txt to FFFFF.txt)",
                           breach->path);
    *list = (struct breach_list){.path = breach->path, .digits = BREACH_DIGITS - BREACH_RANGE_DIGITS};
    return breach_list_open(list, file, fault);
}

static bool open_folder(struct breach *breach, int folder, struct fault *fault)
{
    breach->folder = folder;
    CLEANUP(breach_list_close) struct breach_list first = {.descriptor = -1};
    struct stat about;
    if (!open_range(breach, "00000", &first, fault) || !breach_list_check(&first, fault))
        return false;
    if (fstat(first.descriptor, &about) != 0)
        return fault_errno(fault, "cannot look at '%s'", breach->path);
    breach->date_s = about.st_mtime;
    return true;
}

struct breach *breach_open(const char *path, struct fault *fault)
{
    OWNED(breach_free) struct breach *breach = memory_new(1, sizeof *breach);
    breach->path = memory_string(path);
    breach->folder = -1;
    breach->list = (struct breach_list){.descriptor = -1, .path = breach->path, .digits = BREACH_DIGITS};
    int file = open_here(AT_FDCWD, path);
    struct stat about;
    if (file < 0 || fstat(file, &about) != 0) {
        fault_errno(fault, "cannot open '%s'", path);
        if (file >= 0)
            close(file);
        return NULL;
    }
    breach->date_s = about.st_mtime;
    bool is_open = S_ISDIR(about.st_mode) ? open_folder(breach, file, fault)
                                          : breach_list_open(&breach->list, file, fault) &&
                                                breach_list_check(&breach->list, fault);
    return is_open ? HANDOVER(breach) : NULL;
}

void breach_free(struct breach *breach)
{
    if (breach == NULL)
        return;
    breach_list_close(&breach->list);
    if (breach->folder >= 0)
        close(breach->folder);
    free(breach->path);
    free(breach);
}

int32_t breach_age_days(const struct breach *breach, int32_t today)
{
    int64_t age = today - breach->date_s / DAY_S;
    return age < 0 ? 0 : age > INT32_MAX ? INT32_MAX : (int32_t)age;
}

static bool hash(const char *password, char digits[BREACH_DIGITS + 1], struct fault *fault)
{
    static const char hex[] = "0123456789abcdef";
    unsigned char sum[SHA1_BYTES];
    if (gnutls_hash_fast(GNUTLS_DIG_SHA1, password, strlen(password), sum) != 0)
        return fault_set(fault, "SHA-1 cannot be computed (expected GnuTLS to allow it)");
    for (size_t i = 0; i < SHA1_BYTES; i++) {
        digits[2 * i] = hex[sum[i] >> 4];
        digits[2 * i + 1] = hex[sum[i] & 15];
    }
    digits[BREACH_DIGITS] = '\0';
    explicit_bzero(sum, sizeof sum);
    return true;
}

static bool look_in_range(const struct breach *breach, const char *digits, uint64_t *times,
                          struct fault *fault)
{
    CLEANUP(breach_list_close) struct breach_list range = {.descriptor = -1};
    return open_range(breach, digits, &range, fault) &&
           breach_list_find(&range, digits + BREACH_RANGE_DIGITS, times, fault);
}

bool breach_look(struct breach *breach, const char *password, uint64_t *times, struct fault *fault)
{
    char digits[BREACH_DIGITS + 1];
    bool done = hash(password, digits, fault) &&
                (breach->folder >= 0 ? look_in_range(breach, digits, times, fault)
                                     : breach_list_find(&breach->list, digits, times, fault));
    explicit_bzero(digits, sizeof digits);
    return done;
}
