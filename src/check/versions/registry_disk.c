#include "check/versions/registry_disk.h"
#include "base/memory.h"
#include "check/versions/caseless.h"
#include "check/versions/registry.h"
#include "check/versions/windows_path.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>

/* Windows 2000 called its folder WINNT. */
static const char *const windows_folders[] = {"Windows", "WINNT"};

static const struct {
    enum hive_kind kind;
    const char *name;
} machine_hives[] = {{KIND_SOFTWARE, "SOFTWARE"}, {KIND_SYSTEM, "SYSTEM"}, {KIND_DEFAULT, "DEFAULT"}};

/* Since Vista, and before it. */
static const struct {
    const char *folder, *classes;
} user_folders[] = {
    {"Users", "AppData\\Local\\Microsoft\\Windows\\UsrClass.dat"},
    {"Documents and Settings", "Local Settings\\Application Data\\Microsoft\\Windows\\UsrClass.dat"},
};

/* Folders among the users' that are nobody's: what new users begin with, and what all have in common. */
static const char *const nobodys[] = {".", "..", "Default", "Default User", "All Users", "Public", NULL};

#define LENGTH(array) (sizeof(array) / sizeof *(array))

/* What may not be looked at counts as there: to open it is the fault that somebody hears of. */
static bool is_file(int root_descriptor, const char *path)
{
    struct stat about;
    if (windows_path_about(root_descriptor, path, &about))
        return S_ISREG(about.st_mode);
    return errno != ENOENT && errno != ENOTDIR && errno != ELOOP;
}

bool registry_is_windows(int root_descriptor)
{
    for (size_t i = 0; i < LENGTH(windows_folders); i++) {
        OWNED_MEMORY char *path = NULL;
        struct stat about;
        if (asprintf(&path, "%s\\System32\\config", windows_folders[i]) >= 0 &&
            windows_path_about(root_descriptor, path, &about) && S_ISDIR(about.st_mode))
            return true;
    }
    return false;
}

static struct hive_file *add(struct hive_files *files, enum hive_kind kind, const char *path)
{
    files->items = memory_resize(files->items, files->count + 1, sizeof *files->items);
    struct hive_file *file = &files->items[files->count++];
    *file = (struct hive_file){.kind = kind, .path = memory_string(path), .user = memory_string("")};
    return file;
}

/* False where there is no such file. */
static bool add_found(struct hive_files *files, int root_descriptor, enum hive_kind kind, const char *path)
{
    if (!is_file(root_descriptor, path))
        return false;
    add(files, kind, path);
    return true;
}

static void find_machine(struct hive_files *files, int root_descriptor)
{
    for (size_t i = 0; i < LENGTH(windows_folders); i++)
        for (size_t j = 0; j < LENGTH(machine_hives); j++) {
            OWNED_MEMORY char *path = NULL;
            if (asprintf(&path, "%s\\System32\\config\\%s", windows_folders[i], machine_hives[j].name) >= 0)
                add_found(files, root_descriptor, machine_hives[j].kind, path);
        }
}

static bool is_nobodys(const char *name)
{
    for (size_t i = 0; nobodys[i] != NULL; i++)
        if (caseless_equal(name, nobodys[i]))
            return true;
    return false;
}

struct user_search {
    struct hive_files *files;
    int root_descriptor;
    size_t style; /* of user_folders */
};

static void find_of_user(const struct user_search *search, const char *name)
{
    static const enum hive_kind kinds[] = {KIND_USER, KIND_CLASSES};
    const char *const below[] = {"NTUSER.DAT", user_folders[search->style].classes};
    for (size_t i = 0; i < LENGTH(below); i++) {
        OWNED_MEMORY char *path = NULL;
        if (asprintf(&path, "%s\\%s\\%s", user_folders[search->style].folder, name, below[i]) < 0 ||
            !add_found(search->files, search->root_descriptor, kinds[i], path))
            continue;
        struct hive_file *found = &search->files->items[search->files->count - 1];
        free(found->user);
        found->user = memory_string(name);
    }
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static void find_users(const struct user_search *search)
{
    CLEANUP(cleanup_folder)
    DIR *folder = windows_path_folder(search->root_descriptor, user_folders[search->style].folder);
    if (folder == NULL && errno != ENOENT && errno != ENOTDIR && errno != ELOOP)
        search->files->more_users = true;
    struct dirent **names = NULL;
    int count = folder == NULL ? 0 : scandirat(dirfd(folder), ".", &names, NULL, by_name);
    int users = 0;
    for (int i = 0; i < count; i++) {
        if (users == REGISTRY_USERS_MOST)
            search->files->more_users = true;
        else if (!is_nobodys(names[i]->d_name)) {
            find_of_user(search, names[i]->d_name);
            users++;
        }
        free(names[i]);
    }
    free(names);
}

void hive_files_find(struct hive_files *files, int root_descriptor, const char *given)
{
    *files = (struct hive_files){0};
    if (given != NULL)
        add(files, KIND_NOT_KNOWN, given)->given = true;
    if (root_descriptor < 0)
        return;
    find_machine(files, root_descriptor);
    for (size_t i = 0; i < LENGTH(user_folders); i++)
        find_users(&(struct user_search){files, root_descriptor, i});
}

void hive_files_clear(struct hive_files *files)
{
    for (size_t i = 0; i < files->count; i++) {
        struct hive_file *file = &files->items[i];
        hive_file_close(file);
        free(file->path);
        free(file->user);
        free(file->trouble);
    }
    free(files->items);
    *files = (struct hive_files){0};
}

/* What a hive is of, by the keys right below its first one (seen in hives of Windows XP to 11). */
static bool know_kind(struct hive_file *file, struct fault *fault)
{
    static const struct {
        enum hive_kind kind;
        const char *names[2];
    } known[] = {{KIND_SYSTEM, {"Select", "Select"}},
                 {KIND_SOFTWARE, {"Microsoft", "Microsoft"}},
                 {KIND_USER, {"Software", "Software"}},
                 {KIND_CLASSES, {"Local Settings", "CLSID"}}};
    for (size_t i = 0; i < LENGTH(known); i++)
        for (size_t j = 0; j < LENGTH(known[i].names); j++) {
            struct hive_key child;
            if (!hive_child(hive_root(file->hive), known[i].names[j], &child, fault))
                return false;
            if (child.node == 0)
                continue;
            file->kind = known[i].kind;
            return true;
        }
    return fault_set(fault,
                     "%s: a hive that tells nothing of programs (expected SOFTWARE, SYSTEM, NTUSER.DAT or "
                     "UsrClass.dat)",
                     file->path);
}

static bool open_first(struct hive_file *file, int root_descriptor, struct fault *fault)
{
    int descriptor = file->given ? open(file->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
                                 : windows_path_open(root_descriptor, file->path, O_RDONLY | O_NONBLOCK);
    if (descriptor < 0)
        return fault_errno(fault, "%s", file->path);
    file->hive = hive_open(descriptor, file->path, fault);
    if (file->hive == NULL)
        return false;
    if (file->kind != KIND_NOT_KNOWN || know_kind(file, fault))
        return true;
    hive_file_close(file);
    return false;
}

bool hive_file_open(struct hive_file *file, int root_descriptor, struct fault *fault)
{
    if (file->hive != NULL)
        return true;
    if (file->trouble != NULL)
        return fault_set(fault, "%s", file->trouble);
    if (!open_first(file, root_descriptor, fault)) {
        file->trouble = memory_string(fault->text);
        return false;
    }
    return true;
}

void hive_file_close(struct hive_file *file)
{
    hive_free(file->hive);
    file->hive = NULL;
}
