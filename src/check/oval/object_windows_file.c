/* file_object of Windows: files and folders of a disk that is mounted here (windows-definitions-schema,
 * file_object, FileBehaviors). Links are never followed, so whatever `recurse` says, junctions are not. */
#include "check/oval/beginning.h"
#include "check/oval/object.h"
#include "check/oval/object_windows_item.h"
#include "base/memory.h"
#include "check/versions/registry_view.h"
#include "check/versions/windows_path.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

enum {
    FOLDERS_MOST = 1 << 18, /* of one object; a disk of Windows 11 has about 60,000 */
    DEPTH_MOST = 128,
    PATH_MOST = 1 << 16
};

struct file_search {
    const struct object_search *search;
    struct oval_collection *found;
    bool view_32;
    bool named; /* the folder was: each that a walk comes by is meant */
    size_t folders;
    /* Whether a folder that a walk comes by is meant, and what to do with it then. */
    bool (*meant)(struct file_search *search, const char *folder);
};

static const char *view_of(const struct file_search *search)
{
    return search->view_32 ? "32_bit" : "64_bit";
}

static bool means(struct file_search *search, const char *entity, const char *value)
{
    const char *why = "it cannot be held against";
    enum oval_result result = object_means_any_case(search->search, entity, value, &why);
    if (result == OVAL_ERROR || result == OVAL_UNKNOWN)
        collection_flag(search->found, COLLECTION_ERROR, "'%s': %s", entity, why);
    return result == OVAL_TRUE;
}

/* Where it lies for whoever asks: programs of 32 bit have a System32 of their own ("File System Redirector"
 * of Win32's documents), but for a few of its folders. */
static int open_path(const struct file_search *search, const char *path, int flags)
{
    static const char *const shared[] = {"catroot",      "catroot2", "driverstore",
                                         "drivers\\etc", "logfiles", "spool"};
    int root = search->search->machine->root_descriptor;
    const char *below = search->view_32 ? registry_below(path, "C:\\Windows\\System32") : NULL;
    for (size_t i = 0; below != NULL && i < sizeof shared / sizeof *shared; i++)
        if (registry_below(below, shared[i]) != NULL)
            below = NULL;
    struct stat about;
    if (below == NULL || !windows_path_about(root, "C:\\Windows\\SysWOW64", &about))
        return windows_path_open(root, path, flags);
    OWNED_MEMORY char *redirected = NULL;
    if (asprintf(&redirected, "C:\\Windows\\SysWOW64\\%s", below) < 0)
        return -1;
    return windows_path_open(root, redirected, flags);
}

/* A name was given that leads nowhere we could look: only "there is none" is an answer. */
static void say_closed(struct file_search *search, const struct windows_file *file, int why)
{
    if (why == ENOENT || why == ENOTDIR)
        return;
    if (why == ENODEV)
        collection_flag(search->found, COLLECTION_NOT_COLLECTED, "'%s' is on another disk", file->folder);
    else
        windows_item_add_closed(search->found, file);
}

static char *joined(const char *folder, const char *name)
{
    char *path = NULL;
    size_t length = strlen(folder);
    bool parted = length > 0 && folder[length - 1] == '\\';
    return asprintf(&path, "%s%s%s", folder, parted ? "" : "\\", name) < 0 ? NULL : path;
}

static void see_file(struct file_search *search, const char *folder, const char *name)
{
    struct windows_file file = {.folder = folder, .name = name, .view = view_of(search)};
    OWNED_MEMORY char *path = name == NULL ? memory_string(folder) : joined(folder, name);
    int flags = name == NULL ? O_PATH | O_DIRECTORY : O_RDONLY | O_NONBLOCK | O_NOCTTY;
    CLEANUP(cleanup_descriptor) int opened = open_path(search, path, flags);
    struct stat about;
    file.descriptor = opened;
    if (opened < 0)
        say_closed(search, &file, errno);
    else if (name == NULL || (fstat(opened, &about) == 0 && !S_ISDIR(about.st_mode)))
        windows_item_add(search->found, &file);
}

static DIR *list(const struct file_search *search, const char *folder)
{
    int opened = open_path(search, folder, O_RDONLY | O_DIRECTORY);
    DIR *listed = opened < 0 ? NULL : fdopendir(opened);
    if (listed == NULL && opened >= 0)
        close(opened);
    return listed;
}

static bool is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* Files in a folder that is meant. */
static void see_folder(struct file_search *search, const char *folder)
{
    const struct oval_entity *filename = object_entity(search->search, "filename");
    struct oval_strings names = {0};
    if (filename == NULL || filename->nil) {
        see_file(search, folder, NULL);
        return;
    }
    if (object_names_any_case(search->search, "filename", &names)) {
        for (size_t i = 0; i < names.count; i++)
            if (means(search, "filename", names.items[i]))
                see_file(search, folder, names.items[i]);
        return;
    }
    CLEANUP(cleanup_folder) DIR *listed = list(search, folder);
    if (listed == NULL)
        say_closed(search, &(struct windows_file){.folder = folder, .view = view_of(search)}, errno);
    for (const struct dirent *entry; listed != NULL && (entry = readdir(listed)) != NULL;)
        if (!is_dots(entry->d_name) && means(search, "filename", entry->d_name))
            see_file(search, folder, entry->d_name);
}

static bool folder_meant(struct file_search *search, const char *folder)
{
    if (search->named || means(search, "path", folder))
        see_folder(search, folder);
    return true;
}

/* Of a pattern for the whole name: each file of the folder is held against it. */
static bool files_meant(struct file_search *search, const char *folder)
{
    CLEANUP(cleanup_folder) DIR *listed = list(search, folder);
    for (const struct dirent *entry; listed != NULL && (entry = readdir(listed)) != NULL;) {
        OWNED_MEMORY char *path = joined(folder, entry->d_name);
        if (!is_dots(entry->d_name) && path != NULL && means(search, "filepath", path))
            see_file(search, folder, entry->d_name);
    }
    return listed != NULL;
}

