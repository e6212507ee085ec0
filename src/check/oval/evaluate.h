/* evaluate: what a document says of a machine. Everything that has an id is judged once, when it is first
 * asked for; what contains itself is in error. */
#pragma once
#include "check/oval/object.h"

/* With READ_DEPTH_MOST (read_parts.h) this bounds the stack: 64 levels in each of 100. */
enum { JUDGING_DEPTH_MOST = 100, JUDGING_BYTES_MOST = 256 << 20 };

struct judging {
    struct oval_document *document;
    const struct machine *machine;
    struct patterns *patterns;
    struct object_packages *packages;
    size_t depth;      /* how many things that have an id are being judged, one for another */
    size_t bytes_left; /* for items and values */
};

void evaluate_definition(struct judging *judging, struct oval_definition *definition);
/* Its values, and what came of making them. */
void variable_judge(struct judging *judging, struct oval_variable *variable);
/* The items of an object. Never NULL. */
const struct oval_collection *collect_object(struct judging *judging, struct oval_object *object);
/* Does an item hold what a state says? *why of error and unknown. */
enum oval_result state_holds(struct judging *judging, const struct oval_state *state,
                             const struct oval_item *item, const struct oval_why **why);
/* Both variables and objects ask for it: an entity's variable, judged. */
enum oval_result state_entity_value(struct judging *judging, const struct oval_entity *entity,
                                    const char *value, const struct oval_why **why);
