#include "check/versions/apt_lists.h"
#include "base/memory.h"
#include "check/finding.h"
#include "check/versions/apt_release.h"
#include "check/versions/product_table.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char folder_name[] = "var/lib/apt/lists";
enum { NAMES_MOST = 8192, RELEASE_MOST = 16 * 1024, DAY_S = 86400, AHEAD_DAYS = 1 };

struct names {
    const char **items;
    size_t count, capacity;
};
static void names_clear(struct names *names)
{
    free(names->items);
}

/* What a repository says of itself, and how its lists' names begin. */
struct repository {
    const char *prefix;
    struct apt_release release;
};
struct repositories {
    struct repository *items;
    size_t count;
    int32_t newest_day; /* of all Dates */
};
static void repositories_clear(struct repositories *repositories)
{
    free(repositories->items);
}

void apt_lists_clear(struct apt_lists *lists)
{
    free(lists->items);
    arena_clear(&lists->arena);
    *lists = (struct apt_lists){0};
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool read_names(const struct machine *machine, struct arena *arena, struct names *names,
                       struct fault *fault)
{
    CLEANUP(cleanup_folder) DIR *folder = machine_open_folder(machine, folder_name);
    struct dirent *entry;
    if (folder == NULL)
        return errno == ENOENT || errno == ENOTDIR ||
               fault_set(fault, "cannot open '%s': %s", folder_name, strerror(errno));
    while ((entry = readdir(folder)) != NULL) {
        if (names->count == NAMES_MOST)
            return fault_set(fault, "%s: more than %d files", folder_name, NAMES_MOST);
        if (names->count == names->capacity) {
            names->capacity = names->capacity == 0 ? 64 : 2 * names->capacity;
            names->items = memory_resize(names->items, names->capacity, sizeof *names->items);
        }
        names->items[names->count++] = arena_string(arena, entry->d_name, strlen(entry->d_name));
    }
    if (names->count > 1)
        qsort(names->items, names->count, sizeof *names->items, by_name);
    return true;
}

/* "HOST_dists_bookworm_" of "HOST_dists_bookworm_InRelease"; 0: it is no Release file. */
static size_t release_prefix(const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < 2; i++) {
        const char *ending = i == 0 ? "InRelease" : "Release";
        size_t tail = strlen(ending);
        if (length > tail && strcmp(name + length - tail, ending) == 0)
            return length - tail;
    }
    return 0;
}

static bool read_release(const struct machine *machine, const char *name, struct apt_release *release)
{
    char path[sizeof folder_name + 256], bytes[RELEASE_MOST];
    snprintf(path, sizeof path, "%s/%s", folder_name, name);
    CLEANUP(cleanup_descriptor) int file = machine_open_file(machine, path);
    ssize_t length = file < 0 ? -1 : read(file, bytes, sizeof bytes);
    if (length < 0)
        return false;
    apt_release_read(bytes, (size_t)length, release);
    return true;
}

static void read_repositories(const struct machine *machine, const struct names *names, struct arena *arena,
                              struct repositories *repositories)
{
    repositories->newest_day = APT_RELEASE_NO_DAY;
    repositories->items = memory_new(names->count + 1, sizeof *repositories->items);
    for (size_t i = 0; i < names->count; i++) {
        size_t prefix = release_prefix(names->items[i]);
        struct repository *next = &repositories->items[repositories->count];
        if (prefix == 0 || !read_release(machine, names->items[i], &next->release))
            continue;
        next->prefix = arena_string(arena, names->items[i], prefix);
        repositories->count++;
        int32_t day = next->release.written_day;
        if (day > repositories->newest_day && day <= machine->today + AHEAD_DAYS)
            repositories->newest_day = day;
    }
}

/* The one whose name the list's begins with; the longest of several. NULL: none. */
static const struct repository *repository_of(const struct repositories *repositories, const char *name)
{
    const struct repository *found = NULL;
    for (size_t i = 0; i < repositories->count; i++) {
        const char *prefix = repositories->items[i].prefix;
        if (strncmp(name, prefix, strlen(prefix)) == 0 &&
            (found == NULL || strlen(prefix) > strlen(found->prefix)))
            found = &repositories->items[i];
    }
    return found;
}

