#include "check/oval/walk.h"

#include "base/cleanup.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct walk {
    const struct object_search *search;
    struct oval_collection *found;
    bool (*see)(const struct object_search *search, const struct walk_file *file,
                struct oval_collection *found);
    size_t entries;
    bool over; /* no more is wanted, or may be looked at */
};

void walk_fields(const struct walk_file *file, struct oval_collection *found, struct oval_item *item)
{
    if (file->name != NULL)
        item_text(found, item, "filepath", file->path);
    else
        item_without(found, item, "filepath", ITEM_DOES_NOT_EXIST);
    item_text(found, item, "path", file->folder);
    if (file->name != NULL)
        item_text(found, item, "filename", file->name);
    else
        item_without(found, item, "filename", ITEM_DOES_NOT_EXIST);
}

/* "/etc" and "passwd" as one. False where it is longer than a path may be. */
static bool join(char path[PATH_MAX], const char *folder, const char *name)
{
    const char *between = folder[strlen(folder) - 1] == '/' ? "" : "/";
    return snprintf(path, PATH_MAX, "%s%s%s", folder, between, name) < PATH_MAX;
}

/* Without slashes at the end. False: no absolute path. */
static bool plain_folder(char folder[PATH_MAX], const char *given)
{
    if (given[0] != '/' || strlen(given) >= PATH_MAX)
        return false;
    snprintf(folder, PATH_MAX, "%s", given);
    for (size_t length = strlen(folder); length > 1 && folder[length - 1] == '/'; length--)
        folder[length - 1] = '\0';
    return true;
}

static DIR *open_folder(struct walk *walk, const char *folder)
{
    DIR *opened = machine_open_folder(walk->search->machine, folder);
    if (opened == NULL && errno != ENOENT && errno != ENOTDIR && errno != ELOOP)
        collection_flag(walk->found, COLLECTION_INCOMPLETE, "folder '%.200s' cannot be opened: %s", folder,
                        strerrorname_np(errno));
    return opened;
}

