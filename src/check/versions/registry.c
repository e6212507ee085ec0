#include "check/versions/registry.h"
#include "base/memory.h"
#include "check/versions/registry_mounts.h"
#include "check/versions/registry_view.h"
#include <stdio.h>
#include <string.h>

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
    if (!registry_open_file(registry, question->mount->file, fault))
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
    if (!registry_mount_all(registry, fault))
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
    if (!registry_mount_all(registry, fault))
        return false;
    *has = false;
    for (size_t i = 0; i < registry->mount_count; i++)
        *has = *has || (registry->mounts[i].top == top && registry->mounts[i].file != NULL);
    return true;
}

bool registry_is_64_bit(struct registry *registry, bool *is_64_bit, struct fault *fault)
{
    if (!registry_mount_all(registry, fault))
        return false;
    struct hive_file *software = registry_file(registry, KIND_SOFTWARE);
    struct hive_key node = {0};
    if (software == NULL)
        return fault_set(fault, "HKEY_LOCAL_MACHINE\\SOFTWARE: there is no such hive here");
    if (!registry_open_file(registry, software, fault) ||
        !hive_child(hive_root(software->hive), "Wow6432Node", &node, fault))
        return false;
    *is_64_bit = node.node != 0;
    return true;
}
