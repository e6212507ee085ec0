/* model: an OVAL 5.x document in memory: definitions over tests over objects and states, and variables
 * (https://github.com/OVALProject/Language, oval-definitions-schema). read.h fills it, evaluate.h judges it.
 *
 * All of it lives in the document's arena. What an id names is one struct from the first mention on, so that
 * references are pointers at once, whatever the order in the file; `line` stays 0 where nothing was ever
 * found behind a mention. What judging finds is kept in the same structs: each is judged once. */
#pragma once
#include "base/arena.h"
#include "base/fault.h"
#include "check/oval/oval.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum oval_kind { OVAL_DEFINITION, OVAL_TEST, OVAL_OBJECT, OVAL_STATE, OVAL_VARIABLE, OVAL_KINDS };
const char *model_kind_name(enum oval_kind kind); /* "definition" */

enum oval_operator { OVAL_AND, OVAL_OR, OVAL_ONE, OVAL_XOR };
/* How many of several must hold (oval-common-schema, CheckEnumeration). */
enum oval_check { OVAL_CHECK_ALL, OVAL_CHECK_AT_LEAST_ONE, OVAL_CHECK_NONE, OVAL_CHECK_ONLY_ONE };
/* How many items must be there (ExistenceEnumeration). */
enum oval_existence {
    OVAL_ALL_EXIST,
    OVAL_ANY_EXIST,
    OVAL_AT_LEAST_ONE_EXISTS,
    OVAL_NONE_EXIST,
    OVAL_ONLY_ONE_EXISTS
};

enum oval_datatype {
    OVAL_STRING,
    OVAL_INT,
    OVAL_FLOAT,
    OVAL_BOOLEAN,
    OVAL_VERSION,
    OVAL_EVR,        /* rpm's epoch:version-release */
    OVAL_DEBIAN_EVR, /* dpkg's */
    OVAL_BINARY,     /* hex */
    OVAL_OTHER       /* ios_version, fileset_revision, record, addresses: never judged */
};
enum oval_operation {
    OVAL_EQUALS,
    OVAL_NOT_EQUAL,
    OVAL_SAME_LETTERS, /* case insensitive equals */
    OVAL_OTHER_LETTERS,
    OVAL_GREATER,
    OVAL_LESS,
    OVAL_GREATER_OR_EQUAL,
    OVAL_LESS_OR_EQUAL,
    OVAL_BITWISE_AND,
    OVAL_BITWISE_OR,
    OVAL_PATTERN,
    OVAL_SUBSET,
    OVAL_SUPERSET
};

struct oval_strings {
    const char **items;
    size_t count, capacity;
};

struct oval_test;
struct oval_object;
struct oval_state;
struct oval_variable;
struct oval_collection; /* item.h */
struct object_kind;     /* object.h */

/* Why something is unknown or in error. */
struct oval_why {
    const char *text;
    bool no_kind; /* for want of a kind of object that libopenscap may have */
};

/* How far the judging of something has come: what is asked for while it is under way contains itself. */
enum oval_progress { OVAL_NOT_BEGUN, OVAL_UNDER_WAY, OVAL_DONE };

struct oval_criteria {
    enum { CRITERIA_MANY, CRITERIA_TEST, CRITERIA_DEFINITION } kind;
    enum oval_operator operator;
    bool negate;
    struct oval_criteria *first;        /* of CRITERIA_MANY */
    struct oval_test *test;             /* of CRITERIA_TEST */
    struct oval_definition *definition; /* of CRITERIA_DEFINITION: extend_definition */
    struct oval_criteria *next;
};

struct oval_definition {
    const char *id;
    size_t line; /* in the document, from 1; 0: only mentioned, as with all below */
    enum oval_class class;
    const char *title, *reference, *product; /* "" where there is none */
    struct oval_criteria *criteria;          /* NULL: none */
    enum oval_progress progress;
    enum oval_result result;
    const struct oval_why *why; /* of unknown and error; else NULL */
};

/* A line of a test that names a state. */
struct oval_state_use {
    struct oval_state *state;
    struct oval_state_use *next;
};

struct oval_test {
    const char *id;
    size_t line;
    const char *family,
        *name; /* "linux", "dpkginfo": the end of its namespace, its element without "_test" */
    enum oval_existence existence;
    enum oval_check check;
    enum oval_operator state_operator;
    struct oval_object *object; /* NULL: none (unknown_test) */
    struct oval_state_use *states;
    enum oval_progress progress;
    enum oval_result result;
    const struct oval_why *why; /* of unknown and error; else NULL */
};

