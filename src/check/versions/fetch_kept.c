#include "check/versions/fetch_kept.h"
#include "base/calendar.h"
#include "base/file.h"
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { HEAD_MOST = 16 * 1024, NAME_BYTES = 16 };

/* XDG Base Directory Specification: $XDG_CACHE_HOME counts only where it is absolute. */
static bool folder_of_feeds(char folder[PATH_MAX], struct fault *fault)
{
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    int length = -1;
    if (cache != NULL && cache[0] == '/')
        length = snprintf(folder, PATH_MAX, "%s/mimamori/feeds", cache);
    else if (home != NULL && home[0] == '/')
        length = snprintf(folder, PATH_MAX, "%s/.cache/mimamori/feeds", home);
    if (length < 0 || length >= PATH_MAX - 64)
        return fault_set(fault, "there is no folder to keep feeds in (expected $XDG_CACHE_HOME or $HOME)");
    return true;
}

/* A folder that another may write to could hold anything. */
static bool is_ours_alone(const char *folder, struct fault *fault)
{
    struct stat status;
    if (lstat(folder, &status) != 0)
        return fault_errno(fault, "'%s': cannot look at the folder", folder);
    if (!S_ISDIR(status.st_mode) || status.st_uid != geteuid() || (status.st_mode & 022) != 0)
        return fault_set(fault, "'%s' is not a folder that you alone can write to", folder);
    return true;
}

static bool path_of(const char *address, char path[PATH_MAX], struct fault *fault)
{
    unsigned char sum[NAME_BYTES];
    char folder[PATH_MAX], name[2 * NAME_BYTES + 1];
    if (!folder_of_feeds(folder, fault))
        return false;
    crypto_generichash(sum, sizeof sum, (const unsigned char *)address, strlen(address), NULL, 0);
    sodium_bin2hex(name, sizeof name, sum, sizeof sum);
    if (snprintf(path, PATH_MAX, "%s/%s", folder, name) >= PATH_MAX)
        return fault_set(fault, "'%s' is too long a path", folder);
    return true;
}

/* The value of the line that begins with `word`; *at then stands behind that line. */
static bool take_line(const char **at, const char *word, char *value, size_t size)
{
    size_t length = strlen(word), end = strcspn(*at, "\n");
    if ((*at)[end] != '\n' || strncmp(*at, word, length) != 0 || end - length >= size)
        return false;
    memcpy(value, *at + length, end - length);
    value[end - length] = '\0';
    *at += end + 1;
    return true;
}

static bool read_head(const char *address, const char **at, struct fetched *fetched)
{
    char line[HEAD_MOST], day[CALENDAR_DAY_SIZE];
    return take_line(at, "mimamori feed 1", line, sizeof line) &&
           take_line(at, "address: ", line, sizeof line) && strcmp(line, address) == 0 &&
           take_line(at, "day: ", day, sizeof day) && calendar_parse_day(day, &fetched->day) &&
           take_line(at, "etag: ", fetched->etag, sizeof fetched->etag) &&
           take_line(at, "last-modified: ", fetched->modified, sizeof fetched->modified) &&
           take_line(at, "", line, sizeof line) && line[0] == '\0';
}

bool fetch_kept_read(const char *address, struct fetched *fetched)
{
    struct fault unheard;
    char path[PATH_MAX], folder[PATH_MAX];
    CLEANUP(text_clear) struct text whole;
    text_init(&whole, (size_t)FETCH_BYTES_MOST + HEAD_MOST);
    struct fetched found;
    fetched_init(&found);
    if (!folder_of_feeds(folder, &unheard) || !is_ours_alone(folder, &unheard) ||
        !path_of(address, path, &unheard) || !file_read(path, &whole, &unheard))
        return false;
    const char *at = whole.bytes;
    if (!read_head(address, &at, &found))
        return false;
    text_add(&found.bytes, at, whole.length - (size_t)(at - whole.bytes));
    fetched_clear(fetched);
    *fetched = found;
    return true;
}

static bool make_folder(struct fault *fault)
{
    char folder[PATH_MAX];
    if (!folder_of_feeds(folder, fault))
        return false;
    mode_t before = umask(077); /* the folders above it that are missing are its owner's alone too */
    bool made = file_make_folder(folder, fault);
    umask(before);
    return made && is_ours_alone(folder, fault);
}

bool fetch_kept_write(const char *address, const struct fetched *fetched, struct fault *fault)
{
    char path[PATH_MAX], day[CALENDAR_DAY_SIZE];
    CLEANUP(text_clear) struct text whole;
    text_init(&whole, (size_t)FETCH_BYTES_MOST + HEAD_MOST);
    calendar_day_text(day, fetched->day);
    text_addf(&whole, "mimamori feed 1\naddress: %s\nday: %s\netag: %s\nlast-modified: %s\n\n", address, day,
              fetched->etag, fetched->modified);
    text_add(&whole, fetched->bytes.bytes, fetched->bytes.length);
    if (!text_whole(&whole))
        return fault_set(fault, "'%s' is too large to be kept", address);
    return make_folder(fault) && path_of(address, path, fault) &&
           file_write(path, whole.bytes, whole.length, fault);
}
