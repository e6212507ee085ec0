#include "check/passwords/login.h"
#include "base/memory.h"
#include "base/text.h"
#include "check/passwords/export.h"
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

bool logins_add(struct logins *logins, const struct login *login, const char *name, struct fault *fault)
{
    const char *const texts[] = {login->service, login->address, login->user, login->password};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (texts[i] == NULL)
            return fault_set(fault, "'%s' is too large", name);
        if (strlen(texts[i]) > LOGIN_TEXT_MOST)
            return fault_set(
                fault, "%s:%zu: a name, an address or a password is too long (expected at most %d bytes)",
                name, login->line, LOGIN_TEXT_MOST);
    }
    if (login->user[0] == '\0' && login->address[0] == '\0' && login->password[0] == '\0')
        return true; /* a note or a card: nobody logs in with it */
    if (logins->count == LOGINS_MOST)
        return fault_set(fault, "'%s' has too many entries (expected at most %d)", name, LOGINS_MOST);
    if (logins->count == logins->capacity) {
        logins->capacity = logins->capacity == 0 ? 256 : 2 * logins->capacity;
        logins->items = memory_resize(logins->items, logins->capacity, sizeof *logins->items);
    }
    logins->items[logins->count++] = *login;
    return true;
}

static size_t line_of(const char *bytes, const char *at)
{
    size_t line = 1;
    for (; bytes < at; bytes++)
        line += *bytes == '\n';
    return line;
}

static bool check_text(const char *name, const char *bytes, size_t length, struct fault *fault)
{
    if (length == 0)
        return fault_set(fault, "'%s' is empty (expected %s)", name, export_known);
    bool wide = length >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0);
    if (wide)
        return fault_set(fault, "'%s' is UTF-16 (expected UTF-8: save it again as \"CSV UTF-8\")", name);
    const char *nul = memchr(bytes, '\0', length);
    if (nul != NULL)
        return fault_set(fault, "%s:%zu: there is a NUL byte (expected %s)", name, line_of(bytes, nul),
                         export_known);
    if (!text_is_utf8(bytes, length))
        return fault_set(fault, "'%s' is not UTF-8 (expected %s)", name, export_known);
    return true;
}

bool logins_parse(struct logins *logins, const char *name, char *bytes, size_t length, struct fault *fault)
{
    if (!check_text(name, bytes, length, fault))
        return false;
    size_t mark = length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    bytes += mark;
    length -= mark;
    bool json = bytes[strspn(bytes, " \t\r\n")] == '{';
    bool read = json ? export_read_bitwarden(logins, name, bytes, length, fault)
                     : export_read_csv(logins, name, bytes, length, fault);
    if (read && logins->count == 0)
        return fault_set(fault, "'%s' holds no passwords (expected at least one entry of %s)", name,
                         logins->format);
    return read;
}

static bool too_large(const char *name, struct fault *fault)
{
    return fault_set(fault, "'%s' is too large (expected at most %d MiB)", name, LOGIN_FILE_MOST >> 20);
}

/* An ordinary file of a size that can be read; a pipe with a name would let us wait for ever. */
static bool check_kind(int file, const char *path, struct fault *fault)
{
    struct stat status;
    if (file < 0 || fstat(file, &status) != 0)
        return fault_errno(fault, "'%s': cannot open", path);
    if (!S_ISREG(status.st_mode))
        return fault_set(fault, "'%s' is no ordinary file (expected an export, or '-' for standard input)",
                         path);
    return status.st_size <= LOGIN_FILE_MOST || too_large(path, fault);
}

static bool read_all(struct logins *logins, int file, const char *name, struct fault *fault)
{
    /* Strings of a CSV stay where they were read; those of JSON are copied. */
    logins->secrets = secrets_new((size_t)LOGIN_FILE_MOST + (128u << 20), fault);
    if (logins->secrets == NULL)
        return false;
    char *bytes;
    size_t length;
    enum secrets_read got = secrets_read(logins->secrets, file, &bytes, &length);
    if (got == SECRETS_FAILED)
        return fault_errno(fault, "'%s': cannot read", name);
    if (got == SECRETS_TOO_MUCH || length > LOGIN_FILE_MOST)
        return too_large(name, fault);
    return logins_parse(logins, name, bytes, length, fault);
}

bool logins_read(struct logins *logins, const char *path, struct fault *fault)
{
    *logins = (struct logins){0};
    if (strcmp(path, "-") == 0)
        return read_all(logins, STDIN_FILENO, "standard input", fault);
    CLEANUP(cleanup_descriptor) int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    return check_kind(file, path, fault) && read_all(logins, file, path, fault);
}

void logins_clear(struct logins *logins)
{
    free(logins->items);
    secrets_free(logins->secrets);
    *logins = (struct logins){0};
}
