#include "check/versions/hive_parts.h"
#include "base/memory.h"
#include "check/versions/caseless.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* The header block (regf 1.3, "Base block"): its first 12 bytes are all that is looked at here. */
enum { HEADER_LOOKED_AT = 12, GRAIN = 8 /* cells lie at multiples of it */ };

bool hive_broken(const struct hive *hive, const char *what, struct fault *fault)
{
    return fault_set(fault, "%s: the hive is broken: %s", hive->name, what);
}

/* What the file itself says, before a library reads it. */
static bool look_first(struct hive *hive, int descriptor, struct fault *fault)
{
    struct stat about;
    if (fstat(descriptor, &about) != 0)
        return fault_errno(fault, "%s", hive->name);
    if (!S_ISREG(about.st_mode))
        return fault_set(fault, "%s: not a file (expected a hive of Windows' registry)", hive->name);
    if (about.st_size > HIVE_MOST)
        return fault_set(fault, "%s: larger than a hive is read (expected at most %d MiB)", hive->name,
                         HIVE_MOST >> 20);
    unsigned char header[HEADER_LOOKED_AT];
    if (pread(descriptor, header, sizeof header, 0) != sizeof header || memcmp(header, "regf", 4) != 0)
        return fault_set(fault, "%s: not a hive of Windows' registry (expected 'regf' at its beginning)",
                         hive->name);
    hive->dirty = memcmp(header + 4, header + 8, 4) != 0;
    hive->size = (size_t)about.st_size;
    return true;
}

static bool open_handle(struct hive *hive, int descriptor, struct fault *fault)
{
    /* the library takes names only; this one is the file that was opened, wherever its name leads by now */
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
    hive->handle = hivex_open(path, 0);
    if (hive->handle == NULL)
        return fault_set(fault, "%s: the hive is broken or cut off", hive->name);
    return true;
}

struct hive *hive_open(int descriptor, const char *name, struct fault *fault)
{
    CLEANUP(cleanup_descriptor) int held = descriptor;
    OWNED(hive_free) struct hive *hive = memory_new(1, sizeof *hive);
    hive->name = memory_string(name);
    if (!look_first(hive, held, fault) || !open_handle(hive, held, fault))
        return NULL;
    if (hivex_root(hive->handle) == 0) {
        hive_broken(hive, "it has no first key", fault);
        return NULL;
    }
    return HANDOVER(hive);
}

void hive_free(struct hive *hive)
{
    if (hive == NULL)
        return;
    if (hive->handle != NULL)
        hivex_close(hive->handle);
    free(hive->name);
    free(hive);
}

const char *hive_name(const struct hive *hive)
{
    return hive->name;
}

bool hive_dirty(const struct hive *hive)
{
    return hive->dirty;
}

struct hive_key hive_root(struct hive *hive)
{
    return (struct hive_key){hive, hivex_root(hive->handle)};
}

/* The keys right below, ended by 0. */
static size_t *children_of(struct hive_key key, struct fault *fault)
{
    size_t *children = hivex_node_children(key.hive->handle, key.node);
    if (children == NULL)
        hive_broken(key.hive, "a list of keys leads nowhere", fault);
    return children;
}

static char *name_of(struct hive_key key)
{
    char *name = hivex_node_name(key.hive->handle, key.node);
    return name != NULL ? name : memory_string(HIVE_UNREADABLE);
}

static bool child_of(struct hive_key key, const char *name, size_t length, struct hive_key *child,
                     struct fault *fault)
{
    OWNED_MEMORY size_t *children = children_of(key, fault);
    if (children == NULL)
        return false;
    *child = (struct hive_key){key.hive, 0};
    for (size_t i = 0; children[i] != 0 && child->node == 0; i++) {
        struct hive_key candidate = {key.hive, children[i]};
        OWNED_MEMORY char *candidate_name = name_of(candidate);
        if (caseless_equal_to(candidate_name, name, length))
            *child = candidate;
    }
    return true;
}

bool hive_child(struct hive_key key, const char *name, struct hive_key *child, struct fault *fault)
{
    return child_of(key, name, strlen(name), child, fault);
}

bool hive_descend(struct hive_key key, const char *path, struct hive_key *found, struct fault *fault)
{
    struct hive_key at = key;
    for (unsigned depth = 0; *path != '\0' && at.node != 0; depth++) {
        size_t length = strcspn(path, "\\");
        if (depth == HIVE_DEPTH_MOST)
            at.node = 0;
        else if (length > 0 && !child_of(at, path, length, &at, fault))
            return false;
        path += length + (path[length] == '\\');
    }
    *found = at;
    return true;
}

bool hive_children(struct hive_key key, struct hive_see_key seer, struct fault *fault)
{
    OWNED_MEMORY size_t *children = children_of(key, fault);
    if (children == NULL)
        return false;
    for (size_t i = 0; children[i] != 0; i++) {
        struct hive_key child = {key.hive, children[i]};
        OWNED_MEMORY char *name = name_of(child);
        if (!seer.see(seer.context, name, child, fault))
            return false;
    }
    return true;
}

struct walk {
    struct hive_see_key seer;
    unsigned char *seen; /* a bit for every place where a key can lie */
    struct text path;
    unsigned depth, depth_most;
};

static void clear_walk(struct walk *walk)
{
    free(walk->seen);
    text_clear(&walk->path);
}

/* False where it was there before. */
static bool first_time(struct walk *walk, struct hive_key key)
{
    size_t place = key.node / GRAIN;
    if (place / 8 > key.hive->size / GRAIN / 8 || (walk->seen[place / 8] >> place % 8 & 1) != 0)
        return false;
    walk->seen[place / 8] |= (unsigned char)(1u << place % 8);
    return true;
}

static bool step(void *context, const char *name, struct hive_key key, struct fault *fault);

static bool visit(struct walk *walk, struct hive_key key, struct fault *fault)
{
    if (!first_time(walk, key))
        return hive_broken(key.hive, "its keys lead back to one another", fault);
    if (!walk->seer.see(walk->seer.context, walk->path.bytes, key, fault))
        return false;
    if (walk->depth == walk->depth_most)
        return true;
    if (walk->depth == HIVE_DEPTH_MOST)
        return hive_broken(key.hive, "more than 512 keys lie beneath each other", fault);
    walk->depth++;
    bool well = hive_children(key, (struct hive_see_key){step, walk}, fault);
    walk->depth--;
    return well;
}

static bool step(void *context, const char *name, struct hive_key key, struct fault *fault)
{
    struct walk *walk = context;
    size_t before = walk->path.length;
    if (before > 0)
        text_add_byte(&walk->path, '\\');
    text_add_string(&walk->path, name);
    bool well = visit(walk, key, fault);
    walk->path.length = before;
    walk->path.bytes[before] = '\0';
    return well;
}

bool hive_walk(struct hive_key key, unsigned depth, struct hive_see_key seer, struct fault *fault)
{
    CLEANUP(clear_walk) struct walk walk = {.seer = seer, .depth_most = depth};
    walk.seen = memory_new(key.hive->size / GRAIN / 8 + 1, 1);
    /* a key's name has 255 characters at most, of 4 bytes and a separator */
    text_init(&walk.path, (size_t)HIVE_DEPTH_MOST * HIVE_NAME_MOST);
    text_add_string(&walk.path, "");
    return visit(&walk, key, fault);
}
