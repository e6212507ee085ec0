/* object: each kind of OVAL object is one row of the table in objects.c and one function that collects its
 * items from a machine.
 *
 * To add one: object_NAME.c with its collect function, its row, nothing else: tests, states and items of the
 * kind need no code. */
#pragma once
#include "check/oval/item.h"
#include "check/oval/pattern.h"

/* What a collecting function works with. */
struct object_search {
    struct arena *arena; /* where names and items live */
    const struct machine *machine;
    const struct oval_object *object;
    struct patterns *patterns;        /* compiled ones, kept for the whole document */
    struct object_packages *packages; /* object_package.c's own */
};

struct object_kind {
    const char *family; /* the end of the namespace: "linux" of ".../oval-definitions-5#linux" */
    const char *name;   /* "dpkginfo" of dpkginfo_object */
    /* NULL: on every machine. False: there can be none, the object is not applicable. */
    bool (*applies)(const struct machine *machine);
    /* Adds an item for each that the object's entities mean. Without items and without a flag the collection
     * is one that "does not exist", with items it is complete. False: it is in error, and the fault says why.
     */
    bool (*collect)(const struct object_search *search, struct oval_collection *found, struct fault *fault);
};
const struct object_kind *object_kind_of(const char *family, const char *name); /* NULL: no row */

/* The object's entity, NULL where it has none of that name. */
const struct oval_entity *object_entity(const struct object_search *search, const char *name);
/* A behavior's value, `otherwise` where it says none. */
const char *object_behavior(const struct object_search *search, const char *name, const char *otherwise);

/* Where the entity can only mean some names (operation "equals", of a value or a variable's values): true and
 * the names in `names`, each once. False: every candidate has to be looked at (object_means()). A match has
 * to hold object_means() all the same: a variable's check may ask for more. */
bool object_names(const struct object_search *search, const char *entity, struct oval_strings *names);
/* The same of what means the same in large and small letters: "case insensitive equals" too. */
bool object_names_any_case(const struct object_search *search, const char *entity,
                           struct oval_strings *names);

/* Does the entity mean this value? TRUE, FALSE; ERROR where it cannot be held against (a pattern that is
 * none): *why, where it is not NULL, says it then. An entity that the object does not have means every one.
 */
enum oval_result object_means(const struct object_search *search, const char *entity, const char *value,
                              const char **why);
/* The same for what is compared with letters large and small alike (paths and keys of Windows). */
enum oval_result object_means_any_case(const struct object_search *search, const char *entity,
                                       const char *value, const char **why);

/* object_means(), and where that cannot be said the collection's flag says why: stop then. */
enum oval_result object_candidate(const struct object_search *search, const char *entity, const char *value,
                                  struct oval_collection *found);

/* The kinds, by file. */
bool object_collect_family(const struct object_search *search, struct oval_collection *found,
                           struct fault *fault);
bool object_collect_uname(const struct object_search *search, struct oval_collection *found,
                          struct fault *fault);
bool object_collect_variable(const struct object_search *search, struct oval_collection *found,
                             struct fault *fault);
bool object_collect_environment(const struct object_search *search, struct oval_collection *found,
                                struct fault *fault);
bool object_collect_windows_environment(const struct object_search *search, struct oval_collection *found,
                                        struct fault *fault);
bool object_collect_dpkg(const struct object_search *search, struct oval_collection *found,
                         struct fault *fault);
bool object_collect_rpm(const struct object_search *search, struct oval_collection *found,
                        struct fault *fault);
bool object_collect_text(const struct object_search *search, struct oval_collection *found,
                         struct fault *fault);
bool object_collect_file(const struct object_search *search, struct oval_collection *found,
                         struct fault *fault);
bool object_collect_registry(const struct object_search *search, struct oval_collection *found,
                             struct fault *fault);
bool object_collect_windows_file(const struct object_search *search, struct oval_collection *found,
                                 struct fault *fault);
