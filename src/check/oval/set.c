#include "check/oval/set.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* The flag of two together, by both of theirs (oval-definitions-schema, SetOperatorEnumeration): rows are the
 * second's, columns the first's, in the order of enum collection_flag. */
enum {
    C = COLLECTION_COMPLETE,
    D = COLLECTION_DOES_NOT_EXIST,
    I = COLLECTION_INCOMPLETE,
    E = COLLECTION_ERROR,
    N = COLLECTION_NOT_COLLECTED,
    A = COLLECTION_NOT_APPLICABLE,
    FLAGS
};
static const unsigned char flags[][FLAGS][FLAGS] = {
    [SET_UNION] = {[C] = {[C] = C, [D] = C, [I] = I, [E] = E, [N] = I, [A] = C},
                   [D] = {[C] = C, [D] = D, [I] = I, [E] = E, [N] = I, [A] = D},
                   [I] = {[C] = I, [D] = I, [I] = I, [E] = E, [N] = I, [A] = I},
                   [E] = {[C] = E, [D] = E, [I] = E, [E] = E, [N] = E, [A] = E},
                   [N] = {[C] = I, [D] = I, [I] = I, [E] = E, [N] = N, [A] = N},
                   [A] = {[C] = C, [D] = D, [I] = I, [E] = E, [N] = N, [A] = A}},
    [SET_INTERSECTION] = {[C] = {[C] = C, [D] = D, [I] = I, [E] = E, [N] = N, [A] = C},
                          [D] = {[C] = D, [D] = D, [I] = D, [E] = D, [N] = D, [A] = D},
                          [I] = {[C] = I, [D] = D, [I] = I, [E] = E, [N] = N, [A] = I},
                          [E] = {[C] = E, [D] = D, [I] = E, [E] = E, [N] = E, [A] = E},
                          [N] = {[C] = N, [D] = D, [I] = N, [E] = E, [N] = N, [A] = N},
                          [A] = {[C] = C, [D] = D, [I] = I, [E] = E, [N] = N, [A] = A}},
    [SET_COMPLEMENT] = {[C] = {[C] = C, [D] = D, [I] = I, [E] = E, [N] = N, [A] = E},
                        [D] = {[C] = C, [D] = D, [I] = I, [E] = E, [N] = N, [A] = E},
                        [I] = {[C] = E, [D] = D, [I] = E, [E] = E, [N] = N, [A] = E},
                        [E] = {[C] = E, [D] = D, [I] = E, [E] = E, [N] = E, [A] = E},
                        [N] = {[C] = N, [D] = D, [I] = N, [E] = E, [N] = N, [A] = E},
                        [A] = {[C] = E, [D] = E, [I] = E, [E] = E, [N] = E, [A] = E}},
};

enum collection_flag set_flag(const struct oval_set *set, enum collection_flag first,
                              enum collection_flag second)
{
    return (enum collection_flag)flags[set->operator][second][first];
}

/* TRUE: the item stays. What cannot be said leaves a doubt whether all that should be here is. */
static bool passes(struct judging *judging, const struct oval_filter *filter, const struct oval_item *item,
                   struct oval_collection *found)
{
    const struct oval_why *why = NULL;
    if (item->status != ITEM_EXISTS)
        return true;
    enum oval_result result = state_holds(judging, filter->state, item, &why);
    if (result == OVAL_ERROR || result == OVAL_UNKNOWN) {
        collection_flag(found, COLLECTION_INCOMPLETE, "a filter could not be judged: %s",
                        why == NULL ? "" : why->text);
        return false;
    }
    return (result == OVAL_TRUE) == filter->include;
}

void set_filter(struct judging *judging, const struct oval_filter *filters, struct oval_collection *found)
{
    for (const struct oval_filter *filter = filters; filter != NULL; filter = filter->next) {
        size_t kept = 0;
        for (size_t i = 0; i < found->count; i++)
            if (passes(judging, filter, found->items[i], found))
                found->items[kept++] = found->items[i];
        found->count = kept;
    }
    if (found->count == 0 && found->flag == COLLECTION_COMPLETE)
        found->flag = COLLECTION_DOES_NOT_EXIST;
}

/* An item and where it came from, for sorting equal ones together. */
struct placed {
    uint64_t hash;
    struct oval_item *item;
    size_t place; /* the first collection's before the second's */
};

