/* registry: places of the tree (mounts) where a hive, or a key of one, hangs. */
#include "check/versions/registry.h"
#include "base/memory.h"
#include "check/versions/caseless.h"
#include "check/versions/registry_disk.h"
#include "check/versions/registry_view.h"
#include <stdio.h>
#include <string.h>

struct mount {
    enum registry_top top;
    char *prefix;           /* "SYSTEM\\CurrentControlSet" */
    struct hive_file *file; /* NULL: what would hang here is not on the disk */
    char *below;            /* the hive's key that hangs here, "ControlSet001"; "" its first */
    char *user;             /* SID or folder; "" */
};

struct registry {
    int root_descriptor;
    struct hive_files files;
    struct mount *mounts;
    size_t mount_count;
    struct hive_file *open_user; /* of the users' hives one is open at a time */
    bool settled;
};

static const char *const top_names[] = {[REGISTRY_LOCAL_MACHINE] = "HKEY_LOCAL_MACHINE",
                                        [REGISTRY_USERS] = "HKEY_USERS",
                                        [REGISTRY_CURRENT_USER] = "HKEY_CURRENT_USER",
                                        [REGISTRY_CLASSES_ROOT] = "HKEY_CLASSES_ROOT",
                                        [REGISTRY_CURRENT_CONFIG] = "HKEY_CURRENT_CONFIG"};

bool registry_top_parse(const char *name, enum registry_top *top)
{
    for (size_t i = 0; i < sizeof top_names / sizeof *top_names; i++)
        if (strcmp(name, top_names[i]) == 0) {
            *top = (enum registry_top)i;
            return true;
        }
    return false;
}

struct registry *registry_new(int root_descriptor, const char *hive)
{
    struct registry *registry = memory_new(1, sizeof *registry);
    registry->root_descriptor = root_descriptor;
    hive_files_find(&registry->files, root_descriptor, hive);
    return registry;
}

void registry_free(struct registry *registry)
{
    if (registry == NULL)
        return;
    for (size_t i = 0; i < registry->mount_count; i++) {
        free(registry->mounts[i].prefix);
        free(registry->mounts[i].below);
        free(registry->mounts[i].user);
    }
    free(registry->mounts);
    hive_files_clear(&registry->files);
    free(registry);
}

/* The hive is open afterwards; of the users' hives, it alone. */
static bool open_file(struct registry *registry, struct hive_file *file, struct fault *fault)
{
    bool of_user = file->kind == KIND_USER || file->kind == KIND_CLASSES;
    if (of_user && registry->open_user != file) {
        if (registry->open_user != NULL)
            hive_file_close(registry->open_user);
        registry->open_user = file;
    }
    return hive_file_open(file, registry->root_descriptor, fault);
}