/* A line of an object or of a state: what an entity must be. */
struct oval_entity {
    const char *name;
    enum oval_datatype datatype;
    enum oval_operation operation;
    const char *value;              /* "" where a variable is named */
    struct oval_variable *variable; /* NULL: none. Judged before anybody looks at the entity */
    enum oval_check variable_check; /* over the variable's values */
    enum oval_check entity_check;   /* of a state: over the values that the item has */
    enum oval_existence existence;  /* of a state: over whether they are there */
    bool nil;    /* xsi:nil: the entity is empty on purpose (a key itself, a folder itself) */
    bool record; /* has fields of its own: never judged */
    struct oval_entity *next;
};

struct oval_behavior {
    const char *name, *value; /* "max_depth", "-1" */
    struct oval_behavior *next;
};

struct oval_filter {
    bool include; /* else what the state says is left out */
    struct oval_state *state;
    struct oval_filter *next;
};

/* <set>: of other objects, or of other sets; never both, one or two of them. */
struct oval_set {
    enum { SET_UNION, SET_INTERSECTION, SET_COMPLEMENT } operator;
    struct oval_object *objects[2];
    struct oval_set *sets[2];
    size_t object_count, set_count;
    struct oval_filter *filters;
};

struct oval_object {
    const char *id;
    size_t line;
    const char *family, *name;      /* as a test's, without "_object" */
    const struct object_kind *kind; /* NULL: no row of the table */
    struct oval_entity *entities;
    struct oval_behavior *behaviors;
    struct oval_filter *filters;
    struct oval_set *set; /* NULL: none */
    enum oval_progress progress;
    struct oval_collection *collection; /* once done */
};

struct oval_state {
    const char *id;
    size_t line;
    const char *family, *name;
    enum oval_operator operator;
    struct oval_entity *entities;
};

/* What a local variable is made of: a tree. */
struct oval_component {
    enum oval_function {
        COMPONENT_LITERAL,
        COMPONENT_OBJECT,   /* object_component: a field of the items of an object */
        COMPONENT_VARIABLE, /* variable_component */
        COMPONENT_CONCAT,
        COMPONENT_BEGIN,
        COMPONENT_END,
        COMPONENT_ESCAPE_REGEX,
        COMPONENT_SPLIT,
        COMPONENT_SUBSTRING,
        COMPONENT_REGEX_CAPTURE,
        COMPONENT_ARITHMETIC,
        COMPONENT_COUNT,
        COMPONENT_UNIQUE,
        COMPONENT_OTHER /* time_difference, glob_to_regex: never judged; `text` names it */
    } function;
    /* LITERAL: the value. OBJECT: the field. BEGIN, END: the character. SPLIT: the delimiter.
     * REGEX_CAPTURE: the pattern. */
    const char *text;
    struct oval_object *object;
    struct oval_variable *variable;
    int64_t start, length; /* SUBSTRING */
    bool multiply;         /* ARITHMETIC; else add */
    struct oval_component *first, *next;
};

struct oval_variable {
    const char *id;
    size_t line;
    enum { VARIABLE_CONSTANT, VARIABLE_LOCAL, VARIABLE_EXTERNAL } kind;
    enum oval_datatype datatype;
    struct oval_component *component; /* of VARIABLE_LOCAL */
    struct oval_strings values;       /* of a constant at once, else once done */
    enum oval_progress progress;
    enum oval_result
        result; /* TRUE: there are values. FALSE: there are none. ERROR, UNKNOWN, NOT_APPLICABLE */
    const struct oval_why *why; /* of unknown and error; else NULL */
};

struct oval_document {
    struct arena arena;
    const char *name; /* what faults call it; borrowed */
    struct model_index *index;
    /* In the order of the file. */
    struct oval_definition **definitions;
    size_t definition_count, definition_capacity;
    int32_t written_day; /* INT32_MIN: it says none */
};
void model_init(struct oval_document *document, const char *name);
void model_clear(struct oval_document *document);

/* The struct that `id` names, made at its first mention. NULL and a fault where there are too many. */
void *model_mention(struct oval_document *document, enum oval_kind kind, const char *id);
/* NULL where it was never mentioned. */
void *model_find(const struct oval_document *document, enum oval_kind kind, const char *id);
/* A definition is now in the file: behind the others. */
void model_add_definition(struct oval_document *document, struct oval_definition *definition);
/* One more string, which stays where it is. */
void model_strings_add(struct arena *arena, struct oval_strings *strings, const char *string);
/* The sentence, with what strangers wrote tamed. */
const struct oval_why *model_why(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