static uint64_t hash_string(uint64_t hash, const char *string)
{
    for (; *string != '\0'; string++)
        hash = (hash ^ (unsigned char)*string) * UINT64_C(1099511628211);
    return (hash ^ 0xff) * UINT64_C(1099511628211);
}

static uint64_t hash_item(const struct oval_item *item)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (const struct item_field *field = item->fields; field != NULL; field = field->next)
        hash = hash_string(hash_string(hash, field->name), field->value);
    return hash;
}

static int by_hash(const void *left, const void *right)
{
    const struct placed *a = left, *b = right;
    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    return a->place < b->place ? -1 : a->place > b->place;
}

static int by_place(const void *left, const void *right)
{
    const struct placed *a = left, *b = right;
    return a->place < b->place ? -1 : a->place > b->place;
}

/* Does a run of equal items stay, whose first and last come from these places? */
static bool stays(const struct oval_set *set, size_t first, size_t last, size_t second_begins)
{
    switch (set->operator) {
    case SET_UNION:
        return true;
    case SET_INTERSECTION:
        return first < second_begins && last >= second_begins;
    case SET_COMPLEMENT:
        break;
    }
    return last < second_begins;
}

static size_t run_end(const struct placed *all, size_t begin, size_t count)
{
    size_t end = begin + 1;
    while (end < count && all[end].hash == all[begin].hash && item_equal(all[end].item, all[begin].item))
        end++;
    return end;
}

/* Whole, but for those that are twice: in the order in which they were found. */
static void combine(const struct oval_set *set, const struct oval_collection *first,
                    const struct oval_collection *second, struct oval_collection *found)
{
    size_t count = first->count + second->count, kept = 0;
    OWNED_MEMORY struct placed *all = memory_new(count, sizeof *all);
    for (size_t i = 0; i < count; i++) {
        struct oval_item *item = i < first->count ? first->items[i] : second->items[i - first->count];
        all[i] = (struct placed){hash_item(item), item, i};
    }
    qsort(all, count, sizeof *all, by_hash);
    for (size_t i = 0, end; i < count; i = end) {
        end = run_end(all, i, count);
        if (stays(set, all[i].place, all[end - 1].place, first->count))
            all[kept++] = all[i];
    }
    qsort(all, kept, sizeof *all, by_place);
    for (size_t i = 0; i < kept; i++)
        collection_keep(found, all[i].item);
}

/* What a member of the set has, in a collection of its own. */
static struct oval_collection *member(struct judging *judging, const struct oval_set *set, size_t number)
{
    struct oval_collection *found = collect_new(judging);
    if (set->set_count > 0) {
        set_collect(judging, set->sets[number], found);
        return found;
    }
    const struct oval_collection *object = collect_object(judging, set->objects[number]);
    found->flag = object->flag;
    found->why = object->why;
    for (size_t i = 0; i < object->count; i++)
        collection_keep(found, object->items[i]);
    set_filter(judging, set->filters, found);
    return found;
}

void set_collect(struct judging *judging, const struct oval_set *set, struct oval_collection *found)
{
    const struct oval_collection empty = {.flag = COLLECTION_DOES_NOT_EXIST};
    size_t members = set->set_count > 0 ? set->set_count : set->object_count;
    if (members == 0 || (set->set_count > 0 && set->object_count > 0)) {
        collection_flag(found, COLLECTION_ERROR, "a set has no members, or sets and objects");
        return;
    }
    const struct oval_collection *first = member(judging, set, 0);
    const struct oval_collection *second = members > 1 ? member(judging, set, 1) : &empty;
    const struct oval_set alone = {.operator= SET_UNION };
    combine(members > 1 ? set : &alone, first, second, found);
    enum collection_flag flag = members > 1 ? set_flag(set, first->flag, second->flag) : first->flag;
    if (flag > found->flag) {
        found->flag = flag;
        found->why = first->why != NULL ? first->why : second->why;
    }
    if (found->flag == COLLECTION_ERROR && found->why == NULL) /* a complement of what does not apply */
        found->why = model_why(found->arena, "a set has members that are of another kind of system");
    if (found->count == 0 && found->flag == COLLECTION_COMPLETE)
        found->flag = COLLECTION_DOES_NOT_EXIST;
    if (found->count > 0 && found->flag == COLLECTION_DOES_NOT_EXIST)
        found->flag = COLLECTION_COMPLETE;
}