static bool is_folder(DIR *listed, const struct dirent *entry)
{
    struct stat about;
    return !is_dots(entry->d_name) &&
           (entry->d_type == DT_DIR ||
            (entry->d_type == DT_UNKNOWN &&
             fstatat(dirfd(listed), entry->d_name, &about, AT_SYMLINK_NOFOLLOW) == 0 &&
             S_ISDIR(about.st_mode)));
}

/* The folder and those beneath it, `depth` levels of them. */
static void walk(struct file_search *search, const char *folder, unsigned depth)
{
    if (search->folders == FOLDERS_MOST) {
        collection_flag(search->found, COLLECTION_INCOMPLETE, "more than %d folders", FOLDERS_MOST);
        return;
    }
    search->folders++;
    search->meant(search, folder);
    CLEANUP(cleanup_folder) DIR *listed = depth == 0 ? NULL : list(search, folder);
    if (depth > 0 && listed == NULL && errno != ENOENT)
        collection_flag(search->found, COLLECTION_INCOMPLETE, "'%s' cannot be listed", folder);
    for (const struct dirent *entry; listed != NULL && (entry = readdir(listed)) != NULL;) {
        if (!is_folder(listed, entry))
            continue;
        OWNED_MEMORY char *below = joined(folder, entry->d_name);
        if (below != NULL)
            walk(search, below, depth - 1);
    }
}

static unsigned levels_meant(const struct object_search *search)
{
    const char *depth = object_behavior(search, "max_depth", "-1");
    unsigned long levels = depth[0] == '-' ? DEPTH_MOST : strtoul(depth, NULL, 10);
    return levels > DEPTH_MOST ? DEPTH_MOST : (unsigned)levels;
}

/* "C:\\Windows\\" is "C:\\Windows"; only a disk's first folder keeps its separator. */
static char *without_last_separator(const char *path)
{
    char *own = memory_string(path);
    size_t length = strlen(own);
    while (length > 3 && (own[length - 1] == '\\' || own[length - 1] == '/'))
        own[--length] = '\0';
    return own;
}

static void see_named_folder(struct file_search *search, const char *name)
{
    const char *direction = object_behavior(search->search, "recurse_direction", "none");
    unsigned levels = levels_meant(search->search);
    OWNED_MEMORY char *folder = without_last_separator(name);
    if (!means(search, "path", name))
        return;
    search->named = true;
    walk(search, folder, strcmp(direction, "down") == 0 ? levels : 0);
    while (strcmp(direction, "up") == 0 && levels-- > 0 && strlen(folder) > 3) {
        char *last = strrchr(folder, '\\');
        if (last == NULL)
            return;
        last[last - folder < 3] = '\0';
        walk(search, folder, 0);
    }
}

static void see_named_file(struct file_search *search, const char *name)
{
    OWNED_MEMORY char *folder = memory_string(name);
    char *last = strrchr(folder, '\\');
    if (!means(search, "filepath", name) || last == NULL)
        return;
    OWNED_MEMORY char *file = memory_string(last + 1);
    last[last - folder < 3] = '\0';
    see_file(search, folder, file);
}

/* Every folder beneath where the pattern begins. */
static void see_pattern(struct file_search *search, const struct oval_entity *entity)
{
    CLEANUP(text_clear) struct text begins;
    text_init(&begins, PATTERN_LENGTH_MOST);
    const struct oval_strings *values = entity->variable != NULL ? &entity->variable->values : NULL;
    const char *pattern = values == NULL ? entity->value : values->count == 1 ? values->items[0] : "";
    bool whole = entity->operation == OVAL_PATTERN && beginning_of(pattern, &begins);
    bool of_file = strcmp(entity->name, "filepath") == 0;
    char *last = begins.length == 0 || !whole || !of_file ? NULL : strrchr(begins.bytes, '\\');
    if (last != NULL)
        *last = '\0'; /* the folder of the one file */
    OWNED_MEMORY char *folder = joined(begins.length == 0 ? "C:" : begins.bytes, "");
    OWNED_MEMORY char *from = without_last_separator(folder);
    if (strncasecmp(from, "C:", 2) != 0)
        collection_flag(search->found, COLLECTION_NOT_COLLECTED, "'%s' is on another disk", from);
    else
        walk(search, from, whole ? 0 : DEPTH_MOST);
}

bool object_collect_windows_file(const struct object_search *search, struct oval_collection *found,
                                 struct fault *fault)
{
    const struct oval_entity *filepath = object_entity(search, "filepath");
    const struct oval_entity *path = object_entity(search, "path");
    struct file_search files = {.search = search, .found = found};
    struct oval_strings names = {0};
    files.view_32 = strcmp(object_behavior(search, "windows_view", "64_bit"), "32_bit") == 0;
    files.meant = filepath != NULL ? files_meant : folder_meant;
    if (filepath == NULL && path == NULL)
        return fault_set(fault, "it has neither 'filepath' nor 'path'");
    if (search->machine->root_descriptor < 0) {
        collection_flag(found, COLLECTION_NOT_COLLECTED, "there is no disk here, only its registry");
        return true;
    }
    if (!object_names_any_case(search, filepath != NULL ? "filepath" : "path", &names))
        see_pattern(&files, filepath != NULL ? filepath : path);
    for (size_t i = 0; i < names.count && filepath != NULL; i++)
        see_named_file(&files, names.items[i]);
    for (size_t i = 0; i < names.count && filepath == NULL; i++)
        see_named_folder(&files, names.items[i]);
    return true;
}