/* Is the entry what the entity means? Then it is seen. */
static void see_entry(struct walk *walk, DIR *open, const char *folder, const char *name, const char *entity)
{
    char path[PATH_MAX];
    struct stat status;
    if (!join(path, folder, name) || fstatat(dirfd(open), name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return;
    const char *value = strcmp(entity, "filepath") == 0 ? path : name;
    enum oval_result result = object_candidate(walk->search, entity, value, walk->found);
    const struct walk_file file = {folder, name, path, dirfd(open)};
    if (result == OVAL_TRUE ? !walk->see(walk->search, &file, walk->found) : result != OVAL_FALSE)
        walk->over = true;
}

/* The next entry but "." and ".."; NULL at the end, and where too many were looked at. */
static const struct dirent *next_entry(struct walk *walk, DIR *folder)
{
    const struct dirent *entry;
    do
        entry = walk->over ? NULL : readdir(folder);
    while (entry != NULL && (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0));
    if (entry == NULL || walk->entries++ < WALK_ENTRIES_MOST)
        return entry;
    collection_flag(walk->found, COLLECTION_INCOMPLETE, "more than %d files lie there", WALK_ENTRIES_MOST);
    walk->over = true;
    return NULL;
}

/* What the entity `filename` means in one folder. */
static void files_in(struct walk *walk, const char *folder)
{
    struct oval_strings names;
    const struct oval_entity *entity = object_entity(walk->search, "filename");
    CLEANUP(cleanup_folder) DIR *open = open_folder(walk, folder);
    if (open == NULL)
        return;
    if (entity == NULL || entity->nil) {
        const struct walk_file file = {folder, NULL, folder, dirfd(open)};
        walk->over = !walk->see(walk->search, &file, walk->found);
        return;
    }
    if (object_names(walk->search, "filename", &names)) {
        for (size_t i = 0; i < names.count && !walk->over; i++)
            if (strchr(names.items[i], '/') == NULL && names.items[i][0] != '\0')
                see_entry(walk, open, folder, names.items[i], "filename");
        return;
    }
    for (const struct dirent *next; (next = next_entry(walk, open)) != NULL;)
        see_entry(walk, open, folder, next->d_name, "filename");
}

static bool is_folder(DIR *parent, const struct dirent *entry)
{
    struct stat status;
    if (entry->d_type != DT_UNKNOWN)
        return entry->d_type == DT_DIR;
    return fstatat(dirfd(parent), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
           S_ISDIR(status.st_mode);
}

typedef void walk_folder(struct walk *walk, const char *folder);

/* Calls `each` with the folder and all below it, `depth` levels of them. */
static void descend(struct walk *walk, const char *folder, int64_t depth, walk_folder *each)
{
    char path[PATH_MAX];
    each(walk, folder);
    if (depth == 0 || walk->over)
        return;
    CLEANUP(cleanup_folder) DIR *open = open_folder(walk, folder);
    if (open == NULL)
        return;
    for (const struct dirent *next; (next = next_entry(walk, open)) != NULL;)
        if (is_folder(open, next) && join(path, folder, next->d_name))
            descend(walk, path, depth - 1, each);
}

/* Everything in one folder whose whole path is meant. */
static void filepaths_in(struct walk *walk, const char *folder)
{
    CLEANUP(cleanup_folder) DIR *open = open_folder(walk, folder);
    if (open == NULL)
        return;
    for (const struct dirent *next; (next = next_entry(walk, open)) != NULL;)
        if (!is_folder(open, next))
            see_entry(walk, open, folder, next->d_name, "filepath");
}

static void files_in_meant(struct walk *walk, const char *folder)
{
    enum oval_result result = object_candidate(walk->search, "path", folder, walk->found);
    if (result == OVAL_TRUE)
        files_in(walk, folder);
    else if (result != OVAL_FALSE)
        walk->over = true;
}

/* The folder above all that a pattern can mean: "^/etc/apt/.*\.list$" begins in "/etc/apt". */
static void pattern_folder(char folder[PATH_MAX], const struct oval_entity *entity)
{
    snprintf(folder, PATH_MAX, "/");
    const char *pattern = entity->value;
    if (entity->variable != NULL || entity->operation != OVAL_PATTERN || strncmp(pattern, "^/", 2) != 0)
        return;
    size_t plain = 1 + strcspn(pattern + 1, "^$\\.[](){}*+?|");
    if (strchr("?*{", pattern[plain]) != NULL)
        plain--; /* what is before such a sign may not be there at all */
    while (plain > 1 && pattern[plain - 1] != '/')
        plain--;
    if (strchr(pattern, '|') == NULL && plain < PATH_MAX)
        snprintf(folder, PATH_MAX, "%.*s", (int)(plain > 2 ? plain - 2 : 1), pattern + 1);
}

static void by_filepath(struct walk *walk, const struct oval_entity *entity)
{
    struct oval_strings names;
    char folder[PATH_MAX];
    if (!object_names(walk->search, "filepath", &names)) {
        pattern_folder(folder, entity);
        descend(walk, folder, WALK_DEPTH_MOST, filepaths_in);
        return;
    }
    for (size_t i = 0; i < names.count && !walk->over; i++) {
        const char *name = strrchr(names.items[i], '/');
        if (name == NULL || name[1] == '\0' || names.items[i][0] != '/' || strlen(name) >= PATH_MAX)
            continue;
        snprintf(folder, PATH_MAX, "%.*s", (int)(name == names.items[i] ? 1 : name - names.items[i]),
                 names.items[i]);
        CLEANUP(cleanup_folder) DIR *open = open_folder(walk, folder);
        if (open != NULL)
            see_entry(walk, open, folder, name + 1, "filepath");
    }
}

/* How many levels down the behaviors ask for; false where they ask for what is not done here. */
static bool levels(const struct object_search *search, int64_t *depth)
{
    const char *direction = object_behavior(search, "recurse_direction", "none");
    const char *system = object_behavior(search, "recurse_file_system", "all");
    const char *most = object_behavior(search, "max_depth", "-1");
    char *end = NULL;
    *depth = strtol(most, &end, 10);
    if (strcmp(direction, "none") == 0 || *depth == 0) {
        *depth = 0;
        return true;
    }
    if (*depth < 0 || *depth > WALK_DEPTH_MOST)
        *depth = WALK_DEPTH_MOST;
    return end != most && *end == '\0' && strcmp(direction, "down") == 0 && strcmp(system, "all") == 0 &&
           strcmp(object_behavior(search, "recurse", "directories"), "directories") == 0;
}

static void by_path(struct walk *walk, const struct oval_entity *entity)
{
    struct oval_strings names;
    char folder[PATH_MAX];
    int64_t depth = 0;
    bool named = object_names(walk->search, "path", &names);
    if (!levels(walk->search, &depth) || (depth != 0 && !named)) {
        collection_flag(walk->found, COLLECTION_NOT_COLLECTED,
                        "object '%.120s' looks for files in a way that is not known here",
                        walk->search->object->id);
        return;
    }
    if (!named) {
        pattern_folder(folder, entity);
        descend(walk, folder, WALK_DEPTH_MOST, files_in_meant);
        return;
    }
    for (size_t i = 0; i < names.count && !walk->over; i++)
        if (plain_folder(folder, names.items[i]) &&
            object_candidate(walk->search, "path", names.items[i], walk->found) == OVAL_TRUE)
            descend(walk, folder, depth, files_in);
}

void walk_files(const struct object_search *search, struct oval_collection *found,
                bool (*see)(const struct object_search *search, const struct walk_file *file,
                            struct oval_collection *found))
{
    struct walk walk = {search, found, see, 0, false};
    const struct oval_entity *filepath = object_entity(search, "filepath");
    const struct oval_entity *path = object_entity(search, "path");
    if (filepath != NULL)
        by_filepath(&walk, filepath);
    else if (path != NULL)
        by_path(&walk, path);
    else
        collection_flag(found, COLLECTION_ERROR, "object '%.120s' names no path", search->object->id);
}
