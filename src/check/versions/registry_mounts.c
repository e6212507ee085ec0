#include "check/versions/registry_mounts.h"
#include "base/memory.h"
#include "check/versions/caseless.h"
#include <stdio.h>
#include <string.h>

bool registry_open_file(struct registry *registry, struct hive_file *file, struct fault *fault)
{
    bool of_user = file->kind == KIND_USER || file->kind == KIND_CLASSES;
    if (of_user && registry->open_user != file) {
        if (registry->open_user != NULL)
            hive_file_close(registry->open_user);
        registry->open_user = file;
    }
    return hive_file_open(file, registry->root_descriptor, fault);
}

struct hive_file *registry_file(struct registry *registry, enum hive_kind kind)
{
    for (size_t i = 0; i < registry->files.count; i++)
        if (registry->files.items[i].kind == kind)
            return &registry->files.items[i];
    return NULL;
}

struct hanging {
    enum registry_top top;
    const char *prefix, *below, *user; /* NULL: "" */
};

static void mount(struct registry *registry, struct hanging hanging, struct hive_file *file)
{
    registry->mounts = memory_resize(registry->mounts, registry->mount_count + 1, sizeof *registry->mounts);
    registry->mounts[registry->mount_count++] =
        (struct mount){.top = hanging.top,
                       .prefix = memory_string(hanging.prefix),
                       .file = file,
                       .below = memory_string(hanging.below),
                       .user = memory_string(hanging.user != NULL ? hanging.user : "")};
}

/* Which of the sets of drivers and services it began with ([MS-RRP]; Select\Current). */
static void mount_control_set(struct registry *registry, struct hive_file *system)
{
    struct hanging hanging = {REGISTRY_LOCAL_MACHINE, "SYSTEM\\CurrentControlSet", ""};
    struct fault ignored; /* whoever asks for it is told */
    struct hive_key select = {0};
    uint64_t current = 0;
    char set[32];
    bool known = system != NULL && registry_open_file(registry, system, &ignored) &&
                 hive_child(hive_root(system->hive), "Select", &select, &ignored) && select.node != 0 &&
                 hive_number(select, "Current", &current, &ignored) && current > 0 && current < 1000;
    snprintf(set, sizeof set, "ControlSet%03u", (unsigned)current);
    hanging.below = set;
    mount(registry, hanging, known ? system : NULL);
}

static void mount_machine(struct registry *registry)
{
    /* kept in hives that tell nothing of programs, or in memory only */
    static const char *const unread[] = {"SAM",     "SECURITY",   "HARDWARE",
                                         "DRIVERS", "COMPONENTS", "BCD00000000"};
    struct hive_file *software = registry_file(registry, KIND_SOFTWARE);
    struct hive_file *system = registry_file(registry, KIND_SYSTEM);
    mount(registry, (struct hanging){REGISTRY_LOCAL_MACHINE, "SOFTWARE", ""}, software);
    mount(registry, (struct hanging){REGISTRY_LOCAL_MACHINE, "SYSTEM", ""}, system);
    mount_control_set(registry, system);
    for (size_t i = 0; i < sizeof unread / sizeof *unread; i++)
        mount(registry, (struct hanging){REGISTRY_LOCAL_MACHINE, unread[i], ""}, NULL);
    mount(registry, (struct hanging){REGISTRY_CLASSES_ROOT, "", "Classes"}, software);
    mount(registry, (struct hanging){REGISTRY_CURRENT_CONFIG, "", ""}, NULL);
    mount(registry, (struct hanging){REGISTRY_USERS, ".DEFAULT", ""}, registry_file(registry, KIND_DEFAULT));
}

/* Whose folder is it? ProfileList knows the folder of each SID. */
struct identity {
    const char *folder;
    struct text *sid; /* empty until found */
};

static bool take_identity(void *context, const char *name, struct hive_key key, struct fault *fault)
{
    struct identity *identity = context;
    CLEANUP(text_clear) struct text path;
    text_init(&path, HIVE_VALUE_MOST * 2);
    if (!hive_string(key, "ProfileImagePath", &path, fault))
        return false;
    const char *last = path.length == 0 ? NULL : strrchr(path.bytes, '\\');
    if (last != NULL && identity->sid->length == 0 && caseless_equal(last + 1, identity->folder))
        text_add_string(identity->sid, name);
    return true;
}

static void find_identity(struct registry *registry, const char *folder, struct text *sid)
{
    struct identity identity = {folder, sid};
    struct hive_file *software = registry_file(registry, KIND_SOFTWARE);
    struct hive_key list = {0};
    struct fault ignored; /* without it the folder's name will do */
    if (software != NULL && registry_open_file(registry, software, &ignored) &&
        hive_descend(hive_root(software->hive), "Microsoft\\Windows NT\\CurrentVersion\\ProfileList", &list,
                     &ignored) &&
        list.node != 0)
        hive_children(list, (struct hive_see_key){take_identity, &identity}, &ignored);
    if (sid->length == 0)
        text_add_string(sid, folder);
}

/* Whose a hive is that was given, nobody says. */
static void mount_user(struct registry *registry, struct hive_file *file)
{
    bool classes = file->kind == KIND_CLASSES;
    CLEANUP(text_clear) struct text user;
    CLEANUP(text_clear) struct text name;
    text_init(&user, HIVE_VALUE_MOST);
    text_init(&name, HIVE_VALUE_MOST);
    if (!file->given)
        find_identity(registry, file->user, &user);
    text_addf(&name, "%s%s", user.length > 0 ? user.bytes : "", classes ? "_Classes" : "");
    struct hanging hanging = {REGISTRY_CURRENT_USER, classes ? "Software\\Classes" : "", "", user.bytes};
    mount(registry, hanging, file);
    if (!file->given)
        mount(registry, (struct hanging){REGISTRY_USERS, name.bytes, "", user.bytes}, file);
    if (classes)
        mount(registry, (struct hanging){REGISTRY_CLASSES_ROOT, "", "", user.bytes}, file);
}

bool registry_mount_all(struct registry *registry, struct fault *fault)
{
    if (registry->settled)
        return true;
    for (size_t i = 0; i < registry->files.count; i++)
        if (registry->files.items[i].given &&
            !hive_file_open(&registry->files.items[i], registry->root_descriptor, fault))
            return false;
    mount_machine(registry);
    bool users = false;
    for (size_t i = 0; i < registry->files.count; i++) {
        enum hive_kind kind = registry->files.items[i].kind;
        if (kind == KIND_USER || kind == KIND_CLASSES)
            mount_user(registry, &registry->files.items[i]);
        users = users || kind == KIND_USER;
    }
    if (!users || registry->files.more_users) {
        mount(registry, (struct hanging){REGISTRY_CURRENT_USER, "", ""}, NULL);
        mount(registry, (struct hanging){REGISTRY_USERS, "", ""}, NULL);
    }
    registry->settled = true;
    return true;
}