static struct hive_file *file_of(struct registry *registry, enum hive_kind kind)
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
    bool known = system != NULL && open_file(registry, system, &ignored) &&
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
    struct hive_file *software = file_of(registry, KIND_SOFTWARE);
    struct hive_file *system = file_of(registry, KIND_SYSTEM);
    mount(registry, (struct hanging){REGISTRY_LOCAL_MACHINE, "SOFTWARE", ""}, software);
    mount(registry, (struct hanging){REGISTRY_LOCAL_MACHINE, "SYSTEM", ""}, system);
    mount_control_set(registry, system);
    for (size_t i = 0; i < sizeof unread / sizeof *unread; i++)
        mount(registry, (struct hanging){REGISTRY_LOCAL_MACHINE, unread[i], ""}, NULL);
    mount(registry, (struct hanging){REGISTRY_CLASSES_ROOT, "", "Classes"}, software);
    mount(registry, (struct hanging){REGISTRY_CURRENT_CONFIG, "", ""}, NULL);
    mount(registry, (struct hanging){REGISTRY_USERS, ".DEFAULT", ""}, file_of(registry, KIND_DEFAULT));
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
    struct hive_file *software = file_of(registry, KIND_SOFTWARE);
    struct hive_key list = {0};
    struct fault ignored; /* without it the folder's name will do */
    if (software != NULL && open_file(registry, software, &ignored) &&
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

/* What hangs where. A hive that was given has to be one; of those on the disk each is told of when it is
 * asked for. */
static bool settle(struct registry *registry, struct fault *fault)
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

/* One question to one mount. */
struct question {
    const struct registry_place *place;
    struct registry_see seer;
    const struct mount *mount;
    const char *from; /* the path where the walk begins */
    bool ended;       /* by who sees */
};

static bool see_walked(void *context, const char *path, struct hive_key key, struct fault *fault)
{
    struct question *question = context;
    OWNED_MEMORY char *whole = NULL;
    if (asprintf(&whole, "%s%s%s", question->from, question->from[0] == '\0' || path[0] == '\0' ? "" : "\\",
                 path) < 0)
        return fault_set(fault, "no memory for a path");
    struct registry_key seen = {key, whole, question->mount->user};
    question->ended = !question->seer.see(question->seer.context, &seen, fault);
    return !question->ended;
}

static unsigned levels_in(const char *path)
{
    unsigned levels = path[0] != '\0';
    for (const char *at = path; (at = strchr(at, '\\')) != NULL; at++)
        levels++;
    return levels;
}

/* The path in the mount's hive. */
static char *inside(const struct mount *mount, const char *rest, bool view_32)
{
    OWNED_MEMORY char *path = NULL;
    if (asprintf(&path, "%s%s%s", mount->below, mount->below[0] == '\0' || rest[0] == '\0' ? "" : "\\",
                 rest) < 0)
        return memory_string("");
    if (view_32 && mount->file->kind == KIND_SOFTWARE)
        return registry_view_32(path);
    if (view_32 && mount->file->kind == KIND_CLASSES)
        return registry_view_32_classes(path);
    return HANDOVER(path);
}

static bool ask(struct registry *registry, struct question *question, const char *rest, unsigned depth,
                struct fault *fault)
{
    bool view_32 = question->place->view_32;
    if (view_32 && !registry_is_64_bit(registry, &view_32, fault))
        return false;
    if (!open_file(registry, question->mount->file, fault))
        return false;
    OWNED_MEMORY char *path = inside(question->mount, rest, view_32);
    struct hive_key key;
    if (!hive_descend(hive_root(question->mount->file->hive), path, &key, fault))
        return false;
    return key.node == 0 || hive_walk(key, depth, (struct hive_see_key){see_walked, question}, fault);
}

static bool see_mount(struct registry *registry, struct question *question, struct fault *fault)
{
    const struct registry_place *place = question->place;
    const char *rest = registry_below(place->path, question->mount->prefix);
    const char *beneath = registry_below(question->mount->prefix, place->path);
    unsigned levels = rest != NULL || beneath == NULL ? 0 : levels_in(beneath);
    if ((rest == NULL && beneath == NULL) || levels > place->depth)
        return true;
    if (question->mount->file == NULL)
        return fault_set(fault, "%s\\%s: there is no such hive here", top_names[place->top],
                         question->mount->prefix);
    question->from = rest != NULL ? place->path : question->mount->prefix;
    return ask(registry, question, rest != NULL ? rest : "", place->depth - levels, fault);
}

bool registry_see(struct registry *registry, const struct registry_place *place, struct registry_see seer,
                  struct fault *fault)
{
    if (!settle(registry, fault))
        return false;
    struct fault why;
    bool well = true, ended = false;
    for (size_t i = 0; i < registry->mount_count && !ended; i++) {
        struct question question = {place, seer, &registry->mounts[i], NULL, false};
        if (question.mount->top != place->top || see_mount(registry, &question, &why))
            continue;
        ended = question.ended;
        if (well || ended)
            *fault = why;
        well = false;
    }
    return well;
}

bool registry_has(struct registry *registry, enum registry_top top, bool *has, struct fault *fault)
{
    if (!settle(registry, fault))
        return false;
    *has = false;
    for (size_t i = 0; i < registry->mount_count; i++)
        *has = *has || (registry->mounts[i].top == top && registry->mounts[i].file != NULL);
    return true;
}

bool registry_is_64_bit(struct registry *registry, bool *is_64_bit, struct fault *fault)
{
    if (!settle(registry, fault))
        return false;
    struct hive_file *software = file_of(registry, KIND_SOFTWARE);
    struct hive_key node = {0};
    if (software == NULL)
        return fault_set(fault, "HKEY_LOCAL_MACHINE\\SOFTWARE: there is no such hive here");
    if (!open_file(registry, software, fault) ||
        !hive_child(hive_root(software->hive), "Wow6432Node", &node, fault))
        return false;
    *is_64_bit = node.node != 0;
    return true;
}
