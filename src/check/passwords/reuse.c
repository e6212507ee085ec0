#include "check/passwords/reuse.h"
#include "base/cleanup.h"
#include "base/memory.h"
#include "check/passwords/looked.h"
#include "check/passwords/skeleton.h"
#include <string.h>

/* One login in the order by what it shares, then by service. */
struct member {
    const char *shared; /* the password, or what is left of it */
    const char *service;
    struct looked *looked;
};

static int compare(const void *a, const void *b)
{
    const struct member *one = a, *other = b;
    int order = strcmp(one->shared, other->shared);
    return order != 0 ? order : strcmp(one->service, other->service);
}

/* The services of a run of members that share: how many, and the first of them. One more than is shown, so
 * that each member finds enough others. */
struct circle {
    size_t services, shown_count;
    const struct member *shown[KIN_SHOWN + 1];
};

static struct circle circle_of(const struct member *members, size_t count)
{
    struct circle circle = {0};
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && strcmp(members[i].service, members[i - 1].service) == 0)
            continue;
        circle.services++;
        if (circle.shown_count <= KIN_SHOWN)
            circle.shown[circle.shown_count++] = &members[i];
    }
    return circle;
}

static struct kin kin_of(const struct circle *circle, const struct member *member)
{
    struct kin kin = {.count = circle->services - 1};
    for (size_t i = 0, told = 0; i < circle->shown_count && told < KIN_SHOWN; i++)
        if (strcmp(circle->shown[i]->service, member->service) != 0)
            kin.shown[told++] = circle->shown[i]->looked->place;
    return kin;
}

/* Sorts, and calls `tell` with each member of a circle of two services or more. */
static void find_circles(struct member *members, size_t count,
                         void (*tell)(struct looked *looked, const struct kin *kin))
{
    qsort(members, count, sizeof *members, compare);
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && strcmp(members[end].shared, members[first].shared) == 0;)
            end++;
        struct circle circle = circle_of(members + first, end - first);
        for (size_t i = first; i < end && circle.services > 1; i++) {
            struct kin kin = kin_of(&circle, &members[i]);
            tell(members[i].looked, &kin);
        }
    }
}

static void tell_same(struct looked *looked, const struct kin *kin)
{
    looked->same = *kin;
}

/* Nobody elsewhere has the very password of one that is not reused: so who is in its circle elsewhere has
 * another. */
static void tell_near(struct looked *looked, const struct kin *kin)
{
    if (looked->same.count == 0 && looked->near.count == 0)
        looked->near = *kin;
}

void reuse_same(struct looked *looked, size_t count)
{
    size_t used = 0;
    OWNED_MEMORY struct member *members = memory_new(count, sizeof *members);
    for (size_t i = 0; i < count; i++)
        if (looked[i].login->password[0] != '\0')
            members[used++] = (struct member){looked[i].login->password, looked[i].service, &looked[i]};
    find_circles(members, used, tell_same);
}

bool reuse_near(struct looked *looked, size_t count, struct fault *fault)
{
    OWNED_MEMORY struct member *members = memory_new(count, sizeof *members);
    for (enum skeleton_kind kind = 0; kind < SKELETON_KINDS; kind++) {
        OWNED(secrets_free) struct secrets *secrets = secrets_new(count * (SKELETON_MOST + 1), fault);
        size_t used = 0;
        for (size_t i = 0; i < count && secrets != NULL; i++) {
            char skeleton[SKELETON_MOST + 1];
            size_t length = skeleton_of(kind, looked[i].login->password, looked[i].site.own, skeleton);
            const char *kept = length > 0 ? secrets_keep(secrets, skeleton, length) : NULL;
            explicit_bzero(skeleton, sizeof skeleton);
            if (kept != NULL)
                members[used++] = (struct member){kept, looked[i].service, &looked[i]};
        }
        if (secrets == NULL)
            return false;
        find_circles(members, used, tell_near);
    }
    return true;
}