/* Is it a list of packages, and for processors that the machine has packages for? */
static bool is_wanted(const struct product_table *architectures, const char *name)
{
    static const char *const endings[] = {"", ".lz4", ".gz", ".xz", ".zst", ".bz2", ".lzma"};
    const char *tail = strstr(name, "_Packages");
    bool known = false;
    for (size_t i = 0; tail != NULL && i < sizeof endings / sizeof endings[0]; i++)
        known |= strcmp(tail + strlen("_Packages"), endings[i]) == 0;
    const char *binary = known ? strstr(name, "_binary-") : NULL;
    if (!known || binary == NULL || binary > tail)
        return known;
    char architecture[256];
    binary += strlen("_binary-");
    snprintf(architecture, sizeof architecture, "%.*s", (int)(tail - binary), binary);
    return strcmp(architecture, "all") == 0 ||
           product_table_find(architectures, architecture, "") != PRODUCT_TABLE_NONE;
}

/* A list without a Release file is as old as it is on the disk. */
static int32_t age_of_file(const struct machine *machine, const char *path)
{
    CLEANUP(cleanup_descriptor) int file = machine_open_file(machine, path);
    struct stat status;
    if (file < 0 || fstat(file, &status) != 0)
        return FINDING_NO_AGE;
    int64_t age = machine->today - status.st_mtime / DAY_S;
    return age < -AHEAD_DAYS ? FINDING_NO_AGE : age < 0 ? 0 : age > INT32_MAX ? INT32_MAX : (int32_t)age;
}

static int32_t age_of(const struct machine *machine, const struct repositories *repositories,
                      const struct apt_release *release)
{
    bool over = release->valid_day != APT_RELEASE_NO_DAY && release->valid_day < machine->today;
    int32_t day = over ? release->written_day : repositories->newest_day;
    if (day == APT_RELEASE_NO_DAY || day > machine->today + AHEAD_DAYS)
        return FINDING_NO_AGE;
    return day > machine->today ? 0 : machine->today - day;
}

static void add_list(const struct machine *machine, const struct repositories *repositories, const char *name,
                     struct apt_lists *lists)
{
    char text[sizeof folder_name + 256];
    struct apt_list *list = &lists->items[lists->count++];
    const struct repository *repository = repository_of(repositories, name);
    snprintf(text, sizeof text, "%s/%s", folder_name, name);
    list->path = list->source = arena_string(&lists->arena, text, strlen(text));
    list->priority = APT_ORDINARY;
    if (repository == NULL) {
        list->age_days = age_of_file(machine, list->path);
        return;
    }
    const struct apt_release *release = &repository->release;
    if (release->not_automatic)
        list->priority = release->but_automatic_upgrades ? APT_UPGRADES : APT_NEVER;
    list->age_days = age_of(machine, repositories, release);
    const char *suite = release->codename[0] != '\0' ? release->codename : release->suite;
    snprintf(text, sizeof text, "%s%s%s", release->label, release->label[0] != '\0' ? " " : "", suite);
    if (text[0] != '\0')
        list->source = arena_string(&lists->arena, text, strlen(text));
}

bool apt_lists_find(const struct machine *machine, struct apt_lists *lists, struct fault *fault)
{
    CLEANUP(names_clear) struct names names = {0};
    CLEANUP(repositories_clear) struct repositories repositories = {0};
    *lists = (struct apt_lists){0};
    arena_init(&lists->arena);
    if (!read_names(machine, &lists->arena, &names, fault))
        return false;
    read_repositories(machine, &names, &lists->arena, &repositories);
    lists->items = memory_new(names.count + 1, sizeof *lists->items);
    CLEANUP(product_table_clear) struct product_table architectures;
    product_table_init(&architectures);
    for (size_t i = 0; i < machine->products.count; i++)
        if (machine->products.items[i].system == PRODUCT_DPKG)
            product_table_put(&architectures, machine->products.items[i].architecture, "", i);
    for (size_t i = 0; i < names.count; i++)
        if (is_wanted(&architectures, names.items[i]))
            add_list(machine, &repositories, names.items[i], lists);
    return true;
}
